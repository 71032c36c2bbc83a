// The row of tools above a text: one stop for the Tab key, arrows within it (ARIA toolbar pattern).
import type { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { isInTable } from "prosemirror-tables";
import { make } from "./dom.ts";
import { icon } from "./icons.ts";
import { tableTools, type Tool } from "./tools.ts";

export interface Toolbar {
  readonly dom: HTMLElement;
  /** Show which tools are on and which can be used now. */
  refresh(state: EditorState): void;
}

function toolButton(tool: Tool, view: () => EditorView): HTMLButtonElement {
  const title = tool.keys ? `${tool.name} (${tool.keys})` : tool.name;
  const button = make("button", { type: "button", class: "tool", title, "aria-label": tool.name, tabindex: "-1" }, icon(tool.icon));
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") !== "true") tool.use(view());
  });
  return button;
}

/** Arrows move along the tools; Tab leaves them. */
function roving(bar: HTMLElement): void {
  const stops = (): HTMLButtonElement[] => Array.from(bar.querySelectorAll<HTMLButtonElement>("button")).filter((stop) => stop.offsetParent !== null);
  bar.addEventListener("keydown", (event) => {
    const all = stops();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    all[(next + all.length) % all.length]?.focus();
  });
  bar.addEventListener("focusin", (event) => {
    for (const stop of bar.querySelectorAll("button")) stop.tabIndex = stop === event.target ? 0 : -1;
  });
  const first = bar.querySelector("button");
  if (first) first.tabIndex = 0;
}

const NARROW = "(max-width: 48rem)"; // as desk.css: three panels instead of three columns

/** On a phone the tools stand with the buttons at the foot, under the thumb; else above the text. */
export function dockTools(form: HTMLFormElement, bar: HTMLElement): void {
  const home = document.createComment("tools");
  bar.before(home);
  const narrow = window.matchMedia(NARROW);
  const place = (): void => {
    if (!home.isConnected) return narrow.removeEventListener("change", place);
    if (narrow.matches) form.querySelector(".composer-bar")?.prepend(bar);
    else home.after(bar);
  };
  narrow.addEventListener("change", place);
  place();
}

export function toolbar(groups: readonly (readonly Tool[])[], view: () => EditorView): Toolbar {
  const buttons = new Map<Tool, HTMLButtonElement>();
  const bar = make("div", { class: "tools", role: "toolbar", "aria-label": "Formatting" });
  for (const group of groups) {
    const holder = make("div", { class: "tool-group" });
    for (const tool of group) {
      const button = toolButton(tool, view);
      buttons.set(tool, button);
      holder.append(button);
    }
    bar.append(holder);
  }
  const tableRow = make("div", { class: "table-tools", hidden: "" });
  for (const tool of tableTools) {
    const button = make("button", { type: "button", class: "tool words", tabindex: "-1" }, tool.name);
    button.addEventListener("click", () => {
      tool.command(view().state, view().dispatch);
      view().focus();
    });
    tableRow.append(button);
  }
  bar.append(tableRow);
  // A press must not take the cursor out of the text: the selection it acts on would be gone.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  roving(bar);
  return {
    dom: bar,
    refresh(state) {
      for (const [tool, button] of buttons) {
        if (tool.isOn) button.setAttribute("aria-pressed", String(tool.isOn(state)));
        button.setAttribute("aria-disabled", String(tool.isPossible ? !tool.isPossible(state) : false));
      }
      tableRow.hidden = !isInTable(state);
    },
  };
}
