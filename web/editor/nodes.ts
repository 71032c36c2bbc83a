// How quotes, link cards and embeds look while they are being written: the block with its own fields in place, so that who
// said it and what it shows are typed where they will be read. Pictures are in `pictures.ts`.
import type { Node } from "prosemirror-model";
import type { EditorView, NodeView, NodeViewConstructor } from "prosemirror-view";
import { siteOf } from "./addresses.ts";
import { make } from "./dom.ts";
import { askCard } from "./cards.ts";
import { fitText } from "./paste.ts";

export type Position = () => number | undefined;

interface AttributeField {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly chars: string;
  readonly lines?: number;
}

/** A labelled field that writes one attribute of a node as it is typed. */
export function attributeField(view: EditorView, position: Position, node: Node, field: AttributeField): HTMLLabelElement {
  const attributes = { placeholder: field.placeholder, maxlength: field.chars, "data-attribute": field.name };
  const input = field.lines ? make("textarea", { ...attributes, rows: String(field.lines) }) : make("input", { ...attributes, type: "text" });
  input.value = String(node.attrs[field.name] ?? "");
  input.addEventListener("input", () => {
    const at = position();
    if (at === undefined) return;
    view.dispatch(view.state.tr.setNodeAttribute(at, field.name, fitText(input.value)));
  });
  input.addEventListener("keydown", (event) => {
    // Enter in a field goes on writing below the block instead of sending the form.
    if (event instanceof KeyboardEvent && event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      view.focus();
    }
  });
  return make("label", { class: "block-field" }, make("span", {}, field.label), input);
}

/** Write attributes that changed elsewhere (undo, another choice) into the fields nobody is typing in. */
export function refresh(root: HTMLElement, node: Node): void {
  for (const input of root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-attribute]")) {
    const value = String(node.attrs[input.dataset["attribute"] ?? ""] ?? "");
    if (input !== document.activeElement && input.value !== value) input.value = value;
  }
}

export const inField = (event: Event): boolean => event.target instanceof HTMLElement && event.target.closest(".block-field, .block-buttons") !== null;

const quote: NodeViewConstructor = (node, view, position) => {
  const contentDOM = make("blockquote");
  const speaker = attributeField(view, position, node, { name: "speaker", label: "Who said it", placeholder: "Name and role", chars: "300" });
  const dom = make("div", { class: "quote-block" }, contentDOM, speaker);
  speaker.contentEditable = "false";
  return {
    dom,
    contentDOM,
    update(next) {
      if (next.type !== node.type) return false;
      refresh(dom, next);
      return true;
    },
    stopEvent: inField,
    ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
  };
};

export function removeButton(view: EditorView, position: Position, size: number | (() => number), label: string): HTMLButtonElement {
  const button = make("button", { type: "button", class: "button quiet small" }, label);
  button.addEventListener("click", () => {
    const at = position();
    if (at === undefined) return;
    view.dispatch(view.state.tr.delete(at, at + (typeof size === "number" ? size : size())));
    view.focus();
  });
  return button;
}

function cardLines(node: Node): HTMLElement[] {
  const { url, title, description, site } = node.attrs as Record<string, string>;
  const lines = [make("p", { class: "card-site" }, site || siteOf(url ?? "")), make("p", { class: "card-title" }, title || url || "")];
  if (description) lines.push(make("p", {}, description));
  return lines;
}

const linkCard: NodeViewConstructor = (node, view, position): NodeView => {
  const change = make("button", { type: "button", class: "button quiet small" }, "Change");
  const words = make("div", { class: "card-words" }, ...cardLines(node));
  let current = node;
  change.addEventListener("click", () => {
    void askCard(current.attrs as Record<string, string>).then((card) => {
      const at = position();
      if (card === null || at === undefined) return;
      view.dispatch(view.state.tr.setNodeMarkup(at, null, card));
      view.focus();
    });
  });
  const buttons = make("div", { class: "block-buttons" }, change, removeButton(view, position, 1, "Remove"));
  return {
    dom: make("div", { class: "card-block", contenteditable: "false" }, words, buttons),
    update(next) {
      if (next.type !== node.type) return false;
      current = next;
      words.replaceChildren(...cardLines(next));
      return true;
    },
    stopEvent: inField,
    ignoreMutation: () => true,
  };
};

/** A post or player of another site, as readers see it before they press. It is never loaded here. */
const embed: NodeViewConstructor = (node, view, position): NodeView => {
  const { url, title, text, author } = node.attrs as Record<string, string>;
  const words = make("div", { class: "card-words" }, make("p", { class: "card-site" }, `Embed from ${siteOf(url ?? "")}`));
  if (title) words.append(make("p", { class: "card-title" }, title));
  if (text) words.append(make("p", {}, text));
  if (author) words.append(make("p", { class: "card-site" }, author));
  words.append(make("p", { class: "hint" }, "Readers see these words and a button; the site is asked when they press it."));
  const see = make("a", { class: "button quiet small", href: url ?? "", target: "_blank", rel: "noopener noreferrer" }, "See it there");
  const card = make("button", { type: "button", class: "button quiet small" }, "Make it a link card");
  card.addEventListener("click", () => {
    const at = position();
    if (at === undefined) return;
    const attrs = { url, title: title || author || "", description: text, site: siteOf(url ?? "") };
    view.dispatch(view.state.tr.setNodeMarkup(at, view.state.schema.nodes["link_card"], attrs));
    view.focus();
  });
  const buttons = make("div", { class: "block-buttons" }, see, card, removeButton(view, position, 1, "Remove"));
  return {
    dom: make("div", { class: "card-block embed-block", contenteditable: "false" }, words, buttons),
    update: (next) => next.sameMarkup(node),
    stopEvent: inField,
    ignoreMutation: () => true,
  };
};

export const nodeViews: Record<string, NodeViewConstructor> = { quote, link_card: linkCard, embed };
