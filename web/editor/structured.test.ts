// No block of the schema is without its look in the editor, its way over the clipboard, and its line in the menu.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ParseRule } from "prosemirror-model";
import { schema } from "../shared/schema.ts";
import { newId, placeWords, type StructuredName } from "../shared/structured.ts";
import { nodeViews } from "./nodes.ts";
import { gallery, image } from "./pictures.ts";
import { isStructured, structuredEntries, structuredViews } from "./structured.ts";

// Whose attributes show in the text itself, or in the table's own tools.
const PLAIN = ["doc", "heading", "ordered_list", "table_header", "table_cell"];

test("every block that holds more than text has a view with fields", () => {
  const views: Record<string, unknown> = { ...nodeViews, ...structuredViews, gallery, image };
  for (const [name, type] of Object.entries(schema.nodes)) {
    if (!type.isBlock || Object.keys(type.spec.attrs ?? {}).length === 0 || PLAIN.includes(name)) continue;
    assert.ok(views[name], name);
  }
});

test("every structured block is in the menu and counts as content", () => {
  assert.equal(structuredEntries.length, Object.keys(structuredViews).length);
  for (const name of Object.keys(structuredViews)) {
    const node = schema.nodes[name as StructuredName].createAndFill({ id: newId() });
    assert.ok(node && isStructured(node), name);
  }
});

function pasted(name: string, attrs: unknown): unknown {
  const rule = schema.nodes[name as StructuredName].spec.parseDOM?.[0] as ParseRule & { getAttrs: (dom: unknown) => unknown };
  return rule.getAttrs({ getAttribute: () => (typeof attrs === "string" ? attrs : JSON.stringify(attrs)) });
}

test("what was copied is pasted whole, and what is no block of ours is not", () => {
  for (const name of Object.keys(structuredViews)) {
    const options = [{ id: "a", text: "Ana" }];
    const { attrs } = schema.nodes[name as StructuredName].create({ id: newId(), label: "Podil", latitude: 50.4, longitude: 30.5, options, home: "<b>" });
    assert.deepEqual(pasted(name, attrs), { ...attrs }, name);
    for (const broken of ["", "{", "null", "3"]) assert.equal(pasted(name, broken), false, name);
  }
  assert.equal(pasted("poll", { question: "Who?" }), false); // a poll without its id
  assert.deepEqual((pasted("poll", { id: "k3v9x0q2m1za", options: "x", question: 3 }) as { options: unknown }).options, []);
});

test("places are said as by the server", () => {
  assert.equal(placeWords(50.4501, 30.5234), "50.4501° north, 30.5234° east");
  assert.equal(placeWords(-33.86882, -0), "33.86882° south, 0° east");
  assert.equal(placeWords(0, -120), "0° north, 120° west");
});
