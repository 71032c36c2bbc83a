// The outbox of this page: outbox.ts with the browser's own ways to the device, the server and other windows.
import { dropQueued, keepQueued, nextInQueue, onDeviceChange, queueOf, type Kept, type Pending, type Queued } from "./device.ts";
import { outbox, type Outbox } from "./outbox.ts";
import { get, newKey, Refusal, send } from "./wire.ts";

const LOCK = "stoppress-sending";

/** What a press makes: everything that is needed to do it later. */
export interface Press {
  readonly slug: string;
  readonly url: string;
  readonly body: string | URLSearchParams;
  readonly deed: string;
  readonly words: string;
  readonly postId: string;
  readonly shows: boolean;
  readonly kept?: Kept;
  readonly intent?: string;
  readonly earlier?: Pending | null;
}

/** The key under which the server will remember `press`: of JSON its own; of a form, with what the button does. */
function writeOf({ url, body }: Press): string {
  if (typeof body === "string") return (JSON.parse(body) as { key: string }).key;
  const last = new URL(url, location.href).pathname.replace(/\/$/, "").split("/").at(-1) ?? "";
  return `${body.get("key") ?? ""}-${last}`;
}

export function queuedOf(user: string, press: Press): Queued {
  if (press.body instanceof URLSearchParams) {
    press.body.delete("csrfmiddlewaretoken"); // each sending has the newest
    press.body.set("key", newKey()); // the page's own may be an old page's, used before
  }
  return {
    key: nextInQueue(user), user, slug: press.slug, at: Date.now(),
    url: new URL(press.url, location.href).pathname,
    body: String(press.body), form: typeof press.body !== "string", write: writeOf(press),
    deed: press.deed, words: press.words, postId: press.postId, shows: press.shows,
    kept: press.kept ?? null, intent: press.intent ?? "", earlier: press.earlier ?? null,
    tried: 0, sure: false, state: "waiting", why: "",
  };
}

/** Called with what nobody was waiting for any more: it went out from the queue. */
type Done = (entry: Queued, body: unknown) => void;

export function startSending(user: string): { readonly box: Outbox; readonly whenDone: (done: Done) => void } {
  let done: Done = () => undefined;
  const box = outbox({
    all: () => queueOf(user),
    keep: (entry) => keepQueued(entry),
    drop: dropQueued,
    send,
    async known(write) {
      try {
        return (await get<{ done: unknown }>(`/desk/answers/${encodeURIComponent(write)}/`))?.done ?? null;
      } catch (fault) {
        if (fault instanceof Refusal) return null; // signed out, say: the reporter is asked, and sending it asks for the password
        throw fault;
      }
    },
    now: () => Date.now(),
    later(ms, then) {
      const timer = window.setTimeout(then, ms);
      return () => window.clearTimeout(timer);
    },
    alone: async (work) => {
      if ("locks" in navigator) await navigator.locks.request(LOCK, work);
      else await work(); // no https: two windows may send the same, and the server does it once
    },
    done: (entry, body) => done(entry, body),
    contentUrl: (entry, postId) => `/desk/live/${entry.slug}/posts/${postId}/content/`,
  });
  window.addEventListener("online", () => box.go());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") box.go();
  });
  box.go();
  return { box, whenDone: (listener) => (done = listener) };
}

/** Show what waits, also when another window changed it. */
export function followDevice(show: () => void): void {
  onDeviceChange(show);
}
