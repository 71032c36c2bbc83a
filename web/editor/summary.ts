// A new summary starts from the last one, in the composer, with what has happened since beside it: each taken over by one
// press. Nothing is published by itself.
import { newClaimName } from "./claims.ts";
import type { Composer } from "./composer.ts";
import type { Desk } from "./desk.ts";
import { make, must } from "./dom.ts";
import { noFields } from "./fields.ts";
import { itemOf, kindWords, withItem, withoutItems, type Json, type Since } from "./roundup.ts";
import type { Tell } from "./told.ts";
import { get, Refusal } from "./wire.ts";

interface Start {
  readonly last: { readonly id: string; readonly title: string; readonly when: string } | null;
  readonly headline: string;
  readonly document: Json;
  readonly since: readonly Since[];
}

interface Options {
  readonly desk: Desk;
  readonly form: HTMLFormElement;
  readonly main: Composer;
  readonly tell: Tell;
  /** Bring the composer into view. */
  readonly write: () => void;
}

const HEADLINES: Readonly<Record<string, string>> = { closing: "How it ended" };
const STATES: Readonly<Record<string, string>> = { unverified: "Unverified", confirmed: "Confirmed", disputed: "Disputed", false: "False" };
const HEADLINE = "Where things stand";

/** The returned function takes the list away once the composer is free again. */
export function summaries({ desk, form, main, tell, write }: Options): () => void {
  let beside: HTMLElement | null = null;

  function end(): void {
    beside?.remove();
    beside = null;
  }

  function change(to: (document: Json) => Json): void {
    const now = main.read();
    main.rewrite({ ...now, document: to(now.document as Json) });
  }

  function row(since: Since): HTMLElement {
    const isGone = since.kind === "withdrawn";
    const taken = make("button", { type: "button", class: "button small" }, isGone ? "Take it out" : "Take over");
    taken.addEventListener("click", () => {
      change((document) => (isGone ? withoutItems(document, since.href) : withItem(document, itemOf(since, newClaimName()))));
      taken.textContent = isGone ? "Taken out" : "Taken over";
      taken.setAttribute("aria-disabled", "true");
      taken.disabled = true;
    });
    const state = since.state ? [" ", make("span", { class: `chip claim-${since.state}` }, STATES[since.state] ?? since.state)] : [];
    const words = isGone ? `The post behind an item was taken down: ${since.text}` : since.text;
    const note = since.in_last && !isGone ? [make("span", { class: "entry-meta" }, "An item points at this post")] : [];
    return make(
      "li",
      { class: "since-row" },
      make("span", { class: "since-kind" }, make("time", { datetime: since.at }, since.when), ` ${kindWords(since)}`),
      make("div", { class: "since-words" }, make("a", { class: "entry-link", href: since.href, target: "_blank" }, words), ...state, ...note),
      taken,
    );
  }

  function show({ last, since }: Start): void {
    const title = last ? `Since the summary of ${last.when}` : "Key events so far";
    const away = make("button", { type: "button", class: "button quiet small" }, "Put away");
    away.addEventListener("click", end);
    const none = make("p", { class: "hint" }, last ? "No key event, no correction, no claim settled." : "None yet.");
    const list = since.length > 0 ? make("ul", { class: "since-list" }, ...[...since].reverse().map(row)) : none;
    beside = make("section", { class: "since", "aria-label": title }, make("div", { class: "since-head" }, make("h3", {}, title), away), list);
    must(form, ".composer-facts", HTMLElement).before(beside);
  }

  async function begin(kind: string): Promise<void> {
    if (!main.isUntouched()) {
      write();
      return tell("The composer holds another text. Publish it, save it or press “New post” first; nothing of it is lost.", true);
    }
    try {
      const start = await get<Start>(desk.root.dataset["summaryUrl"] ?? "");
      if (!start || !main.isUntouched()) return;
      end();
      const headline = HEADLINES[kind] ?? (start.headline || HEADLINE);
      main.rewrite({ ...noFields, headline, document: start.document, summary: true });
      show(start);
      write();
    } catch (fault) {
      tell(fault instanceof Refusal ? fault.message : "The last summary could not be fetched: there is no connection to the server.", true);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-new-summary]") : null;
    if (button) void begin(button.dataset["newSummary"] ?? "");
  });
  for (const button of form.querySelectorAll("[data-close]")) button.addEventListener("click", end);
  return () => {
    if (main.isUntouched()) end();
  };
}
