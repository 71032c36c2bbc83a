// The panel "On this device": texts that are kept here and open nowhere on this page, to be taken up or thrown away.
import { forget, places, type Kept, type Place } from "./device.ts";
import type { Desk } from "./desk.ts";
import { make } from "./dom.ts";
import { clock } from "./words.ts";

interface Options {
  readonly desk: Desk;
  readonly panel: HTMLElement;
  /** Whether an open composer holds the text under this key. */
  readonly isOpen: (key: string) => boolean;
  readonly takeUp: (kept: Kept) => Promise<boolean>;
}

function typedAt(at: number, zone: string): string {
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: zone });
  const [then, today] = [day.format(at), day.format(Date.now())];
  return (then === today ? "" : `${then}, `) + clock(new Date(at), zone);
}

/** Shows the panel, and again whenever the returned function is called. */
export function shelf({ desk, panel, isOpen, takeUp }: Options): () => void {
  function entry({ key, kept }: Place): HTMLElement {
    const open = make("button", { type: "button", class: "button small" }, "Take it up");
    const drop = make("button", { type: "button", class: "button quiet small danger" }, "Throw away");
    open.addEventListener("click", () => {
      void takeUp(kept).then((taken) => {
        if (taken) forget(key);
        show();
      });
    });
    drop.addEventListener("click", () => {
      if (drop.dataset["sure"] === undefined) {
        drop.dataset["sure"] = "";
        drop.textContent = "Really throw away";
        return;
      }
      forget(key);
      show();
    });
    const what = kept.postId ? "Change to a post" : "New post";
    return make(
      "li",
      { class: "shelf-entry" },
      make("p", { class: "entry-meta" }, `${what}, ${typedAt(kept.at, desk.zone)}`),
      make("p", { class: "entry-words" }, kept.words || "Without words"),
      make("div", { class: "entry-buttons" }, open, drop),
    );
  }

  function show(): void {
    const kept = places(desk.user, desk.slug).filter((place) => !isOpen(place.key));
    panel.hidden = kept.length === 0;
    panel.querySelector("ul")?.replaceChildren(...kept.map(entry));
    const count = panel.querySelector("[data-count]");
    if (count) count.textContent = String(kept.length);
  }

  window.addEventListener("storage", show); // another tab kept or forgot something
  show();
  return show;
}
