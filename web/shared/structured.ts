// How score lines, fact boxes, map points, polls and answered questions look in a text and travel by the clipboard.
// Their attributes are read back from `data-block`, each only when it is of the kind that the schema gives it.
import type { DOMOutputSpec, NodeSpec } from "prosemirror-model";
import definition from "../../src/stoppress/document/schema.json" with { type: "json" };

export type StructuredName = "score" | "fact_box" | "map_point" | "poll" | "qa";
type Look = Pick<NodeSpec, "toDOM" | "parseDOM">;
export type Values = Record<string, unknown>;

export interface PollOption {
  readonly id: string;
  readonly text: string;
}

/** 12 random signs: enough that no two polls are ever given the same. */
export function newId(): string {
  const signs = "abcdefghijklmnopqrstuvwxyz0123456789";
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => signs[byte % signs.length]).join("");
}

export function isOption(value: unknown): value is PollOption {
  const option = value as Partial<PollOption> | null;
  return typeof option === "object" && option !== null && typeof option.id === "string" && typeof option.text === "string";
}

/** "50.4501° north, 30.5234° east", as structured.py writes it. */
export function placeWords(latitude: number, longitude: number): string {
  const [north, east] = [latitude, longitude].map((value) => Number(value.toFixed(5))) as [number, number];
  return `${Math.abs(north)}° ${north >= 0 ? "north" : "south"}, ${Math.abs(east)}° ${east >= 0 ? "east" : "west"}`;
}

function fits(value: unknown, kind: string): boolean {
  if (kind === "object") return Array.isArray(value) && value.every(isOption);
  return kind.split("|").includes(value === null ? "null" : typeof value);
}

/** The attributes in `data-block`; false when they are not this node's. */
function read(name: StructuredName) {
  const known: Record<string, { default?: unknown; validate: string }> = definition.nodes[name].attrs;
  return (dom: HTMLElement | string): Values | false => {
    if (typeof dom === "string") return false;
    try {
      const values = JSON.parse(dom.getAttribute("data-block") ?? "") as Values | null;
      if (typeof values !== "object" || values === null) return false;
      const taken = Object.entries(known).map(([key, { default: none, validate }]) => [key, fits(values[key], validate) ? values[key] : none]);
      return taken.some(([, value]) => value === undefined) ? false : (Object.fromEntries(taken) as Values);
    } catch {
      return false;
    }
  };
}

const words = (attrs: Values, name: string): string => String(attrs[name] ?? "");

function line(attrs: Values): string {
  const period = words(attrs, "period");
  const scored = `${words(attrs, "home_score")}–${words(attrs, "away_score")}`;
  return `${words(attrs, "home")} ${scored} ${words(attrs, "away")}${period ? `, ${period}` : ""}`;
}

function frame(name: StructuredName, attrs: Values): Record<string, string> {
  return { class: `structured ${name}`, "data-kind": name, "data-block": JSON.stringify(attrs) };
}

function place(attrs: Values): string {
  const { latitude, longitude } = attrs;
  return typeof latitude === "number" && typeof longitude === "number" ? placeWords(latitude, longitude) : "";
}

function atom(name: StructuredName, lines: (attrs: Values) => string[]): Look {
  return {
    toDOM: ({ attrs }): DOMOutputSpec => ["div", frame(name, attrs), ...lines(attrs).map((said): DOMOutputSpec => ["p", {}, said])],
    parseDOM: [{ tag: `div[data-kind=${name}][data-block]`, getAttrs: read(name), priority: 60 }],
  };
}

function box(name: StructuredName, heading: string): Look {
  return {
    toDOM: ({ attrs }): DOMOutputSpec => ["section", frame(name, attrs), ["h3", { contenteditable: "false" }, words(attrs, heading)], ["div", { class: "inside" }, 0]],
    parseDOM: [{ tag: `section[data-kind=${name}][data-block]`, contentElement: ".inside", getAttrs: read(name), priority: 60 }],
  };
}

export const structuredLooks: Record<StructuredName, Look> = {
  score: atom("score", (attrs) => [line(attrs), words(attrs, "note")]),
  fact_box: box("fact_box", "title"),
  map_point: atom("map_point", (attrs) => [words(attrs, "label"), place(attrs)]),
  poll: atom("poll", (attrs) => [words(attrs, "question"), ...(attrs["options"] as PollOption[]).map((option) => option.text)]),
  qa: box("qa", "question"),
};
