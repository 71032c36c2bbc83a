// The queue of writes: every write is on this device before it leaves, goes out in the order of pressing, and leaves
// the queue when the server has answered. Without a network it waits; what readers would see late asks first. However
// often something is sent, the server does it once: each write carries its key. No elements, no browser here: the ways
// to the device and the server are handed in. Called by the composers, the timeline and the panel waiting.ts.
import type { Pending, Queued } from "./device.ts";
import type { Written } from "./posts.ts";
import type { Outcome, Problem } from "./wire.ts";

export const LATE_MS = 5 * 60_000; // news of five minutes ago may no longer be true: the reporter decides
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000; // between tries; a network that is back is noticed at once besides
const MOST_FAULTS = 5; // answers of "I could not" (5xx) to one write before it stands aside for the others

/** What becomes of a write as far as it is known when the button is let go. */
export type Pressed =
  | { readonly kind: "done"; readonly body: unknown }
  | { readonly kind: "refused"; readonly status: number; readonly problem: Problem }
  | { readonly kind: "queued"; readonly sentence: string };

export interface Ways {
  all(): Queued[];
  keep(entry: Queued): Promise<boolean>;
  drop(key: string): Promise<unknown>;
  send(url: string, body: string | URLSearchParams, quiet: boolean): Promise<Outcome<unknown>>;
  /** What the server did under this key: its answer, null for nothing. Throws without a connection. */
  known(write: string): Promise<unknown>;
  now(): number;
  later(ms: number, then: () => void): () => void;
  /** Only one window sends at a time. */
  alone(work: () => Promise<void>): Promise<void>;
  /** A write that nobody was waiting for is done. */
  done(entry: Queued, body: unknown): void;
  contentUrl(entry: Queued, postId: string): string;
}

export interface Outbox {
  /**
   * Send now, or as soon as it can be. `entry` is on the device already; when it is refused it stays there as failed
   * until whoever pressed takes it back. `settled`: what an earlier request had done.
   */
  press(entry: Queued, settled?: (answer: Written) => void): Promise<Pressed>;
  /** Try now: the network is back, or somebody asks. `loud`: a person pressed; they may be asked for their password. */
  go(loud?: boolean): void;
  /** These shall go out, late or refused as they are. */
  confirm(keys: readonly string[]): Promise<void>;
  remove(key: string): Promise<void>;
  /** Whether somebody is still looking at the button that made this entry. */
  isPressed(key: string): boolean;
  /** The entry that is on its way at this moment, or "". */
  sending(): string;
  /** Why nothing goes out: "" while nothing is known against it. */
  trouble(): string;
  onChange(listener: () => void): void;
}

/** What may have been done under `entry` already, to be settled before its text is sent again in any form. */
export function openRequest({ earlier, tried, url, body, intent }: Queued): Pending | null {
  return earlier ?? (tried > 0 ? { url, body, intent } : null);
}

/** Whether two requests say the same about the post, whatever their keys. */
export function isSame(one: Pending, other: { readonly body: string }): boolean {
  const said = (body: string): string => JSON.stringify({ ...(JSON.parse(body) as object), key: "", base_revision: null, copy: "" });
  return said(one.body) === said(other.body);
}

interface Waiter {
  readonly tell: (outcome: Pressed) => void;
  readonly settled: (answer: Written) => void;
}

