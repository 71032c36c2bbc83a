// What is going on in this live blog's newsroom, kept true: the desk's own stream tells it whole whenever it differs
// (docs/decisions/0015). Where there is no stream, the same object is asked for every few seconds.
import type { Desk } from "./desk.ts";
import { get, Refusal } from "./wire.ts";

export interface OnShift {
  readonly user: number;
  readonly name: string;
  readonly since: string;
}

/** What somebody writes: `post` "" is a new post, or one whose title (null) is not for us. */
export interface Writing {
  readonly post: string;
  readonly title: string | null;
}

export interface Present {
  readonly user: number;
  readonly name: string;
  readonly writing: readonly Writing[];
}

export interface Lease {
  readonly post: string;
  readonly user: number;
  readonly name: string;
  readonly tab: string;
  readonly since: string;
}

export interface Message {
  readonly id: number;
  readonly user: number;
  readonly name: string;
  readonly at: string;
  readonly text: string;
}

export interface Chat {
  readonly messages: readonly Message[];
  readonly more: boolean;
}

/** The sections of liveblogs/newsroom_state.py. */
export interface State {
  readonly on_shift: readonly OnShift[];
  readonly here: readonly Present[];
  readonly leases: readonly Lease[];
  readonly chat: Chat;
  /** The newest number of the live blog's log: what its posts, its queue and its promises stand at. */
  readonly seq: number;
}

/** Who reads the live blog; `seconds` from the newest change's commit until it was on its way to all of them. */
export interface Reach {
  readonly readers: number;
  readonly seconds: number | null;
}

export interface Newsroom {
  /** `told` gets every new state, and the present one when there is one. */
  watch(told: (state: State) => void): void;
  /** Whether the stream is open: else everything here is as old as the last question. */
  isStreaming(): boolean;
  /** `told` hears when the stream opened or broke. */
  whenStream(told: () => void): void;
  /** `told` hears who reads, and null when the stream that says so broke. */
  whenReach(told: (reach: Reach | null) => void): void;
  /** Ask at once, for those who have no stream and have just said something. */
  look(): void;
}

const POLL_MS = 4_000;
const AGAIN_MS = 30_000; // after a stream was refused, until it is asked for again

/** Follow the newsroom of the live blog at `url`. */
export function newsroom(url: string): Newsroom {
  const watchers: ((state: State) => void)[] = [];
  const followers: (() => void)[] = [];
  const counters: ((reach: Reach | null) => void)[] = [];
  let state: State | null = null;
  let stream: EventSource | null = null;
  let timer = 0;

  function take(text: string | State): void {
    state = typeof text === "string" ? (JSON.parse(text) as State) : text;
    for (const told of watchers) told(state);
  }

  const streaming = (): boolean => stream?.readyState === EventSource.OPEN;

  async function ask(): Promise<void> {
    window.clearTimeout(timer);
    try {
      const answer = await get<State>(url);
      if (answer && !streaming()) take(answer);
    } catch (fault) {
      // Signed out or sent away: the page's own look at its changes says so; here nothing is known any more.
      if (fault instanceof Refusal && fault.status < 500) return void (timer = window.setTimeout(() => void ask(), AGAIN_MS));
    }
    if (!streaming()) timer = window.setTimeout(() => void ask(), POLL_MS);
  }

  function listen(): void {
    stream = new EventSource(`${url}events/`);
    stream.addEventListener("newsroom", (event) => {
      window.clearTimeout(timer);
      take(event.data as string);
    });
    stream.addEventListener("reach", (event) => {
      const reach = JSON.parse(event.data as string) as Reach;
      for (const told of counters) told(reach);
    });
    stream.addEventListener("open", () => {
      for (const told of followers) told();
    });
    stream.addEventListener("error", () => {
      for (const told of counters) told(null);
      for (const told of followers) told();
      // CLOSED: refused, and the browser does not try again by itself.
      if (stream?.readyState === EventSource.CLOSED) window.setTimeout(listen, AGAIN_MS);
      void ask();
    });
  }

  listen();
  window.addEventListener("pagehide", () => stream?.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) listen();
  });
  return {
    watch(told) {
      watchers.push(told);
      if (state) told(state);
    },
    isStreaming: streaming,
    whenStream(told) {
      followers.push(told);
    },
    whenReach(told) {
      counters.push(told);
    },
    look() {
      if (!streaming()) void ask();
    },
  };
}

/** The newsroom of the live blog on this page. */
export function newsroomOf(desk: Desk): Newsroom {
  return newsroom(desk.root.dataset["newsroomUrl"] ?? "");
}
