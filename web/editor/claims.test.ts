import assert from "node:assert/strict";
import { test } from "node:test";
import type { Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { schema } from "../shared/schema.ts";
import { claimNames, claimRuns } from "./claims.ts";

const { nodes, marks } = schema;
const said = (text: string, id: string): Node => schema.text(text, [marks.claim.create({ source: "Ada", id })]);
const paragraph = (...content: Node[]): Node => nodes.paragraph.create(null, content);
const open = (...blocks: Node[]): EditorState => EditorState.create({ doc: nodes.doc.create(null, blocks), plugins: [claimNames] });
const told = (state: EditorState): string[] =>
  claimRuns(state.doc).map((run) => `${state.doc.textBetween(run.from, run.to)}=${String(run.mark.attrs["id"])}`);

test("a passage that is written on keeps its name", () => {
  let state = open(paragraph(schema.text("Now: "), said("two hurt", "first")));
  state = state.apply(state.tr.insertText("three", 6, 9));
  state = state.apply(state.tr.addMark(6, 11, marks.bold.create()));
  assert.deepEqual(told(state), ["three hurt=first"]);
});

test("a copy gets a name of its own, below and above the passage it was copied from", () => {
  const before = open(paragraph(said("two hurt", "first")), paragraph());
  const below = before.apply(before.tr.insert(before.doc.content.size - 1, said("two hurt", "first")));
  assert.equal(told(below)[0], "two hurt=first");
  assert.match(told(below)[1] ?? "", /^two hurt=[0-9a-f]{12}$/);
  const above = before.apply(before.tr.insert(0, paragraph(said("two hurt", "first"))));
  assert.match(told(above)[0] ?? "", /^two hurt=[0-9a-f]{12}$/);
  assert.equal(told(above)[1], "two hurt=first");
});

test("a passage that is moved stays the same claim", () => {
  const before = open(paragraph(said("two hurt", "first")), paragraph(schema.text("And more.")));
  const move = before.tr.delete(0, 10);
  const moved = before.apply(move.insert(move.doc.content.size, paragraph(said("two hurt", "first"))));
  assert.deepEqual(told(moved), ["two hurt=first"]);
});

test("what is divided becomes two claims, and undivided copies from elsewhere stay as they are", () => {
  const before = open(paragraph(said("two hurt", "first")));
  const split = before.apply(before.tr.split(4));
  assert.equal(told(split)[0], "two=first");
  assert.match(told(split)[1] ?? "", /^ hurt=[0-9a-f]{12}$/);
  const pasted = before.apply(before.tr.insert(0, paragraph(said("gate shut", "other"))));
  assert.deepEqual(told(pasted), ["gate shut=other", "two hurt=first"]);
});

test("claims without names are left as they are", () => {
  const before = open(paragraph(said("two hurt", "")), paragraph());
  const twice = before.apply(before.tr.insert(before.doc.content.size - 1, said("two hurt", "")));
  assert.deepEqual(told(twice), ["two hurt=", "two hurt="]);
});
