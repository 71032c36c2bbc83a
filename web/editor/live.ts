// Keeps the page true while others work on it. The readers' stream says that something changed, the desk's own JSON
// says what: one way for every change, drafts included. Without a stream the same JSON is asked for on a timer.
import { get, Refusal } from "./wire.ts";

export interface Changes {
  readonly seq: number;
  readonly status: string;
  readonly headline: string;
  readonly zone: string;
  readonly pinned: string;
  readonly posts: readonly { readonly id: string; readonly html: string | null }[];
  readonly coming: string;
  readonly side: string;
  readonly handover: string;
  readonly reload: boolean;
}

interface Options {
  readonly changesUrl: string;
  readonly eventsUrl: string;
  readonly seq: number;
  readonly isPublic: () => boolean;
  readonly apply: (changes: Changes) => void;
  readonly tell: (state: "live" | "waiting" | "cut" | "out") => void;
}

const SOON_MS = 5_000; // without a stream
const SAFETY_MS = 30_000; // with one: drafts of colleagues are not in it, and a word of it may be lost
const KINDS = ["post", "withdrawn", "head", "status", "reload"];

/** Follow the live blog; the returned function looks at once. */
export function follow({ changesUrl, eventsUrl, seq, isPublic, apply, tell }: Options): () => void {
  let known = seq;
  let looking = false;
  let again = false;
  let timer = 0;
  let stream: EventSource | null = null;

  const streaming = (): boolean => stream?.readyState === EventSource.OPEN;

  function wait(): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), streaming() ? SAFETY_MS : SOON_MS);
  }

  async function look(): Promise<void> {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    window.clearTimeout(timer);
    try {
      const changes = await get<Changes>(`${changesUrl}?after=${known}`);
      if (changes) {
        known = changes.seq;
        apply(changes);
      }
      tell(streaming() ? "live" : "waiting");
    } catch (fault) {
      tell(fault instanceof Refusal && (fault.status === 401 || fault.status === 403) ? "out" : "cut");
    } finally {
      looking = false;
    }
    if (again) {
      again = false;
      void look();
      return;
    }
    if (isPublic() && stream === null) listen();
    wait();
  }

  function listen(): void {
    stream = new EventSource(`${eventsUrl}?after=${known}`);
    for (const kind of KINDS) stream.addEventListener(kind, () => void look());
    stream.addEventListener("open", () => {
      tell("live");
      wait();
    });
    stream.addEventListener("error", () => {
      // CLOSED: refused (the live blog is a draft again, or the edge is full); the timer goes on alone for a while.
      if (stream?.readyState === EventSource.CLOSED) window.setTimeout(() => (stream = null), SAFETY_MS);
      tell("waiting");
      wait();
    });
  }

  if (isPublic()) listen();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void look();
  });
  window.addEventListener("online", () => void look());
  void look(); // what happened between the page's making and now
  return () => void look();
}
