import assert from "node:assert/strict";
import { test } from "node:test";
import { parted } from "./linked.ts";

const links = (text: string): string[] => parted(text).filter((part) => part.isAddress).map((part) => part.text);

test("addresses are found, less what closes the sentence", () => {
  assert.deepEqual(links("See https://a.example/x."), ["https://a.example/x"]);
  assert.deepEqual(links("(see http://a.example/x?y=1&z=2), and https://b.example/"), ["http://a.example/x?y=1&z=2", "https://b.example/"]);
  assert.deepEqual(links("https://a.example/wiki/Gate_(harbour)!"), ["https://a.example/wiki/Gate_(harbour)"]);
  assert.deepEqual(links("“https://a.example/”"), ["https://a.example/"]);
});

test("nothing else is an address", () => {
  for (const text of ["", "no link", "javascript:alert(1)", "ftp://a.example", "data:text/html,x", "www.a.example", "https://"]) assert.deepEqual(links(text), []);
  assert.deepEqual(links('https://a.example/"onmouseover="x'), ["https://a.example/"]);
  assert.deepEqual(links("https://a.example/<script>"), ["https://a.example/"]);
});

test("the parts make up the text again", () => {
  for (const text of ["a https://b.example/c, d", "https://b.example/", " \n https://x.example\n", "https://))))"]) assert.equal(parted(text).map((part) => part.text).join(""), text);
});
