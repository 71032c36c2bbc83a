// Every language says everything; tsc holds the names together, this the sense.
import assert from "node:assert/strict";
import { test } from "node:test";

import { words as later } from "../words-later.ts";
import { words as choice } from "../words-notify.ts";
import { words as english } from "../words.ts";
import { words as arLater } from "./ar-later.ts";
import { words as arChoice } from "./ar-notify.ts";
import { words as ar } from "./ar.ts";
import { words as deLater } from "./de-later.ts";
import { words as deChoice } from "./de-notify.ts";
import { words as de } from "./de.ts";
import { words as esLater } from "./es-later.ts";
import { words as esChoice } from "./es-notify.ts";
import { words as es } from "./es.ts";
import { words as frLater } from "./fr-later.ts";
import { words as frChoice } from "./fr-notify.ts";
import { words as fr } from "./fr.ts";
import { words as ukLater } from "./uk-later.ts";
import { words as ukChoice } from "./uk-notify.ts";
import { words as uk } from "./uk.ts";

const all = [...[es, fr, de, uk, ar].map((words) => [words, english]), ...[esLater, frLater, deLater, ukLater, arLater].map((words) => [words, later]), ...[esChoice, frChoice, deChoice, ukChoice, arChoice].map((words) => [words, choice])];

test("row 32: every language has every sentence, and none in English", () => {
  for (const [words, source] of all) {
    assert.deepEqual(Object.keys(words ?? {}).sort(), Object.keys(source ?? {}).sort());
    for (const [name, said] of Object.entries(words ?? {})) {
      const before = (source as Record<string, unknown>)[name];
      if (typeof said === "string") assert.notEqual(said, before, name);
      if (typeof said === "function" && !["sinceCount", "from", "show"].includes(name)) assert.match(String(said("§", "§")), /§|\d|NaN|جديد|نوفمبر/, name);
    }
  }
});

test("row 32: plural rules are the language's own", () => {
  const said = [1, 2, 3, 5, 21, 100].map((count) => uk.newPosts(count));
  assert.deepEqual(said, ["1 новий допис", "2 нові дописи", "3 нові дописи", "5 нових дописів", "21 новий допис", "100 нових дописів"]);
  assert.deepEqual([1, 2, 3, 11, 100].map((count) => ar.newPosts(count)), ["منشور جديد واحد", "منشوران جديدان", "3 منشورات جديدة", "11 منشورًا جديدًا", "100 منشور جديد"]);
  assert.equal(fr.newPosts(0), "0 nouvelle publication");
  const since = { posts: 2, keyEvents: 1, corrected: 0, withdrawn: 1 };
  assert.equal(frLater.sinceCount(since), "2 nouvelles publications, 1 temps fort, 1 publication retirée");
  assert.equal(arLater.sinceCount(since), "منشوران جديدان، حدث بارز واحد، منشور مسحوب واحد");
});
