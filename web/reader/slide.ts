// New posts above push the others down: by a short slide that the eye can follow, not by a jump. Who asked their device
// for less motion gets the end of it at once.

import { type Page, postsOf, slotOf } from "./page.ts";
import { isInView } from "./place.ts";

const SLIDE_MS = 450;
const FADE_MS = 600;

export function slideIn(page: Page, arrived: readonly HTMLElement[], show: () => void): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return show();
  const below = [...postsOf(page), slotOf(page, "older"), document.querySelector<HTMLElement>("footer.foot")];
  const seen = below.flatMap((one) => (one && isInView(one) ? [{ one, top: topOf(one) }] : []));
  show();
  for (const { one, top } of seen) {
    const by = topOf(one) - top;
    // Where it starts from, and as far as it goes within the window: what is outside of it need not move.
    const frames = { translate: [`0 ${-by}px`, `0 ${-Math.max(by - window.innerHeight, 0)}px`] };
    if (by > 0) one.animate(frames, { duration: SLIDE_MS, easing: "ease-in-out" });
  }
  for (const post of arrived) {
    post.animate({ opacity: [0, 0, 1], offset: [0, 0.3, 1] }, { duration: FADE_MS, easing: "ease-out" });
  }
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}
