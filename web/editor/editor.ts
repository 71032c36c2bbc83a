// The text of a post under way: a ProseMirror editor on the shared schema, with its toolbar. Knows nothing of posts,
// servers or storage; `composer.ts` does.
import { baseKeymap, chainCommands, exitCode, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { closeHistory, history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import type { Node } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState, Plugin, Selection, type Command } from "prosemirror-state";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { schema } from "../shared/schema.ts";
import { isLoneAddress, plainAddress, webAddressOf } from "./addresses.ts";
import { claimNames } from "./claims.ts";
import { make } from "./dom.ts";
import { noLoneGalleries } from "./gallery.ts";
import { nodeViews } from "./nodes.ts";
import { gallery, image, MORE_PICTURES } from "./pictures.ts";
import { isStructured, ownPolls, structuredViews } from "./structured.ts";
import { linkPost } from "./linkpost.ts";
import { cleaned, fitDocument, linesOf } from "./paste.ts";
import { insertTool, slash } from "./slash.ts";
import { toolbar } from "./toolbar.ts";
import { commands, tools, type Tool } from "./tools.ts";
import { isOnEmptyLine, unfold } from "./unfurl.ts";
import { picturesOf, upload, uploads, waiting, type Uploading } from "./uploads.ts";

export interface Editor {
  readonly tools: HTMLElement;
  /** The document as JSON that the server takes. */
  document(): unknown;
  /** Put another document in; undo brings the old one back. */
  replace(document: unknown): void;
  /** An empty (or given) document, as if newly opened. */
  reset(document?: unknown): void;
  words(): string;
  isBlank(): boolean;
  uploadsWaiting(): number;
  /** Show the first picture without alt text and put the cursor there; false when each has one. */
  showUndescribed(): boolean;
  /** Show the first picture whose words came from its file and were read by nobody; false when there is none. */
  showUnchecked(): boolean;
  focus(): void;
  destroy(): void;
}

interface Options {
  readonly label: string;
  readonly placeholder: string;
  readonly uploading: Uploading;
  readonly changed: () => void;
}

const { nodes, marks } = schema;

const breakLine: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

const keys = keymap({
  "Mod-z": undo,
  "Shift-Mod-z": redo,
  "Mod-y": redo,
  "Mod-b": toggleMark(marks.bold),
  "Mod-i": toggleMark(marks.italic),
  "Mod-k": (_state, _dispatch, view) => {
    if (view) void commands.link(view);
    return true;
  },
  "Mod-Alt-3": commands.toggleHeading,
  "Shift-Enter": breakLine,
  Enter: splitListItem(nodes.list_item),
  Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.list_item)),
  "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
});

// A few marks of plain-text habit: "- ", "1. ", "> ", "## ".
const habits = inputRules({
  rules: [
    wrappingInputRule(/^\s*([-*•])\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d{1,3})\.\s$/, nodes.ordered_list, (found) => ({ start: Number(found[1]) }), (found, node) => node.childCount + Number(node.attrs["start"]) === Number(found[1])),
    wrappingInputRule(/^\s*>\s$/, nodes.quote),
    textblockTypeInputRule(/^#{2,3}\s$/, nodes.heading, { level: 3 }),
  ],
});

/** An address pasted over chosen words becomes their link; in a text, a link that shows itself; alone on a line, a card. */
function pasteAddress(view: EditorView, text: string): boolean {
  const address = webAddressOf(text);
  if (!isLoneAddress(text) || address === null) return false;
  const href = plainAddress(address);
  const mark = marks.link.create({ href });
  const { from, to, empty } = view.state.selection;
  const transaction = view.state.tr;
  const isAlone = isOnEmptyLine(view);
  if (empty) transaction.replaceSelectionWith(schema.text(plainAddress(text.trim()), [mark]), false);
  else transaction.addMark(from, to, mark);
  view.dispatch(transaction.scrollIntoView());
  if (isAlone) void unfold(view, href);
  return true;
}

function intake(uploading: Uploading): Plugin {
  return new Plugin({
    props: {
      transformPastedHTML: cleaned,
      handlePaste(view, event) {
        const pictures = picturesOf(event.clipboardData);
        if (pictures.length > 0) {
          upload(view, pictures, view.state.selection.to, uploading);
          return true;
        }
        // What is pasted is undone by itself, whatever was typed just before and after.
        view.dispatch(closeHistory(view.state.tr));
        queueMicrotask(() => view.isDestroyed || view.dispatch(closeHistory(view.state.tr)));
        return pasteAddress(view, event.clipboardData?.getData("text/plain") ?? "");
      },
      handleDrop(view, event, _slice, moved) {
        const pictures = moved ? [] : picturesOf(event.dataTransfer);
        if (pictures.length === 0) return false;
        event.preventDefault();
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.selection.to;
        upload(view, pictures, at, uploading);
        return true;
      },
    },
  });
}

