import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, type Changes } from "./live.ts";
import type { Newsroom, State } from "./newsroom.ts";

/** A page, its stream and a server whose answers are given by hand. */
function world(apply: (changes: Changes) => Promise<void>) {
  const asked: { after: number; answer: (body: unknown) => void; fail: () => void }[] = [];
  const timers: { ms: number; then: () => void }[] = [];
  let told: (state: State) => void = () => undefined;
  const room = { watch: (to: typeof told) => (told = to), isStreaming: () => true, whenStream: () => undefined } as unknown as Newsroom;
  Object.assign(globalThis, {
    window: { setTimeout: (then: () => void, ms: number) => timers.push({ ms, then }), clearTimeout: () => timers.splice(0), addEventListener: () => undefined },
    document: { addEventListener: () => undefined, visibilityState: "visible" },
    fetch: (url: string) =>
      new Promise<Response>((settle, fail) => {
        const answer = (body: unknown): void => settle(body === null ? new Response(null, { status: 204 }) : Response.json(body));
        asked.push({ after: Number(url.split("=")[1]), answer, fail: () => fail(new TypeError("no connection")) });
      }),
  });
  const look = follow({ changesUrl: "/changes/", seq: 7, room, apply, tell: () => undefined });
  return { asked, timers, look, hear: (seq: number) => told({ seq } as State) };
}

const settled = (): Promise<void> => new Promise((settle) => setImmediate(settle));

test("what could not be shown is asked for again, soon, from where the page stands", async () => {
  let breaks = true;
  const shown: number[] = [];
  const { asked, timers } = world(async ({ seq }) => {
    if (breaks) throw new TypeError("a card could not be fetched");
    shown.push(seq);
  });
  asked[0]!.answer({ seq: 9 });
  await settled();
  assert.deepEqual(timers.map(({ ms }) => ms), [5_000]);
  breaks = false;
  timers[0]!.then();
  assert.equal(asked[1]!.after, 7);
  asked[1]!.answer({ seq: 9 });
  await settled();
  assert.deepEqual(shown, [9]);
  assert.deepEqual(timers.map(({ ms }) => ms), [30_000]);
});

test("a look that failed is repeated soon, though the stream seems whole", async () => {
  const { asked, timers } = world(() => Promise.resolve());
  asked[0]!.fail();
  await settled();
  assert.deepEqual(timers.map(({ ms }) => ms), [5_000]);
});

test("what is heard of while a look is under way is looked at after it", async () => {
  const { asked, hear, look } = world(() => Promise.resolve());
  hear(8);
  look();
  assert.equal(asked.length, 1);
  asked[0]!.answer({ seq: 7 });
  await settled();
  assert.deepEqual(asked.map(({ after }) => after), [7, 7]);
});
