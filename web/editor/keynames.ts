// Which key does what on the desk: the usual ones, and what a reporter chose instead. Pure; kept and acted on by keys.ts.

export type KeyDeed = "write" | "publish" | "save" | "edit" | "pin" | "mark" | "search" | "list";
export type KeyMap = Readonly<Record<KeyDeed, string>>;

export const usual: KeyMap = {
  write: "n", publish: "Ctrl+Enter", save: "Ctrl+S", edit: "e", pin: "p", mark: "k", search: "/", list: "?",
};
/** These act while somebody types, so they need a key that types nothing. */
const whileTyping: ReadonlySet<KeyDeed> = new Set(["publish", "save"]);
const deeds = Object.keys(usual) as KeyDeed[];

/** What the editor and browsers do with these is not ours to take away. */
const taken = new Set(["A", "B", "C", "F", "I", "K", "L", "N", "P", "Q", "R", "T", "V", "W", "X", "Y", "Z"].map((letter) => `Ctrl+${letter}`));
const silent = new Set(["Control", "Shift", "Alt", "AltGraph", "Meta", "CapsLock", "Dead", "Process", "Unidentified", "Tab", "Escape"]);

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The key in words: "n", "?", "Ctrl+Enter", "Ctrl+Shift+S"; "" for one that is none by itself. Command counts as Ctrl. */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string {
  if (silent.has(key)) return "";
  const held = ctrlKey || metaKey || altKey;
  const letter = key === " " ? "Space" : key.length > 1 ? key : held ? key.toUpperCase() : key.toLowerCase();
  // Of a sign the shift is part already: "?" is "?" wherever a keyboard has it.
  const shift = shiftKey && (key.length > 1 || (held && /\p{L}/u.test(key))) ? "Shift+" : "";
  return `${ctrlKey || metaKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${shift}${letter}`;
}

/** What is wrong with `name` for `deed`, in words; "" when it can be used. */
export function keyFault(deed: KeyDeed, name: string, map: KeyMap): string {
  const holds = /^(Ctrl|Alt)\+/.test(name) || /^F\d+$/.test(name);
  if (name === "") return "Press one key, or hold Ctrl and press one.";
  if (whileTyping.has(deed) && !holds) return `“${name}” types something. This acts while you write: hold Ctrl or Alt with it.`;
  if (!whileTyping.has(deed) && holds) return "One key by itself, please: without Ctrl and Alt.";
  if (!whileTyping.has(deed) && (name.length > 1 || name === " ")) return "A letter, a digit or a sign, please: other keys move about the page.";
  if (taken.has(name)) return `${name} belongs to the text or to the browser; choose another.`;
  const other = deeds.find((each) => each !== deed && map[each] === name);
  return other ? `“${name}” is taken on this list; change the other one first.` : "";
}

/** The map with what was kept on this device; what does not fit (any more) is as usual. */
export function keyMapOf(kept: unknown): KeyMap {
  const map: Record<KeyDeed, string> = { ...usual };
  if (typeof kept !== "object" || kept === null) return map;
  for (const deed of deeds) {
    const name = (kept as Record<string, unknown>)[deed];
    if (typeof name === "string" && name !== usual[deed]) map[deed] = name;
  }
  const fits = deeds.every((deed) => keyFault(deed, map[deed], map) === "");
  return fits ? map : { ...usual };
}

/** What is kept on the device: what differs from the usual. */
export function changedKeys(map: KeyMap): Partial<KeyMap> {
  return Object.fromEntries(deeds.filter((deed) => map[deed] !== usual[deed]).map((deed) => [deed, map[deed]]));
}

export function deedOf(map: KeyMap, name: string): KeyDeed | undefined {
  return deeds.find((deed) => map[deed] === name);
}

export function actsWhileTyping(deed: KeyDeed): boolean {
  return whileTyping.has(deed);
}
