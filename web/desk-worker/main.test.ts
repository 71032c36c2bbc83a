// What the worker keeps when everything is wiped while an answer is on its way. The browser's parts are stood in for.
import assert from "node:assert/strict";
import { test } from "node:test";

type Listener = (event: object) => void;

const HERE = "https://news.example";
const listeners = new Map<string, Listener>();
const stores = new Map<string, Map<string, Response>>();
const asked = new Map<string, (answer: Response) => void>();

const addressOf = (request: string | Request): string => new URL(typeof request === "string" ? request : request.url, HERE).href;

function storeOf(name: string): object {
  const entries = stores.get(name) ?? new Map<string, Response>();
  stores.set(name, entries);
  return {
    keys: async () => [...entries.keys()].map((url) => ({ url })),
    put: async (url: string, answer: Response) => void entries.set(addressOf(url), answer),
    delete: async (url: string) => entries.delete(addressOf(url)),
  };
}

Object.assign(globalThis, {
  location: { href: `${HERE}/desk/worker.js` },
  setTimeout: () => 0, // its patience does not end
  addEventListener: (kind: string, listener: Listener) => listeners.set(kind, listener),
  fetch: (request: string | Request) => new Promise((settle) => asked.set(addressOf(request), settle)),
  caches: {
    open: async (name: string) => storeOf(name),
    has: async (name: string) => stores.has(name),
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    match: async (url: string, { cacheName }: { cacheName: string }) => stores.get(cacheName)?.get(addressOf(url)),
  },
});
await import("./main.ts");

/** Tell the worker something. Settles when all that it promised to finish is finished. */
function happen(kind: string, facts: object): Promise<unknown> {
  const work: Promise<unknown>[] = [];
  listeners.get(kind)?.({ ...facts, ports: [], waitUntil: (one: Promise<unknown>) => work.push(one), respondWith: (one: Promise<unknown>) => work.push(one) });
  return (async () => {
    for (const one of work) await one; // it grows while it is gone through
  })();
}

/** The answer to `path`, once the worker has asked for it. */
async function answered(path: string, kind: string): Promise<void> {
  while (!asked.has(HERE + path)) await new Promise(setImmediate);
  const answer = new Response("Of this person's", { headers: { "Content-Type": kind } });
  Object.defineProperty(answer, "type", { value: "basic" });
  asked.get(HERE + path)?.(answer);
  asked.delete(HERE + path);
}

const page = (path: string): object => ({ request: { url: HERE + path, method: "GET", mode: "navigate" } });
const here = { data: { kind: "here", user: "nora", page: `${HERE}/desk/`, files: [`${HERE}/static/desk.A.js`] } };
const wipe = { data: { kind: "wipe" } };

test("a page and what it is made of are kept, and gone after a wipe", async () => {
  const told = happen("message", here);
  await answered("/static/desk.A.js", "text/javascript");
  await answered("/desk/", "text/html");
  await told;
  assert.deepEqual([...stores.values()].flatMap((entries) => [...entries.keys()]), [`${HERE}/desk/owner`, `${HERE}/desk/`, `${HERE}/static/desk.A.js`]);
  await happen("message", wipe);
  assert.equal(stores.size, 0);
});

test("a page whose answer comes after the wipe is shown and not kept", async () => {
  const opened = happen("fetch", page("/desk/live/storm/"));
  await happen("message", wipe);
  await answered("/desk/live/storm/", "text/html");
  await opened;
  assert.equal(stores.size, 0);
});

test("nothing that was asked for before the wipe is kept after it", async () => {
  for (const waiting of ["/static/desk.A.js", "/desk/"]) {
    const told = happen("message", here);
    if (waiting === "/desk/") await answered("/static/desk.A.js", "text/javascript");
    while (!asked.has(HERE + waiting)) await new Promise(setImmediate);
    await happen("message", wipe);
    if (waiting !== "/desk/") await answered("/static/desk.A.js", "text/javascript");
    await answered("/desk/", "text/html");
    await told;
    assert.equal(stores.size, 0, waiting);
  }
});

test("looking for what was wiped does not bring it back", async () => {
  const opened = happen("fetch", { request: { url: `${HERE}/static/desk.A.js`, method: "GET", mode: "no-cors" } });
  await answered("/static/desk.A.js", "text/javascript");
  await opened;
  assert.equal(stores.size, 0);
});
