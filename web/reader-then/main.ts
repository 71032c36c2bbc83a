// The page at a past time: the slider through the event's hours, and the replay. The links below it do without this
// script. Every time has a page of its own; moving through time puts the parts of that page into this one.

import { clockIn, localeFor, ownZone } from "../reader/times.ts";
import { type Course, barsOf, minuteOf, next, previous } from "./course.ts";
import { putPage } from "./put.ts";

const SETTLE_MS = 120; // the slider rests this long before its page is fetched
const ANSWER_MS = 10_000;
const WAIT_MAX_MS = 4_000; // a replay that is faster than life does not sit through quiet hours
const WAIT_MIN_MS = 600;
const BARS = 120;

interface Parts {
  readonly bar: HTMLElement;
  readonly controls: HTMLElement;
  readonly slider: HTMLInputElement;
  readonly marks: HTMLElement;
  readonly earlier: HTMLButtonElement;
  readonly later: HTMLButtonElement;
  readonly play: HTMLButtonElement;
  readonly speed: HTMLSelectElement;
  readonly told: HTMLElement;
}

function findParts(): Parts | null {
  const bar = document.querySelector<HTMLElement>("#then");
  const find = <Found extends HTMLElement>(selector: string): Found | null => bar?.querySelector<Found>(selector) ?? null;
  const parts = {
    bar,
    controls: find(".then-controls"),
    slider: find<HTMLInputElement>("input[type=range]"),
    marks: find(".then-marks"),
    earlier: find<HTMLButtonElement>('[data-then="earlier"]'),
    later: find<HTMLButtonElement>('[data-then="later"]'),
    play: find<HTMLButtonElement>('[data-then="play"]'),
    speed: find<HTMLSelectElement>("select"),
    told: find(".then-told"),
  };
  return Object.values(parts).every((part) => part !== null) ? (parts as Parts) : null;
}

async function course(bar: HTMLElement): Promise<Course | null> {
  try {
    const answer = await fetch(bar.dataset.moments ?? "", { signal: AbortSignal.timeout(ANSWER_MS) });
    return answer.ok ? ((await answer.json()) as Course) : null;
  } catch {
    return null; // the links remain
  }
}

