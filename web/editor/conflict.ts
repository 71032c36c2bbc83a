// Two people saved one post. The later one is shown both texts, side by side, with what is only in one of them marked,
// and decides; nothing is thrown away.
import { make } from "./dom.ts";
import type { Difference, Theirs } from "./wire.ts";
import { clock } from "./words.ts";

interface Choice {
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  readonly takeBoth: () => void;
}

/** The pieces of one text, joined: a blank between two marked words is marked with them. */
function stretches(pieces: Difference["pieces"], only: "gone" | "new"): (readonly [marked: boolean, text: string])[] {
  const own = pieces.filter(([kind]) => kind === "same" || kind === only);
  const found: [boolean, string][] = [];
  for (const [index, [kind, text]] of own.entries()) {
    const between = text.trim() === "" && index > 0 && own[index - 1]?.[0] === only && own[index + 1]?.[0] === only;
    const marked = kind === only || between;
    const last = found.at(-1);
    if (last?.[0] === marked) last[1] += text;
    else found.push([marked, text]);
  }
  return found;
}

/** One of the two texts: what both say as it is, what only this one says marked. */
function column(title: string, differences: readonly Difference[], only: "gone" | "new", otherwise: Node): HTMLElement {
  const shown = make("div", { class: "version-text", tabindex: "0", role: "group", "aria-label": title });
  for (const { name, pieces } of differences) {
    const words = stretches(pieces, only).map(([marked, text]) => (marked ? make("mark", { class: only === "new" ? "only-mine" : "only-theirs" }, text) : text));
    if (name !== "Text") shown.append(make("h5", { class: "version-field" }, name));
    shown.append(make("p", { class: name === "Headline" ? "version-words theirs-headline" : "version-words" }, ...(words.length > 0 ? words : [make("em", {}, "empty")])));
  }
  if (!differences.some(({ name }) => name === "Text")) shown.append(otherwise);
  return make("div", { class: "version-side" }, make("h4", {}, title), shown);
}

/** Both texts, and the ways on. Mine stands in the editor above as well. */
export function conflict(theirs: Theirs, zone: string, choice: Choice): HTMLElement {
  const rendered = make("div", { class: "prose" });
  rendered.innerHTML = theirs.html; // rendered and escaped by the server, as for readers
  const mine = make("button", { type: "button", class: "button primary" }, "Put mine on top of theirs");
  const both = make("button", { type: "button", class: "button" }, "Take both, by hand");
  const take = make("button", { type: "button", class: "button" }, "Take theirs, put mine aside");
  const title = `${theirs.by} saved this post at ${clock(new Date(theirs.at), zone)}, while you were writing`;
  const sameWords = make("p", { class: "hint" }, "The words of the text are the same in both.");
  const buttons = make("div", { class: "dialog-buttons" }, take, both, mine);
  const section = make(
    "section",
    { class: "conflict", "aria-label": "Two versions" },
    make("h3", {}, title),
    make("p", { class: "hint" }, "What only one of the two says is marked. You decide what stands; the history keeps both."),
    make("div", { class: "version-sides" }, column("Yours", theirs.differences, "new", sameWords), column(`${theirs.by}’s`, theirs.differences, "gone", rendered)),
    buttons,
  );
  mine.addEventListener("click", choice.keepMine);
  take.addEventListener("click", choice.takeTheirs);
  both.addEventListener("click", () => {
    buttons.remove(); // the two texts stay to be looked at
    choice.takeBoth();
  });
  return section;
}

interface Blocks {
  readonly type?: unknown;
  readonly attrs?: unknown;
  readonly content?: readonly unknown[];
}

/** One document of both: mine, and behind it what theirs has and mine has not. */
export function joined(mine: unknown, theirs: unknown): unknown {
  const own = (mine as Blocks | null)?.content ?? [];
  const known = new Set(own.map((block) => JSON.stringify(block)));
  const more = ((theirs as Blocks | null)?.content ?? []).filter((block) => !known.has(JSON.stringify(block)));
  const attrs = (mine as Blocks | null)?.attrs;
  return { type: "doc", ...(attrs ? { attrs } : {}), content: [...own, ...more] };
}
