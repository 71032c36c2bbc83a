import assert from "node:assert/strict";
import { test } from "node:test";
import { schema } from "../shared/schema.ts";
import { itemOf, withItem, withoutItems, type Json, type Since } from "./roundup.ts";

const HREF = "/live/surge/posts/06f2k9a1xq8v3zt0m4hd";
const since = (more: Partial<Since>): Since => ({ kind: "key_event", href: HREF, text: "Gate shut", at: "", when: "", in_last: false, state: "", source: "", ...more });
const empty: Json = { type: "doc", content: [{ type: "bullet_list", content: [{ type: "list_item", content: [{ type: "paragraph" }] }] }] };

function words(document: Json): string[] {
  const node = schema.nodeFromJSON(document);
  node.check();
  const lines: string[] = [];
  node.descendants((child) => {
    if (child.isTextblock) lines.push(child.textContent);
  });
  return lines;
}

test("what is taken over is the first item, and points at its post", () => {
  const one = withItem(empty, itemOf(since({}), "a"));
  const two = withItem(one, itemOf(since({ kind: "correction", text: "Not so." }), "b"));
  assert.deepEqual(words(two), ["Corrected: Not so.", "Gate shut"]);
  assert.deepEqual(one.content?.[0]?.content?.[0], {
    type: "list_item",
    content: [{ type: "paragraph", content: [{ type: "text", text: "Gate shut", marks: [{ type: "link", attrs: { href: HREF } }] }] }],
  });
});

test("a claim that is taken over stays a claim", () => {
  const taken = withItem(empty, itemOf(since({ kind: "claim", state: "false", source: "a caller" }), "abc"));
  assert.deepEqual(taken.content?.[0]?.content?.[0]?.content?.[0]?.content?.[0]?.marks?.[0], {
    type: "claim",
    attrs: { source: "a caller", state: "false", id: "abc" },
  });
  words(taken);
});

test("a text without a list gets one, after what it says", () => {
  const text: Json = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "So far:" }] }, { type: "paragraph" }] };
  assert.deepEqual(words(withItem(text, itemOf(since({}), "a"))), ["So far:", "Gate shut"]);
});

test("items that point at a post are taken out, and only they", () => {
  const other = itemOf(since({ href: `${HREF.slice(0, -1)}0`, text: "Roads dry" }), "a");
  const both = withItem(withItem(empty, itemOf(since({}), "a")), other);
  assert.deepEqual(words(withoutItems(both, HREF)), ["Roads dry"]);
  assert.deepEqual(words(withoutItems(withoutItems(both, HREF), `${HREF.slice(0, -1)}0`)), [""]);
});
