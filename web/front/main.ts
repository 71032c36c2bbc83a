// The front page keeps itself what a fresh load would show: it asks for itself again now and then, and puts in what
// differs, card by card. The answer comes from the server's memory, and is 304 without a body while nothing changed.

import { refreshAges, showTimes } from "../reader/times.ts";
import { type Cards, makeCards } from "./cards.ts";

const EVERY_MS = 20_000;
const JITTER = 0.3; // of it, either way: readers who came together do not ask together
const LONGEST_MS = 300_000; // between two questions while nothing answers
const AGES_EVERY_MS = 60_000;

const main = document.querySelector<HTMLElement>("main#front");
let timer = 0;
let failures = 0;
let asking = false;

async function look(main: HTMLElement, cards: Cards): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch("/", { cache: "no-cache", headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    failures = 0;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    take(fresh, cards);
    main.dataset.looked = String(Number(main.dataset.looked ?? 0) + 1); // for whoever watches
  } catch {
    failures += 1; // offline, or a server that rests: later, and ever more rarely
  } finally {
    asking = false;
    plan(main, cards);
  }
}

function take(fresh: Document, cards: Cards): void {
  const came = fresh.querySelector<HTMLElement>("main#front");
  if (!came) return;
  if (sheet(fresh) !== sheet(document)) return location.reload(); // a newer version came: its cards need its style
  if (document.title !== fresh.title) document.title = fresh.title;
  cards.take(came);
}

function sheet(page: Document): string | null {
  return page.querySelector('link[rel="stylesheet"]')?.getAttribute("href") ?? null;
}

function plan(main: HTMLElement, cards: Cards): void {
  clearTimeout(timer);
  if (document.visibilityState !== "visible") return; // looked at again, it asks at once
  const wait = Math.min(EVERY_MS * 2 ** failures, LONGEST_MS);
  timer = window.setTimeout(() => void look(main, cards), wait * (1 + JITTER * (2 * Math.random() - 1)));
}

if (main) {
  const cards = makeCards(main, showTimes);
  showTimes(document);
  plan(main, cards);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void look(main, cards);
    else clearTimeout(timer);
  });
  window.addEventListener("online", () => void look(main, cards));
}
setInterval(() => document.visibilityState === "visible" && refreshAges(document), AGES_EVERY_MS);
