// One change into the document, so that the page becomes what a fresh load would show. No geometry here:
// what the reader sees of it, and when, is decided in arrival.ts.

import type { Change, HeadChange, PostChange, WithdrawnChange } from "./changes.ts";
import { isAtOrBelow, placeOf } from "./order.ts";
import { type Page, feedOf, isOldestFirst, leafOf, postById, postsOf, seqOf, slotOf } from "./page.ts";

export type Outcome =
  | { kind: "inserted"; post: HTMLElement }
  | { kind: "replaced"; post: HTMLElement; corrected: boolean }
  | { kind: "elsewhere"; id: string; isNew: boolean } // a post of another page
  | { kind: "head"; names: string[] }
  | { kind: "status"; status: string }
  | { kind: "nothing" }
  | { kind: "lost"; why: string }; // the page must be fetched afresh

// Idempotent by number: what the page already holds is left alone.
export function apply(page: Page, change: Change): Outcome {
  if (change.seq <= seqOf(page) && change.kind !== "reload") return { kind: "nothing" };
  const outcome = applied(page, change);
  if (outcome.kind !== "lost") page.main.dataset.seq = String(change.seq);
  return outcome;
}

function applied(page: Page, change: Change): Outcome {
  switch (change.kind) {
    case "post":
    case "withdrawn":
      return applyPost(page, change);
    case "head":
      return applyHead(page, change);
    case "status":
      page.main.dataset.status = change.status;
      return { kind: "status", status: change.status };
    case "reload":
      return { kind: "lost", why: change.why };
    default:
      return { kind: "nothing" }; // a kind of a later version: skipping it is what its number is for
  }
}

function applyPost(page: Page, change: PostChange | WithdrawnChange): Outcome {
  const fresh = element(change.html);
  if (!fresh) return { kind: "lost", why: `The post ${change.id} came without an element.` };
  const known = postById(page, change.id);
  if (known) return replace(known, fresh);
  if (change.leaf !== leafOf(page) || page.main.dataset.latest === "0") return elsewhere(change);
  return insert(page, fresh, change.after);
}

function replace(known: HTMLElement, fresh: HTMLElement): Outcome {
  fresh.hidden = known.hidden;
  const corrected = corrections(fresh) > corrections(known);
  const focused = focusWithin(known);
  known.replaceWith(fresh);
  if (focused) refocus(fresh, focused);
  return { kind: "replaced", post: fresh, corrected };
}

function insert(page: Page, fresh: HTMLElement, after: string | null): Outcome {
  const above = after === null ? null : postById(page, after);
  // On an older page the post above may be the last of the page before: then this one is first here.
  if (after !== null && !above && leafOf(page) === 0) {
    // A page that shows only the newest few does not have every post, and misses nothing.
    return "latest" in page.main.dataset ? { kind: "nothing" } : { kind: "lost", why: `The post ${after} is not here.` };
  }
  // "Above" is the order of the newest first; read oldest first, the page is its mirror.
  const [there, first] = isOldestFirst(page) ? (["before", "append"] as const) : (["after", "prepend"] as const);
  if (above) above[there](fresh);
  else feedOf(page)[first](fresh);
  return { kind: "inserted", post: fresh };
}

function elsewhere(change: PostChange | WithdrawnChange): Outcome {
  const isNew = change.kind === "post" && change.leaf === 0 && change.first_published_at === change.last_changed_at;
  return { kind: "elsewhere", id: change.id, isNew };
}

function applyHead(page: Page, change: HeadChange): Outcome {
  for (const [name, html] of Object.entries(change.html)) {
    const slot = slotOf(page, name);
    if (slot) fill(slot, html);
  }
  // Posts that go to a page of their own are those that are read first here: the page is fetched at its own address.
  if (isOldestFirst(page) && sealed(page).length > 0) return { kind: "lost", why: "The first posts have a page of their own." };
  return { kind: "head", names: Object.keys(change.html) };
}

// New content for a slot. What the reader has done to the old one (folded, scrolled, focused) is kept.
function fill(slot: HTMLElement, html: string): void {
  const open = new Map([...slot.querySelectorAll("details")].map((one) => [one.className, one.open]));
  const [strip, focused] = [slot.querySelector("ol"), focusWithin(slot)];
  const [left, top] = [strip?.scrollLeft ?? 0, strip?.scrollTop ?? 0];
  slot.innerHTML = html;
  for (const details of slot.querySelectorAll("details")) details.open = open.get(details.className) ?? details.open;
  slot.querySelector("ol")?.scrollTo({ left, top, behavior: "instant" });
  if (focused) refocus(slot, focused);
}

// Posts that have left the first page, as its way down says (slot `older`): they are the next page's now.
export function sealed(page: Page): HTMLElement[] {
  const { from, at } = slotOf(page, "older")?.querySelector("nav")?.dataset ?? {};
  if (leafOf(page) !== 0 || !from) return [];
  const newest = postById(page, from);
  const edge = { id: from, at: at ?? (newest ? placeOf(newest).at : "") };
  return edge.at ? postsOf(page).filter((post) => isAtOrBelow(placeOf(post), edge)) : [];
}

export function element(html: string): HTMLElement | null {
  const template = document.createElement("template");
  template.innerHTML = html;
  const first = template.content.firstElementChild;
  return first instanceof HTMLElement ? first : null;
}

function corrections(post: HTMLElement): number {
  return post.querySelectorAll(".correction").length;
}

interface Focused {
  itself: boolean;
  href: string | null;
  kind: string;
  value: string | null;
}

function focusWithin(root: HTMLElement): Focused | null {
  const active = document.activeElement;
  if (!active || !root.contains(active)) return null;
  return { itself: active === root, href: active.getAttribute("href"), kind: active.localName, value: active.getAttribute("value") };
}

function refocus(root: HTMLElement, focused: Focused): void {
  const options = { preventScroll: true };
  if (focused.itself) return root.focus(options);
  const candidates = [...root.querySelectorAll<HTMLElement>(focused.kind)];
  const is = (one: HTMLElement): boolean => one.getAttribute("href") === focused.href && one.getAttribute("value") === focused.value;
  const same = candidates.find(is) ?? candidates[0];
  (same ?? root).focus(options);
}
