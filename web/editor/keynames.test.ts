import assert from "node:assert/strict";
import { test } from "node:test";
import { changedKeys, deedOf, keyFault, keyMapOf, keyName, usual } from "./keynames.ts";

const press = (key: string, held = ""): string =>
  keyName({ key, ctrlKey: held.includes("c"), metaKey: held.includes("m"), altKey: held.includes("a"), shiftKey: held.includes("s") });

test("keys have one name each, whatever the keyboard", () => {
  assert.deepEqual([press("n"), press("N", "s"), press("?", "s"), press("/"), press(" ")], ["n", "n", "?", "/", "Space"]);
  assert.deepEqual([press("Enter", "c"), press("Enter", "m"), press("s", "c"), press("S", "cs")], ["Ctrl+Enter", "Ctrl+Enter", "Ctrl+S", "Ctrl+Shift+S"]);
  assert.deepEqual([press("Shift", "s"), press("Dead"), press("Tab"), press("Process")], ["", "", "", ""]);
  assert.deepEqual([press("é"), press("ж"), press("F2"), press("ArrowUp", "a")], ["é", "ж", "F2", "Alt+ArrowUp"]);
});

test("the usual keys fit their own rules", () => {
  for (const [deed, name] of Object.entries(usual)) assert.equal(keyFault(deed as keyof typeof usual, name, usual), "", deed);
  assert.equal(deedOf(usual, "n"), "write");
  assert.equal(deedOf(usual, "Ctrl+Enter"), "publish");
  assert.equal(deedOf(usual, "q"), undefined);
});

test("a key that cannot be is refused with a reason", () => {
  assert.match(keyFault("publish", "x", usual), /types something/);
  assert.match(keyFault("write", "Ctrl+X", usual), /by itself/);
  assert.match(keyFault("write", "e", usual), /taken/);
  assert.match(keyFault("write", "Enter", usual), /A letter/);
  assert.match(keyFault("write", "", usual), /Press one key/);
  for (const name of ["Ctrl+Z", "Ctrl+W", "Ctrl+K"]) assert.match(keyFault("save", name, usual), /belongs to/);
  assert.equal(keyFault("write", "w", usual), "");
  assert.equal(keyFault("publish", "Ctrl+Shift+Enter", usual), "");
});

test("what is kept is what differs, and what does not fit is forgotten", () => {
  const mine = { ...usual, write: "w", save: "Ctrl+D" };
  assert.deepEqual(changedKeys(mine), { write: "w", save: "Ctrl+D" });
  assert.deepEqual(keyMapOf(changedKeys(mine)), mine);
  for (const none of [null, undefined, 5, "x", [], { write: 5 }, { write: "e" }, { publish: "x" }, { other: "z" }]) assert.deepEqual(keyMapOf(none), usual);
});
