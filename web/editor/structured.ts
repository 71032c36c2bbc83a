// Score lines, fact boxes, map points, polls and answered questions while they are written: each with its own fields in
// place. What each may hold is decided by the server (document/check.py); what it lacks is said there before publishing.
import type { Node } from "prosemirror-model";
import { Plugin, TextSelection, type Transaction } from "prosemirror-state";
import type { EditorView, NodeView, NodeViewConstructor } from "prosemirror-view";
import { schema } from "../shared/schema.ts";
import { newId, placeWords, type PollOption } from "../shared/structured.ts";
import { coordinatesOf } from "./coordinates.ts";
import { make } from "./dom.ts";
import { attributeField, inField, refresh, removeButton, type Position } from "./nodes.ts";
import { fitText } from "./paste.ts";
import { localOf, momentOf } from "./words.ts";

const { nodes } = schema;
const MOST_OPTIONS = 10;
const TYPES = [nodes.score, nodes.fact_box, nodes.map_point, nodes.poll, nodes.qa];

/** Whether a node is one of these: it counts as content, and needs a line below it to go on writing on. */
export function isStructured(node: Node): boolean {
  return TYPES.includes(node.type as (typeof TYPES)[number]);
}

function setAttribute(view: EditorView, position: Position, name: string, value: unknown): void {
  const at = position();
  if (at !== undefined) view.dispatch(view.state.tr.setNodeAttribute(at, name, value));
}

function frame(name: string, label: string, ...children: HTMLElement[]): HTMLElement {
  return make("div", { class: `structured-block ${name}-block`, contenteditable: "false", role: "group", "aria-label": label }, make("p", { class: "block-kind" }, label), ...children);
}

function buttons(view: EditorView, position: Position, size: () => number, ...more: HTMLElement[]): HTMLElement {
  return make("div", { class: "block-buttons" }, ...more, removeButton(view, position, size, "Remove"));
}

/** A block whose every word stands in a field. */
function fieldsOnly(node: Node, dom: HTMLElement, shown: (next: Node) => void = () => undefined): NodeView {
  return {
    dom,
    update(next) {
      if (next.type !== node.type) return false;
      refresh(dom, next);
      shown(next);
      return true;
    },
    stopEvent: (event) => inField(event),
    ignoreMutation: () => true,
  };
}

const score: NodeViewConstructor = (node, view, position) => {
  const field = (name: string, label: string, placeholder: string, chars: string): HTMLElement => {
    const made = attributeField(view, position, node, { name, label, placeholder, chars });
    made.classList.add(`of-${name.replace("_", "-")}`);
    return made;
  };
  const grid = make(
    "div",
    { class: "score-fields" },
    field("home", "Home", "Team or player", "80"),
    field("home_score", "Score", "0", "24"),
    field("away_score", "Score", "0", "24"),
    field("away", "Away", "Team or player", "80"),
  );
  const more = make("div", { class: "score-more" }, field("period", "Minute or period", "67'", "40"), field("note", "Note", "Scorers, cards", "300"));
  return fieldsOnly(node, frame("score", "Score line", grid, more, buttons(view, position, () => 1)));
};

const mapPoint: NodeViewConstructor = (node, view, position) => {
  const input = make("input", { type: "text", placeholder: "50.4501, 30.5234, or a link to a map", inputmode: "text", maxlength: "500" });
  const said = make("p", { class: "hint", role: "status" });
  const words = ({ attrs }: Node): string => {
    const { latitude, longitude } = attrs as { latitude: number | null; longitude: number | null };
    return latitude === null || longitude === null ? "" : placeWords(latitude, longitude);
  };
  const { latitude, longitude } = node.attrs as { latitude: number | null; longitude: number | null };
  if (latitude !== null && longitude !== null) input.value = `${latitude}, ${longitude}`;
  input.addEventListener("input", () => {
    const found = coordinatesOf(input.value);
    const at = position();
    if (at === undefined) return;
    const place = found ?? { latitude: null, longitude: null };
    view.dispatch(view.state.tr.setNodeAttribute(at, "latitude", place.latitude).setNodeAttribute(at, "longitude", place.longitude));
    if (!found) said.textContent = input.value.trim() ? "No coordinates in this yet" : "";
  });
  said.textContent = words(node);
  const where = make("label", { class: "block-field" }, make("span", {}, "Where it is"), input);
  const label = attributeField(view, position, node, { name: "label", label: "What is there", placeholder: "Podil, Kyiv", chars: "200" });
  return fieldsOnly(node, frame("map-point", "Map point", label, where, said, buttons(view, position, () => 1)), (next) => {
    if (words(next)) said.textContent = words(next);
  });
};

