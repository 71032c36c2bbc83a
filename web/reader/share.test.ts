import assert from "node:assert/strict";
import { test } from "node:test";
import { mailWith, sendOut } from "./share.ts";

const POST = { title: "Water rises & rises", url: "https://gazette.example/live/storm/posts/1" };
const refuse = (name: string) => (): Promise<void> => Promise.reject(new DOMException("", name));
const clipboard = (writeText: (text: string) => Promise<void>): Clipboard => ({ writeText }) as Clipboard;

test("row 27: the device's own sheet comes first, and closing it is an answer", async () => {
  const sent: unknown[] = [];
  const share = async (what?: ShareData): Promise<void> => void sent.push(what);
  assert.equal(await sendOut(POST, { share, clipboard: clipboard(refuse("NotAllowedError")) }), "shared");
  assert.deepEqual(sent, [POST]);
  assert.equal(await sendOut(POST, { share: refuse("AbortError") }), "shared");
});

test("row 27: else the address is copied, just as it is", async () => {
  const copied: string[] = [];
  assert.equal(await sendOut(POST, { clipboard: clipboard(async (text) => void copied.push(text)) }), "copied");
  assert.deepEqual(copied, [POST.url]);
});

test("row 27: else a mail is begun", async () => {
  assert.equal(await sendOut(POST, {}), "mail");
  assert.equal(await sendOut(POST, { clipboard: clipboard(refuse("NotAllowedError")) }), "mail");
  assert.equal(await sendOut(POST, { share: refuse("NotAllowedError") }), "mail");
  assert.equal(mailWith(POST), "mailto:?subject=Water%20rises%20%26%20rises&body=https%3A%2F%2Fgazette.example%2Flive%2Fstorm%2Fposts%2F1");
});
