// The search over every post and draft, without leaving the live blog: "/" opens it, results come while somebody types,
// arrows go along them. The page at the form's address has the same results, with filters.
import { elementsOf, make } from "./dom.ts";
import { get, Refusal } from "./wire.ts";

const PAUSE_MS = 200; // after the last letter

function links(panel: HTMLElement): HTMLElement[] {
  return Array.from(panel.querySelectorAll<HTMLElement>("input, .result-link"));
}

function build(url: string): HTMLDialogElement {
  const input = make("input", { type: "search", name: "q", maxlength: "200", autocomplete: "off", "aria-label": "Search all posts and drafts", placeholder: "Search all posts and drafts" });
  const more = make("button", { type: "submit", class: "button" }, "With filters");
  const form = make("form", { method: "get", action: url, role: "search", class: "search-line" }, input, more);
  const results = make("div", { class: "search-results" });
  const close = make("button", { type: "button", class: "button quiet" }, "Close");
  const panel = make("dialog", { class: "dialog search-panel", "aria-label": "Search" }, form, results, make("div", { class: "dialog-buttons" }, close));
  let asked = "";
  let timer = 0;

  async function look(): Promise<void> {
    const words = input.value.trim();
    if (words === asked) return;
    asked = words;
    if (words === "") return results.replaceChildren();
    try {
      const found = await get<{ readonly html: string }>(`${url}?${new URLSearchParams({ q: words }).toString()}`);
      if (asked === words && found) results.replaceChildren(...elementsOf(found.html));
    } catch (fault) {
      const said = fault instanceof Refusal ? fault.message : "There is no connection to the server: nothing can be searched now.";
      if (asked === words) results.replaceChildren(make("p", { class: "search-note", role: "status" }, said));
      asked = "";
    }
  }

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), PAUSE_MS);
  });
  panel.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const stops = links(panel);
    const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
  close.addEventListener("click", () => panel.close());
  document.body.append(panel);
  return panel;
}

let panel: HTMLDialogElement | null = null;

/** Open it, with what was asked last. */
export function openSearch(): void {
  const url = document.querySelector<HTMLElement>("[data-search-url]")?.dataset["searchUrl"] ?? "";
  panel ??= build(url);
  if (!panel.open) panel.showModal();
  panel.querySelector("input")?.select();
}
