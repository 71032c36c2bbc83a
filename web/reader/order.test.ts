import assert from "node:assert/strict";
import { test } from "node:test";
import { isAtOrBelow } from "./order.ts";

const edge = { at: "2026-11-22T18:05:00Z", id: "06b" };

test("older posts stand below", () => {
  assert.ok(isAtOrBelow({ at: "2026-11-22T18:04:59.999Z", id: "06z" }, edge));
  assert.ok(!isAtOrBelow({ at: "2026-11-22T18:05:00.001Z", id: "06a" }, edge));
});

test("of the same moment the lower id stands below", () => {
  assert.ok(isAtOrBelow({ at: "2026-11-22T18:05:00Z", id: "06a" }, edge));
  assert.ok(isAtOrBelow(edge, edge));
  assert.ok(!isAtOrBelow({ at: "2026-11-22T18:05:00Z", id: "06c" }, edge));
});

test("how a moment is written makes no difference", () => {
  assert.ok(isAtOrBelow({ at: "2026-11-22T18:05:00.000Z", id: "06b" }, edge));
});
