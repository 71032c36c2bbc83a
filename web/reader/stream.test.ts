import assert from "node:assert/strict";
import { test } from "node:test";
import { type Follower, LONGEST_HIDDEN_MS, LONGEST_MS, delay, follow, retryAfter } from "./stream.ts";

test("row 07: each failure waits half as long again, up to a bound", () => {
  assert.equal(delay(1, false, 0.5), 1_000);
  assert.equal(delay(2, false, 0.5), 1_500);
  assert.equal(delay(3, false, 0.5), 2_250);
  assert.equal(delay(50, false, 0.5), LONGEST_MS);
  assert.equal(delay(50, true, 0.5), LONGEST_HIDDEN_MS);
});

test("row 07: readers spread from half to one and a half of it", () => {
  assert.equal(delay(1, false, 0), 500);
  assert.equal(delay(1, false, 1), 1_500);
});

test("row 07: a hidden tab polls ever more seldom", () => {
  const polls = [1, 2, 3, 20].map((count) => delay(count, true, 0.5, 10_000));
  assert.deepEqual(polls, [10_000, 15_000, 22_500, LONGEST_HIDDEN_MS]);
});

test("row 07: Retry-After is seconds or a date; nonsense and the past are nothing", () => {
  const now = Date.parse("2026-11-22T18:05:00Z");
  assert.equal(retryAfter("120", now), 120_000);
  assert.equal(retryAfter(" 7 ", now), 7_000);
  assert.equal(retryAfter("Sun, 22 Nov 2026 18:06:00 GMT", now), 60_000);
  assert.equal(retryAfter("Sun, 22 Nov 2026 18:00:00 GMT", now), 0);
  assert.equal(retryAfter("soon", now), 0);
  assert.equal(retryAfter(null, now), 0);
});

test("row 07: a page fetched afresh that is as old as before is fetched ever more seldom", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const streams: Stream[] = [];
  class Stream extends EventTarget {
    static OPEN = 1;
    readyState = 1;
    constructor() {
      super();
      streams.push(this);
    }
    close(): void {
      this.readyState = 2;
    }
  }
  const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const browser = Object.assign(new EventTarget(), { EventSource: Stream, setTimeout });
  Object.assign(globalThis, { window: browser, document: page, EventSource: Stream });
  let [seq, loads] = [6, 0];
  const follower: Follower = {
    slug: "surge",
    seq: () => seq,
    isClosed: () => false,
    take: () => false,
    refresh: async () => Boolean(++loads),
    show: () => {},
  };
  const passed = async (ms: number): Promise<void> => {
    for (let at = 0; at < ms; at += 250) {
      context.mock.timers.tick(250);
      await new Promise(setImmediate);
    }
  };
  follow(follower);
  await passed(250);
  streams[0]?.dispatchEvent(new MessageEvent("reload", { data: '{"seq":285,"why":"More was missed."}' }));
  await passed(60_000);
  assert.ok(loads >= 3 && loads <= 20, `${loads} loads in a minute`);
  assert.equal(streams.length, 1);
  seq = 285; // the cache has let go of its copy
  await passed(60_000);
  assert.equal(streams.length, 2);
});
