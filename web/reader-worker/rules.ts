// What a reader's device keeps for a time without a network: which addresses, how many, how long. Called by the worker,
// and by the page that talks to it and lists what is kept.

/** What a page tells the worker. `page`: the address of a page as it stands in the address line. */
export type Word = { readonly kind: "keep" | "drop"; readonly page: string };

export const PAGES = "stoppress-reader-pages";
export const FILES = "stoppress-reader-files";
export const PICTURES = "stoppress-reader-pictures:"; // and the page's path: they go with their page
export const OFFLINE = "/offline"; // what is said when a page is not kept
export const KEPT_AT = "Stoppress-Kept-At"; // on a kept page: when the server gave it

export const PATIENCE_MS = 10_000; // a bar of signal that brings no page in this time brings none: the kept one is shown
export const MOST_PAGES = 12; // live blogs that one person follows in a week, and the front page
export const MOST_PICTURES = 30; // of one page; its first 20 to 39 posts hold as many at most
export const MOST_FILES = 24; // scripts, styles and fonts, of this version and the one before
export const MOST_MS = 7 * 24 * 60 * 60 * 1_000; // a copy older than a week would mislead more than it helps

/** The address under which a page is kept: a live blog's first page, or the front page. Null: not kept. */
export function keptAddress(address: string, origin: string): string | null {
  const url = new URL(address);
  const isOurs = url.origin === origin && /^\/(live\/[\w-]+)?$/.test(url.pathname);
  return isOurs && !url.search ? url.origin + url.pathname : null;
}

/** Pages of the newsroom and what is no page at all pass by untouched. */
export function isReaders(url: URL, origin: string): boolean {
  return url.origin === origin && !/^\/(desk|api|audience|intake|media|static)(\/|$)/.test(url.pathname);
}

/** A built file whose name says its content, so that a kept one is never out of date. */
export function isFile(url: URL, origin: string): boolean {
  return url.origin === origin && /^\/static\/[\w-]+\.[A-Z0-9]{8}\.\w+$/.test(url.pathname);
}

export function isPicture(url: URL, origin: string): boolean {
  return url.origin === origin && url.pathname.startsWith("/media/");
}

/** The built files that a page's markup names. */
export function filesIn(html: string): string[] {
  return [...new Set(html.match(/\/static\/[\w-]+\.[A-Z0-9]{8}\.\w+/g) ?? [])];
}

/** The page, marked as a copy: the page's script says so, and how old it is. */
export function markedKept(html: string, at: string): string {
  return html.replace("<main ", () => `<main data-kept="${at}" `);
}
