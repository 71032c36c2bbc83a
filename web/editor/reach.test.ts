import assert from "node:assert/strict";
import { test } from "node:test";
import { paceWords, readersWords } from "./reach.ts";

test("readers are counted in words", () => {
  assert.equal(readersWords(0), "0 readers now");
  assert.equal(readersWords(1), "1 reader now");
  assert.equal(readersWords(12345), "12,345 readers now");
});

test("the pace is told as finely as it matters", () => {
  assert.match(paceWords(0.0412), /within 0\.04 s/);
  assert.match(paceWords(2.34), /within 2\.3 s/);
});