/** The zone of the live blog on this page: moments are typed by its clock. */
function zone(): string {
  return document.querySelector<HTMLElement>("[data-zone]")?.dataset["zone"] ?? "UTC";
}

function closesField(node: Node, view: EditorView, position: Position): HTMLElement {
  const input = make("input", { type: "datetime-local" });
  const closes = String(node.attrs["closes"]);
  if (closes) input.value = localOf(new Date(closes), zone());
  input.addEventListener("change", () => {
    const moment = input.value ? momentOf(input.value, zone()) : null;
    setAttribute(view, position, "closes", moment ? `${moment.toISOString().slice(0, 19)}Z` : "");
  });
  return make("label", { class: "block-field" }, make("span", {}, "Closes at"), input);
}

const poll: NodeViewConstructor = (node, view, position): NodeView => {
  const list = make("ol", { class: "poll-options" });
  const add = make("button", { type: "button", class: "button quiet small" }, "Add an answer");
  let current = node;
  const options = (): PollOption[] => [...(current.attrs["options"] as PollOption[])];
  const put = (next: readonly PollOption[]): void => setAttribute(view, position, "options", next);

  function row(option: PollOption, number: number): HTMLElement {
    const input = make("input", { type: "text", maxlength: "120", "aria-label": `Answer ${number + 1}`, placeholder: `Answer ${number + 1}`, "data-option": option.id });
    input.value = option.text;
    input.addEventListener("input", () => put(options().map((one) => (one.id === option.id ? { id: one.id, text: fitText(input.value) } : one))));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const below = list.querySelectorAll("input")[number + 1];
      if (below) below.focus();
      else add.click();
    });
    const away = make("button", { type: "button", class: "button quiet small", "aria-label": `Remove answer ${number + 1}` }, "Remove");
    away.addEventListener("click", () => put(options().filter((one) => one.id !== option.id)));
    return make("li", {}, input, away);
  }
  function show(): void {
    const all = options();
    const drawn = Array.from(list.querySelectorAll<HTMLInputElement>("input"));
    if (drawn.map((input) => input.dataset["option"]).join() !== all.map((option) => option.id).join()) list.replaceChildren(...all.map(row));
    else for (const [number, input] of drawn.entries()) if (input !== document.activeElement && input.value !== all[number]?.text) input.value = all[number]?.text ?? "";
    for (const button of list.querySelectorAll("button")) button.hidden = all.length <= 2;
    add.hidden = all.length >= MOST_OPTIONS;
  }
  add.addEventListener("click", () => {
    put([...options(), { id: newId(), text: "" }]);
    list.querySelector<HTMLInputElement>("li:last-child input")?.focus();
  });
  show();
  const question = attributeField(view, position, node, { name: "question", label: "Question", placeholder: "Who was best tonight?", chars: "300" });
  const hint = make("p", { class: "hint" }, "Readers vote once from each device. Votes stay with an answer when its words change; a poll ends with its live blog, or at the moment given here.");
  const fields = make("div", { class: "block-field poll-fields" }, list);
  const dom = frame("poll", "Poll", question, fields, closesField(node, view, position), hint, buttons(view, position, () => 1, add));
  return fieldsOnly(node, dom, (next) => {
    current = next;
    show();
  });
};

