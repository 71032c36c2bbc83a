// Talks to the worker that shows the last seen copy without a network (web/reader-worker): which page to keep, and
// which no longer. Where the browser has none (no https, or the reader forbids it), the page works as before.

import { PAGES, KEPT_AT, type Word } from "../reader-worker/rules.ts";
import { findPage, leafOf } from "./page.ts";
import { clockIn, localeFor, ownZone } from "./times.ts";

export function tellWorker(): void {
  if (!("serviceWorker" in navigator)) return;
  const workers = navigator.serviceWorker;
  void workers.register("/worker.js").then(
    async () => {
      // A page that came through the worker is kept already; one that was there before it is not.
      if (!workers.controller) say(await workers.ready, "keep");
    },
    () => undefined, // refused: without a copy, then
  );
  const page = findPage();
  if (!page || leafOf(page) !== 0) return;
  let changed = false;
  document.addEventListener("stoppress:applied", (event) => {
    changed = true;
    // What was replaced or withdrawn must not live on in the copy, even if the device dies now.
    if ((event as CustomEvent<{ replaced: boolean }>).detail.replaced) void workers.ready.then((one) => say(one, "drop"));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !changed) return;
    changed = false;
    void workers.ready.then((one) => say(one, "keep"));
  });
}

function say(registration: ServiceWorkerRegistration, kind: Word["kind"]): void {
  const word: Word = { kind, page: location.href.split("#", 1)[0] ?? "" };
  registration.active?.postMessage(word);
}

/** On the page that stands for one that is not kept: those that are. */
export async function listKeptPages(section: HTMLElement): Promise<void> {
  const cache = await caches.open(PAGES);
  const pages = await Promise.all((await cache.keys()).map(async ({ url }) => ({ url, answer: await cache.match(url, { ignoreVary: true }) })));
  for (const { url, answer } of pages.reverse()) {
    const at = answer?.headers.get(KEPT_AT);
    if (!answer || !at || !new URL(url).pathname.startsWith("/live/")) continue;
    const kept = new DOMParser().parseFromString(await answer.text(), "text/html");
    section.querySelector("ul")?.append(line(url, kept.querySelector("h1")?.textContent ?? url, Date.parse(at)));
    section.hidden = false;
  }
}

function line(url: string, headline: string, at: number): HTMLElement {
  const [item, link, time] = [document.createElement("li"), document.createElement("a"), document.createElement("time")];
  link.href = url;
  link.textContent = headline;
  time.dateTime = new Date(at).toISOString();
  const locale = localeFor(document.documentElement.lang || "en", navigator.languages);
  const { day, clock } = clockIn(at, ownZone(), locale);
  time.textContent = `${day}, ${clock}`;
  item.append(link, " ", time);
  return item;
}
