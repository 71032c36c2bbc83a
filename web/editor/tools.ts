// What the toolbar can do, one row per tool: its name in words, its key, when it is on, what it does.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, isInTable, toggleHeader } from "prosemirror-tables";
import type { MarkType, Node, NodeType } from "prosemirror-model";
import { TextSelection, type Command, type EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { schema } from "../shared/schema.ts";
import { addressOf } from "./addresses.ts";
import { ask } from "./ask.ts";
import { askCard } from "./cards.ts";
import { newClaimName } from "./claims.ts";
import type { IconName } from "./icons.ts";

export interface Tool {
  readonly name: string;
  readonly icon: IconName;
  readonly keys?: string;
  readonly isOn?: (state: EditorState) => boolean;
  readonly isPossible?: (state: EditorState) => boolean;
  readonly use: (view: EditorView) => void;
}

export interface TableTool {
  readonly name: string;
  readonly command: Command;
}

const { nodes, marks } = schema;

function runs(command: Command): (view: EditorView) => void {
  return (view) => {
    command(view.state, view.dispatch, view);
    view.focus();
  };
}

/** The mark of `type` that covers the selection or the cursor. */
function markAt(state: EditorState, type: MarkType): ReturnType<MarkType["isInSet"]> {
  const { from, to, empty, $from } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks());
  let found: ReturnType<MarkType["isInSet"]>;
  state.doc.nodesBetween(from, to, (node) => {
    found ??= type.isInSet(node.marks);
  });
  return found;
}

/** The stretch around the cursor that carries `type`, so that a link can be changed without selecting it. */
function stretch(state: EditorState, type: MarkType): { from: number; to: number } {
  const { from, to, empty, $from } = state.selection;
  const mark = markAt(state, type);
  if (!empty || !mark) return { from, to };
  const parent = $from.parent;
  const start = $from.start();
  let [first, last] = [from, to];
  parent.forEach((child, offset) => {
    const begins = start + offset;
    const ends = begins + child.nodeSize;
    if (mark.isInSet(child.marks) && begins <= from && from <= ends) [first, last] = [begins, ends];
  });
  return { from: first, to: last };
}

function isInside(state: EditorState, type: NodeType): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type === type) return true;
  return false;
}

/** The selected text, when it stands within one block. */
function selectedText(state: EditorState): string {
  const { from, to } = state.selection;
  return state.doc.textBetween(from, to, " ");
}

/** Put `type` with `attributes` on the stretch; where there is no text, insert `text` with it. */
function putMark(view: EditorView, type: MarkType, attributes: Record<string, string>, text: string): void {
  const { from, to } = stretch(view.state, type);
  const mark = type.create(attributes);
  const transaction = view.state.tr;
  if (from === to) transaction.insertText(text, from).addMark(from, from + text.length, mark);
  else transaction.removeMark(from, to, type).addMark(from, to, mark);
  transaction.setSelection(TextSelection.near(transaction.doc.resolve(from === to ? from + text.length : to)));
  view.dispatch(transaction.removeStoredMark(type).scrollIntoView());
  view.focus();
}

function takeMark(view: EditorView, type: MarkType): void {
  const { from, to } = stretch(view.state, type);
  view.dispatch(view.state.tr.removeMark(from, to, type));
  view.focus();
}

async function link(view: EditorView): Promise<void> {
  const present = markAt(view.state, marks.link);
  const text = selectedText(view.state);
  const needsText = !present && text === "";
  const answers = await ask({
    title: present ? "Change link" : "Link",
    confirm: present ? "Change" : "Insert link",
    ...(present ? { remove: "Remove link" } : {}),
    questions: [
      {
        name: "href", label: "Address", value: String(present?.attrs["href"] ?? (addressOf(text) && /^https?:/.test(text) ? text : "")), required: true,
        check: (value) => (addressOf(value) ? "" : "Write an address such as https://example.org/page, or a mail address"),
      },
      ...(needsText ? [{ name: "text", label: "Text to show", value: "", hint: "Empty: the address itself" }] : []),
    ],
  });
  if (answers === null) return view.focus();
  if (answers === "remove") return takeMark(view, marks.link);
  const href = addressOf(answers["href"] ?? "") ?? "";
  putMark(view, marks.link, { href }, answers["text"] || (answers["href"] ?? href));
}

async function claim(view: EditorView): Promise<void> {
  const present = markAt(view.state, marks.claim);
  const answers = await ask({
    title: "Claim",
    confirm: present ? "Change" : "Mark as a claim",
    ...(present ? { remove: "No claim" } : {}),
    questions: [
      { name: "source", label: "Whose claim is it?", value: String(present?.attrs["source"] ?? ""), hint: "Readers see it: “unverified, says the harbour master”" },
      {
        name: "state", label: "Where does it stand?", value: String(present?.attrs["state"] ?? "unverified"),
        choices: [["unverified", "Unverified"], ["confirmed", "Confirmed"], ["disputed", "Disputed"], ["false", "False"]],
      },
    ],
  });
  if (answers === null) return view.focus();
  if (answers === "remove") return takeMark(view, marks.claim);
  const id = String(present?.attrs["id"] ?? "") || newClaimName();
  putMark(view, marks.claim, { source: answers["source"] ?? "", state: answers["state"] ?? "unverified", id }, "");
}

