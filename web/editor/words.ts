// Times in words, in the event's zone and in the reporter's own. Used by the schedule field and by every <time>.
import { dateFormat } from "../shared/formats.ts";

/** The wall clock of `zone` at `moment`, as its fields. */
function wall(moment: Date, zone: string): Record<string, number> {
  const format = dateFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  });
  return Object.fromEntries(format.formatToParts(moment).filter((part) => part.type !== "literal").map((part) => [part.type, Number(part.value)]));
}

/** How far `zone` is ahead of UTC at `moment`, in milliseconds. */
function ahead(moment: Date, zone: string): number {
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = wall(moment, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment.getTime() / 1000) * 1000;
}

/** The moments at which clocks in `zone` show `local` ("2026-11-22T18:30"): one; none when they skip it; two when they go back. */
export function momentsOf(local: string, zone: string): readonly Date[] {
  const found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(local);
  if (!found) return [];
  const [year, month, day, hour, minute] = found.slice(1).map(Number) as [number, number, number, number, number];
  const naive = Date.UTC(year, month - 1, day, hour, minute);
  // The earlier of two first: the larger offset. None fits when clocks skip the hour.
  const offsets = new Set([naive - 86_400_000, naive + 86_400_000].map((at) => ahead(new Date(at), zone)));
  const moments = [...offsets].sort((one, other) => other - one).map((offset) => new Date(naive - offset));
  return moments.filter((at) => at.getTime() + ahead(at, zone) === naive);
}

/** The first of them, or null. */
export function momentOf(local: string, zone: string): Date | null {
  return momentsOf(local, zone)[0] ?? null;
}

/** "+02:00": how far `zone` is ahead of UTC at `moment`. */
export function offsetOf(moment: Date, zone: string): string {
  const minutes = Math.round(ahead(moment, zone) / 60_000);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** `moment` as a date-time field of `zone` shows it. */
export function localOf(moment: Date, zone: string): string {
  return new Date(moment.getTime() + ahead(moment, zone)).toISOString().slice(0, 16);
}

export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** "Kyiv" for "Europe/Kyiv". */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

export function clock(moment: Date, zone: string): string {
  return dateFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);
}

/** Such as "EET", or "UTC+5:45" where the zone has only a number for a name. */
export function zoneName(moment: Date, zone: string): string {
  // Names as people there use them: each language of the browser's data knows some of them.
  for (const locale of ["en-GB", "en-US", "en-AU"]) {
    const parts = dateFormat(locale, { timeZone: zone, timeZoneName: "short" }).formatToParts(moment);
    const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "";
    if (name && !/[+-]\d/.test(name)) return name;
  }
  const minutes = Math.round(ahead(moment, zone) / 60_000);
  if (minutes === 0) return "UTC";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "-" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

/** "due 15:00, in 12 min" or "overdue: 15:00, 3 min ago", of a time whose clock is on the page already. */
export function dueWords(due: Date, clockWords: string, now: Date): string {
  const minutes = Math.floor(Math.abs(due.getTime() - now.getTime()) / 60_000);
  const [hours, days] = [Math.floor(minutes / 60), Math.floor(minutes / 1440)];
  if (due <= now) {
    const ago = minutes < 1 ? "just now" : minutes < 60 ? `${minutes} min ago` : hours < 24 ? `${hours} h ago` : `${days} day${days === 1 ? "" : "s"} ago`;
    return `overdue: ${clockWords}, ${ago}`;
  }
  return `due ${clockWords}, in ${minutes < 1 ? "less than a minute" : minutes < 60 ? `${minutes} min` : `${hours} h ${minutes % 60} min`}`;
}

/** "17:30 where you are (Vienna)", with the day where it is another; "" where it is the event's own. */
export function ownWords(moment: Date, zone: string, own: string): string {
  if (localOf(moment, zone) === localOf(moment, own)) return "";
  const weekday = dateFormat("en-GB", { timeZone: own, weekday: "long" }).format(moment);
  const day = dayNumber(moment, zone) === dayNumber(moment, own) ? "" : `${weekday} `;
  return `${day}${clock(moment, own)} where you are (${cityOf(own)})`;
}

function dayNumber(moment: Date, zone: string): number {
  const { year = 0, month = 1, day = 1 } = wall(moment, zone);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** "today", "tomorrow" or "on Sunday 22 November", as people in `zone` would say at `now`. */
function dayWords(moment: Date, zone: string, now: Date): string {
  const distance = dayNumber(moment, zone) - dayNumber(now, zone);
  if (distance === 0) return "today";
  if (distance === 1) return "tomorrow";
  if (distance === -1) return "yesterday";
  const date = dateFormat("en-GB", { timeZone: zone, weekday: "long", day: "numeric", month: "long" }).format(moment);
  return `on ${date}`;
}

/** "in 1 hour 40 minutes". */
export function distanceWords(minutes: number): string {
  if (minutes < 1) return "in less than a minute";
  const part = (count: number, unit: string): string => (count === 0 ? "" : `${count} ${unit}${count === 1 ? "" : "s"}`);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = days > 0 ? [part(days, "day"), part(hours, "hour")] : [part(hours, "hour"), part(Math.floor(minutes % 60), "minute")];
  return `in ${parts.filter(Boolean).join(" ")}`;
}

/** "Goes out today at 18:30 in Kyiv, which is 17:30 where you are (Vienna): in 1 hour 40 minutes." */
export function scheduleWords(moment: Date, zone: string, own: string, now: Date): string {
  const minutes = (moment.getTime() - now.getTime()) / 60_000;
  if (minutes <= 0) return "That moment has passed; choose a later one.";
  const twice = momentsOf(localOf(moment, zone), zone).length > 1 ? ` ${zoneName(moment, zone)}` : "";
  const there = `Goes out ${dayWords(moment, zone, now)} at ${clock(moment, zone)}${twice} in ${cityOf(zone)}`;
  const sameClock = ahead(moment, zone) === ahead(moment, own);
  const ownDay = dayWords(moment, own, now) === dayWords(moment, zone, now) ? "" : `${dayWords(moment, own, now)} at `;
  const here = sameClock ? "" : `, which is ${ownDay}${clock(moment, own)} where you are (${cityOf(own)})`;
  return `${there}${here}: ${distanceWords(minutes)}.`;
}
