// Pictures and galleries while they are being written: what is said about each stands in fields beside it, and what
// matters in it is chosen by a press on it.
import type { Node } from "prosemirror-model";
import { NodeSelection } from "prosemirror-state";
import type { EditorView, NodeView, NodeViewConstructor } from "prosemirror-view";
import { siteOf } from "./addresses.ts";
import { make } from "./dom.ts";
import { shifted, takenApart, GALLERY_MOST } from "./gallery.ts";
import { attributeField, inField, refresh, type Position } from "./nodes.ts";
import { checked, isUnchecked } from "./unchecked.ts";
import { newKey, send } from "./wire.ts";

/** Asks the editor for more pictures beside the one whose id is the detail. */
export const MORE_PICTURES = "stoppress:more-pictures";
const REMEMBER_MS = 800; // after the last press or key
const STEP = 5; // per cent, by an arrow key

const ORIGINS = [["", "A camera or a hand"], ["ai", "Made with AI"], ["ai_part", "Changed with AI"], ["computer", "Made by a computer program"]] as const;

function button(words: string, press: () => void, kind = "quiet"): HTMLButtonElement {
  const made = make("button", { type: "button", class: `button ${kind} small` }, words);
  made.addEventListener("click", press);
  return made;
}

function isOwn(node: Node): boolean {
  return String(node.attrs["src"]).startsWith("/media/");
}

/** The file that is about as wide as the editor's column, in a format that every browser reads. */
function fitting(node: Node): string {
  const sizes = (node.attrs["renditions"] as readonly { src: string; width: number }[]).filter(({ src }) => !src.endsWith(".avif"));
  return (sizes.find(({ width }) => width >= 900) ?? sizes.at(-1))?.src ?? String(node.attrs["src"]);
}

function pictureOf(node: Node): HTMLImageElement {
  const { width, height } = node.attrs as { width: number | null; height: number | null };
  return make("img", { src: fitting(node), alt: "", width: width ? String(width) : null, height: height ? String(height) : null, draggable: "false" });
}

/** A choice that is written into an attribute at once. */
function originField(view: EditorView, position: Position, node: Node): HTMLLabelElement {
  const choice = make("select", { "data-attribute": "origin" }, ...ORIGINS.map(([value, words]) => make("option", { value }, words)));
  choice.value = String(node.attrs["origin"]);
  choice.addEventListener("change", () => {
    const at = position();
    if (at !== undefined) view.dispatch(view.state.tr.setNodeAttribute(at, "origin", choice.value));
  });
  return make("label", { class: "block-field" }, make("span", {}, "How it was made"), choice);
}

interface Focal {
  readonly frame: HTMLElement;
  readonly toggle: HTMLButtonElement;
  show(node: Node): void;
}

/** The picture with its focal point: a press on it, or the arrow keys on the point, say what crops must keep. */
function focal(view: EditorView, position: Position, node: Node): Focal {
  const image = pictureOf(node);
  const point = make("button", { type: "button", class: "focal-point", hidden: "" });
  const frame = make("div", { class: "focal" }, image, point);
  const words = make("p", { class: "hint", role: "status" });
  let timer = 0;

  const remember = (x: number, y: number, media: unknown): void => {
    window.clearTimeout(timer);
    const url = view.dom.closest<HTMLElement>("[data-upload-url]")?.dataset["uploadUrl"];
    if (!url || typeof media !== "string") return;
    // The text holds it already; this is for the next post with this picture, and nobody waits for it.
    timer = window.setTimeout(() => void send(`${url}${media}/focus/`, JSON.stringify({ key: newKey(), x, y }), true), REMEMBER_MS);
  };
  const move = (x: number, y: number): void => {
    const at = position();
    const current = at === undefined ? null : view.state.doc.nodeAt(at);
    if (at === undefined || !current) return;
    const [left, top] = [x, y].map((share) => Math.round(Math.min(100, Math.max(0, share)))) as [number, number];
    view.dispatch(view.state.tr.setNodeAttribute(at, "focus_x", left).setNodeAttribute(at, "focus_y", top));
    remember(left, top, current.attrs["media"]);
  };
  const choosing = (): boolean => !point.hidden;
  const toggle = button("Focal point", () => {
    point.hidden = choosing();
    toggle.setAttribute("aria-pressed", String(choosing()));
    frame.classList.toggle("choosing", choosing());
    words.hidden = !choosing();
    if (choosing()) point.focus();
  });
  toggle.setAttribute("aria-pressed", "false");
  words.hidden = true;
  frame.append(words);
  image.addEventListener("click", (event) => {
    if (!choosing()) return;
    const box = image.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  });
  point.addEventListener("keydown", (event) => {
    const x = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key] ?? 0;
    const y = { ArrowUp: -STEP, ArrowDown: STEP }[event.key] ?? 0;
    const at = position();
    const current = at === undefined ? null : view.state.doc.nodeAt(at);
    if (!current || (x === 0 && y === 0)) return;
    event.preventDefault();
    move(Number(current.attrs["focus_x"]) + x, Number(current.attrs["focus_y"]) + y);
  });
  return {
    frame,
    toggle,
    show(current) {
      const [x, y] = [Number(current.attrs["focus_x"]), Number(current.attrs["focus_y"])];
      image.style.objectPosition = `${x}% ${y}%`;
      point.style.left = `${x}%`;
      point.style.top = `${y}%`;
      const said = `${x} % from the left, ${y} % from the top`;
      point.setAttribute("aria-label", `Focal point: ${said}. Arrow keys move it.`);
      words.textContent = `Press on what matters: crops keep it. Now ${said}.`;
    },
  };
}

