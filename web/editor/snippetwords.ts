// What the placeholders of templates and snippets become: the time by the event's clock as one says it, its city, names.
// Pure; the names are those of liveblogs/snippets.py. Called by snippets.ts.
import { dateFormat } from "../shared/formats.ts";
import { cityOf, clock } from "./words.ts";

export interface Facts {
  readonly me: string;
  readonly colleague: string;
  readonly headline: string;
  readonly zone: string;
  readonly language: string;
}

export interface JsonNode {
  readonly [key: string]: unknown;
  readonly type: string;
  readonly text?: string;
  readonly content?: readonly JsonNode[];
}

/** "Europe/Kyiv" has a place; "UTC", "GMT" and "Etc/GMT+3" have none. */
function hasPlace(zone: string): boolean {
  return zone.includes("/") && !zone.startsWith("Etc/");
}

/** "UTC", or "UTC−3" for zones that are only a distance. */
function offsetName(moment: Date, zone: string): string {
  const parts = dateFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(moment);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "";
  return `UTC${name.replace(/^(GMT|UTC)(\+0)?/, "").replace("-", "−")}`;
}

/** The city of a zone, or what stands for it: "Kyiv", "Buenos Aires", "UTC". */
export function placeName(moment: Date, zone: string): string {
  return hasPlace(zone) ? cityOf(zone) : offsetName(moment, zone);
}

/** By the clock of `zone`, as one says it in `language`: "6pm", "6.30pm", "noon", "midnight"; "18:00" but in English. */
export function timeWords(moment: Date, zone: string, language: string): string {
  const shown = clock(moment, zone);
  if (!/^en\b/i.test(language)) return shown;
  const [hours = 0, minutes = 0] = shown.split(":").map(Number);
  if (minutes === 0 && hours === 12) return "noon";
  if (minutes === 0 && hours === 0) return "midnight";
  const rest = minutes === 0 ? "" : `.${String(minutes).padStart(2, "0")}`;
  return `${hours % 12 || 12}${rest}${hours < 12 ? "am" : "pm"}`;
}

/** "6pm in Kyiv", "6pm UTC". */
export function timeInCity(moment: Date, zone: string, language: string): string {
  return `${timeWords(moment, zone, language)} ${hasPlace(zone) ? "in " : ""}${placeName(moment, zone)}`;
}

/** What each placeholder says at `now`. */
function meanings(facts: Facts, now: Date): Readonly<Record<string, string>> {
  const { zone, language } = facts;
  return {
    time: timeWords(now, zone, language),
    clock: clock(now, zone),
    city: placeName(now, zone),
    "time in city": timeInCity(now, zone, language),
    "my name": facts.me,
    colleague: facts.colleague,
    headline: facts.headline,
  };
}

/** `text` with its placeholders filled; a part in [square brackets] goes when something in it is not known. */
export function filledText(text: string, facts: Facts, now: Date): string {
  const known = meanings(facts, now);
  const fill = (part: string): string => part.replace(/\{([^{}]*)\}/g, (whole, name: string) => known[name] ?? whole);
  const isKnown = (part: string): boolean => [...part.matchAll(/\{([^{}]*)\}/g)].every(([, name]) => known[name ?? ""] !== "");
  const optional = text.replace(/\[([^[\]]*\{[^{}]*\}[^[\]]*)\]/g, (_whole, part: string) => (isKnown(part) ? part : ""));
  return fill(optional);
}

/** The document with its placeholders filled; a line that is only "…" is left empty, to be written on. */
export function filledDocument(node: JsonNode, facts: Facts, now: Date): JsonNode {
  if (typeof node.text === "string") return { ...node, text: filledText(node.text, facts, now) };
  if (!node.content) return node;
  const content = node.content.map((child) => filledDocument(child, facts, now)).filter((child) => child.text !== "");
  const isToWrite = content.length === 1 && content[0]?.text === "…";
  return isToWrite ? { ...node, content: [] } : { ...node, content };
}
