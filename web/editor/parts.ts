// Sends one picture in parts (the tus protocol 1.0.0) and goes on after a cut from where the server stands. Knows
// nothing of editors; `uploads.ts` shows what it tells.
import { renewToken, type Problem } from "./wire.ts";

export interface Uploading {
  /** Where parts become a picture, and where parts are taken. */
  readonly url: string;
  readonly partsUrl: string;
  readonly maxBytes: number;
  readonly token: () => string;
}

export interface Uploaded {
  readonly id: string;
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly renditions: readonly { src: string; width: number; height: number }[];
  readonly alt: string;
  readonly caption: string;
  readonly credit: string;
  readonly origin: string;
  readonly focus_x: number;
  readonly focus_y: number;
}

/** How far it is: on its way, waiting for a connection, or all there and being made into a picture. */
export interface Progress {
  readonly state: "sending" | "waiting" | "reading";
  readonly sent: number;
  readonly size: number;
}

/** What it stands on; tests give their own. */
export interface Ground {
  readonly fetch: (url: string, request: RequestInit) => Promise<Response>;
  /** Resolves after `ms`, or sooner when there may be a connection again. */
  readonly pause: (ms: number) => Promise<void>;
  readonly now: () => number;
}

const PART_BYTES = 512 * 1024;
const PART_BYTES_MIN = 64 * 1024;
const QUICK_MS = 2_000;
const SLOW_MS = 8_000;
const ANSWER_MS = 60_000;
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const TRIES = 14; // without a single byte arriving: about three minutes
const CSRF = "stoppress:csrf";

const browser: Ground = {
  fetch: (url, request) => fetch(url, request),
  pause: (ms) =>
    new Promise((go) => {
      const done = (): void => {
        window.clearTimeout(timer);
        window.removeEventListener("online", done);
        go();
      };
      const timer = window.setTimeout(done, ms);
      window.addEventListener("online", done);
    }),
  now: () => performance.now(),
};

/** The server said no, and would again. */
class Refused extends Error {}

/** UTF-8 in base64, as tus wants its metadata. */
function encoded(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

class Way {
  private readonly to: Uploading;
  private readonly ground: Ground;
  address = "";

  constructor(to: Uploading, ground: Ground) {
    this.to = to;
    this.ground = ground;
  }

  /** One request; a stale token is renewed. Throws Refused when there is no use in asking again. */
  async ask(method: string, url: string, headers: Record<string, string>, body: BodyInit | null = null): Promise<Response> {
    for (let again = false; ; again = true) {
      const all = { Accept: "application/json", "X-CSRFToken": this.to.token(), "Tus-Resumable": "1.0.0", ...headers };
      const answer = await this.ground.fetch(url, { method, headers: all, body, credentials: "same-origin", signal: AbortSignal.timeout(ANSWER_MS) });
      if (answer.ok) return answer;
      const json = (answer.headers.get("Content-Type") ?? "").includes("json");
      const problem = json ? ((await answer.json()) as Problem) : null;
      if (problem?.type === CSRF && !again) {
        await renewToken();
        continue;
      }
      // 404: the server has forgotten these parts. 409, 423: it stands elsewhere. 5xx: it may be better in a moment.
      if (answer.status === 404 && this.address !== "") this.address = "";
      else if (answer.status < 500 && answer.status !== 409 && answer.status !== 423 && answer.status !== 429) {
        throw new Refused(problem?.detail ?? `The server answered ${answer.status}.`);
      }
      throw new Error(problem?.detail ?? `The server answered ${answer.status}.`);
    }
  }

  /** Begin, or find what was begun with this key; how many bytes are there. */
  async begin(file: File, key: string): Promise<number> {
    const told = `filename ${encoded(file.name)},key ${encoded(key)}`;
    const answer = await this.ask("POST", this.to.partsUrl, { "Upload-Length": String(file.size), "Upload-Metadata": told });
    this.address = answer.headers.get("Location") ?? "";
    return offsetOf(answer);
  }

  async reached(): Promise<number> {
    return offsetOf(await this.ask("HEAD", this.address, {}));
  }

  async part(part: Blob, offset: number): Promise<number> {
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    return offsetOf(await this.ask("PATCH", this.address, headers, part));
  }

  async made(key: string): Promise<Uploaded> {
    const form = new FormData();
    form.append("upload", this.address.split("/").filter(Boolean).at(-1) ?? "");
    form.append("key", key);
    return (await (await this.ask("POST", this.to.url, {}, form)).json()) as Uploaded;
  }
}

function offsetOf(answer: Response): number {
  const offset = Number(answer.headers.get("Upload-Offset") ?? "x");
  if (!Number.isInteger(offset)) throw new Error("The server did not say how much it has.");
  return offset;
}

/**
 * Send `file`; `key` makes it one upload, however often this is called, on whichever connection. Throws an Error with
 * a sentence when the server refuses, or when nothing could be sent for some minutes.
 */
export async function sendInParts(file: File, key: string, to: Uploading, tell: (progress: Progress) => void, ground: Ground = browser): Promise<Uploaded> {
  const way = new Way(to, ground);
  const size = file.size;
  let [sent, most, misses, bytes] = [0, -1, 0, PART_BYTES / 2];
  for (;;) {
    try {
      sent = way.address === "" ? await way.begin(file, key) : await way.reached();
      while (sent < size) {
        tell({ state: "sending", sent, size });
        const began = ground.now();
        sent = await way.part(file.slice(sent, sent + bytes), sent);
        const took = ground.now() - began;
        if (took < QUICK_MS) bytes = Math.min(bytes * 2, PART_BYTES);
        else if (took > SLOW_MS) bytes = Math.max(bytes / 2, PART_BYTES_MIN);
        if (sent > most) [most, misses] = [sent, 0];
      }
      tell({ state: "reading", sent: size, size });
      return await way.made(key);
    } catch (fault) {
      if (fault instanceof Refused) throw fault;
      misses += 1;
      if (misses >= TRIES) throw new Error("There is no connection to the server. What arrived is kept for a day.");
      tell({ state: "waiting", sent: Math.max(sent, 0), size });
      await ground.pause(PAUSES_MS[Math.min(misses, PAUSES_MS.length) - 1] ?? 0);
    }
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1);
}

/** How far it is, in words. */
export function progressWords(name: string, { state, sent, size }: Progress): string {
  if (state === "reading") return `${name} has arrived and is being made ready…`;
  const far = `${megabytes(sent)} of ${megabytes(size)} MB`;
  if (state === "waiting") return `${name}: waiting for a connection. ${far} have arrived; it goes on by itself.`;
  return `Uploading ${name}: ${far}`;
}
