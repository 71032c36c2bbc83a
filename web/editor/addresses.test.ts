import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, isLoneAddress, siteOf, webAddressOf } from "./addresses.ts";

test("addresses are completed as people mean them", () => {
  assert.equal(addressOf("example.org/a?b=1"), "https://example.org/a?b=1");
  assert.equal(addressOf("  http://example.org  "), "http://example.org/");
  assert.equal(addressOf("ana@example.org"), "mailto:ana@example.org");
  assert.equal(addressOf("mailto:ana@example.org"), "mailto:ana@example.org");
  assert.equal(addressOf("example.org:8080/x"), "https://example.org:8080/x");
});

test("what a post may not link to is no address", () => {
  for (const typed of ["", "two words", "javascript:alert(1)", "data:text/html,x", "JaVaScript:alert(1)", "ftp://example.org", "nothing", "mailto:"]) {
    assert.equal(addressOf(typed), null, typed);
  }
});

test("a card needs a web page", () => {
  assert.equal(webAddressOf("ana@example.org"), null);
  assert.equal(webAddressOf("example.org"), "https://example.org/");
});

test("the site is the host without www", () => {
  assert.equal(siteOf("https://www.example.org/a"), "example.org");
});

test("only a lone web address counts as a pasted address", () => {
  assert.equal(isLoneAddress("https://example.org/a"), true);
  assert.equal(isLoneAddress("see https://example.org/a"), false);
  assert.equal(isLoneAddress("example.org"), false);
});