const WORDS = [
  { name: "alt", label: "Alt text: what does it show?", placeholder: "For people who cannot see it", chars: "1000", lines: 2 },
  { name: "caption", label: "Caption", placeholder: "Printed under the picture", chars: "1000" },
  { name: "credit", label: "Credit", placeholder: "Photographer, agency", chars: "300" },
];

/** The question that stays until somebody has read what the picture's file says. */
function question(right: () => void, clear: () => void): HTMLElement {
  return make(
    "div",
    { class: "from-file", role: "status" },
    make("p", {}, "These words came with the picture’s file. Readers will see them: are they right?"),
    make("span", { class: "block-buttons" }, button("They are right", right, ""), button("Clear them", clear)),
  );
}

export const image: NodeViewConstructor = (node, view, position): NodeView => {
  const attributes = (change: Record<string, string>): void => {
    const at = position();
    const current = at === undefined ? null : view.state.doc.nodeAt(at);
    if (at === undefined || !current) return;
    view.dispatch(view.state.tr.setNodeMarkup(at, null, { ...current.attrs, ...change }));
  };
  const settle = (): void => {
    checked(node.attrs["media"]);
    asked.remove();
    dom.classList.remove("unchecked");
  };
  const asked = question(settle, () => {
    attributes({ alt: "", caption: "", credit: "", origin: "" });
    settle();
  });
  const fields = [...WORDS.map((field) => attributeField(view, position, node, field)), originField(view, position, node)];
  for (const field of fields) field.addEventListener("input", settle);
  const moved = (by: -1 | 1) => (): void => {
    const at = position();
    const transaction = at === undefined ? null : shifted(view.state, at, by);
    if (transaction) view.dispatch(transaction);
  };
  const remove = (): void => {
    const at = position();
    if (at === undefined) return;
    view.dispatch(view.state.tr.delete(at, at + 1));
    view.focus();
  };
  const more = button("Add pictures", () => view.dom.dispatchEvent(new CustomEvent(MORE_PICTURES, { bubbles: true, detail: node.attrs["media"] })), "quiet alone");
  const point = isOwn(node) ? focal(view, position, node) : null;
  const shown = point?.frame ?? make("p", { class: "picture-elsewhere" }, `Picture at ${siteOf(String(node.attrs["src"]))}: readers see a link, not the picture. Save it and upload it to show it here.`);
  const buttons = make("div", { class: "block-buttons" });
  if (point) buttons.append(button("Earlier", moved(-1), "quiet in-gallery"), button("Later", moved(1), "quiet in-gallery"), more, point.toggle);
  buttons.append(button("Remove picture", remove));
  const dom = make("figure", { class: "picture-block", contenteditable: "false" }, shown, make("div", { class: "picture-words" }, ...fields, buttons));
  if (isUnchecked(node.attrs["media"])) {
    dom.classList.add("unchecked");
    dom.querySelector(".picture-words")?.prepend(asked);
  }
  const judge = (current: Node): void => {
    dom.classList.toggle("undescribed", String(current.attrs["alt"]).trim() === "");
    point?.show(current);
  };
  judge(node);
  return {
    dom,
    update(next) {
      if (next.type !== node.type || next.attrs["src"] !== node.attrs["src"]) return false;
      refresh(dom, next);
      judge(next);
      return true;
    },
    stopEvent: (event) => inField(event) || (event.target instanceof HTMLElement && event.target.closest(".focal.choosing, .from-file") !== null),
    ignoreMutation: () => true,
  };
};

export const gallery: NodeViewConstructor = (node, view, position): NodeView => {
  const title = make("p", { class: "gallery-title", contenteditable: "false" });
  const contentDOM = make("div", { class: "gallery-pictures" });
  const add = button("Add pictures", () => {
    const at = position();
    const media = at === undefined ? "" : view.state.doc.nodeAt(at)?.lastChild?.attrs["media"];
    view.dom.dispatchEvent(new CustomEvent(MORE_PICTURES, { bubbles: true, detail: media }));
  });
  const apart = button("Take the gallery apart", () => {
    const at = position();
    const transaction = at === undefined ? null : takenApart(view.state, at);
    if (transaction) view.dispatch(transaction);
    view.focus();
  });
  const remove = button("Remove gallery", () => {
    const at = position();
    if (at === undefined) return;
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)).deleteSelection());
    view.focus();
  });
  const buttons = make("div", { class: "block-buttons", contenteditable: "false" }, add, apart, remove);
  const count = ({ childCount }: Node): void => {
    title.textContent = `Gallery of ${childCount} pictures, side by side`;
    add.hidden = childCount >= GALLERY_MOST;
  };
  count(node);
  return {
    dom: make("div", { class: "gallery-block" }, title, contentDOM, buttons),
    contentDOM,
    update(next) {
      if (next.type !== node.type) return false;
      count(next);
      return true;
    },
    stopEvent: inField,
    ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
  };
};
