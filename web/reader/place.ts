// The reader's place: which post is being read, and putting it back on the same pixel after a change.

import { type Page, feedOf, isOldestFirst, postById, postsOf, slotOf } from "./page.ts";

const TOP_SLACK_PX = 8;
const LINES = "p, h2, h3, li, figure, tr, .correction";

export interface Place {
  post: string | null; // the first post in view, by id
  element: Element | null; // what is in view when no post is
  top: number; // where it stood, in pixels from the top of the window
  line: string | null; // the first line in view when the post begins above the window …
  lineTop: number; // … and where that stood
}

// What corrections could not move because the browser rounds to device pixels; paid back at the next one.
let owed = 0;
let lastScroll = Number.NaN;

// Null at the very top: nothing is above, so what grows may push down, as it does without a script.
export function measure(page: Page): Place | null {
  if (window.scrollY <= 0) return null;
  const post = postsOf(page).find(isInView);
  if (!post) {
    const element = [slotOf(page, "older"), document.querySelector("footer.foot")].find((one) => one && isInView(one));
    return element ? { post: null, element, top: topOf(element), line: null, lineTop: 0 } : null;
  }
  const top = topOf(post);
  const line = top < 0 ? lines(post).find((one) => one.getBoundingClientRect().bottom > 0) : undefined;
  const words = line?.textContent ?? null;
  return { post: post.dataset.post ?? null, element: null, top, line: words, lineTop: line ? topOf(line) : 0 };
}

export function restore(page: Page, place: Place | null): void {
  if (!place) return;
  const element = place.post === null ? place.element : postById(page, place.post);
  if (!element?.isConnected) return;
  const line = place.line === null ? undefined : lines(element).find((one) => one.textContent === place.line);
  const moved = line ? topOf(line) - place.lineTop : topOf(element) - place.top;
  scrollExactly(moved);
}

// Do something that may change heights without moving what is being read.
export function keepPlace(page: Page, change: () => void): void {
  const place = measure(page);
  change();
  restore(page, place);
}

function scrollExactly(by: number): void {
  if (window.scrollY !== lastScroll) owed = 0; // the reader has scrolled: the old remainder means nothing
  const wanted = by + owed;
  if (wanted === 0) return;
  const before = window.scrollY;
  window.scrollBy({ top: wanted, behavior: "instant" });
  const rest = wanted - (window.scrollY - before);
  owed = Math.abs(rest) < 1 ? rest : 0; // more than a pixel: the end of the page was reached
  lastScroll = window.scrollY;
}

// Whether the newest post is where the reader is looking, or still below.
export function isAtTop(page: Page): boolean {
  return topOf(feedOf(page)) >= -TOP_SLACK_PX;
}

// Whether showing `post` would move nothing that can be seen: its place is below the window, or below all posts.
export function movesNothing(page: Page, post: HTMLElement): boolean {
  const below = sibling(post, "nextElementSibling");
  if (!below && isOldestFirst(page)) return true;
  if (below) return topOf(below) >= window.innerHeight;
  const above = sibling(post, "previousElementSibling");
  return above !== null && above.getBoundingClientRect().bottom >= window.innerHeight;
}

export function isInView(element: Element): boolean {
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && bottom > 0 && top < window.innerHeight;
}

// Whether the reader holds on to something in a post: keyboard focus or marked text.
export function isHolding(page: Page): boolean {
  const feed = feedOf(page);
  const active = document.activeElement;
  if (active && active !== feed && feed.contains(active)) return true;
  const selection = document.getSelection();
  return !!selection && !selection.isCollapsed && feed.contains(selection.anchorNode);
}

function sibling(post: HTMLElement, next: "nextElementSibling" | "previousElementSibling"): HTMLElement | null {
  let other = post[next];
  while (other instanceof HTMLElement && other.hidden) other = other[next];
  return other instanceof HTMLElement ? other : null;
}

function lines(post: Element): Element[] {
  return [...post.querySelectorAll(LINES)];
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}
