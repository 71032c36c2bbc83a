// The way to the server and back. Every write of the desk goes through `send`: JSON or a form, with the CSRF
// token and an idempotency key, answered by JSON or by a problem with a sentence for a person.

/** What the server says when it does not do something: RFC 9457, plus what the desk adds. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly field?: string;
  readonly current?: Theirs;
  /** The post was withdrawn meanwhile; the server keeps the text as this draft. */
  readonly kept?: { readonly id: string; readonly url: string };
  /** Who has the post open that was to be opened. */
  readonly holder?: string;
}

/** The text that somebody else saved meanwhile; comes with status 412. */
export interface Theirs {
  readonly revision: number;
  readonly by: string;
  readonly at: string;
  readonly headline: string;
  readonly dateline: string;
  readonly byline: readonly string[];
  readonly document: unknown;
  readonly html: string;
  readonly differences: readonly Difference[];
}

/** Where two versions differ: stretches of text in both, only in theirs ("gone"), only in mine ("new"). */
export interface Difference {
  readonly name: string;
  readonly pieces: readonly (readonly [kind: "same" | "gone" | "new", text: string])[];
}

/** Done, refused, or nobody knows: the request left and no answer came, so it may have been done. */
export type Outcome<T> =
  | { readonly kind: "done"; readonly body: T }
  | { readonly kind: "refused"; readonly status: number; readonly problem: Problem }
  | { readonly kind: "unknown"; readonly sentence: string; readonly fault?: boolean };

const ANSWER_MS = 20_000; // longer than any action takes; a phone with one bar gets its answer within it
const SOMEBODY_ELSE = "Somebody else is signed in with this browser now. What you wrote stays on this device; sign in as yourself to send it.";
const CSRF = "stoppress:csrf";

/** 128 bits of chance as hex. `crypto.randomUUID` is missing where the page came over plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function tokenHolder(): HTMLMetaElement | null {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]');
}

/** A sign-in in another tab changes the token of this session: fetch the new one. The refusal, when there is none. */
export async function renewToken(): Promise<Response | null> {
  const holder = tokenHolder();
  const answer = await fetch(holder?.dataset["renew"] ?? "", { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) return answer;
  const { token, user } = (await answer.json()) as { token: string; user: string };
  if (holder?.dataset["user"] && holder.dataset["user"] !== user) return refusal(403, SOMEBODY_ELSE);
  if (holder) holder.content = token;
  return null;
}

function refusal(status: number, detail: string): Response {
  return Response.json({ type: "about:blank", title: "", detail }, { status, headers: { "Content-Type": "application/problem+json" } });
}

let signIn: (() => Promise<boolean>) | null = null;

/** What to do when the server says "signed out": `ask` settles to whether the reporter is signed in again. */
export function whenSignedOut(ask: () => Promise<boolean>): void {
  signIn = ask;
}

async function problemOf(answer: Response): Promise<Problem> {
  const type = answer.headers.get("Content-Type") ?? "";
  if (type.includes("json")) return (await answer.json()) as Problem;
  return { type: "about:blank", title: answer.statusText, detail: `The server answered ${answer.status} ${answer.statusText}. Nothing was changed.` };
}

async function once(url: string, body: string | URLSearchParams): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json", "X-CSRFToken": tokenHolder()?.content ?? "" };
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  else body.delete("csrfmiddlewaretoken"); // the header has the newest; a form that waited has an old one
  return fetch(url, { method: "POST", headers, body, credentials: "same-origin", signal: AbortSignal.timeout(ANSWER_MS) });
}

/**
 * POST `body` (JSON text, or form fields) to `url`. Never throws. Whoever is signed out is asked for the password and
 * the request goes on; `quiet` requests, which nobody pressed a button for, are refused instead.
 */
export async function send<T>(url: string, body: string | URLSearchParams, quiet = false): Promise<Outcome<T>> {
  try {
    let answer = await once(url, body);
    let problem = answer.ok ? null : await problemOf(answer);
    if (problem?.type === CSRF) {
      answer = (await renewToken()) ?? (await once(url, body));
      problem = answer.ok ? null : await problemOf(answer);
    }
    if (answer.status === 401 && signIn && !quiet && (await signIn())) {
      answer = (await renewToken()) ?? (await once(url, body));
      problem = answer.ok ? null : await problemOf(answer);
    }
    if (problem === null) return { kind: "done", body: (await answer.json()) as T };
    if (answer.status >= 500) return { kind: "unknown", sentence: `The server could not answer (${answer.status}).`, fault: true };
    return { kind: "refused", status: answer.status, problem };
  } catch (fault) {
    const late = fault instanceof DOMException && fault.name === "TimeoutError";
    return { kind: "unknown", sentence: late ? "The server did not answer in time." : "There is no connection to the server." };
  }
}

/** GET JSON; null when the answer is empty (204). Throws when there is none, or none in time. */
export async function get<T>(url: string): Promise<T | null> {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(ANSWER_MS) });
  if (answer.status === 204) return null;
  if (!answer.ok) throw new Refusal(answer.status, (await problemOf(answer)).detail);
  return (await answer.json()) as T;
}

/** A GET that was answered with no. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}