/** A block with text in it, under fields of its own. */
function box(name: string, label: string, fields: readonly Parameters<typeof attributeField>[3][]): NodeViewConstructor {
  return (node, view, position): NodeView => {
    const contentDOM = make("div", { class: "inside" });
    let current = node;
    const head = make("div", { class: "block-head", contenteditable: "false" }, make("p", { class: "block-kind" }, label), ...fields.map((field) => attributeField(view, position, node, field)));
    const foot = buttons(view, position, () => current.nodeSize);
    foot.contentEditable = "false";
    const dom = make("section", { class: `structured-block ${name}-block`, "aria-label": label }, head, contentDOM, foot);
    return {
      dom,
      contentDOM,
      update(next) {
        if (next.type !== node.type) return false;
        current = next;
        refresh(dom, next);
        return true;
      },
      stopEvent: inField,
      ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
    };
  };
}

export const structuredViews: Record<string, NodeViewConstructor> = {
  score,
  fact_box: box("fact-box", "Fact box", [{ name: "title", label: "Title", placeholder: "The gate in figures", chars: "200" }]),
  map_point: mapPoint,
  poll,
  qa: box("qa", "Question and answer", [
    { name: "question", label: "Question", placeholder: "What was asked", chars: "500", lines: 2 },
    { name: "name", label: "Asked by", placeholder: "Empty: not said", chars: "80" },
  ]),
};

/** A poll that was pasted twice becomes another poll: two with one name would share their votes. */
export const ownPolls = new Plugin({
  appendTransaction(_transactions, _before, { doc, tr }): Transaction | null {
    const known = new Set<unknown>();
    let changed = false;
    doc.forEach((node, at) => {
      if (node.type !== nodes.poll) return;
      if (known.has(node.attrs["id"])) {
        tr.setNodeAttribute(at, "id", newId());
        changed = true;
      }
      known.add(node.attrs["id"]);
    });
    return changed ? tr : null;
  },
});

/** Put a block in the place of the empty line under the cursor, else below its line; the cursor goes into it. */
export function putBlock(view: EditorView, node: Node): void {
  const { $from } = view.state.selection;
  const transaction = view.state.tr;
  const isFree = $from.depth === 1 && $from.parent.type === nodes.paragraph && $from.parent.content.size === 0;
  const at = $from.depth === 0 ? view.state.selection.to : isFree ? $from.before(1) : $from.after(1);
  if (isFree) transaction.replaceWith(at, $from.after(1), node);
  else transaction.insert(at, node);
  if (node.isTextblock || node.content.size > 0) transaction.setSelection(TextSelection.near(transaction.doc.resolve(at + 1)));
  view.dispatch(transaction.scrollIntoView());
  const dom = view.nodeDOM(at);
  const field = dom instanceof HTMLElement ? Array.from(dom.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")).find((field) => field.value === "") : undefined;
  if (field) field.focus();
  else view.focus();
}

const line = (): Node => nodes.paragraph.create();

/** What the menu of blocks offers, in its order. */
export const structuredEntries = [
  { name: "Score line", icon: "score", words: "match result sport goal", use: (view: EditorView) => putBlock(view, nodes.score.create()) },
  { name: "Fact box", icon: "box", words: "background explainer aside", use: (view: EditorView) => putBlock(view, nodes.fact_box.create(null, line())) },
  { name: "Map point", icon: "map", words: "place location where coordinates", use: (view: EditorView) => putBlock(view, nodes.map_point.create()) },
  { name: "Poll", icon: "poll", words: "vote ask readers opinion", use: (view: EditorView) => putBlock(view, nodes.poll.create({ id: newId(), options: [newId(), newId()].map((id) => ({ id, text: "" })) })) },
  { name: "Question and answer", icon: "question", words: "q&a reader asked", use: (view: EditorView) => putBlock(view, nodes.qa.create(null, line())) },
] as const;
