// What stands at a pasted address: the server looks it up, and the plain link becomes a link card or an embed. Nothing
// of another site is loaded here, by nobody's press.
import { closeHistory } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { schema } from "../shared/schema.ts";
import { teller } from "./told.ts";
import { send } from "./wire.ts";

interface Found {
  readonly block: unknown;
  readonly note: string;
}

const { nodes, marks } = schema;

/** The card or embed of a web page, and why it holds only the address; or a sentence that says why there is none. */
export async function lookUp(url: string): Promise<{ block: Node; note: string } | string> {
  const endpoint = document.querySelector<HTMLElement>("[data-unfurl-url]")?.dataset["unfurlUrl"] ?? "";
  const outcome = await send<Found>(endpoint, JSON.stringify({ url }));
  if (outcome.kind !== "done") return outcome.kind === "refused" ? outcome.problem.detail : outcome.sentence;
  try {
    const block = schema.nodeFromJSON(outcome.body.block);
    block.check();
    return { block, note: outcome.body.note };
  } catch {
    return "The server knows a block that this page does not; reload the page.";
  }
}

/** Whether the cursor stands on an empty line of its own, where a link may become a block. */
export function isOnEmptyLine(view: EditorView): boolean {
  const { empty, $from } = view.state.selection;
  return empty && $from.depth === 1 && $from.parent.type === nodes.paragraph && $from.parent.content.size === 0;
}

/** The line that holds nothing but the link to `href`: where it begins, or null when it was changed meanwhile. */
function lineOf(doc: Node, href: string): { at: number; line: Node } | null {
  let found: { at: number; line: Node } | null = null;
  doc.forEach((line, at) => {
    const [only] = line.type === nodes.paragraph && line.childCount === 1 ? [line.firstChild] : [];
    if (only?.isText && marks.link.isInSet(only.marks)?.attrs["href"] === href) found ??= { at, line };
  });
  return found;
}

/** Put `block` in the place of the line; one undo brings the plain link back. */
function put(view: EditorView, href: string, block: Node): boolean {
  const place = lineOf(view.state.doc, href);
  if (place === null) return false;
  const { at, line } = place;
  const { state } = view;
  const transaction = closeHistory(state.tr);
  const wasInIt = state.selection.from > at && state.selection.to < at + line.nodeSize;
  const isLast = at + line.nodeSize === state.doc.content.size;
  transaction.replaceWith(at, at + line.nodeSize, isLast ? [block, nodes.paragraph.create()] : block);
  // Never on the block itself: the next letter would replace it.
  if (wasInIt) transaction.setSelection(TextSelection.near(transaction.doc.resolve(at + block.nodeSize), 1));
  view.dispatch(transaction);
  return true;
}

/** A link was pasted alone on a line: make a card or embed of it when the server has looked. */
export async function unfold(view: EditorView, href: string): Promise<void> {
  const found = await lookUp(href);
  if (view.isDestroyed || lineOf(view.state.doc, href) === null) return;
  if (typeof found === "string") return teller()(`The link stays a plain one. ${found}`);
  if (put(view, href, found.block)) {
    teller()(found.note ? `The card holds only the address. ${found.note}` : "The link became a block of its own; undo brings the plain link back.");
  }
}

/** What a card of `url` would say, for the dialog, and why it says less. */
export async function cardWords(url: string): Promise<{ readonly words: Readonly<Record<string, string>>; readonly note: string }> {
  const found = await lookUp(url);
  if (typeof found === "string") return { words: {}, note: found };
  const { title, description, site, text } = found.block.attrs as Record<string, string | undefined>;
  return { words: { title: title ?? "", description: description ?? text ?? "", site: site ?? "" }, note: found.note };
}
