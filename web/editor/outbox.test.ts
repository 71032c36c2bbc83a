import assert from "node:assert/strict";
import { test } from "node:test";
import type { Queued } from "./device.ts";
import { LATE_MS, openRequest, outbox, type Outbox, type Ways } from "./outbox.ts";
import type { Outcome } from "./wire.ts";

type Answer = (url: string, body: string) => Outcome<unknown>;

const CUT: Outcome<unknown> = { kind: "unknown", sentence: "There is no connection to the server." };
const done = (id: string): Outcome<unknown> => ({ kind: "done", body: { id, revision: 1 } });

/** A device, a server and a clock. */
class World {
  now = 1_000_000;
  rows = new Map<string, Queued>();
  sent: string[] = [];
  finished: string[] = [];
  timers: (() => void)[] = [];
  answered = new Map<string, unknown>();
  answer: Answer = (_url, body) => done(body);
  box: Outbox;

  constructor() {
    this.box = this.reopened();
  }

  /** A new window on the same device: nothing but the rows is left. */
  reopened(): Outbox {
    const ways: Ways = {
      all: () => [...this.rows.values()].sort((one, other) => (one.key < other.key ? -1 : 1)),
      keep: (entry) => Promise.resolve(void this.rows.set(entry.key, entry)).then(() => true),
      drop: (key) => Promise.resolve(this.rows.delete(key)),
      send: (url, body) => {
        this.sent.push(String(body));
        return Promise.resolve(this.answer(url, String(body)));
      },
      known: (write) => Promise.resolve(this.answered.get(write) ?? null),
      now: () => this.now,
      later: (_ms, then) => {
        this.timers.push(then);
        return () => void this.timers.splice(this.timers.indexOf(then), 1);
      },
      alone: (work) => work(),
      done: (entry) => this.finished.push(entry.words),
      contentUrl: (_entry, id) => `/content/${id}`,
    };
    return outbox(ways);
  }

  entry(words: string, more: Partial<Queued> = {}): Queued {
    const entry: Queued = {
      key: `q:${String(this.rows.size + this.sent.length).padStart(4, "0")}:${words}`, user: "1", slug: "storm", at: this.now,
      url: "/posts/", body: words, form: false, write: `w-${words}`, deed: "Publish", words, postId: "", shows: true,
      kept: null, intent: "publish", earlier: null, tried: 0, sure: false, state: "waiting", why: "", ...more,
    };
    this.rows.set(entry.key, entry);
    return entry;
  }

  press(words: string, more: Partial<Queued> = {}): ReturnType<Outbox["press"]> {
    return this.box.press(this.entry(words, more));
  }

  states(): string[] {
    return [...this.rows.values()].map((entry) => `${entry.words} ${entry.state}`);
  }
}

/** Let every promise that can settle do so. */
const settled = (): Promise<void> => new Promise((then) => setTimeout(then));

test("with a connection a write goes out at once and leaves the device when it is answered", async () => {
  const on = new World();
  assert.deepEqual(await on.press("one"), done("one"));
  assert.equal(on.rows.size, 0);
  assert.deepEqual(on.finished, [], "whoever pressed was told");
});

test("what was pressed without a connection goes out in its order, once", async () => {
  const on = new World();
  on.answer = () => CUT;
  for (const words of ["one", "two", "three"]) assert.equal((await on.press(words)).kind, "queued");
  assert.equal(on.rows.size, 3);
  on.sent = [];
  on.answer = (_url, body) => done(body);
  on.box.go();
  on.box.go(); // twice at once: still one line
  await settled();
  assert.deepEqual(on.sent, ["one", "two", "three"]);
  assert.deepEqual(on.finished, ["one", "two", "three"]);
  assert.equal(on.rows.size, 0);
});

test("what is pressed while others wait goes behind them", async () => {
  const on = new World();
  on.answer = () => CUT;
  await on.press("one");
  on.sent = [];
  on.answer = (_url, body) => done(body);
  assert.deepEqual(await on.press("two"), done("two"));
  assert.deepEqual(on.sent, ["one", "two"]);
});

test("the queue outlives its window", async () => {
  const on = new World();
  on.answer = () => CUT;
  await on.press("one");
  await on.press("two");
  on.answer = (_url, body) => done(body);
  on.reopened().go();
  await settled();
  assert.deepEqual(on.finished, ["one", "two"]);
});

test("the timer tries again, and stops when nothing waits", async () => {
  const on = new World();
  on.answer = () => CUT;
  await on.press("one");
  await settled();
  assert.equal(on.timers.length, 1);
  on.answer = (_url, body) => done(body);
  on.timers.pop()?.();
  await settled();
  assert.deepEqual(on.finished, ["one"]);
  assert.equal(on.timers.length, 0);
});

