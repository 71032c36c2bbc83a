import assert from "node:assert/strict";
import { test } from "node:test";
import { ageInWords } from "./kept.ts";

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

test("row 31: a copy's age is said in words, by its largest unit", () => {
  assert.equal(ageInWords(0, "en"), "1 minute ago");
  assert.equal(ageInWords(59 * MINUTE, "en"), "59 minutes ago");
  assert.equal(ageInWords(2 * HOUR + 59 * MINUTE, "en"), "2 hours ago");
  assert.equal(ageInWords(3 * DAY, "en"), "3 days ago");
  assert.equal(ageInWords(2 * HOUR, "de"), "vor 2 Stunden");
});
