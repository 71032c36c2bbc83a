// "Since you left": what a reader who returns wants to know before reading on, and the way back to the post they were
// at. It lies over the foot of the window, so nothing that is being read moves; it stays until it is closed.

import type { Since } from "./changes.ts";
import { type Page, feedOf, heldOf, leafOf, postById, postsOf, seqOf } from "./page.ts";
import { type Seen, type Told, joined, marks, recall, remember, sumUp } from "./seen.ts";
import { clockIn, localeFor, ownZone } from "./times.ts";
import { words } from "./words-later.ts";

const AWAY_MS = 10 * 60_000; // who comes back sooner has not left
const LISTED = 4; // of each kind; the page itself has them all

export function rememberAndTell(page: Page): void {
  if (Number.isNaN(leafOf(page)) || "frozen" in page.main.dataset || "embed" in page.main.dataset) return;
  let before = recall(page.slug);
  let panel: HTMLElement | null = null;
  let known = before?.seq ?? 0; // shown or told up to here
  const loaded = seqOf(page);
  const onScreen = watchPosts(page);

  // What came to the first page while another was open, or waits to be shown, is not known yet.
  const learn = (): void => {
    if (panel || (leafOf(page) === 0 && heldOf(page).length > 0)) return;
    known = Math.max(known, leafOf(page) === 0 ? seqOf(page) : loaded);
  };

  const leave = (): void => {
    if (asking) return;
    learn();
    const posts = joined(recall(page.slug)?.posts ?? {}, onScreen());
    // While the news is not put away, the reader has not been told, and is where they were.
    const told = panel ? before : null;
    before = { at: told?.at ?? Date.now(), seq: known, place: told ? told.place : placeNow(page), posts };
    remember(page.slug, before);
  };

  let asking = false;
  const come = async (): Promise<void> => {
    if (panel || asking || !before || Date.now() - before.at < AWAY_MS) return learn();
    asking = true;
    const told = await ask(page, before);
    asking = false;
    if (told) {
      panel = show(page, before, told, () => {
        panel = null;
        known = Math.max(known, seqOf(page));
      });
    } else if (told === null) learn();
  };

  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : void come()));
  window.addEventListener("pagehide", leave);
  for (const name of ["applied", "revealed"]) document.addEventListener(`stoppress:${name}`, learn);
  void come();
}

// Null: nothing to tell. Undefined: the server was not reached, so it is still to be told next time.
async function ask(page: Page, before: Seen): Promise<Told | null | undefined> {
  try {
    const answer = await fetch(`/live/${page.slug}/since?after=${before.seq}`);
    return answer.ok ? sumUp(before, (await answer.json()) as Since) : null;
  } catch {
    return undefined;
  }
}

// Which posts were on the screen, with their marks as they are by then.
function watchPosts(page: Page): () => Seen["posts"] {
  const ids = new Set<string>();
  const watched = new WeakSet<Element>();
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting && document.visibilityState === "visible") ids.add((target as HTMLElement).dataset.post ?? "");
    }
  });
  const watch = (): void => {
    for (const post of postsOf(page)) if (!watched.has(post)) observer.observe(post);
    for (const post of postsOf(page)) watched.add(post);
  };
  watch();
  document.addEventListener("stoppress:applied", watch);
  const now = (id: string): [string, number][] => {
    const post = postById(page, id);
    return post ? [[id, marks(post.querySelectorAll(".correction").length, post.matches(".key-event"))]] : [];
  };
  return () => Object.fromEntries([...ids].flatMap(now));
}

// The post that is being read: the first whose words are still in the window.
function placeNow(page: Page): string | null {
  const shown = postsOf(page).filter((post) => !post.hidden);
  return (shown.find((post) => post.getBoundingClientRect().bottom > window.innerHeight / 4) ?? shown[0])?.dataset.post ?? null;
}

// --- the panel ------------------------------------------------------------------------------------------

function show(page: Page, before: Seen, told: Told, closed: () => void): HTMLElement {
  const panel = make("section", "since");
  panel.setAttribute("aria-labelledby", "since-heading");
  const heading = make("h2", "", words.sinceYouLeft);
  heading.id = "since-heading";
  const close = make("button", "since-close", words.close);
  close.type = "button";
  panel.append(heading, close, when(before.at), make("p", "since-count", words.sinceCount(counts(told))));
  panel.append(...lists(page, told));
  if (before.place) panel.append(wayBack(page, before.place));
  const end = (): void => {
    const held = panel.contains(document.activeElement);
    panel.remove();
    if (held) feedOf(page).focus({ preventScroll: true });
    closed();
  };
  close.addEventListener("click", end);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && end());
  panel.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const post = postById(page, link.dataset.post ?? "");
    end();
    if (!post || post.hidden) return; // on another page, or not shown yet: the link leads there
    event.preventDefault();
    post.scrollIntoView({ block: "start" });
    post.focus({ preventScroll: true });
  });
  page.main.before(panel);
  const line = page.main.querySelector("#live-status");
  if (line) line.textContent = `${words.sinceYouLeft}: ${words.sinceCount(counts(told))}`;
  return panel;
}

function counts(told: Told): Parameters<typeof words.sinceCount>[0] {
  const { posts, keyEvents, corrected, withdrawn } = told;
  return { posts, keyEvents: keyEvents.length, corrected: corrected.length, withdrawn: withdrawn.length };
}

function lists(page: Page, told: Told): HTMLElement[] {
  const found: HTMLElement[] = [];
  const list = (name: string, items: { id: string; title: string; at?: string }[]): void => {
    if (items.length === 0) return;
    const rows = make("ul", "");
    for (const { id, title, at } of items.slice(0, LISTED)) {
      const item = make("li", "");
      item.append(link(page, id, title));
      if (at) item.firstElementChild?.prepend(briefly(at), " ");
      rows.append(item);
    }
    found.push(make("h3", "label", name), rows);
  };
  list(words.keyEvents, told.keyEvents);
  list(words.correctedSince, told.corrected);
  list(words.withdrawnSince, told.withdrawn.map(({ id }) => ({ id, title: words.withdrawnPost })));
  return found;
}

function wayBack(page: Page, post: string): HTMLElement {
  const back = link(page, post, words.whereIWas);
  back.className = "since-back";
  return back;
}

function link(page: Page, post: string, text: string): HTMLAnchorElement {
  const element = make("a", "", text);
  element.href = `/live/${page.slug}?from=${post}#post-${post}`;
  element.dataset.post = post;
  return element;
}

const locale = (): string => localeFor(document.documentElement.lang || "en", navigator.languages);

function when(at: number): HTMLElement {
  const { day, clock, zone } = clockIn(at, ownZone(), locale());
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const time = make("time", "", `${isToday ? "" : `${day}, `}${clock} ${zone}`);
  time.dateTime = new Date(at).toISOString();
  return time;
}

// In the zone that the panel's head names.
function briefly(at: string): HTMLElement {
  const form = new Intl.DateTimeFormat(locale(), { weekday: "short", hour: "numeric", minute: "2-digit" });
  const time = make("time", "", form.format(Date.parse(at)));
  time.dateTime = at;
  return time;
}

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, name: string, text = ""): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}
