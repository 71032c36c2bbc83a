// What was typed and what waits to be sent, kept on this device until the server has it. One entry per post under way
// (and one for a new post) in each live blog and for each person, and the queue of writes (outbox.ts).
// Read from memory, written to the device's database; other windows are told. Called by the composers, the panels and
// the outbox.
import { openStore, type Row, type Store } from "./store.ts";

/** The fields of a post as the reporter left them. */
export interface Fields {
  readonly headline: string;
  readonly dateline: string;
  readonly byline: string;
  readonly document: unknown;
  readonly keyEvent: boolean;
  readonly summary: boolean;
  readonly correction: string;
}

/** A request whose answer never came. It is sent again, byte for byte, before anything else. */
export interface Pending {
  readonly url: string;
  readonly body: string;
  readonly intent: string;
}

/** Under which name the server keeps a copy of this text, and what it was sent last. */
export interface CopyName {
  readonly name: string;
  readonly turn: number;
}

export interface Kept {
  readonly fields: Fields;
  readonly postId: string;
  readonly baseRevision: number;
  readonly words: string;
  readonly at: number;
  readonly pending: Pending | null;
  readonly copy?: CopyName;
}

export interface Place {
  readonly key: string;
  readonly kept: Kept;
}

/** A write that waits for its turn, in the order of `key`. */
export interface Queued extends Row {
  readonly user: string;
  readonly slug: string;
  readonly at: number;
  readonly url: string;
  /** JSON, or form fields when `form`. */
  readonly body: string;
  readonly form: boolean;
  /** The key under which the server remembers it. */
  readonly write: string;
  /** What was pressed, in a word: "Publish", "Pin". */
  readonly deed: string;
  readonly words: string;
  readonly postId: string;
  /** Readers see what it does: it asks before it goes out late. */
  readonly shows: boolean;
  /** The text, to be taken back into a composer; null for other deeds. */
  readonly kept: Kept | null;
  readonly intent: string;
  /** An earlier request about the same text whose answer never came: it is settled first. */
  readonly earlier: Pending | null;
  readonly tried: number;
  /** The reporter said that it shall go out, late as it is. */
  readonly sure: boolean;
  readonly state: "waiting" | "asks" | "failed";
  readonly why: string;
}

interface TextRow extends Row {
  readonly kept: Kept;
}

interface ReadRow extends Row {
  readonly newest: number;
}

const ROOT = "stoppress:text";
const QUEUE = "stoppress:queue";
const READ = "stoppress:read";
const CHANNEL = "stoppress-desk";

const rows = new Map<string, Row>();
const listeners = new Set<() => void>();
let store: Store | null = null;
let channel: BroadcastChannel | null = null;

/** The name under which a text is kept. `post` is a post's id, "new", or "aside-…" for a text put aside. */
export function placeOf(user: string, slug: string, post: string): string {
  return [ROOT, user, slug, post].join(":");
}

// --- coming and going ---------------------------------------------------------------------------------

/** Read everything that is kept here. To be awaited before anything else of this module. */
export async function openDevice(): Promise<void> {
  try {
    store = await openStore();
    await load();
    await emptyPocket();
    channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener("message", () => void load().then(tellHere));
  } catch {
    store = null; // this browser keeps nothing: the desk says so at the first word
  }
}

async function load(): Promise<void> {
  const found = (await store?.all()) ?? [];
  rows.clear();
  for (const row of found) rows.set(row.key, row);
}

function tellHere(): void {
  for (const listener of listeners) listener();
}

/** Call `listener` when something kept here came, changed or went, in this window or another. */
export function onDeviceChange(listener: () => void): void {
  listeners.add(listener);
}

/** One change, whole or not at all. False when the browser refuses (private window, full): the desk then says so. */
async function change(put: readonly Row[], drop: readonly string[]): Promise<boolean> {
  for (const row of put) rows.set(row.key, row);
  for (const key of drop) rows.delete(key);
  let done = store !== null;
  try {
    await store?.change(put, drop);
  } catch {
    done = false;
  }
  tellHere();
  channel?.postMessage("changed");
  return done;
}

