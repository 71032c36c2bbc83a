// Two people saved one post. The later one is shown both texts and decides; nothing is thrown away.
import { make } from "./dom.ts";
import type { Theirs } from "./wire.ts";
import { clock } from "./words.ts";

interface Choice {
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}

/** Their text, ready to read, and the two ways on. Mine stands in the editor above. */
export function conflict(theirs: Theirs, zone: string, choice: Choice): HTMLElement {
  const shown = make("div", { class: "theirs prose" });
  shown.innerHTML = theirs.html; // rendered and escaped by the server, as for readers
  if (theirs.headline) shown.prepend(make("p", { class: "theirs-headline" }, theirs.headline));
  const mine = make("button", { type: "button", class: "button primary" }, "Put mine on top of theirs");
  const take = make("button", { type: "button", class: "button" }, "Take theirs, put mine aside");
  mine.addEventListener("click", choice.keepMine);
  take.addEventListener("click", choice.takeTheirs);
  const title = `${theirs.by} saved this post at ${clock(new Date(theirs.at), zone)}, while you were writing`;
  return make(
    "section",
    { class: "conflict", "aria-label": "Two versions" },
    make("h3", {}, title),
    make("p", { class: "hint" }, "Their version, saved now:"),
    shown,
    make("p", { class: "hint" }, "Yours is in the editor above. The history keeps both."),
    make("div", { class: "dialog-buttons" }, take, mine),
  );
}
