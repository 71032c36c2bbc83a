// What the slash menu puts into a text, one line for each. "/" at the start of an empty line opens the menu, and so does
// the toolbar's "Insert". A new kind of block is one more line in `blocks`; its `use` finds an empty line under the cursor.
import { setBlockType } from "prosemirror-commands";
import { TextSelection, type Command, type EditorState, type Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { schema } from "../shared/schema.ts";
import { webAddressOf } from "./addresses.ts";
import { ask } from "./ask.ts";
import type { IconName } from "./icons.ts";
import { expectSnippets, snippetChoices } from "./snippets.ts";
import { answerEntry } from "./answers.ts";
import { structuredEntries } from "./structured.ts";
import { fitting, suggest, type Asked, type Choice } from "./suggest.ts";
import { commands, type Tool } from "./tools.ts";
import { unfold } from "./unfurl.ts";

export interface SlashEntry extends Choice {
  readonly icon: IconName;
  /** Other words by which it is found: "heading" finds "Sub-heading" by itself, "h3" needs saying. */
  readonly words: string;
}

const { nodes, marks } = schema;

function runs(command: Command): (view: EditorView) => void {
  return (view) => {
    command(view.state, view.dispatch, view);
    view.focus();
  };
}

/** Ask for the address of a post or player elsewhere; it stands there as a link until the server has looked. */
async function embed(view: EditorView): Promise<void> {
  const check = (value: string): string => (webAddressOf(value) ? "" : "Write the address of a web page, such as https://example.org/post/1");
  const question = { name: "url", label: "Address", value: "", required: true, hint: "Of a post, a film, a sound or a chart on another site", check };
  const answers = await ask({ title: "Embed", confirm: "Insert", questions: [question] });
  view.focus();
  const href = answers === null || answers === "remove" ? null : webAddressOf(answers["url"] ?? "");
  if (href === null) return;
  view.dispatch(view.state.tr.replaceSelectionWith(schema.text(href, [marks.link.create({ href })]), false).scrollIntoView());
  await unfold(view, href);
}

/** The blocks, in the menu's order. */
function blocks(choosePictures: () => void): readonly SlashEntry[] {
  return [
    { name: "Sub-heading", icon: "heading", words: "title h3", use: runs(setBlockType(nodes.heading, { level: 3 })) },
    { name: "Quote", icon: "quote", words: "said citation speaker", use: runs(commands.toggleQuote) },
    { name: "Bullet list", icon: "bullets", words: "points items", use: runs(commands.toggleList(nodes.bullet_list)) },
    { name: "Numbered list", icon: "numbers", words: "ordered steps", use: runs(commands.toggleList(nodes.ordered_list)) },
    { name: "Picture", icon: "picture", words: "photo image camera upload", use: () => choosePictures() },
    { name: "Gallery", icon: "picture", words: "several pictures side by side photos", use: () => choosePictures() },
    { name: "Table", icon: "table", words: "rows columns results", use: runs(commands.insertTable) },
    { name: "Link to a post", icon: "link", words: "[[ permalink related earlier", use: (view) => view.dispatch(view.state.tr.insertText("[[")) },
    { name: "Link card", icon: "card", words: "read the full story url", use: (view) => void commands.card(view) },
    ...structuredEntries,
    answerEntry,
    { name: "Embed", icon: "card", words: "video x bluesky mastodon youtube player social", use: (view) => void embed(view) },
  ];
}

/** "/" and what was typed after it, when nothing else stands on a line of its own. */
function slashAt(state: EditorState): Asked | null {
  const { $from, empty } = state.selection;
  const line = $from.parent;
  if (!empty || $from.depth !== 1 || line.type !== nodes.paragraph || $from.parentOffset !== line.content.size) return null;
  const typed = /^\/(\p{L}[\p{L}\p{N}' -]{0,40})?$/u.exec(line.textContent);
  return typed ? { from: $from.start(), query: typed[1] ?? "" } : null;
}

/** The menu: blocks, then templates and snippets. */
export function slash(choosePictures: () => void): Plugin {
  const all = blocks(choosePictures);
  return suggest({
    label: "Insert",
    find: slashAt,
    expect: expectSnippets,
    first: (query) => fitting(all, query),
    choices: async (query) => fitting([...all, ...(await snippetChoices())], query),
    none: () => "",
  });
}

/** Open the menu by a press: on the cursor's line when it is empty, else on a new one below it. */
function openMenu(view: EditorView): void {
  const { state } = view;
  const { $from } = state.selection;
  const transaction = state.tr;
  const isFree = $from.depth === 1 && $from.parent.type === nodes.paragraph && $from.parent.content.size === 0;
  if (isFree) transaction.insertText("/", $from.pos);
  else {
    const after = $from.depth === 0 ? state.selection.to : $from.after(1);
    transaction.insert(after, nodes.paragraph.create(null, schema.text("/")));
    transaction.setSelection(TextSelection.create(transaction.doc, after + 2));
  }
  view.focus();
  view.dispatch(transaction.scrollIntoView());
}

/** The menu's place in the toolbar, for a hand without a keyboard. */
export const insertTool: Tool = { name: "Insert", icon: "insert", keys: "/ on an empty line", use: openMenu };
