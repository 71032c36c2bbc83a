// A list that opens while somebody types: choices for what stands before the cursor. The slash menu and the links to
// posts are two of these. The cursor stays in the text; arrows, Enter, Tab and a finger choose (ARIA listbox, pointed at
// by the textbox's aria-activedescendant).
import { Plugin, type EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { make } from "./dom.ts";
import { icon, type IconName } from "./icons.ts";

export interface Choice {
  readonly name: string;
  /** A few words beside or below the name. */
  readonly hint?: string;
  readonly icon?: IconName;
  /** What is done; the sign and what was typed after it are gone from the text already. */
  readonly use: (view: EditorView) => void;
}

/** The stretch of text that asks: where its sign begins, and what was typed after it. */
export interface Asked {
  readonly from: number;
  readonly query: string;
}

export interface Asking {
  /** The list's name: "Insert". */
  readonly label: string;
  readonly find: (state: EditorState) => Asked | null;
  readonly choices: (query: string, state: EditorState) => readonly Choice[] | Promise<readonly Choice[]>;
  /** Those that are known at once, shown until `choices` answers. */
  readonly first?: (query: string) => readonly Choice[];
  /** Called when somebody begins to write: what takes time can be fetched before it is asked for. */
  readonly expect?: () => void;
  /** Said when there are no choices; "" closes the list. */
  readonly none: (query: string) => string;
}

const EDGE = 8; // pixels kept free beside the window's edge
const BLUR_MS = 200;
let lists = 0; // each list's parts have ids of their own

/** The list on the page. */
interface List {
  readonly dom: HTMLElement;
  show(choices: readonly Choice[], none: string): void;
  /** Mark the one that Enter would take. */
  mark(at: number): void;
  /** Below the line, or above it where there is no room. On a phone the style sheet docks it instead. */
  place(line: { left: number; top: number; bottom: number }): void;
  hide(): void;
}

function optionOf(choice: Choice, id: string): HTMLElement {
  const words = make("span", { class: "suggest-words" }, make("span", { class: "suggest-name" }, choice.name));
  if (choice.hint) words.append(" ", make("span", { class: "suggest-hint" }, choice.hint));
  const parts = choice.icon ? [icon(choice.icon), words] : [words];
  return make("li", { role: "option", id, "aria-selected": "false" }, ...parts);
}

/** A list for the textbox `text`; `choose` is called with the number of the one that was pressed. */
function listFor(text: HTMLElement, label: string, choose: (at: number) => void): List {
  lists += 1;
  const id = `suggest-${lists}`;
  const box = make("ul", { role: "listbox", id, tabindex: "0", "aria-label": label, class: "suggest-list" });
  const said = make("p", { class: "suggest-said", role: "status" });
  const dom = make("div", { class: "suggest", hidden: "" }, box, said);
  // A press must not take the cursor out of the text.
  dom.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
    if (option) choose(Array.from(box.children).indexOf(option));
  });
  text.after(dom);
  return {
    dom,
    show(choices, none) {
      box.replaceChildren(...choices.map((choice, at) => optionOf(choice, `${id}-${at}`)));
      box.hidden = choices.length === 0;
      said.textContent = choices.length === 0 ? none : `${choices.length} ${choices.length === 1 ? "choice" : "choices"}`;
      said.classList.toggle("visually-hidden", choices.length > 0);
      dom.hidden = false;
    },
    mark(at) {
      for (const [index, option] of Array.from(box.children).entries()) option.setAttribute("aria-selected", String(index === at));
      const chosen = box.children[at];
      chosen?.scrollIntoView({ block: "nearest" });
      text.setAttribute("aria-controls", id);
      if (chosen) text.setAttribute("aria-activedescendant", chosen.id);
      else text.removeAttribute("aria-activedescendant");
    },
    place({ left, top, bottom }) {
      const { width, height } = dom.getBoundingClientRect();
      const isBelow = bottom + EDGE + height <= window.innerHeight || top < height + EDGE;
      dom.style.setProperty("--left", `${Math.max(EDGE, Math.min(left, window.innerWidth - width - EDGE))}px`);
      dom.style.setProperty("--top", `${isBelow ? bottom + EDGE / 2 : top - height - EDGE / 2}px`);
    },
    hide() {
      dom.hidden = true;
      text.removeAttribute("aria-controls");
      text.removeAttribute("aria-activedescendant");
    },
  };
}

