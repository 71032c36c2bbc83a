// A sentence to the reporter at the foot of the page.
import { make, must } from "./dom.ts";

const TOLD_MS = 6_000;

export type Tell = (words: string, bad?: boolean) => void;

/** A sentence at the foot of the page; a bad one stays until it is put away. */
export function teller(): Tell {
  const place = must(document, "#told", HTMLElement);
  let timer = 0;
  return (words, bad = false) => {
    window.clearTimeout(timer);
    const away = make("button", { type: "button", class: "button quiet small" }, "Put away");
    away.addEventListener("click", () => place.replaceChildren());
    place.replaceChildren(make("div", { class: bad ? "told bad" : "told", role: bad ? "alert" : "status" }, make("p", {}, words), away));
    if (!bad) timer = window.setTimeout(() => place.replaceChildren(), TOLD_MS);
  };
}