// --- the pocket: what is written in the last instant of a page ----------------------------------------

/** Local storage is written at once, where a database might not be before a page is put away. */
function toPocket(key: string, kept: Kept): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // The database has what was typed until a second ago.
  }
}

function outOfPocket(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing can be kept there, so nothing is.
  }
}

/** What was left in the pocket goes to the database, where it is newer. */
async function emptyPocket(): Promise<void> {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(`${ROOT}:`))) {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? "") as Kept;
      if (kept.at > (recall(key)?.at ?? 0)) await store?.change([textRow(key, kept)], []);
      rows.set(key, textRow(key, kept));
    } catch {
      // Not ours, or cut short: the database has the text as it was before.
    }
    outOfPocket(key);
  }
}

// --- texts --------------------------------------------------------------------------------------------

function textRow(key: string, kept: Kept): TextRow {
  return { key, kept };
}

/** Keep it. Settles when it is on the disk. `last`: the page may be gone before that. */
export function keep(key: string, kept: Kept, last = false): Promise<boolean> {
  if (last) toPocket(key, kept);
  return change([textRow(key, kept)], []);
}

export function recall(key: string): Kept | null {
  return (rows.get(key) as TextRow | undefined)?.kept ?? null;
}

export function forget(key: string): void {
  outOfPocket(key);
  if (rows.has(key)) void change([], [key]);
}

/** Every text kept for this person, newest first; `slug` narrows it to one live blog. */
export function places(user: string, slug?: string): Place[] {
  const start = slug === undefined ? `${ROOT}:${user}:` : `${ROOT}:${user}:${slug}:`;
  const found = [...rows.values()].filter((row): row is TextRow => row.key.startsWith(start));
  return found.map(({ key, kept }) => ({ key, kept })).sort((one, other) => other.kept.at - one.kept.at);
}

/** Put a text aside under its own name, so that neither a cancel nor a choice of the other version loses it. */
export function putAside(user: string, slug: string, kept: Kept): void {
  void keep(placeOf(user, slug, `aside-${kept.at}`), { ...kept, pending: null });
}

// --- the queue ----------------------------------------------------------------------------------------

let latest = 0;

/** A name for the next entry of the queue, after every earlier one. */
export function nextInQueue(user: string): string {
  latest = Math.max(Date.now(), latest + 1);
  return [QUEUE, user, String(latest).padStart(15, "0")].join(":");
}

/** What waits, in its order. */
export function queueOf(user: string): Queued[] {
  const found = [...rows.values()].filter((row): row is Queued => row.key.startsWith(`${QUEUE}:${user}:`));
  return found.sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** Keep an entry of the queue; the text it was made of leaves its place in the same instant. */
export function keepQueued(entry: Queued, place?: string): Promise<boolean> {
  if (place !== undefined) outOfPocket(place);
  return change([entry], place === undefined ? [] : [place]);
}

export function dropQueued(key: string): Promise<boolean> {
  return change([], [key]);
}

/** An entry of the queue is a text again, under `place`. */
export function backToText(key: string, place: string, kept: Kept): Promise<boolean> {
  return change([textRow(place, kept)], [key]);
}

// --- the chat -----------------------------------------------------------------------------------------

/** The newest message of a live blog's chat that this person had in sight here; 0 for none. */
export function chatReadTo(user: string, slug: string): number {
  return (rows.get([READ, user, slug].join(":")) as ReadRow | undefined)?.newest ?? 0;
}

/** Remember it. Settles when it is on the disk. */
export async function keepChatRead(user: string, slug: string, newest: number): Promise<void> {
  if (newest <= chatReadTo(user, slug)) return;
  const row: ReadRow = { key: [READ, user, slug].join(":"), newest };
  await change([row], []);
}

/** Everything of this person's leaves this device. */
export async function wipe(user: string): Promise<void> {
  await load(); // also what another window kept a moment ago
  const mine = [...rows.keys()].filter((key) => [ROOT, QUEUE, READ].some((kind) => key.startsWith(`${kind}:${user}:`)));
  for (const key of mine) outOfPocket(key);
  await change([], mine);
}
