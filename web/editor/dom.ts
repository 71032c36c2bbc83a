// Small builders for elements, so that no text ever becomes markup by accident.

type Child = Node | string;

/** An element with attributes and children. `null` leaves an attribute out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | null>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The one element of `kind` that matches `selector` below `root`; its absence is a fault of the template. */
export function must<T extends Element>(root: ParentNode, selector: string, kind: new () => T): T {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${kind.name} ${selector}; its template must hold one.`);
}

/** Elements from the desk's own HTML (rendered and escaped by the server). */
export function elementsOf(html: string): HTMLElement[] {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return Array.from(holder.content.children).filter((child): child is HTMLElement => child instanceof HTMLElement);
}

/** Whether keys typed at `target` are text, so that single-key commands must stay away. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target.matches("input:not([type=checkbox]):not([type=radio]):not([type=submit]):not([type=button]), textarea, select");
}
