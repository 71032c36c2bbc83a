// What the desk keeps for a time without a network: which addresses, how many, how long it waits. Called by the worker
// and by the page that talks to it.

/** What a page tells the worker. */
export type Word =
  | { readonly kind: "here"; readonly user: string; readonly page: string; readonly files: readonly string[] }
  | { readonly kind: "wipe" };

export const PATIENCE_MS = 5_000; // a bar of signal that brings no page in this time brings none: the kept one is shown
export const MOST_PAGES = 24; // the live blogs of a week and their list
export const MOST_FILES = 24; // script, style and fonts, of this version and the one before

/** The list of live blogs, a live blog, a post: what is needed to go on writing. Settings, team and accounts are not. */
export function isDeskPage(url: URL, origin: string): boolean {
  return url.origin === origin && /^\/desk\/(live\/[a-z0-9-]+\/(posts\/[a-z0-9]+\/)?)?$/i.test(url.pathname);
}

/** A built file: its name says its content, so a kept one is never out of date. */
export function isFile(url: URL, origin: string): boolean {
  return url.origin === origin && /^\/static\/[\w.-]+$/.test(url.pathname) && !url.pathname.endsWith(".json");
}
