// A page that the worker showed from the device says so, and how old it is, until the server has been heard again.

import { findPage, seqOf } from "./page.ts";
import { clockIn, localeFor, ownZone } from "./times.ts";
import { words } from "./words-later.ts";

const ASK_EVERY_MS = 15_000;
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "2 hours ago", in the page's language; the largest unit that has passed, never less than a minute. */
export function ageInWords(passed: number, locale: string): string {
  const [unit, size] = STEPS.find(([, size]) => passed >= size) ?? ["minute", 60_000];
  return new Intl.RelativeTimeFormat(locale).format(-Math.max(1, Math.floor(passed / size)), unit);
}

export function sayKept(main: HTMLElement): void {
  const at = Date.parse(main.dataset.kept ?? "");
  if (Number.isNaN(at)) return;
  const line = document.createElement("p");
  line.className = "kept-note";
  line.setAttribute("role", "status");
  main.before(line);
  const locale = localeFor(document.documentElement.lang || "en", navigator.languages);
  const say = (): void => {
    const { clock, day } = clockIn(at, ownZone(), locale);
    const isToday = new Date(at).toDateString() === new Date().toDateString();
    const said = navigator.onLine ? words.unreached : words.offline;
    line.textContent = said(isToday ? clock : `${day}, ${clock}`, ageInWords(Date.now() - at, locale));
  };
  say();
  const timer = setInterval(() => void look(), ASK_EVERY_MS);
  const look = async (): Promise<void> => {
    const state = await heard();
    if (state === "gone") location.reload(); // the server's own word instead
    else if (state === "behind") say();
    else {
      clearInterval(timer);
      line.textContent = words.upToDate;
      line.classList.add("up-to-date");
      delete main.dataset.kept;
    }
  };
  window.addEventListener("online", () => void look());
  document.addEventListener("stoppress:applied", () => void look());
  void look();
}

// Whether the server answers, and the page is what it would send now.
async function heard(): Promise<"behind" | "current" | "gone"> {
  try {
    const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
    if (answer.status === 404 || answer.status === 410) return "gone";
    const page = findPage();
    const isCurrent = answer.ok && (!page || Number(answer.headers.get("Stoppress-Seq")) <= seqOf(page));
    return isCurrent ? "current" : "behind";
  } catch {
    return "behind";
  }
}