/** A picture, a card, an embed or a table at the end would leave no line to go on writing on. */
const roomBelow = new Plugin({
  appendTransaction(_transactions, _before, { doc, tr }) {
    const last = doc.lastChild;
    if (!last || !isStructured(last) && ![nodes.image, nodes.gallery, nodes.link_card, nodes.embed, nodes.table].includes(last.type)) return null;
    return tr.insert(doc.content.size, nodes.paragraph.create());
  },
});

function blank(doc: Node): boolean {
  let empty = true;
  doc.descendants((node) => {
    if (isStructured(node) || [nodes.image, nodes.link_card, nodes.embed].includes(node.type) || (node.isText && node.text?.trim())) empty = false;
    return empty;
  });
  return empty;
}

/** The document in `json`; when an older or newer desk wrote it, at least its words, block by block. */
function read(json: unknown): Node {
  try {
    const node = schema.nodeFromJSON(json);
    node.check();
    return node;
  } catch {
    const lines = linesOf(json);
    return nodes.doc.create(null, (lines.length > 0 ? lines : [""]).map((line) => nodes.paragraph.create(null, line ? schema.text(line) : null)));
  }
}

function fileChooser(choose: (files: File[]) => void, done: () => void): HTMLInputElement {
  const input = make("input", { type: "file", accept: "image/*", multiple: "", hidden: "", "aria-label": "Pictures" });
  input.addEventListener("change", () => {
    choose(Array.from(input.files ?? []));
    input.value = "";
    done();
  });
  input.addEventListener("cancel", done);
  return input;
}

/** The live blog's language: spelling is checked in it, and quotation marks are its own. */
function languageOf(place: HTMLElement): string {
  return place.closest<HTMLElement>("[data-lang]")?.dataset["lang"] ?? "";
}

/** An editor inside `place`. */
export function editor(place: HTMLElement, { label, placeholder, uploading, changed }: Options): Editor {
  let beside = ""; // the picture that the next chosen ones join
  const chooser = fileChooser((files) => upload(view, files, view.state.selection.to, uploading, beside), () => (beside = ""));
  place.addEventListener(MORE_PICTURES, (event) => {
    beside = String((event as CustomEvent<unknown>).detail);
    chooser.click();
  });
  const plugins = [
    slash(() => chooser.click()), linkPost(), habits, keys, keymap(baseKeymap), history(), dropCursor({ class: "drop-cursor" }), gapCursor(), tableEditing(), roomBelow, noLoneGalleries, ownPolls, uploads(), intake(uploading), claimNames,
  ];
  const fresh = (doc?: Node): EditorState => EditorState.create({ schema, plugins, ...(doc ? { doc } : {}) });
  const groups = tools(() => chooser.click());
  // What a thumb wants first stands first: on a phone the rest is a swipe away.
  const isPicture = ({ icon }: Tool): boolean => icon === "picture";
  const bar = toolbar([[insertTool, ...groups.flat().filter(isPicture)], ...groups.map((group) => group.filter((tool) => !isPicture(tool)))], () => view);
  bar.dom.append(chooser);
  const show = (state: EditorState): void => {
    bar.refresh(state);
    place.classList.toggle("is-empty", blank(state.doc) && state.doc.childCount === 1 && state.doc.firstChild?.type === nodes.paragraph);
  };
  const view: EditorView = new EditorView(place, {
    state: fresh(),
    nodeViews: { ...nodeViews, ...structuredViews, image, gallery },
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label, class: "prose", spellcheck: "true", lang: languageOf(place), dir: "auto", "data-placeholder": placeholder },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      show(view.state);
      if (transaction.docChanged) changed();
    },
  });
  show(view.state);
  return {
    tools: bar.dom,
    document: () => fitDocument(view.state.doc.toJSON() as Parameters<typeof fitDocument>[0]),
    replace(json) {
      const { doc, tr } = view.state;
      view.dispatch(tr.replaceWith(0, doc.content.size, read(json).content));
    },
    reset(json) {
      view.updateState(fresh(json === undefined ? undefined : read(json)));
      show(view.state);
    },
    words: () => view.state.doc.textBetween(0, view.state.doc.content.size, " ").trim(),
    isBlank: () => blank(view.state.doc),
    uploadsWaiting: () => waiting(view.state),
    showUnchecked() {
      const right = view.dom.querySelector<HTMLButtonElement>(".unchecked .from-file button");
      right?.focus();
      right?.scrollIntoView({ block: "center" });
      return right !== null;
    },
    showUndescribed() {
      const field = view.dom.querySelector<HTMLTextAreaElement>('.undescribed [data-attribute="alt"]');
      field?.focus();
      field?.scrollIntoView({ block: "center" });
      return field !== null;
    },
    focus() {
      if (!view.hasFocus()) view.dispatch(view.state.tr.setSelection(Selection.atEnd(view.state.doc)));
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
