// A text under way, kept on the server for its writer alone, a few seconds behind the keys: a lost phone loses nothing.
// It is no post and makes no revision. Called by the composers (to keep) and the panel "On this device" (to list).
import type { CopyName, Fields, Kept } from "./device.ts";
import { get, newKey, send } from "./wire.ts";

const COPY_MS = 3_000; // after the first key that the server does not have; with the way there it is under five seconds

/** What the server says of a text that it keeps. */
export interface CopyLine {
  readonly name: string;
  readonly turn: number;
  readonly post_id: string;
  readonly words: string;
  readonly device: string;
  readonly at: string;
}

export type CopyState = "kept" | "away" | "out" | "refused";

export interface Copying {
  /** Something was typed. */
  touch(): void;
  /** The name under which the server has this text, or "" when it was never sent. */
  name(): string;
  kept(): CopyName;
  /** Go on with a text that is kept under this name. */
  resume(copy: CopyName | undefined): void;
  /** The text became a post, or another begins: nothing more of it is sent. */
  renew(): void;
  /** The text was emptied or thrown away. */
  discard(): void;
}

interface Options {
  readonly url: string;
  /** The text as it stands, or null when there is nothing to keep. */
  readonly read: () => Pick<Kept, "fields" | "postId" | "baseRevision"> | null;
  readonly tell: (state: CopyState, why: string) => void;
}

/** Fields as they travel. */
function onTheWire({ keyEvent, ...fields }: Fields): Record<string, unknown> {
  return { ...fields, key_event: keyEvent };
}

export function fromTheWire(text: Record<string, unknown>): Fields {
  const { key_event: keyEvent, ...fields } = text;
  return { ...fields, keyEvent: keyEvent === true } as Fields;
}

export function copying({ url, read, tell }: Options): Copying {
  let now: CopyName = { name: newKey(), turn: 0 };
  let timer = 0;
  let sending = false;
  let dirty = false;

  function wait(): void {
    if (timer === 0 && !sending) timer = window.setTimeout(() => void go(), COPY_MS);
  }

  async function go(): Promise<void> {
    timer = 0;
    const text = read();
    if (text === null) return;
    dirty = false;
    sending = true;
    const { name } = now;
    // A clock's turns are newer than those of any window that had this text before.
    now = { name, turn: Math.max(now.turn + 1, Date.now()) };
    const body = { name, turn: now.turn, post_id: text.postId, base_revision: text.baseRevision, text: onTheWire(text.fields) };
    const outcome = await send<{ turn: number | null }>(url, JSON.stringify(body), true);
    sending = false;
    if (now.name !== name) return; // it became a post meanwhile
    if (outcome.kind === "done" && outcome.body.turn === null) {
      now = { name: newKey(), turn: 0 }; // another window made a post of it; what was typed here since is another text
      dirty = true;
    }
    if (outcome.kind === "unknown") dirty = true;
    const state = outcome.kind === "done" ? "kept" : outcome.kind === "unknown" ? "away" : outcome.status === 401 ? "out" : "refused";
    if (!dirty || state !== "kept") tell(state, outcome.kind === "refused" ? outcome.problem.detail : "");
    if (dirty) wait();
  }

  function renew(): void {
    window.clearTimeout(timer);
    [timer, dirty] = [0, false];
    now = { name: newKey(), turn: 0 };
  }

  return {
    touch() {
      dirty = true;
      wait();
    },
    name: () => (now.turn > 0 ? now.name : ""),
    kept: () => now,
    resume(copy) {
      renew();
      if (copy) now = copy;
    },
    renew,
    discard() {
      const { name, turn } = now;
      renew();
      if (turn > 0) void throwAway(url, name);
    },
  };
}

export async function throwAway(url: string, name: string): Promise<void> {
  await send(`${url}${name}/`, JSON.stringify({}), true);
}

/** What the server keeps for this person in this live blog; nothing when it cannot be asked. */
export async function copyLines(url: string): Promise<readonly CopyLine[]> {
  try {
    return (await get<{ copies: CopyLine[] }>(url))?.copies ?? [];
  } catch {
    return [];
  }
}

/** One of them as a text to go on with; null when it cannot be had. */
export async function copyText(url: string, { name, turn, post_id, words, at }: CopyLine): Promise<Kept | null> {
  try {
    const row = await get<{ base_revision: number; text: Record<string, unknown> }>(`${url}${name}/`);
    if (row === null) return null;
    return { fields: fromTheWire(row.text), postId: post_id, baseRevision: row.base_revision, words, at: Date.parse(at), pending: null, copy: { name, turn } };
  } catch {
    return null;
  }
}
