import assert from "node:assert/strict";
import { test } from "node:test";
import { fitDocument, fitText, linesOf } from "./paste.ts";

test("tabs and line ends become blanks, controls and direction marks go", () => {
  assert.equal(fitText("a\tb\nc\u2028d"), "a b c d");
  assert.equal(fitText("safe\u202etxt.exe\u0007"), "safetxt.exe");
  assert.equal(fitText("ok 🙂 \u05e9\u05dc\u05d5\u05dd"), "ok 🙂 \u05e9\u05dc\u05d5\u05dd");
});

test("half a character is replaced, not sent", () => {
  assert.equal(fitText("a\ud800b"), "a\ufffdb");
});

test("a text that holds nothing else leaves no empty node behind", () => {
  const document = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "\u0007" }, { type: "text", text: "x\ty", marks: [{ type: "bold" }] }] }] };
  assert.deepEqual(fitDocument(document), {
    type: "doc",
    content: [{ type: "paragraph", content: [{ type: "text", text: "x y", marks: [{ type: "bold" }] }] }],
  });
});

test("empty paragraphs at the end are not sent, a lone one is", () => {
  const words = { type: "paragraph", content: [{ type: "text", text: "a" }] };
  const empty = { type: "paragraph" };
  assert.deepEqual(fitDocument({ type: "doc", content: [empty, words, empty, empty] }), { type: "doc", content: [empty, words] });
  assert.deepEqual(fitDocument({ type: "doc", content: [empty] }), { type: "doc", content: [empty] });
});

test("an unknown document still has its words", () => {
  const text = (words: string) => ({ type: "text", text: words });
  const document = { type: "doc", content: [{ type: "hologram", content: [text("one"), { type: "box", content: [text("two")] }] }, { type: "paragraph" }, { type: "p", content: [text("three")] }] };
  assert.deepEqual(linesOf(document), ["one two", "three"]);
  for (const none of [null, undefined, 5, "x", {}, { content: "x" }, { content: [null, 3] }]) assert.deepEqual(linesOf(none), []);
});
