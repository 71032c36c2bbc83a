import assert from "node:assert/strict";
import { test } from "node:test";
import { age, clockIn, commaIn, localeFor, placeName, sameClock } from "./times.ts";

const at = Date.parse("2026-11-22T18:05:00Z");
const minutes = (count: number): number => at + count * 60_000;

test("row 16: an age is told in minutes, then hours, then not at all", () => {
  assert.equal(age(at, at), "now");
  assert.equal(age(at, minutes(1) - 1), "now");
  assert.equal(age(at, minutes(1)), "1 min ago");
  assert.equal(age(at, minutes(59)), "59 min ago");
  assert.equal(age(at, minutes(60)), "1 h ago");
  assert.equal(age(at, minutes(12 * 60) - 1), "11 h ago");
  assert.equal(age(at, minutes(12 * 60)), "");
});

test("a post from the future, by a slow clock, is of now", () => {
  assert.equal(age(at, minutes(-3)), "now");
});

test("row 16: a clock has its zone and its day beside it", () => {
  assert.deepEqual(clockIn(at, "Europe/London", "en-GB"), { clock: "18:05", zone: "GMT", day: "22 November 2026" });
  const newYork = clockIn(at, "America/New_York", "en-US");
  assert.match(newYork.clock, /^1:05\sPM$/);
  assert.equal(newYork.zone, "EST");
  assert.equal(newYork.day, "November 22, 2026");
});

test("a day and a time are parted as the server parts them", () => {
  assert.equal(commaIn("ar-u-nu-latn"), "،");
  assert.equal(commaIn("ar-EG-u-nu-latn"), "،");
  assert.equal(commaIn("arn"), ",");
  assert.equal(commaIn("en-GB"), ",");
});

test("the day is the day there", () => {
  assert.equal(clockIn(at, "Pacific/Auckland", "en-GB").day, "23 November 2026");
});

test("zones with one clock are one zone to a reader, as long as it is so", () => {
  assert.ok(sameClock(at, "Europe/Amsterdam", "Europe/Berlin"));
  assert.ok(sameClock(at, "Europe/London", "UTC"));
  assert.ok(!sameClock(Date.parse("2026-07-01T12:00:00Z"), "Europe/London", "UTC"));
  assert.ok(!sameClock(at, "Europe/Kyiv", "UTC"));
});

test("times are written the reader's way when it is the page's language", () => {
  assert.equal(localeFor("en", ["de-DE", "en-US"]), "en-US");
  assert.equal(localeFor("en", ["de-DE"]), "en-GB");
  assert.equal(localeFor("fr", ["fr-CA"]), "fr-CA");
  assert.equal(localeFor("ar", ["ar-EG", "en"]), "ar-EG-u-nu-latn"); // the digits of the page
  assert.equal(localeFor("ar-EG", ["ar-EG"]), "ar-EG");
  assert.equal(localeFor("fr", ["de-DE"]), "fr");
  assert.equal(localeFor("pt-BR", ["pt-PT"]), "pt-PT");
});

test("a zone is called by its place", () => {
  assert.equal(placeName("Europe/Kyiv"), "Kyiv");
  assert.equal(placeName("America/Argentina/Buenos_Aires"), "Buenos Aires");
  assert.equal(placeName("UTC"), "UTC");
  assert.equal(placeName("Etc/GMT-3"), "UTC+3"); // three hours east
  assert.equal(placeName("Etc/GMT+11"), "UTC-11");
});
