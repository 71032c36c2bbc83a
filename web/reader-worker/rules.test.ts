import assert from "node:assert/strict";
import { test } from "node:test";
import { filesIn, isFile, isReaders, keptAddress, markedKept } from "./rules.ts";

const SITE = "https://gazette.example";

test("row 31: first pages are kept, under their plain address, and nothing else", () => {
  assert.equal(keptAddress(`${SITE}/live/storm#post-1`, SITE), `${SITE}/live/storm`);
  assert.equal(keptAddress(`${SITE}/`, SITE), `${SITE}/`);
  for (const path of ["/live/storm?from=1", "/live/storm/posts/1", "/live/storm/changes", "/desk/", "/offline", "/live/"]) {
    assert.equal(keptAddress(SITE + path, SITE), null, path);
  }
  assert.equal(keptAddress("https://elsewhere.example/live/storm", SITE), null);
});

test("the newsroom and what is no page pass by", () => {
  for (const path of ["/desk/", "/desk", "/api/v1/liveblogs", "/media/a/480.webp", "/static/x.js"]) {
    assert.equal(isReaders(new URL(SITE + path), SITE), false, path);
  }
  for (const path of ["/live/storm/posts/1", "/live/storm?from=1", "/desks"]) assert.ok(isReaders(new URL(SITE + path), SITE), path);
});

test("only files whose name says their content are kept", () => {
  assert.ok(isFile(new URL(`${SITE}/static/reader.ABCD2345.js`), SITE));
  for (const path of ["/static/manifest.json", "/static/icon.svg", "/worker.js"]) assert.equal(isFile(new URL(SITE + path), SITE), false, path);
  const html = '<link href="/static/reader.ABCD2345.css"><script src="/static/reader.ABCD2345.js"></script><img src="/static/icon.svg">';
  assert.deepEqual(filesIn(html + html), ["/static/reader.ABCD2345.css", "/static/reader.ABCD2345.js"]);
});

test("a copy says when it was made, once", () => {
  assert.equal(markedKept("<main id=a><main id=b>", "2026-11-22T18:05:00Z"), '<main data-kept="2026-11-22T18:05:00Z" id=a><main id=b>');
});
