import assert from "node:assert/strict";
import { test } from "node:test";
import { type Course, barsOf, minuteOf, next, previous } from "./course.ts";

const course: Course = {
  from: "2026-11-22T18:05:00Z",
  to: "2026-11-22T20:05:00Z",
  zone: "Europe/Kyiv",
  minutes: [0, 4, 9, 120],
  key_events: [9],
};

test("minutes count from the first", () => {
  assert.equal(minuteOf(course, "2026-11-22T18:14:00Z"), 9);
  assert.equal(minuteOf(course, "2026-11-22T20:14:00+02:00"), 9);
  assert.equal(minuteOf(course, "2026-11-22T17:00:00Z"), 0);
});

test("from one moment to the next and back", () => {
  assert.equal(next(course.minutes, 0), 4);
  assert.equal(next(course.minutes, 5), 9);
  assert.equal(next(course.minutes, 120), undefined);
  assert.equal(previous(course.minutes, 5), 4);
  assert.equal(previous(course.minutes, 0), undefined);
});

test("every moment is in one bar", () => {
  assert.deepEqual(barsOf(course.minutes, 120, 4), [3, 0, 0, 1]);
  assert.deepEqual(barsOf([0], 0, 3), [1, 0, 0]);
});
