// The posts as an ARIA feed: numbers for listeners and keys between posts. Source: WAI-ARIA 1.2 feed pattern.

import { type Page, feedOf, leafOf, postById, postsOf } from "./page.ts";

const FOCUSABLE = "a[href], button:not([disabled]), summary, input, [tabindex='0']";

export function number(page: Page): void {
  let position = 0;
  for (const post of postsOf(page)) {
    if (post.hidden) {
      post.removeAttribute("aria-posinset");
      post.removeAttribute("aria-setsize");
      continue;
    }
    position += 1;
    post.setAttribute("aria-posinset", String(position));
    post.setAttribute("aria-setsize", "-1"); // how many there will be nobody knows
  }
  // A feed must hold a post: the server, and this, name it one from its first post on.
  if (position > 0 && !Number.isNaN(leafOf(page))) feedOf(page).setAttribute("role", "feed");
}

export function listenForKeys(page: Page): void {
  document.addEventListener("keydown", (event) => {
    const active = document.activeElement;
    if (!active || !feedOf(page).contains(active) || !active.matches(":focus-visible") || event.altKey) return;
    const target = targetOf(page, event, active);
    if (!target) return;
    event.preventDefault();
    target.focus();
  });
}

function targetOf(page: Page, event: KeyboardEvent, active: Element): HTMLElement | null {
  if (event.ctrlKey || event.metaKey) return outOf(feedOf(page), event.key);
  const step = { PageDown: 1, j: 1, PageUp: -1, k: -1 }[event.key];
  if (!step) return null;
  const posts = postsOf(page).filter((post) => !post.hidden);
  const here = posts.findIndex((post) => post.contains(active));
  return (here < 0 ? posts[0] : posts[here + step]) ?? null;
}

function outOf(feed: HTMLElement, key: string): HTMLElement | null {
  const outside = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (one) => !feed.contains(one) && one.checkVisibility(),
  );
  const following = (one: HTMLElement): boolean =>
    (feed.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  if (key === "Home") return outside.findLast((one) => !following(one)) ?? null;
  return key === "End" ? (outside.find(following) ?? null) : null;
}

// Links to a post that is on this page scroll to it; others are followed, to the page that holds it.
export function listenForPostLinks(page: Page, reveal: () => void): void {
  page.main.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (Number.isNaN(leafOf(page))) return; // a post's own page: its links lead away
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const id = link?.host === location.host ? postNamedBy(link) : undefined;
    const post = id ? postById(page, id) : null;
    if (!post) return;
    event.preventDefault();
    if (post.hidden) reveal();
    if (location.hash === `#${post.id}`) post.scrollIntoView({ block: "start" });
    else location.hash = post.id;
    post.focus({ preventScroll: true });
  });
}

// By its place on a page, or by its own address in a text, as in the items of a summary. A post's time leads to its own page.
function postNamedBy(link: HTMLAnchorElement): string | undefined {
  const inPlace = link.pathname.startsWith("/live/") ? /^#post-(\w+)$/.exec(link.hash)?.[1] : undefined;
  return inPlace ?? (link.matches(".permalink") ? undefined : /^\/live\/[\w-]+\/posts\/(\w+)$/.exec(link.pathname)?.[1]);
}

// An address like /live/slug#post-id (structured data uses it) names a post that may have left the first page.
export async function findLinkedPost(page: Page): Promise<void> {
  const id = /^#post-(\w+)$/.exec(location.hash)?.[1];
  if (!id || location.search || postById(page, id)) return;
  const holder = `/live/${page.slug}?from=${id}`;
  const answer = await fetch(holder).catch(() => null);
  if (answer?.ok) location.replace(`${holder}#post-${id}`);
}
