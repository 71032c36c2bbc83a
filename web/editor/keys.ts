// The keys of the desk. Single keys are off while anybody types, can be changed, and can be switched off altogether
// (WCAG 2.2, 2.1.4); those of the composer belong to the one that holds the cursor. The choice is kept on the device.
import { isTyping, make, must } from "./dom.ts";
import { actsWhileTyping, changedKeys, deedOf, keyFault, keyMapOf, keyName, usual, type KeyDeed, type KeyMap } from "./keynames.ts";

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
const CHANGED = "stoppress:keys";

function recall(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Where nothing can be kept, it holds for this page. */
function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    return;
  }
}

function keptMap(): KeyMap {
  try {
    return keyMapOf(JSON.parse(recall(CHANGED) ?? "null"));
  } catch {
    return usual;
  }
}

/** "Ctrl+Enter" as two keys beside each other. */
function drawn(name: string): (Node | string)[] {
  const parts = name.split("+").map((part) => make("kbd", {}, part));
  return parts.flatMap((part, at) => (at === 0 ? [part] : [" ", part]));
}

interface Chosen {
  map: KeyMap;
}

/** The list of keys, on which each can be changed. */
function keyList(list: HTMLDialogElement, chosen: Chosen): void {
  const said = must(list, "[data-key-said]", HTMLElement);
  const rows = Array.from(list.querySelectorAll<HTMLElement>("[data-key-of]"));
  let waiting: { readonly deed: KeyDeed; readonly button: HTMLButtonElement } | null = null;

  function show(): void {
    for (const row of rows) must(row, "dt", HTMLElement).replaceChildren(...drawn(chosen.map[row.dataset["keyOf"] as KeyDeed]));
    for (const [intent, deed] of [["publish", "publish"], ["amend", "publish"], ["draft", "save"]] as const) {
      const forms = [document, ...Array.from(document.querySelectorAll("template"), (pattern) => pattern.content)];
      for (const form of forms) for (const button of form.querySelectorAll<HTMLElement>(`[data-intent="${intent}"]`)) button.title = chosen.map[deed];
    }
  }

  function choose(map: KeyMap, words: string): void {
    chosen.map = map;
    const changed = changedKeys(map);
    keep(CHANGED, Object.keys(changed).length > 0 ? JSON.stringify(changed) : null);
    said.textContent = words;
    show();
  }

  function stop(): void {
    if (waiting) waiting.button.textContent = "Change";
    waiting = null;
  }

  for (const row of rows) {
    const button = must(row, "[data-change-key]", HTMLButtonElement);
    button.addEventListener("click", () => {
      stop();
      waiting = { deed: row.dataset["keyOf"] as KeyDeed, button };
      button.textContent = "Press a key…";
      said.textContent = "Press the key you want. Esc leaves it as it is.";
    });
  }
  list.addEventListener("keydown", (event) => {
    if (!waiting || event.key === "Tab") return;
    const name = keyName(event);
    if (name === "" && event.key !== "Escape") return; // Ctrl by itself: the next one counts
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      stop();
      said.textContent = "";
      return;
    }
    const fault = keyFault(waiting.deed, name, chosen.map);
    if (fault) {
      said.textContent = fault;
      return;
    }
    const { deed } = waiting;
    stop();
    choose({ ...chosen.map, [deed]: name }, "Changed, on this device.");
  });
  list.addEventListener("cancel", (event) => {
    if (waiting) event.preventDefault();
  });
  list.addEventListener("close", () => {
    stop();
    said.textContent = "";
  });
  must(list, "[data-usual-keys]", HTMLButtonElement).addEventListener("click", () => {
    stop();
    choose(usual, "These are the usual keys.");
  });
  show();
}

export function keys(deeds: KeyDeeds): void {
  const list = must(document, "#keys", HTMLDialogElement);
  const toggle = must(list, "[data-keys-on]", HTMLInputElement);
  const chosen: Chosen = { map: keptMap() };
  toggle.checked = recall(OFF) === null;
  toggle.addEventListener("change", () => keep(OFF, toggle.checked ? null : "1"));
  const show = (): void => list.showModal();
  for (const button of document.querySelectorAll("[data-show-keys]")) button.addEventListener("click", show);
  keyList(list, chosen);

  const acts: Readonly<Record<KeyDeed, (target: Element) => void>> = {
    write: deeds.n, edit: deeds.e, pin: deeds.p, mark: deeds.k, search: deeds.search, list: show, publish: deeds.publish, save: deeds.save,
  };
  document.addEventListener("keydown", (event) => {
    const deed = event.isComposing ? undefined : deedOf(chosen.map, keyName(event));
    if (deed === undefined || event.repeat) return;
    if (!actsWhileTyping(deed) && (!toggle.checked || isTyping(event.target) || document.querySelector("dialog[open]"))) return;
    event.preventDefault();
    acts[deed](event.target instanceof Element ? event.target : document.body);
  });
}