function toggleList(type: NodeType): Command {
  return (state, dispatch, view) => {
    if (isInside(state, type)) return liftListItem(nodes.list_item)(state, dispatch);
    return wrapInList(type)(state, dispatch, view);
  };
}

const toggleHeading: Command = (state, dispatch) =>
  setBlockType(state.selection.$from.parent.type === nodes.heading ? nodes.paragraph : nodes.heading)(state, dispatch);

const toggleQuote: Command = (state, dispatch) => (isInside(state, nodes.quote) ? lift(state, dispatch) : wrapIn(nodes.quote)(state, dispatch));

function newTable(): Node {
  const row = (cell: NodeType): Node => nodes.table_row.create(null, [1, 2, 3].map(() => cell.createAndFill() as Node));
  return nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);
}

const insertTable: Command = (state, dispatch) => {
  if (isInTable(state)) return false;
  const transaction = state.tr.replaceSelectionWith(newTable());
  // The cursor goes into the first cell: table, row, cell and paragraph open before it.
  const at = transaction.mapping.map(state.selection.from, -1);
  dispatch?.(transaction.setSelection(TextSelection.near(transaction.doc.resolve(at + 1))).scrollIntoView());
  return true;
};

async function card(view: EditorView): Promise<void> {
  const text = selectedText(view.state).trim();
  const given = await askCard({ url: /^https?:\S+$/.test(text) ? text : "" });
  if (given) view.dispatch(view.state.tr.replaceSelectionWith(nodes.link_card.create({ ...given })).scrollIntoView());
  view.focus();
}

const can = (command: Command) => (state: EditorState): boolean => command(state);
const hasText = (state: EditorState): boolean => !state.selection.empty || markAt(state, marks.claim) !== undefined;

/** The tools in their order; each inner list is a group. `choosePictures` opens the file dialog. */
export function tools(choosePictures: () => void): readonly (readonly Tool[])[] {
  return [
    [
      { name: "Undo", icon: "undo", keys: "Ctrl+Z", isPossible: can(undo), use: runs(undo) },
      { name: "Redo", icon: "redo", keys: "Ctrl+Shift+Z", isPossible: can(redo), use: runs(redo) },
    ],
    [
      { name: "Sub-heading", icon: "heading", keys: "Ctrl+Alt+3", isOn: (state) => isInside(state, nodes.heading), isPossible: can(toggleHeading), use: runs(toggleHeading) },
      { name: "Bold", icon: "bold", keys: "Ctrl+B", isOn: (state) => markAt(state, marks.bold) !== undefined, use: runs(toggleMark(marks.bold)) },
      { name: "Italic", icon: "italic", keys: "Ctrl+I", isOn: (state) => markAt(state, marks.italic) !== undefined, use: runs(toggleMark(marks.italic)) },
      { name: "Link", icon: "link", keys: "Ctrl+K", isOn: (state) => markAt(state, marks.link) !== undefined, use: (view) => void link(view) },
      { name: "Claim", icon: "claim", isOn: (state) => markAt(state, marks.claim) !== undefined, isPossible: hasText, use: (view) => void claim(view) },
    ],
    [
      { name: "Quote", icon: "quote", isOn: (state) => isInside(state, nodes.quote), isPossible: can(toggleQuote), use: runs(toggleQuote) },
      { name: "Bullet list", icon: "bullets", isOn: (state) => isInside(state, nodes.bullet_list), isPossible: can(toggleList(nodes.bullet_list)), use: runs(toggleList(nodes.bullet_list)) },
      { name: "Numbered list", icon: "numbers", isOn: (state) => isInside(state, nodes.ordered_list), isPossible: can(toggleList(nodes.ordered_list)), use: runs(toggleList(nodes.ordered_list)) },
    ],
    [
      { name: "Picture", icon: "picture", use: choosePictures },
      { name: "Table", icon: "table", isOn: isInTable, isPossible: (state) => !isInTable(state), use: runs(insertTable) },
      { name: "Link card", icon: "card", isPossible: (state) => !isInTable(state), use: (view) => void card(view) },
    ],
  ];
}

/** Shown while the cursor stands in a table. */
export const tableTools: readonly TableTool[] = [
  { name: "Row above", command: addRowBefore },
  { name: "Row below", command: addRowAfter },
  { name: "Column before", command: addColumnBefore },
  { name: "Column after", command: addColumnAfter },
  { name: "Header row", command: toggleHeader("row") },
  { name: "Remove row", command: deleteRow },
  { name: "Remove column", command: deleteColumn },
  { name: "Remove table", command: deleteTable },
];

export const commands = { toggleHeading, toggleQuote, toggleList, insertTable, card, link, isInside };
