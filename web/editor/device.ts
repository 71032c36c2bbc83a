// What was typed, kept on this device until the server has it. One entry per post under way (and one for a new post)
// in each live blog and for each person. Called by the composers and by the panel "On this device".

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

export interface Kept {
  readonly fields: Fields;
  readonly postId: string;
  readonly baseRevision: number;
  readonly words: string;
  readonly at: number;
  readonly pending: Pending | null;
}

export interface Place {
  readonly key: string;
  readonly kept: Kept;
}

const ROOT = "stoppress:text";
const KEPT_PLACES = 40; // per person: local storage has 5 MB, a long post is 40 KB

/** The name under which a text is kept. `post` is a post's id, "new", or "aside-…" for a text put aside. */
export function placeOf(user: string, slug: string, post: string): string {
  return [ROOT, user, slug, post].join(":");
}

/** Keep it. False when the browser refuses (private window, full): the desk then says so. */
export function keep(key: string, kept: Kept): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function recall(key: string): Kept | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as Kept);
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing can be kept on this device, so nothing is.
  }
}

/** Everything kept for this person, newest first; `slug` narrows it to one live blog. */
export function places(user: string, slug?: string): Place[] {
  const start = slug === undefined ? `${ROOT}:${user}:` : `${ROOT}:${user}:${slug}:`;
  const found: Place[] = [];
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key === null || !key.startsWith(start)) continue;
      const kept = recall(key);
      if (kept) found.push({ key, kept });
    }
  } catch {
    return [];
  }
  return found.sort((one, other) => other.kept.at - one.kept.at);
}

/** Put a text aside under its own name, so that neither a cancel nor a choice of the other version loses it. */
export function putAside(user: string, slug: string, kept: Kept): void {
  keep(placeOf(user, slug, `aside-${kept.at}`), { ...kept, pending: null });
  for (const old of places(user).slice(KEPT_PLACES)) forget(old.key);
}