export function outbox(ways: Ways): Outbox {
  const waiters = new Map<string, Waiter>();
  const listeners = new Set<() => void>();
  let underWay = "";
  let trouble = "";
  let running = false;
  let again = false;
  let loudly = false;
  let pause = FIRST_PAUSE_MS;
  let cancel = (): void => undefined;

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  function isLate(entry: Queued): boolean {
    return entry.shows && !entry.sure && ways.now() - entry.at > LATE_MS;
  }

  /** The first that may go: behind one that asks, only what was pressed this minute goes, and nothing about the same post. */
  function next(): Queued | undefined {
    const asking = new Set<string>();
    for (const entry of ways.all()) {
      if (entry.state === "failed") continue;
      if (entry.state === "asks") {
        asking.add(entry.slug).add(entry.postId);
        continue;
      }
      if (isLate(entry)) return entry; // to be asked about, too
      const fresh = waiters.has(entry.key) && entry.tried === 0;
      if (entry.postId && asking.has(entry.postId)) continue;
      if (entry.shows && !entry.sure && !fresh && asking.has(entry.slug)) continue;
      return entry;
    }
    return undefined;
  }

  async function settle(entry: Queued, outcome: Pressed): Promise<void> {
    const waiter = waiters.get(entry.key);
    waiters.delete(entry.key);
    if (outcome.kind === "refused") await ways.keep({ ...entry, state: "failed", why: outcome.problem.detail, tried: 0 });
    if (outcome.kind === "done") await ways.drop(entry.key);
    if (waiter) waiter.tell(outcome);
    else if (outcome.kind === "done") ways.done(entry, outcome.body);
  }

  /** An earlier request about the same text is sent again first; what it did, this one builds on. */
  async function afterEarlier(entry: Queued, earlier: Pending): Promise<Queued | "done" | "unknown"> {
    const outcome = await ways.send(earlier.url, earlier.body, !waiters.has(entry.key) && !loudly);
    if (outcome.kind === "unknown" || (outcome.kind === "refused" && outcome.status === 401)) {
      trouble = outcome.kind === "unknown" ? outcome.sentence : outcome.problem.detail;
      await ways.keep({ ...entry, tried: entry.tried + 1 });
      return "unknown";
    }
    let now: Queued = { ...entry, earlier: null };
    if (outcome.kind === "done") {
      const answer = outcome.body as Written;
      if (isSame(earlier, entry)) {
        await settle(entry, { kind: "done", body: answer });
        return "done";
      }
      waiters.get(entry.key)?.settled(answer);
      const body = JSON.stringify({ ...(JSON.parse(entry.body) as object), base_revision: answer.revision });
      now = { ...now, body, url: ways.contentUrl(entry, answer.id), postId: answer.id };
    }
    await ways.keep(now);
    return now;
  }

  /** Whether the line is free for the next one. */
  async function deliver(given: Queued): Promise<boolean> {
    let entry = given;
    if (isLate(entry)) {
      let told: unknown;
      try {
        told = entry.tried > 0 ? await ways.known(entry.write) : null;
      } catch {
        trouble = "There is no connection to the server.";
        return false;
      }
      if (told === null) await ways.keep({ ...entry, state: "asks" });
      else await settle(entry, { kind: "done", body: told });
      return true;
    }
    if (entry.earlier) {
      const now = await afterEarlier(entry, entry.earlier);
      if (now === "done") return true;
      if (now === "unknown") return false;
      entry = now;
    }
    const quiet = !waiters.has(entry.key) && !loudly;
    const outcome = await ways.send(entry.url, entry.form ? new URLSearchParams(entry.body) : entry.body, quiet);
    if (outcome.kind === "done" || (outcome.kind === "refused" && ![401, 429].includes(outcome.status))) {
      trouble = "";
      pause = FIRST_PAUSE_MS;
      await settle(entry, outcome);
      return true;
    }
    trouble = outcome.kind === "unknown" ? outcome.sentence : outcome.problem.detail;
    const tried = { ...entry, tried: entry.tried + 1 };
    const stuck = outcome.kind === "unknown" && outcome.fault === true && tried.tried >= MOST_FAULTS;
    await ways.keep(stuck ? { ...tried, state: "failed", why: trouble } : tried);
    return stuck;
  }

  async function line(): Promise<void> {
    for (let entry = next(); entry; entry = next()) {
      underWay = entry.key;
      changed();
      const free = await deliver(entry);
      underWay = "";
      changed();
      if (!free) break;
    }
    const sentence = trouble;
    for (const [key, waiter] of waiters) {
      waiters.delete(key);
      waiter.tell({ kind: "queued", sentence });
    }
    changed();
  }

  async function run(): Promise<void> {
    if (running) {
      again = true;
      return;
    }
    running = true;
    cancel();
    try {
      do {
        again = false;
        await ways.alone(line);
      } while (again);
    } finally {
      running = false;
      loudly = false;
    }
    if (!next()) return;
    cancel = ways.later(pause, () => void run());
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  return {
    press(entry, settled = () => undefined) {
      return new Promise((tell) => {
        waiters.set(entry.key, { tell, settled });
        void run();
      });
    },
    go(loud = false) {
      loudly ||= loud;
      pause = FIRST_PAUSE_MS;
      void run();
    },
    async confirm(keys) {
      for (const entry of ways.all()) if (keys.includes(entry.key)) await ways.keep({ ...entry, sure: true, state: "waiting", why: "", tried: 0 });
      loudly = true;
      pause = FIRST_PAUSE_MS;
      changed();
      void run();
    },
    async remove(key) {
      await ways.drop(key);
      changed();
    },
    isPressed: (key) => waiters.has(key),
    sending: () => underWay,
    trouble: () => trouble,
    onChange: (listener) => listeners.add(listener),
  };
}
