// Times in the reader's zone, with the event's one press away, and ages that never run backwards.

import { words } from "./words.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const AGE_HOURS = 12; // later the day says more than a number of hours

export type Zone = "mine" | "event";

export interface Clock {
  clock: string; // "20:05"
  zone: string; // "EET"
  day: string; // "22 November 2026"
}

export function age(at: number, now: number): string {
  const passed = now - at;
  if (passed < MINUTE_MS) return words.now;
  if (passed < HOUR_MS) return words.minutesAgo(Math.floor(passed / MINUTE_MS));
  if (passed < AGE_HOURS * HOUR_MS) return words.hoursAgo(Math.floor(passed / HOUR_MS));
  return "";
}

// The reader's own way to write a time when it is of the page's language, else the language's.
export function localeFor(pageLanguage: string, reader: readonly string[]): string {
  const base = pageLanguage.split("-")[0] ?? "";
  const own = reader.find((tag) => tag.split("-")[0] === base);
  if (pageLanguage === "ar") return `${own ?? "ar"}-u-nu-latn`; // as the server writes Arabic of no region: 0 to 9
  return own ?? (pageLanguage === "en" ? "en-GB" : pageLanguage);
}

export function clockIn(at: number, timeZone: string, locale: string): Clock {
  const parts = format(locale, { timeZone, hour: "numeric", minute: "2-digit", timeZoneName: "short" }).formatToParts(at);
  const named = parts.findIndex((part) => part.type === "timeZoneName");
  const text = (some: Intl.DateTimeFormatPart[]): string => some.map((part) => part.value).join("").trim();
  const day = format(locale, { timeZone, dateStyle: "long" }).format(at);
  return {
    clock: text(parts.filter((_, index) => index !== named)).replace(/,$/, ""),
    zone: parts[named]?.value ?? timeZone,
    day,
  };
}

// Whether both zones show the same clock at that moment.
export function sameClock(at: number, one: string, other: string): boolean {
  const wall = (timeZone: string): string =>
    format("en-GB", { timeZone, dateStyle: "short", timeStyle: "short" }).format(at);
  return one === other || wall(one) === wall(other);
}

// Making a formatter costs a hundred times what using one does.
const formats = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

// "Europe/Kyiv" → "Kyiv"
export function placeName(timeZone: string): string {
  const name = timeZone.slice(timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
  return name.replace(/^GMT([+-])(?=\d)/, (_, sign) => (sign === "-" ? "UTC+" : "UTC-")); // POSIX counts westwards
}

// --- in the document --------------------------------------------------------------------------------

const locale = (): string => localeFor(document.documentElement.lang || "en", navigator.languages ?? []);
// Between a day and a time, as the server writes it.
export const commaIn = (tag: string): string => (tag.split("-")[0] === "ar" ? "،" : ",");
const comma = (): string => commaIn(locale());
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const served = new WeakMap<HTMLTimeElement, Node[]>(); // what the server wrote, to be put back
let shown: Zone = "mine";
let newestNow = 0;

// Now, by the reader's clock, but never before what was now already, and never before a post that is here.
function now(): number {
  newestNow = Math.max(newestNow, Date.now());
  return newestNow;
}

export function zoneShown(): Zone {
  return shown;
}

// The event's zone when the reader lives by another clock.
export function otherZone(root: ParentNode): string | null {
  const time = root.querySelector<HTMLTimeElement>("time[data-zone]");
  const zone = time?.dataset.zone;
  return time && zone && !sameClock(Date.parse(time.dateTime), zone, ownZone()) ? zone : null;
}

export function ownZoneName(): string {
  return clockIn(now(), ownZone(), locale()).zone;
}

export function showZone(zone: Zone, root: ParentNode): void {
  shown = zone;
  for (const time of timesIn(root)) show(time);
}

// Write the times under `root` that came from the server since the last call.
export function showTimes(root: ParentNode): void {
  const fresh = timesIn(root).filter((time) => !served.has(time));
  for (const time of fresh) if (time.dataset.form === "post") newestNow = Math.max(newestNow, Date.parse(time.dateTime));
  for (const time of fresh) show(time);
}

function timesIn(root: ParentNode): HTMLTimeElement[] {
  return [...root.querySelectorAll<HTMLTimeElement>("time[data-form]")];
}

// Only the ages: cheap enough for each minute.
export function refreshAges(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>('time[data-form="post"]')) showAge(time);
}

function show(time: HTMLTimeElement): void {
  const { zone = "UTC", form } = time.dataset;
  const at = Date.parse(time.dateTime);
  const original = served.get(time) ?? [...time.childNodes];
  served.set(time, original);
  const same = sameClock(at, zone, ownZone());
  const inEventZone = shown === "event" || same;
  time.replaceChildren(...(inEventZone ? original : inOwnZone(at, form ?? "clock")));
  // The other clock is at hand in the title; with only one, its place and the day are.
  const other = clockIn(at, inEventZone && !same ? ownZone() : zone, locale());
  time.title = `${other.day}${comma()} ${other.clock} ${other.zone}${inEventZone && !same ? "" : ` (${placeName(zone)})`}`;
  if (form === "post") showAge(time);
}

function inOwnZone(at: number, form: string): (Node | string)[] {
  const { clock, zone, day } = clockIn(at, ownZone(), locale());
  if (form === "day") return [day];
  if (form === "brief") return [`${briefDay(at)}${comma()} ${clock} ${zone}`];
  if (form === "full") return [`${day}${comma()} ${clock} ${zone}`];
  if (form === "clock") return [`${clock} ${zone}`];
  return [span("clock", clock), " ", span("zone", zone), " ", span("day", day)];
}

function briefDay(at: number): string {
  return format(locale(), { timeZone: ownZone(), day: "numeric", month: "short" }).format(at);
}

function showAge(time: HTMLTimeElement): void {
  const text = age(Date.parse(time.dateTime), now());
  const old = time.parentElement?.querySelector(".age");
  if (!text) old?.remove();
  else if (old) old.textContent = text;
  else time.after(ageSpan(text));
}

// `data-script`: not from the server, and not to be compared with what is.
function ageSpan(text: string): HTMLSpanElement {
  const element = span("age", text);
  element.dataset.script = "";
  return element;
}

function span(name: string, text: string): HTMLSpanElement {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}