/** One list at work in one text. */
interface Suggesting {
  update(): void;
  /** What a key means while the list is open; false leaves it to the text. */
  key(event: KeyboardEvent): boolean;
  blur(): void;
  destroy(): void;
}

function suggesting(view: EditorView, asking: Asking): Suggesting {
  let asked: Asked | null = null;
  let dismissed = false; // put away by Escape; stays so until the sign is gone from before the cursor
  let choices: readonly Choice[] = [];
  let at = 0;
  const list = listFor(view.dom, asking.label, take);

  function place(): void {
    if (!list.dom.hidden && asked) list.place(view.coordsAtPos(Math.min(asked.from, view.state.doc.content.size)));
  }

  function close(): void {
    asked = null;
    dismissed = false;
    choices = [];
    list.hide();
  }

  function show(found: readonly Choice[], query: string): void {
    const none = asking.none(query);
    const marked = choices[at]?.name;
    choices = found;
    if (found[at]?.name !== marked) at = 0;
    if (choices.length === 0 && none === "") return list.hide();
    list.show(choices, none);
    list.mark(at);
    place();
  }

  function take(number: number): void {
    const [choice, from] = [choices[number], asked?.from];
    if (from === undefined || !choice) return;
    view.focus();
    const { to } = view.state.selection;
    close();
    view.dispatch(view.state.tr.delete(from, to));
    choice.use(view);
  }

  window.addEventListener("scroll", place, true);
  window.addEventListener("resize", place);
  return {
    update() {
      const now = view.hasFocus() ? asking.find(view.state) : null;
      if (now === null) return close();
      if (dismissed || (now.from === asked?.from && now.query === asked.query)) return place();
      asked = now;
      at = 0;
      const first = asking.first?.(now.query) ?? [];
      if (first.length > 0) show(first, now.query);
      void Promise.resolve(asking.choices(now.query, view.state)).then((found) => {
        // Meanwhile something else may have been typed: its own answer comes.
        if (asked === now && !dismissed && !view.isDestroyed) show(found, now.query);
      });
    },
    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      if (event.key === "Escape" && asked && !dismissed) {
        dismissed = true;
        choices = [];
        list.hide();
        return true;
      }
      if (list.dom.hidden || choices.length === 0) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) {
        at = (at + step + choices.length) % choices.length;
        list.mark(at);
        return true;
      }
      if ((event.key !== "Enter" && event.key !== "Tab") || event.shiftKey) return false;
      take(at);
      return true;
    },
    blur() {
      // A finger on the list takes the focus for a moment on some phones: look again when it has settled.
      window.setTimeout(() => {
        if (!view.isDestroyed && !view.hasFocus()) close();
      }, BLUR_MS);
    },
    destroy() {
      window.removeEventListener("scroll", place, true);
      window.removeEventListener("resize", place);
      list.dom.remove();
    },
  };
}

/** The plugin; it must stand before the keymaps, for Enter is its own while the list is open. */
export function suggest(asking: Asking): Plugin {
  let current: Suggesting | null = null;
  return new Plugin({
    view(view) {
      const own = suggesting(view, asking);
      current = own;
      return { update: () => own.update(), destroy: () => own.destroy() };
    },
    props: {
      handleKeyDown: (_view, event) => current?.key(event) ?? false,
      handleDOMEvents: {
        focus: () => {
          asking.expect?.();
          return false;
        },
        blur: () => {
          current?.blur();
          return false;
        },
      },
    },
  });
}

/** The choices whose names or further words hold all that was typed, those that begin with it first. */
export function fitting<T extends { readonly name: string; readonly words?: string }>(all: readonly T[], query: string): T[] {
  const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const typed = plain(query).trim();
  const parts = typed.split(/\s+/);
  const found = all.filter(({ name, words }) => parts.every((part) => plain(`${name} ${words ?? ""}`).includes(part)));
  const begins = (choice: T): boolean => plain(choice.name).startsWith(typed);
  return [...found.filter(begins), ...found.filter((choice) => !begins(choice))];
}
