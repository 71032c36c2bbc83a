// Templates and snippets in the slash menu: asked of the server when the menu opens, filled when one is chosen.
import { TextSelection } from "prosemirror-state";
import type { Node } from "prosemirror-model";
import type { EditorView } from "prosemirror-view";
import { schema } from "../shared/schema.ts";
import type { Choice } from "./suggest.ts";
import { filledDocument, filledText, type Facts, type JsonNode } from "./snippetwords.ts";
import { get } from "./wire.ts";

interface Snippet {
  readonly name: string;
  readonly headline: string;
  readonly summary: boolean;
  readonly document: JsonNode;
}

interface Offered {
  readonly snippets: readonly Snippet[];
  readonly facts: Facts;
}

const KEPT = "stoppress:snippets:";
const FRESH_MS = 30_000; // who is on shift changes by the hour

let last: { readonly at: number; readonly offered: Offered } | null = null;
let coming: Promise<Offered | null> | null = null;

function keptOf(slug: string): Offered | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT + slug) ?? "null") as Offered | null;
  } catch {
    return null;
  }
}

/** What the server offers now; without a connection what it offered last on this device. */
async function asked(): Promise<Offered | null> {
  const root = document.querySelector<HTMLElement>("[data-snippets-url]");
  const { snippetsUrl = "", live = "" } = root?.dataset ?? {};
  try {
    const fresh = await get<Offered>(snippetsUrl);
    if (fresh === null) return null;
    last = { at: Date.now(), offered: fresh };
    localStorage.setItem(KEPT + live, JSON.stringify(fresh));
    return fresh;
  } catch {
    return last?.offered ?? keptOf(live);
  }
}

/** What is known already, at once; it is asked for anew when that is a while ago. */
function offered(): Promise<Offered | null> {
  if (!last || Date.now() - last.at > FRESH_MS) {
    coming ??= asked().finally(() => {
      coming = null;
    });
  }
  return last ? Promise.resolve(last.offered) : (coming ?? Promise.resolve(null));
}

/** Ask before the menu opens, so that it opens at once. */
export function expectSnippets(): void {
  void offered();
}

/** The first empty line to write on within what was put in, else its end. */
function placeToWrite(doc: Node, from: number, to: number): number {
  let place: number | null = null;
  doc.nodesBetween(from, to, (node, at) => {
    if (place === null && node.isTextblock && node.content.size === 0 && at >= from) place = at + 1;
    return place === null;
  });
  return place ?? to - 1;
}

/** The headline is set where it is empty, and the mark where there is one to set. */
function fillForm(view: EditorView, headline: string, summary: boolean): void {
  const form = view.dom.closest("form");
  const title = form?.querySelector<HTMLInputElement>('[name="headline"]');
  if (title && title.value === "" && headline) {
    title.value = headline;
    title.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const mark = form?.querySelector<HTMLInputElement>('[name="summary"]');
  if (mark && summary && !mark.checked) {
    mark.checked = true;
    mark.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function put(view: EditorView, { headline, summary, document: text }: Snippet, facts: Facts): void {
  const now = new Date();
  const filled = schema.nodeFromJSON(filledDocument(text, facts, now));
  const { $from } = view.state.selection;
  const line = $from.before(1);
  const transaction = view.state.tr.replaceWith(line, $from.after(1), filled.content);
  const end = line + filled.content.size;
  transaction.setSelection(TextSelection.near(transaction.doc.resolve(placeToWrite(transaction.doc, line, end)), -1));
  view.dispatch(transaction.scrollIntoView());
  fillForm(view, filledText(headline, facts, now), summary);
  view.focus();
}

/** How a snippet will read, on one line. */
function beginning(node: JsonNode): string {
  const words = (part: JsonNode): string => part.text ?? (part.content ?? []).map(words).join(part.type === "paragraph" ? "" : " ");
  return words(node).replaceAll("…", "").trim();
}

/** The menu's lines for them. */
export async function snippetChoices(): Promise<(Choice & { readonly words: string })[]> {
  const found = await offered();
  if (found === null) return [];
  return found.snippets.map((snippet) => ({
    name: snippet.name,
    icon: "snippet",
    hint: beginning(filledDocument(snippet.document, found.facts, new Date())),
    words: `template snippet text ${snippet.headline}`,
    use: (view) => put(view, snippet, found.facts),
  }));
}
