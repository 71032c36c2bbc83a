import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceWords, dueWords, localOf, momentOf, momentsOf, offsetOf, ownWords, scheduleWords, zoneName } from "./words.ts";

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

test("an hour that clocks show twice is two moments, told apart by offset and name", () => {
  const [first, second] = momentsOf("2026-10-25T02:30", "Europe/Vienna");
  assert.ok(first && second);
  assert.deepEqual([first.toISOString(), second.toISOString()], ["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"]);
  assert.deepEqual([offsetOf(first, "Europe/Vienna"), offsetOf(second, "Europe/Vienna")], ["+02:00", "+01:00"]);
  assert.deepEqual([zoneName(first, "Europe/Vienna"), zoneName(second, "Europe/Vienna")], ["CEST", "CET"]);
  assert.equal(momentsOf("2026-04-05T01:45", "Australia/Lord_Howe").length, 2); // clocks go back by half an hour
  assert.equal(momentsOf("2026-03-29T02:30", "Europe/Vienna").length, 0);
  const now = new Date("2026-10-24T20:00:00Z");
  assert.match(scheduleWords(second, "Europe/Vienna", "Europe/Vienna", now), /tomorrow at 02:30 CET in Vienna/);
});

test("far from Greenwich, by half hours and on the other side of the date line", () => {
  const moment = new Date("2026-11-22T20:30:00Z");
  for (const [zone, local, offset] of [
    ["Pacific/Kiritimati", "2026-11-23T10:30", "+14:00"],
    ["Pacific/Pago_Pago", "2026-11-22T09:30", "-11:00"],
    ["Asia/Kathmandu", "2026-11-23T02:15", "+05:45"],
    ["America/St_Johns", "2026-11-22T17:00", "-03:30"],
    ["UTC", "2026-11-22T20:30", "+00:00"],
  ] as const) {
    assert.equal(localOf(moment, zone), local);
    assert.deepEqual(momentsOf(local, zone), [moment]);
    assert.equal(offsetOf(moment, zone), offset);
  }
  assert.equal(zoneName(moment, "Asia/Kathmandu"), "UTC+5:45");
  assert.equal(zoneName(moment, "Pacific/Kiritimati"), "UTC+14");
  assert.equal(zoneName(moment, "UTC"), "UTC");
});

test("the reporter's own time is left out only where it is the same", () => {
  const moment = new Date("2026-11-22T20:30:00Z");
  assert.equal(ownWords(moment, "Europe/Kyiv", "Europe/Helsinki"), "");
  assert.equal(ownWords(moment, "Europe/Kyiv", "Europe/Vienna"), "21:30 where you are (Vienna)");
  // The same clock, a day apart.
  assert.equal(ownWords(moment, "Pacific/Kiritimati", "Pacific/Honolulu"), "Sunday 10:30 where you are (Honolulu)");
});

test("a promise says when it is due and how late it is", () => {
  const due = new Date("2026-11-22T15:00:00Z");
  const at = (time: string): string => dueWords(due, "17:00 EET", new Date(`2026-11-22T${time}Z`));
  assert.equal(at("14:48:00"), "due 17:00 EET, in 12 min");
  assert.equal(at("12:48:00"), "due 17:00 EET, in 2 h 12 min");
  assert.equal(at("14:59:30"), "due 17:00 EET, in less than a minute");
  assert.equal(at("15:00:00"), "overdue: 17:00 EET, just now");
  assert.equal(at("15:03:10"), "overdue: 17:00 EET, 3 min ago");
  assert.equal(at("17:59:00"), "overdue: 17:00 EET, 2 h ago");
});
