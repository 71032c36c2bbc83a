// What the reader sees of a change, and when. New posts are in the document at once, so that later changes to
// them apply as to any other; those that would move what is being read stay `hidden` until the reader asks.

import { type Outcome, apply, sealed } from "./apply.ts";
import type { Change } from "./changes.ts";
import { dressEmbeds } from "./embeds.ts";
import { number } from "./feed.ts";
import { type Page, feedOf, heldOf, isOldestFirst, leafOf, newestOf, postsOf, seqOf, tell } from "./page.ts";
import { isAtTop, isHolding, isInView, measure, movesNothing, restore } from "./place.ts";
import { dressPolls } from "./poll.ts";
import { addShareButtons } from "./share.ts";
import { slideIn } from "./slide.ts";
import type { Status } from "./status.ts";
import { showTimes } from "./times.ts";
import { nameOrder } from "./turn.ts";

export interface Arrival {
  // Apply changes in order; false when the page must be fetched afresh.
  take(changes: readonly Change[]): boolean;
  // Show what waits. `byHand`: the reader asked, and is brought to the newest post.
  reveal(byHand: boolean): void;
  // Show what waits if it would disturb nobody; trim what has left the page.
  settle(): void;
  // The same after scrolling, where only the very top of the window says that nothing is being read.
  settleAfterScroll(): void;
  // After anything was put into `root`: times, buttons, numbers, counts.
  dress(root: ParentNode): void;
  // Keep posts the reader has not seen out of sight, after the page was fetched afresh.
  holdUnknown(known: ReadonlySet<string>): void;
}

export function makeArrival(page: Page, status: Status): Arrival {
  const elsewhere = new Set<string>();

  const mayShow = (): boolean =>
    document.visibilityState === "visible" && !status.isPaused() && isAtTop(page) && !isHolding(page);

  function take(changes: readonly Change[]): boolean {
    const place = measure(page);
    feedOf(page).setAttribute("aria-busy", "true");
    const arrived: HTMLElement[] = [];
    const corrected: HTMLElement[] = [];
    let whole = true;
    let replaced = false;
    for (const change of changes) {
      const outcome = apply(page, change);
      if (outcome.kind === "lost") {
        whole = false;
        break;
      }
      if (outcome.kind === "inserted") arrived.push(hold(outcome.post));
      else follow(outcome);
      replaced ||= outcome.kind === "replaced" || (outcome.kind === "elsewhere" && !outcome.isNew);
      if (outcome.kind === "replaced" && outcome.corrected) corrected.push(outcome.post);
    }
    dress(page.main);
    restore(page, place);
    for (const post of arrived) if (post.isConnected && !status.isPaused() && movesNothing(page, post)) post.hidden = false;
    number(page);
    feedOf(page).removeAttribute("aria-busy");
    settle();
    for (const post of corrected) if (isInView(post)) status.alertCorrection(post);
    announce(arrived);
    tell("applied", { seq: seqOf(page), replaced });
    return whole;
  }

  function hold(post: HTMLElement): HTMLElement {
    post.hidden = true;
    return post;
  }

  function follow(outcome: Outcome): void {
    if (outcome.kind === "elsewhere") {
      if (outcome.isNew) elsewhere.add(outcome.id);
      else elsewhere.delete(outcome.id);
    } else if (outcome.kind === "head" && outcome.names.includes("headline")) {
      status.headlineChanged();
    } else if (outcome.kind === "status") {
      nameOrder(page);
      status.statusChanged();
    }
  }

  function announce(arrived: readonly HTMLElement[]): void {
    const posts = arrived.filter((post) => post.isConnected && !post.classList.contains("withdrawn"));
    status.announceNew(posts.length);
  }

  function settle(): void {
    if (heldOf(page).length > 0 && mayShow()) reveal(false);
    trim();
    count();
  }

  function settleAfterScroll(): void {
    if (window.scrollY <= 1) settle();
    else trim();
  }

  function reveal(byHand: boolean): void {
    const held = heldOf(page);
    const place = byHand ? measure(page) : null;
    slideIn(page, held, () => {
      for (const post of held) post.hidden = false;
      restore(page, place); // first nothing moves, then the reader does
    });
    number(page);
    count();
    if (byHand) goToNewest();
    tell("revealed", { posts: held.length });
  }

  function goToNewest(): void {
    const newest = newestOf(page);
    const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    (newest ?? feedOf(page)).scrollIntoView({ block: "start", behavior: smooth ? "smooth" : "instant" });
    // A press by pointer leaves the focus on the feed, so that the next posts are not held for it.
    const target = status.lastPressWasByKey() ? newest : feedOf(page);
    (target ?? feedOf(page)).focus({ preventScroll: true });
  }

  // Posts that have left the first page go when the reader could see neither them nor a jump.
  function trim(): void {
    const leaving = sealed(page);
    const first = leaving.find((post) => !post.hidden);
    if (leaving.length === 0) return;
    if (first && first.getBoundingClientRect().top < window.innerHeight) return;
    if (leaving.some((post) => post.contains(document.activeElement))) return;
    for (const post of leaving) post.remove();
    number(page);
    tell("trimmed", { posts: leaving.length });
  }

  function count(): void {
    status.showCount(
      leafOf(page) === 0
        ? { waiting: heldOf(page).filter((post) => !post.classList.contains("withdrawn")).length, elsewhere: 0 }
        : { waiting: 0, elsewhere: elsewhere.size },
    );
  }

  function dress(root: ParentNode): void {
    showTimes(root);
    addShareButtons(page);
    dressEmbeds(root);
    dressPolls(root);
    number(page);
  }

  function holdUnknown(known: ReadonlySet<string>): void {
    if (mayShow() || isOldestFirst(page)) return;
    for (const post of postsOf(page)) if (!known.has(post.dataset.post ?? "")) hold(post);
  }

  return { take, reveal, settle, settleAfterScroll, dress, holdUnknown };
}