test("what is older than five minutes asks, and what stands behind it waits for the answer", async () => {
  const on = new World();
  on.answer = () => CUT;
  await on.press("old");
  await on.press("as old");
  on.now += LATE_MS + 1;
  await on.press("young");
  on.sent = [];
  on.answer = (_url, body) => done(body);
  on.box.go();
  await settled();
  assert.deepEqual(on.sent, []);
  assert.deepEqual(on.states(), ["old asks", "as old asks", "young waiting"]);
  assert.deepEqual(await on.press("now"), done("now"), "what is pressed this moment is not held up");
  await on.box.confirm([...on.rows.keys()]);
  await settled();
  assert.deepEqual(on.sent, ["now", "old", "as old", "young"]);
});

test("a draft never asks, however late", async () => {
  const on = new World();
  on.answer = () => CUT;
  await on.press("draft", { shows: false });
  on.now += 10 * LATE_MS;
  on.answer = (_url, body) => done(body);
  on.box.go();
  await settled();
  assert.deepEqual(on.finished, ["draft"]);
});

test("an answer that was lost is asked for before the question: it may have gone out long ago", async () => {
  const on = new World();
  on.answer = () => CUT;
  await on.press("one");
  on.answered.set("w-one", { id: "p1" });
  on.now += LATE_MS + 1;
  on.sent = [];
  on.box.go();
  await settled();
  assert.deepEqual(on.sent, []);
  assert.deepEqual(on.finished, ["one"]);
});

test("what the server refuses stands aside with its reason, and the next goes out", async () => {
  const on = new World();
  on.answer = () => CUT;
  await on.press("closed");
  await on.press("two");
  const problem = { type: "about:blank", title: "Conflict", detail: "The live blog is closed." };
  on.answer = (_url, body) => (body === "closed" ? { kind: "refused", status: 409, problem } : done(body));
  on.box.go();
  await settled();
  assert.deepEqual(on.finished, ["two"]);
  assert.deepEqual([...on.rows.values()].map(({ state, why }) => [state, why]), [["failed", "The live blog is closed."]]);
});

test("whoever pressed and was refused is told, and the text is still on the device", async () => {
  const on = new World();
  const problem = { type: "about:blank", title: "", detail: "It is empty." };
  on.answer = () => ({ kind: "refused", status: 422, problem });
  assert.deepEqual(await on.press("one"), { kind: "refused", status: 422, problem });
  assert.deepEqual(on.states(), ["one failed"]);
});

test("signed out: everything waits", async () => {
  const on = new World();
  const problem = { type: "about:blank", title: "", detail: "You are signed out." };
  on.answer = () => ({ kind: "refused", status: 401, problem });
  assert.deepEqual(await on.press("one"), { kind: "queued", sentence: "You are signed out." });
  assert.deepEqual(on.states(), ["one waiting"]);
});

test("a write that the server stumbles over does not hold up the others for ever", async () => {
  const on = new World();
  on.answer = (_url, body) => (body === "bad" ? { kind: "unknown", sentence: "500", fault: true } : done(body));
  await on.press("bad");
  for (let tries = 0; tries < 4; tries += 1) {
    on.box.go();
    await settled();
  }
  assert.deepEqual(on.states(), ["bad failed"]);
  assert.deepEqual(await on.press("two"), done("two"));
});

test("an earlier request about the same text is settled first, and built upon", async () => {
  const on = new World();
  const draft = { url: "/posts/", body: JSON.stringify({ key: "a", intent: "draft", base_revision: null, headline: "Old" }), intent: "draft" };
  const body = JSON.stringify({ key: "b", intent: "publish", base_revision: null, headline: "New" });
  const urls: string[] = [];
  on.answer = (url) => (urls.push(url), done("p7"));
  let told = "";
  const entry = on.entry("text", { body, earlier: draft });
  await on.box.press(entry, (answer) => (told = answer.id));
  assert.deepEqual(urls, ["/posts/", "/content/p7"]);
  assert.deepEqual(JSON.parse(on.sent[1] ?? ""), { key: "b", intent: "publish", base_revision: 1, headline: "New" });
  assert.equal(told, "p7");
});

test("an earlier request that said the same is the answer", async () => {
  const on = new World();
  const body = (key: string): string => JSON.stringify({ key, intent: "publish", base_revision: null, headline: "Same" });
  const outcome = await on.box.press(on.entry("text", { body: body("b"), earlier: { url: "/posts/", body: body("a"), intent: "publish" } }));
  assert.equal(outcome.kind, "done");
  assert.equal(on.sent.length, 1);
});

test("a text that is taken back knows what may have been done with it", () => {
  const on = new World();
  assert.equal(openRequest(on.entry("never sent")), null);
  assert.deepEqual(openRequest(on.entry("sent", { tried: 1 })), { url: "/posts/", body: "sent", intent: "publish" });
});
