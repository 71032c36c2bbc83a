import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceWords, localOf, momentOf, scheduleWords } from "./words.ts";

test("a wall clock becomes the moment at which that zone shows it", () => {
  assert.equal(momentOf("2026-11-22T18:30", "Europe/Kyiv")?.toISOString(), "2026-11-22T16:30:00.000Z");
  assert.equal(momentOf("2026-07-01T09:05", "America/St_Johns")?.toISOString(), "2026-07-01T11:35:00.000Z");
});

test("an hour that clocks skip is no moment", () => {
  assert.equal(momentOf("2026-03-29T02:30", "Europe/Vienna"), null);
});

test("an hour that comes twice is the first of the two", () => {
  assert.equal(momentOf("2026-10-25T02:30", "Europe/Vienna")?.toISOString(), "2026-10-25T00:30:00.000Z");
});

test("no date is no moment", () => {
  assert.equal(momentOf("", "UTC"), null);
});

test("a moment goes into the field and comes back", () => {
  const moment = new Date("2026-11-22T16:30:00Z");
  assert.equal(localOf(moment, "Asia/Kathmandu"), "2026-11-22T22:15");
  assert.equal(momentOf("2026-11-22T22:15", "Asia/Kathmandu")?.getTime(), moment.getTime());
});

test("the words name both zones when their clocks differ", () => {
  const now = new Date("2026-11-22T14:50:00Z");
  const moment = new Date("2026-11-22T16:30:00Z");
  assert.equal(
    scheduleWords(moment, "Europe/Kyiv", "Europe/Vienna", now),
    "Goes out today at 18:30 in Kyiv, which is 17:30 where you are (Vienna): in 1 hour 40 minutes.",
  );
  assert.equal(scheduleWords(moment, "Europe/Kyiv", "Europe/Helsinki", now), "Goes out today at 18:30 in Kyiv: in 1 hour 40 minutes.");
});

test("the words name the reporter's day when it is another", () => {
  const now = new Date("2026-11-22T20:00:00Z");
  const moment = new Date("2026-11-22T23:30:00Z");
  assert.equal(
    scheduleWords(moment, "Asia/Tokyo", "Europe/London", now),
    "Goes out today at 08:30 in Tokyo, which is 23:30 where you are (London): in 3 hours 30 minutes.",
  );
  assert.equal(
    scheduleWords(new Date("2026-11-23T16:00:00Z"), "Asia/Tokyo", "Europe/London", now),
    "Goes out tomorrow at 01:00 in Tokyo, which is 16:00 where you are (London): in 20 hours.",
  );
});

test("a moment that has passed is refused in words", () => {
  const now = new Date("2026-11-22T20:00:00Z");
  assert.match(scheduleWords(new Date("2026-11-22T19:00:00Z"), "UTC", "UTC", now), /has passed/);
});

test("distances", () => {
  assert.equal(distanceWords(0.5), "in less than a minute");
  assert.equal(distanceWords(1), "in 1 minute");
  assert.equal(distanceWords(1500), "in 1 day 1 hour");
});
