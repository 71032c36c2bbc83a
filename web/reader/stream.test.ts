import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST_HIDDEN_MS, LONGEST_MS, delay, retryAfter } from "./stream.ts";

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
