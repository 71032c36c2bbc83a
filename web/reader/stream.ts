// Following a live blog: a stream, a poll when there is none, and coming back after sleep. One way at a time.

import type { Connection } from "./status.ts";
import { type Answer, type Change, KINDS } from "./changes.ts";

export const FIRST_RETRY_MS = 1_000;
export const GROWTH = 1.5;
export const LONGEST_MS = 30_000; // between tries while the reader looks
export const LONGEST_HIDDEN_MS = 300_000; // and while the tab is hidden
const POLL_MS = 10_000; // as words.polls says
export const ANSWER_MS = 20_000; // an answer this late will not come
const STREAM_FAILURES_MAX = 3; // then polls, and now and then another try
const STREAM_AGAIN_MS = 120_000;
const SILENCE_MS = 300_000; // a stream this silent is checked by one poll: it may be dead and not know
const TICK_MS = 30_000;
const ASLEEP_MS = 3 * TICK_MS; // a tick this late means that the device slept
const CLOSED_GRACE_MS = 60_000; // after the end, for what follows it: the last head, a correction
const CLOSED_POLL_MS = 300_000; // later corrections and withdrawals still reach an open page

export interface Follower {
  slug: string;
  seq(): number;
  isClosed(): boolean;
  take(changes: readonly Change[]): boolean; // false: the page must be fetched afresh
  refresh(): Promise<boolean>; // false: not reachable now
  show(state: Connection): void;
}

// How long to wait before try number `failures`, spread so that readers do not come back in one instant.
export function delay(failures: number, hidden: boolean, chance: number, first = FIRST_RETRY_MS): number {
  const longest = hidden ? LONGEST_HIDDEN_MS : Math.max(LONGEST_MS, first);
  return Math.min(first * GROWTH ** Math.max(failures - 1, 0), longest) * (0.5 + chance);
}

// Milliseconds asked for by a Retry-After header: seconds or a date. Source: RFC 9110 section 10.2.3.
export function retryAfter(header: string | null, now: number): number {
  if (!header) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(ms, 0) : 0;
}

type Polled = { way: "answered"; some: boolean } | { way: "failed"; waitMs: number } | { way: "refused" };

