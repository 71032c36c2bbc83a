// What the page says about itself: the bar above the posts, the counted button, the tab's title, and the two
// lines for listeners. It says how many posts came, never what is in them.

import { type Page, leafOf, statusOf } from "./page.ts";
import { keepPlace } from "./place.ts";
import { otherZone, ownZoneName, placeName, showZone, zoneShown } from "./times.ts";
import { words } from "./words.ts";

const SPEAK_EVERY_MS = 30_000; // often enough to know, seldom enough to read on
const ZONE_KEY = "stoppress.zone";

export interface Count {
  waiting: number; // posts on this page that are not shown yet
  elsewhere: number; // posts on the first page, when this is an older one
}

export type Connection = "open" | "polls" | "lost" | "ended";

export interface Status {
  isPaused(): boolean;
  lastPressWasByKey(): boolean;
  showCount(count: Count): void;
  showConnection(state: Connection): void;
  announceNew(posts: number): void;
  announce(text: string): void;
  alertCorrection(post: HTMLElement): void;
  headlineChanged(): void;
  titleChanged(title: string): void;
  statusChanged(): void;
}

export interface Presses {
  show(): void;
  resumed(): void;
}

export function titleWith(count: number, title: string): string {
  return count > 0 ? `(${count}) ${title}` : title;
}

// Says at most one thing in each `every` milliseconds; what comes between is added up and said at its end.
export function makeSpeaker(
  say: (posts: number) => void,
  every = SPEAK_EVERY_MS,
  clock: { now: () => number; later: (run: () => void, ms: number) => void } = {
    now: () => performance.now(),
    later: (run, ms) => void setTimeout(run, ms),
  },
): (posts: number) => void {
  let [unsaid, nextAt, waiting] = [0, Number.NEGATIVE_INFINITY, false];
  const speak = (): void => {
    waiting = false;
    if (unsaid === 0) return;
    say(unsaid);
    unsaid = 0;
    nextAt = clock.now() + every;
  };
  return (posts) => {
    unsaid += posts;
    if (unsaid === 0 || waiting) return;
    const rest = nextAt - clock.now();
    if (rest <= 0) return speak();
    waiting = true;
    clock.later(speak, rest);
  };
}

export function makeStatus(page: Page, presses: Presses): Status {
  const bar = makeBar(page);
  const line = page.main.querySelector<HTMLElement>("#live-status");
  let title = document.title;
  let headline = headlineOf(page);
  let counted = 0;
  let byKey = false;
  let paused = false;
  let connection: Connection = "open";

  const announce = (text: string): void => {
    if (line) line.textContent = text;
  };
  const speak = makeSpeaker((posts) => announce(words.newPosts(posts)));
  const retitle = (): void => {
    document.title = titleWith(counted, title);
  };

  const describe = (state: Connection): void => {
    connection = state;
    const said = paused && (state === "open" || state === "polls") ? "paused" : state;
    bar.note.dataset.state = said;
    bar.note.textContent = words[said];
    bar.note.hidden = !follows(page);
    bar.pause.hidden = !follows(page) || state === "ended";
  };
  describe(statusOf(page) === "closed" ? "ended" : "open");

  bar.show.addEventListener("click", (event) => {
    byKey = event.detail === 0;
    presses.show();
  });
  bar.pause.addEventListener("click", () => {
    paused = !paused;
    page.main.toggleAttribute("data-paused", paused);
    bar.pause.textContent = paused ? words.resume : words.pause;
    describe(connection);
    if (!paused) presses.resumed();
  });

  return {
    isPaused: () => paused,
    lastPressWasByKey: () => byKey,
    announce,
    announceNew: (posts) => speak(posts),
    showCount(count) {
      counted = count.waiting + count.elsewhere;
      bar.show.hidden = count.waiting === 0;
      bar.show.textContent = words.newPosts(count.waiting);
      bar.leave.hidden = count.elsewhere === 0;
      bar.leave.textContent = words.newPostsElsewhere(count.elsewhere);
      retitle();
    },
    showConnection(state) {
      if (state !== connection || bar.note.hidden === follows(page)) keepPlace(page, () => describe(state));
    },
    alertCorrection(post) {
      bar.alert.textContent = words.corrected(post.querySelector("h2")?.textContent ?? "");
    },
    headlineChanged() {
      const changed = headlineOf(page);
      title = title.replace(headline, () => changed);
      headline = changed;
      retitle();
    },
    titleChanged(changed) {
      title = changed;
      headline = headlineOf(page);
      retitle();
    },
    statusChanged() {
      if (statusOf(page) === "closed") announce(words.ended);
    },
  };
}

function headlineOf(page: Page): string {
  return page.main.querySelector("h1")?.textContent ?? "";
}

interface Bar {
  note: HTMLElement;
  pause: HTMLButtonElement;
  show: HTMLButtonElement;
  leave: HTMLAnchorElement;
  alert: HTMLElement;
}

function makeBar(page: Page): Bar {
  const root = page.main.querySelector<HTMLElement>("#live-bar");
  const bar: Bar = {
    note: make("p", "note"),
    pause: make("button", "pause"),
    show: make("button", "new-posts"),
    leave: make("a", "new-posts"),
    alert: make("p", "for-listeners"),
  };
  bar.pause.type = "button";
  bar.pause.textContent = words.pause;
  bar.show.type = "button";
  bar.show.hidden = true;
  bar.leave.href = `/live/${page.slug}`;
  bar.leave.hidden = true;
  bar.alert.setAttribute("role", "alert");
  root?.append(bar.note, bar.pause, ...zoneChoice(page), bar.show, bar.leave, bar.alert);
  return bar;
}

// Whether new posts come to this page: the first one, unless it shows a past time.
function follows(page: Page): boolean {
  return leafOf(page) === 0 && !("frozen" in page.main.dataset);
}

// Whose clock the times follow; nothing to choose when both show the same.
function zoneChoice(page: Page): HTMLElement[] {
  const zone = otherZone(page.main);
  if (!zone) return [];
  const [note, button] = [make("p", "note zone-note"), make("button", "zone-choice")];
  button.type = "button";
  const describe = (): void => {
    const mine = zoneShown() === "mine";
    note.textContent = words.timesIn(mine ? ownZoneName() : placeName(zone));
    button.textContent = mine ? words.showEventTimes(placeName(zone)) : words.showMyTimes;
  };
  button.addEventListener("click", () => {
    showZone(zoneShown() === "mine" ? "event" : "mine", document);
    keep(ZONE_KEY, zoneShown());
    describe();
  });
  if (kept(ZONE_KEY) === "event") showZone("event", document);
  describe();
  return [note, button];
}

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, name: string): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

// Storage may be refused; then the choice lasts as long as the page.
function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
