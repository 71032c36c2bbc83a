// The keys of the desk. Single letters are off while anybody types, and can be switched off altogether
// (WCAG 2.2, 2.1.4); Ctrl+Enter and Ctrl+S belong to the composer that holds the cursor.
import { isTyping, must } from "./dom.ts";

export interface KeyDeeds {
  readonly n: () => void;
  readonly e: () => void;
  readonly p: () => void;
  readonly k: () => void;
  readonly search: () => void;
  readonly publish: (target: Element) => void;
  readonly save: (target: Element) => void;
}

const OFF = "stoppress:keys-off";

function isOff(): boolean {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

function setOff(off: boolean): void {
  try {
    if (off) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // It holds for this page then.
  }
}

export function keys(deeds: KeyDeeds): void {
  const list = must(document, "#keys", HTMLDialogElement);
  const toggle = must(list, "[data-keys-on]", HTMLInputElement);
  toggle.checked = !isOff();
  toggle.addEventListener("change", () => setOff(!toggle.checked));
  const show = (): void => list.showModal();
  for (const button of document.querySelectorAll("[data-show-keys]")) button.addEventListener("click", show);

  const single: Record<string, () => void> = { n: deeds.n, e: deeds.e, p: deeds.p, k: deeds.k, "/": deeds.search, "?": show };
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      if (event.key === "Enter") deeds.publish(target);
      else if (event.key === "s") deeds.save(target);
      else return;
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !toggle.checked) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const deed = single[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}