export function follow(follower: Follower): void {
  const hasStreams = "EventSource" in window;
  let source: EventSource | null = null;
  let timer = 0;
  let failures = 0; // in a row, of whatever was tried last
  let streamFailures = 0;
  let streamAgainAt = 0;
  let lost = false; // the page must be fetched afresh before anything else
  let wanted = 0; // and must know of this number: an older one is a cache's, and would be lost again at once
  let polls = 0;
  let heardAt = Date.now();
  let tickedAt = Date.now();
  let busy = false;
  let again = false; // something became due while another thing was under way

  const hidden = (): boolean => document.visibilityState === "hidden";
  const next = (ms: number): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void go(), ms);
  };
  const drop = (): void => {
    source?.close();
    source = null;
  };

  function took(changes: readonly Change[]): void {
    heardAt = Date.now();
    const wasClosed = follower.isClosed();
    if (!follower.take(changes)) {
      lost = true;
      wanted = Math.max(...changes.map((change) => change.seq));
      drop();
      next(0);
    } else if (follower.isClosed() && !wasClosed) next(CLOSED_GRACE_MS);
    else if (!follower.isClosed() && wasClosed) next(0);
  }

  // Do what is due: fetch afresh, or open the stream, or ask once.
  async function go(): Promise<void> {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      if (lost && !(await mend())) return;
      if (follower.isClosed()) await watchClosed();
      else if (source) await check();
      else if (hasStreams && Date.now() >= streamAgainAt) open();
      else await poll();
    } finally {
      busy = false;
      if (again) next(0);
      again = false;
    }
  }

  async function mend(): Promise<boolean> {
    if (!(await follower.refresh()) || follower.seq() < wanted) {
      failed(0);
      return false;
    }
    lost = false;
    failures = wanted = 0;
    return true;
  }

  function open(): void {
    clearTimeout(timer);
    const opened = new EventSource(`/live/${follower.slug}/events?after=${follower.seq()}`);
    source = opened;
    opened.addEventListener("open", () => {
      clearTimeout(timer);
      heardAt = Date.now();
      streamFailures = failures = 0;
      follower.show("open");
    });
    for (const kind of KINDS) {
      opened.addEventListener(kind, (event: MessageEvent<string>) => {
        if (source === opened) took([{ ...JSON.parse(event.data), kind }]);
      });
    }
    opened.addEventListener("error", () => {
      if (source === opened) broken();
    });
  }

  function broken(): void {
    const refused = source?.readyState === EventSource.CLOSED;
    // A server that stops spreads its readers by telling each when to come back: the browser heard, we did not.
    if (!refused && !failures) {
      failures = 1;
      return next(LONGEST_MS);
    }
    // After that it would try at one pace; we know better.
    drop();
    streamFailures += 1;
    // A server that answers but gives no stream says in its answer to a poll how long to wait.
    if (refused || streamFailures >= STREAM_FAILURES_MAX) {
      streamAgainAt = Date.now() + STREAM_AGAIN_MS * (0.5 + Math.random());
    }
    failed(0);
  }

  function failed(waitMs: number): void {
    failures += 1;
    if (failures > 1) follower.show("lost");
    // Everybody was told to wait about as long: nobody comes sooner, and not all in one instant.
    next(Math.max(waitMs * (1 + Math.random()), delay(failures, hidden(), Math.random())));
  }

  async function poll(): Promise<void> {
    const polled = await ask();
    if (polled.way === "failed") return failed(polled.waitMs);
    if (polled.way === "refused") {
      lost = true;
      return next(delay(1, hidden(), Math.random()));
    }
    failures = 0;
    follower.show("polls");
    polls = polled.some ? 0 : polls + 1;
    if (!lost) next(delay(hidden() ? polls : 1, hidden(), Math.random(), POLL_MS));
  }

  async function ask(): Promise<Polled> {
    try {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const answer = await fetch(`/live/${follower.slug}/changes?after=${follower.seq()}`, { signal });
      if (answer.status === 429 || answer.status >= 500) {
        return { way: "failed", waitMs: retryAfter(answer.headers.get("Retry-After"), Date.now()) };
      }
      if (!answer.ok) return { way: "refused" };
      const { changes }: Answer = await answer.json();
      if (changes.length > 0) took(changes);
      heardAt = Date.now();
      return { way: "answered", some: changes.length > 0 };
    } catch {
      return { way: "failed", waitMs: 0 };
    }
  }

  // A silent stream: if a poll finds what the stream did not bring, the stream is dead.
  async function check(): Promise<void> {
    const polled = await ask();
    if (polled.way === "answered" && !polled.some) return;
    drop();
    next(0);
  }

  async function watchClosed(): Promise<void> {
    drop();
    follower.show("ended");
    if (!hidden()) await ask();
    if (!lost) next(CLOSED_POLL_MS * (0.5 + Math.random()));
  }

  // The reader is back: whatever was planned for later is due now.
  function wake(): void {
    drop();
    failures = streamFailures = polls = streamAgainAt = 0;
    next(0);
  }

  function tick(): void {
    const slept = Date.now() - tickedAt > ASLEEP_MS && !hidden();
    tickedAt = Date.now();
    if (slept) wake();
    else if (source && !hidden() && Date.now() - heardAt > SILENCE_MS) void go();
  }

  let hiddenAt = 0;
  document.addEventListener("visibilitychange", () => {
    if (hidden()) hiddenAt = Date.now();
    else if (source?.readyState !== EventSource.OPEN || Date.now() - hiddenAt > ASLEEP_MS) wake();
  });
  window.addEventListener("online", wake);
  // A page with an open stream is not kept for the way back; a page kept must catch up.
  window.addEventListener("pagehide", drop);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) wake();
  });
  setInterval(tick, TICK_MS);
  if (follower.isClosed()) {
    follower.show("ended");
    next(CLOSED_POLL_MS * Math.random());
  } else next(0);
}
