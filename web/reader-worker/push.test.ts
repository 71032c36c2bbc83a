import assert from "node:assert/strict";
import { test } from "node:test";

// The worker's own world, as far as push.ts uses it; before it is loaded, since it looks at it then.
const listeners = new Map<string, (event: object) => void>();
const kept = new Map<string, string>();
const sent: { to: string; fields: Record<string, string> }[] = [];
let current: object | null = null;
let asked: object[] = [];
let status = 200;

function subscription(endpoint: string): object {
  const options = { applicationServerKey: new Uint8Array([4, 255, 254]).buffer };
  return { endpoint, options, toJSON: () => ({ endpoint, keys: { p256dh: "P", auth: "A" } }) };
}

const cache = {
  match: async (name: string) => (kept.has(name) ? new Response(kept.get(name) ?? "") : undefined),
  put: async (name: string, answer: Response) => void kept.set(name, await answer.text()),
};
const pushManager = {
  getSubscription: async () => current,
  subscribe: async (options: object) => {
    asked.push(options);
    return subscription("https://push.example/asked");
  },
};
Object.assign(globalThis, {
  addEventListener: (kind: string, listener: (event: object) => void) => listeners.set(kind, listener),
  caches: { open: async () => cache },
  registration: { pushManager },
  fetch: async (to: string, { body }: { body: URLSearchParams }) => {
    sent.push({ to, fields: Object.fromEntries(body) });
    return new Response("{}", { status });
  },
});
const { listenForPush } = await import("./push.ts");
listenForPush();

async function happens(kind: string, event: object): Promise<void> {
  const work: Promise<unknown>[] = [];
  sent.length = 0;
  asked = [];
  listeners.get(kind)?.({ ...event, waitUntil: (one: Promise<unknown>) => void work.push(one) });
  await Promise.all(work);
}

const fields = { p256dh: "P", auth: "A", key: "BP_-" };

test("a browser that says both addresses: the server is told", async () => {
  await happens("pushsubscriptionchange", { oldSubscription: subscription("https://push.example/old"), newSubscription: subscription("https://push.example/new") });
  assert.deepEqual(sent, [{ to: "/audience/notifications/renewed", fields: { was: "https://push.example/old", endpoint: "https://push.example/new", ...fields } }]);
  assert.equal(kept.get("/here"), "https://push.example/new");
});

test("one that says only the old one: a new one is asked for, with its key", async () => {
  await happens("pushsubscriptionchange", { oldSubscription: subscription("https://push.example/old"), newSubscription: null });
  assert.equal(asked.length, 1);
  assert.equal(sent[0]?.fields["endpoint"], "https://push.example/asked");
});

test("one that says neither: the address that the last message came by is known", async () => {
  kept.clear();
  current = subscription("https://push.example/first");
  await happens("push", { data: null });
  assert.equal(kept.get("/here"), "https://push.example/first");
  current = subscription("https://push.example/second");
  await happens("pushsubscriptionchange", { oldSubscription: null, newSubscription: null });
  assert.equal(sent[0]?.fields["was"], "https://push.example/first");
  assert.equal(sent[0]?.fields["endpoint"], "https://push.example/second");
});

test("without an old address or a new one nothing is sent; what was refused is not remembered", async () => {
  kept.clear();
  await happens("pushsubscriptionchange", { oldSubscription: null, newSubscription: null });
  assert.deepEqual(sent, []);
  kept.set("/here", "https://push.example/first");
  status = 409;
  await happens("pushsubscriptionchange", { oldSubscription: null, newSubscription: null });
  assert.equal(sent.length, 1);
  assert.equal(kept.get("/here"), "https://push.example/first");
  current = null;
  await happens("pushsubscriptionchange", { oldSubscription: null, newSubscription: null });
  assert.deepEqual(sent, []);
});
