import assert from "node:assert/strict";
import { test } from "node:test";
import { paceWords } from "./reach.ts";

test("the pace is told as finely as it matters", () => {
  assert.match(paceWords(0.0412), /within 0\.04 s/);
  assert.match(paceWords(2.34), /within 2\.3 s/);
});
