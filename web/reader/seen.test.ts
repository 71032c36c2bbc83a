import assert from "node:assert/strict";
import { test } from "node:test";
import type { Since } from "./changes.ts";
import { FORGOTTEN_MS, MOST_BLOGS, MOST_POSTS, type Seen, forgettable, joined, marks, parsed, sumUp } from "./seen.ts";

const NOW = Date.parse("2026-11-22T18:05:00Z");
const SEEN: Seen = { at: NOW, seq: 9, place: "a", posts: { a: marks(0, false), b: marks(1, true) } };
const NOTHING: Since = { seq: 9, known: true, posts: 0, key_events: [], corrected: [], withdrawn: [] };
const event = (id: string, isNew: boolean): Since["key_events"][number] => ({ id, title: id, at: "2026-11-22T18:00:00Z", new: isNew });

test("nothing new is not told, and nothing of a number that the server does not know", () => {
  assert.equal(sumUp(SEEN, NOTHING), null);
  assert.equal(sumUp(SEEN, { ...NOTHING, posts: 3, known: false }), null);
});

test("only corrections of posts that were on the screen are told, and only those made since", () => {
  const corrected = [
    { id: "a", title: "A", corrections: 1 },
    { id: "b", title: "B", corrections: 1 }, // had it already
    { id: "c", title: "C", corrections: 4 }, // never seen
  ];
  const told = sumUp(SEEN, { ...NOTHING, corrected, withdrawn: [{ id: "b" }, { id: "c" }] });
  assert.deepEqual(told?.corrected.map(({ id }) => id), ["a"]);
  assert.deepEqual(told?.withdrawn, [{ id: "b" }]);
  assert.deepEqual(sumUp(SEEN, { ...NOTHING, corrected: [{ id: "b", title: "B", corrections: 2 }] })?.corrected.length, 1);
});

test("key events are told when they are new, or became one after they were seen", () => {
  const told = sumUp(SEEN, { ...NOTHING, key_events: [event("d", true), event("a", false), event("b", false), event("c", false)] });
  assert.deepEqual(told?.keyEvents.map(({ id }) => id), ["d", "a"]);
});

test("the posts seen last are kept, as they were seen last", () => {
  const many = Object.fromEntries(Array.from({ length: MOST_POSTS }, (_, index) => [`p${index}`, 0]));
  const kept = joined(many, { p0: 2, new: 0 });
  assert.equal(Object.keys(kept).length, MOST_POSTS);
  assert.deepEqual([kept["p0"], kept["new"], "p1" in kept], [2, 0, false]);
});

test("what is older than a month or no memory of ours is nothing", () => {
  assert.deepEqual(parsed(JSON.stringify(SEEN), NOW), SEEN);
  assert.equal(parsed(JSON.stringify(SEEN), NOW + FORGOTTEN_MS), null);
  for (const text of [null, "", "{", "null", "7", '"x"', "{}", '{"seq":"9","at":1,"posts":{}}']) assert.equal(parsed(text, NOW), null);
});

test("live blogs not visited for longest are forgotten, and everything that is too old", () => {
  const kept = new Map(Array.from({ length: MOST_BLOGS + 2 }, (_, index) => [`k${index}`, JSON.stringify({ ...SEEN, at: NOW - index })]));
  assert.deepEqual(forgettable(kept, NOW), [`k${MOST_BLOGS}`, `k${MOST_BLOGS + 1}`]);
  const old = JSON.stringify({ ...SEEN, at: NOW - FORGOTTEN_MS });
  assert.deepEqual(forgettable(new Map([["old", old], ["torn", "{"], ["new", JSON.stringify(SEEN)]]), NOW).toSorted(), ["old", "torn"]);
});
