// Shifts at the side of the desk: promises say how late they are while the page stands open, and whoever takes over may
// start a post that says so. Nothing is published by itself.
import type { Composer } from "./composer.ts";
import { noFields } from "./fields.ts";
import type { Tell } from "./told.ts";
import { dueWords } from "./words.ts";

const TICK_MS = 15_000; // a promise turns red at most this late

interface Options {
  readonly root: HTMLElement;
  readonly main: () => Composer | null;
  readonly tell: Tell;
  /** Bring the composer into view. */
  readonly write: () => void;
}

/** The returned function makes the words true at once: call it when the side was filled anew. */
export function handover({ root, main, tell, write }: Options): () => void {
  function tick(): void {
    const now = new Date();
    for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-due]")) {
      const due = new Date(time.dateTime);
      const words = dueWords(due, time.dataset["due"] ?? "", now);
      if (time.textContent !== words) time.textContent = words;
      time.closest(".promise")?.classList.toggle("late", due <= now);
    }
  }

  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-begin]") : null;
    const composer = main();
    if (!button || !composer) return;
    write();
    if (!composer.isUntouched()) return tell("The composer holds another text. Publish it, save it or press “New post” first; nothing of it is lost.", true);
    const text = { type: "text", text: button.dataset["begin"] ?? "" };
    composer.rewrite({ ...noFields, document: { type: "doc", content: [{ type: "paragraph", content: [text] }] } });
  });
  window.setInterval(tick, TICK_MS);
  document.addEventListener("visibilitychange", tick); // a sleeping page counts no time
  tick();
  return tick;
}
