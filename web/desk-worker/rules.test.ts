import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeskPage, isFile } from "./rules.ts";

const here = "https://news.example";
const at = (path: string): URL => new URL(path, here);

test("the pages of the work are kept, and nothing else", () => {
  for (const path of ["/desk/", "/desk/live/storm-1/", "/desk/live/storm-1/?q=gate", "/desk/live/storm/posts/01hx5k/"]) assert.ok(isDeskPage(at(path), here), path);
  for (const path of ["/", "/live/storm", "/desk/team/", "/desk/me/", "/desk/account/login/", "/desk/live/storm/settings/", "/desk/live/storm/changes/", "/api/v1/liveblogs", "/desk/live/a/posts/b/content/"])
    assert.ok(!isDeskPage(at(path), here), path);
  assert.ok(!isDeskPage(new URL("https://else.example/desk/"), here));
});

test("only built files are kept", () => {
  assert.ok(isFile(at("/static/desk.3AQOZ7WQ.js"), here));
  for (const path of ["/static/manifest.json", "/media/a/480.webp", "/desk/worker.js", "/static/"]) assert.ok(!isFile(at(path), here), path);
  assert.ok(!isFile(new URL("https://else.example/static/desk.js"), here));
});
