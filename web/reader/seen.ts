// What this device remembers of a live blog between visits: the number up to which the reader knows it, the post that
// was being read, and which posts were on the screen. Small, bounded, forgotten with time; nothing of it is ever sent.

import type { Since } from "./changes.ts";

const PREFIX = "stoppress.seen.";
export const FORGOTTEN_MS = 30 * 24 * 60 * 60 * 1_000;
export const MOST_BLOGS = 20; // no more than one person follows in a month
export const MOST_POSTS = 300; // of one live blog, the last ones seen; 8 KB

export interface Seen {
  at: number; // when the reader left, in milliseconds
  seq: number; // everything up to here was shown or told
  place: string | null; // the post that was being read
  posts: Record<string, number>; // on the screen before: id → marks() of it then
}

// How many corrections a post has, and whether it is a key event, in one number.
export function marks(corrections: number, isKeyEvent: boolean): number {
  return corrections * 2 + (isKeyEvent ? 1 : 0);
}

export interface Told {
  posts: number;
  keyEvents: Since["key_events"];
  corrected: Since["corrected"]; // only posts that were on the screen, and only what is new since
  withdrawn: Since["withdrawn"]; // likewise
}

/** What of the server's answer is news to whoever saw `seen`. Null: nothing, or nothing that can be told. */
export function sumUp(seen: Seen, since: Since): Told | null {
  if (!since.known) return null;
  const before = (id: string): number | undefined => seen.posts[id];
  const told: Told = {
    posts: since.posts,
    // A post that was seen and became a key event later is news as well; one that was marked before is not.
    keyEvents: since.key_events.filter(({ id, new: isNew }) => isNew || (before(id) ?? 1) % 2 === 0),
    corrected: since.corrected.filter(({ id, corrections }) => corrections > Math.floor((before(id) ?? Infinity) / 2)),
    withdrawn: since.withdrawn.filter(({ id }) => before(id) !== undefined),
  };
  return told.posts + told.keyEvents.length + told.corrected.length + told.withdrawn.length > 0 ? told : null;
}

/** The newest `MOST_POSTS`, those of `now` counted as newest. */
export function joined(before: Seen["posts"], now: Seen["posts"]): Seen["posts"] {
  const kept = Object.entries(before).filter(([id]) => !(id in now));
  return Object.fromEntries([...kept, ...Object.entries(now)].slice(-MOST_POSTS));
}

/** Which of these keys to forget: what is too old or is no memory, and what is too many. */
export function forgettable(kept: ReadonlyMap<string, string>, now: number): string[] {
  const ages = [...kept].map(([key, text]) => ({ key, at: parsed(text, now)?.at ?? Number.NEGATIVE_INFINITY }));
  const old = ages.sort((one, other) => other.at - one.at).findIndex(({ at }) => at === Number.NEGATIVE_INFINITY);
  return ages.slice(Math.min(old < 0 ? Infinity : old, MOST_BLOGS)).map(({ key }) => key);
}

export function parsed(text: string | null, now: number): Seen | null {
  try {
    const seen = JSON.parse(text ?? "null") as Seen | null;
    const isOurs = seen !== null && Number.isInteger(seen.seq) && Number.isFinite(seen.at) && typeof seen.posts === "object";
    return isOurs && now - seen.at < FORGOTTEN_MS ? seen : null;
  } catch {
    return null;
  }
}

// --- on the device: storage may be refused, or full; then nothing is remembered -----------------------

export function isRemembered(slug: string): boolean {
  try {
    return PREFIX + slug in localStorage;
  } catch {
    return false;
  }
}

export function recall(slug: string): Seen | null {
  try {
    return parsed(localStorage.getItem(PREFIX + slug), Date.now());
  } catch {
    return null;
  }
}

export function remember(slug: string, seen: Seen): void {
  try {
    localStorage.setItem(PREFIX + slug, JSON.stringify(seen));
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    const kept = new Map(keys.map((key) => [key, localStorage.getItem(key) ?? ""]));
    for (const key of forgettable(kept, Date.now())) localStorage.removeItem(key);
  } catch {
    return;
  }
}
