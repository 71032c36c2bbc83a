import assert from "node:assert/strict";
import { test } from "node:test";
import { makeSpeaker, titleWith } from "./status.ts";

test("row 26: the title counts what waits", () => {
  assert.equal(titleWith(0, "Storm"), "Storm");
  assert.equal(titleWith(3, "Storm"), "(3) Storm");
});

// A clock that stands until it is moved.
function stillClock(): { now: () => number; later: (run: () => void, ms: number) => void; move: (ms: number) => void } {
  let time = 0;
  let due: { run: () => void; at: number }[] = [];
  return {
    now: () => time,
    later: (run, ms) => due.push({ run, at: time + ms }),
    move: (ms) => {
      time += ms;
      const ripe = due.filter((one) => one.at <= time);
      due = due.filter((one) => one.at > time);
      for (const one of ripe) one.run();
    },
  };
}

test("row 22: the first posts are told at once, those of the next half minute together at its end", () => {
  const [clock, said] = [stillClock(), [] as number[]];
  const speak = makeSpeaker((posts) => void said.push(posts), 30_000, clock);
  speak(1);
  assert.deepEqual(said, [1]);
  clock.move(5_000);
  speak(2);
  clock.move(5_000);
  speak(3);
  assert.deepEqual(said, [1]);
  clock.move(20_000);
  assert.deepEqual(said, [1, 5]);
  clock.move(60_000);
  assert.deepEqual(said, [1, 5]);
  speak(1);
  assert.deepEqual(said, [1, 5, 1]);
});

test("nothing new is not told", () => {
  const [clock, said] = [stillClock(), [] as number[]];
  const speak = makeSpeaker((posts) => void said.push(posts), 30_000, clock);
  speak(0);
  clock.move(60_000);
  assert.deepEqual(said, []);
});