function start(parts: Parts, way: Course): void {
  const { bar, slider, play } = parts;
  const first = Date.parse(way.from);
  const end = Math.max(minuteOf(way, way.to), minuteOf(way, bar.dataset.at ?? way.to));
  const zone = isEventTimeShown() ? way.zone : ownZone();
  const locale = localeFor(document.documentElement.lang || "en", navigator.languages ?? []);
  let timer = 0;
  let asked: AbortController | null = null;
  let playing = false;

  const momentOf = (minute: number): string => new Date(first + minute * 60_000).toISOString().replace(".000Z", "Z");
  const here = (): number => Number(slider.value);

  function point(minute: number): void {
    slider.value = String(minute);
    const { day, clock, zone: name } = clockIn(first + minute * 60_000, zone, locale);
    slider.setAttribute("aria-valuetext", `${day}, ${clock} ${name}`);
    parts.earlier.setAttribute("aria-disabled", String(minute <= 0));
    parts.later.setAttribute("aria-disabled", String(minute >= end));
  }

  function goTo(minute: number): void {
    point(Math.min(end, Math.max(0, minute)));
    clearTimeout(timer);
    timer = window.setTimeout(() => void show(true), SETTLE_MS);
  }

  // False when the page did not come; what is shown stays then, and the slider goes back to it.
  async function show(tell: boolean): Promise<boolean> {
    asked?.abort();
    const mine = new AbortController();
    asked = mine;
    const address = `${bar.dataset.pages ?? ""}${momentOf(here())}`;
    bar.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: AbortSignal.any([mine.signal, AbortSignal.timeout(ANSWER_MS)]) });
      if (!answer.ok) throw new Error(`${answer.status}`);
      putPage(new DOMParser().parseFromString(await answer.text(), "text/html"));
      history.replaceState(null, "", address);
    } catch {
      if (mine.signal.aborted) return false; // a later question took its place
      point(minuteOf(way, bar.dataset.at ?? way.from));
      say(bar.dataset.lost ?? "", true);
      return false;
    } finally {
      if (asked === mine) bar.removeAttribute("aria-busy");
    }
    say(tell ? (bar.querySelector(".then-note > span")?.textContent ?? "") : "");
    return true;
  }

  // To listeners; what went wrong to everybody.
  function say(words: string, aloud = false): void {
    parts.told.classList.toggle("for-listeners", !aloud);
    parts.told.textContent = words;
  }

  function stop(): void {
    playing = false;
    clearTimeout(timer);
    play.textContent = play.dataset.play ?? "";
    bar.removeAttribute("data-playing");
  }

  // From one moment in which something changed to the next, as far apart as they were, at the chosen speed.
  function playOn(): void {
    const following = next(way.minutes, here());
    if (following === undefined || following > end) return stop();
    const speed = Number(parts.speed.value);
    const apart = ((following - here()) * 60_000) / speed;
    const wait = speed > 1 ? Math.min(Math.max(apart, WAIT_MIN_MS), WAIT_MAX_MS) : apart;
    timer = window.setTimeout(() => {
      point(following);
      void show(false).then((came) => {
        if (!playing) return;
        if (came) playOn();
        else stop();
      });
    }, wait);
  }

  async function playOrStop(): Promise<void> {
    if (playing) return stop();
    playing = true;
    play.textContent = play.dataset.stop ?? "";
    bar.dataset.playing = "";
    say("");
    if (next(way.minutes, here()) === undefined) {
      point(way.minutes[0] ?? 0);
      if (!(await show(false))) return stop();
    }
    if (playing) playOn();
  }

  const byHand = (minute: number | undefined): void => {
    stop();
    if (minute !== undefined) goTo(minute);
  };

  slider.addEventListener("input", () => byHand(here()));
  slider.addEventListener("keydown", (event) => {
    const back = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const on = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const ways: Record<string, () => number> = {
      [back]: () => previous(way.minutes, here()) ?? 0,
      [on]: () => next(way.minutes, here()) ?? end,
      ArrowDown: () => previous(way.minutes, here()) ?? 0,
      ArrowUp: () => next(way.minutes, here()) ?? end,
      PageDown: () => previous(way.key_events, here()) ?? 0,
      PageUp: () => next(way.key_events, here()) ?? end,
    };
    const go = ways[event.key];
    if (!go || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    byHand(go());
  });
  parts.earlier.addEventListener("click", () => byHand(previous(way.minutes, here()) ?? 0));
  parts.later.addEventListener("click", () => byHand(next(way.minutes, here()) ?? end));
  play.addEventListener("click", () => void playOrStop());
  parts.speed.addEventListener("change", () => {
    if (!playing) return;
    clearTimeout(timer);
    playOn();
  });
  bar.addEventListener("click", (event) => {
    // A link to another time stays on this page; with a modifier it opens as any link.
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-moment]");
    if (!link || event.button !== 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    byHand(minuteOf(way, link.dataset.moment ?? way.from));
  });

  slider.max = String(end);
  point(minuteOf(way, bar.dataset.at ?? way.to));
  draw(parts.marks, way, end);
  play.dataset.play = play.textContent ?? "";
  parts.controls.hidden = false;
  bar.dataset.ready = "";
}

// As chosen over the posts (reader/status.ts).
function isEventTimeShown(): boolean {
  try {
    return localStorage.getItem("stoppress.zone") === "event";
  } catch {
    return false;
  }
}

// How much happened when, in bars, with the key events above them. Numbers for the eye alone: the slider says the rest.
function draw(marks: HTMLElement, way: Course, end: number): void {
  const bars = barsOf(way.minutes, end, BARS);
  const most = Math.max(1, ...bars);
  const drawn = bars.map((count) => {
    const bar = document.createElement("i");
    bar.style.blockSize = count === 0 ? "0" : `${Math.round(20 + (80 * count) / most)}%`;
    return bar;
  });
  const events = way.key_events.map((minute) => {
    const mark = document.createElement("b");
    mark.style.insetInlineStart = `${end === 0 ? 0 : (100 * minute) / end}%`;
    return mark;
  });
  marks.replaceChildren(...drawn, ...events);
}

async function main(): Promise<void> {
  const parts = findParts();
  const way = parts && (await course(parts.bar));
  if (parts && way && way.minutes.length > 0) start(parts, way);
}

void main();
