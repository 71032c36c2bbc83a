// Keeps the page true while others work on it. The newsroom's stream says how far the log has grown, the desk's own JSON
// says what that changed: one way for every change, drafts included. Without a stream the same JSON is asked for on a
// timer. One stream for each window: browsers without HTTP/2 open six connections to a site and no more.
import type { Newsroom } from "./newsroom.ts";
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
  readonly seq: number;
  readonly room: Newsroom;
  /** Settles when the page shows them; when it cannot, they are asked for again. */
  readonly apply: (changes: Changes) => Promise<void>;
  readonly tell: (state: "live" | "waiting" | "cut" | "out") => void;
}

const SOON_MS = 5_000; // without a stream
const SAFETY_MS = 30_000; // with one, when the last look succeeded

/** Follow the live blog; the returned function looks at once. */
export function follow({ changesUrl, seq, room, apply, tell }: Options): () => void {
  let known = seq;
  let looking = false;
  let again = false;
  let failed = false;
  let timer = 0;

  function wait(): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), room.isStreaming() && !failed ? SAFETY_MS : SOON_MS);
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
        await apply(changes);
        known = changes.seq; // not before: what was not shown is asked for again
      }
      failed = false;
      tell(room.isStreaming() ? "live" : "waiting");
    } catch (fault) {
      failed = true;
      tell(fault instanceof Refusal && (fault.status === 401 || fault.status === 403) ? "out" : "cut");
    } finally {
      looking = false;
    }
    if (again) {
      again = false;
      void look();
      return;
    }
    wait();
  }

  room.watch((state) => {
    if (state.seq > known) void look();
  });
  room.whenStream(() => {
    tell(room.isStreaming() ? "live" : "waiting");
    wait();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void look();
  });
  window.addEventListener("online", () => void look());
  void look(); // what happened between the page's making and now
  return () => void look();
}
