// The desk without a network: keeps the desk's pages that this person saw, and the files they need, and gives them back
// when the server cannot be reached. Knows nothing of texts and queues (web/editor keeps those). Public pages, the API
// and every answer that is not a page pass by untouched. Served at /desk/worker.js, so its scope is /desk/.
import { isDeskPage, isFile, MOST_FILES, MOST_PAGES, PATIENCE_MS, type Word } from "./rules.ts";

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Told extends Lasting {
  readonly data: Word;
  readonly ports: readonly MessagePort[];
}

interface Worker {
  addEventListener(kind: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(kind: "fetch", listener: (event: Fetching) => void): void;
  addEventListener(kind: "message", listener: (event: Told) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const worker = globalThis as unknown as Worker;
const PAGES = "stoppress-desk-pages";
const FILES = "stoppress-desk-files";
const OWNER = "/desk/owner"; // no address of the server's: the entry that says whose pages these are

let wipes = 0; // what was begun before one of them keeps nothing after it, however late its answer comes

/** Where to keep something that was begun when there had been `begun` wipes; null when it comes too late. */
async function toKeep(name: string, begun: number): Promise<Cache | null> {
  return begun === wipes ? caches.open(name) : null;
}

/** Looks without making the cache: what was wiped does not come back by being looked for. */
async function keysOf(name: string): Promise<readonly Request[]> {
  return (await caches.has(name)) ? (await caches.open(name)).keys() : [];
}

/** By its name alone: an entry that is opened and not read to its end is not yet safe on the disk. */
async function isKept(name: string, url: string, begun: number): Promise<boolean> {
  const keys = (await (await toKeep(name, begun))?.keys()) ?? [];
  return keys.some((request) => request.url === url);
}

/** Keep no more than `most` entries; the oldest go first. */
async function trim(cache: Cache, most: number): Promise<void> {
  const keys = (await cache.keys()).filter((request) => new URL(request.url).pathname !== OWNER);
  for (const old of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(old);
}

/** A page as it came, under its address without query and hash: what is searched for is not kept. */
async function keepPage(url: string, answer: Response, begun: number): Promise<void> {
  const kind = answer.headers.get("Content-Type") ?? "";
  if (!answer.ok || answer.redirected || !kind.startsWith("text/html")) return;
  const cache = await toKeep(PAGES, begun);
  if (!cache) return;
  const { origin, pathname } = new URL(url);
  await cache.delete(origin + pathname); // so that it becomes the newest
  await cache.put(origin + pathname, answer);
  await trim(cache, MOST_PAGES);
}

async function keepFile(url: string, begun: number): Promise<void> {
  if (await isKept(FILES, url, begun)) return;
  const answer = await fetch(url);
  const cache = await toKeep(FILES, begun);
  if (!cache) return;
  if (answer.ok) await cache.put(url, answer);
  await trim(cache, MOST_FILES);
}

/** Pages of somebody else go before any of this person's stay. */
async function ownedBy(user: string, begun: number): Promise<void> {
  const known = await (await caches.match(OWNER, { cacheName: PAGES }))?.text();
  if (known === user) return;
  if (known !== undefined) await caches.delete(PAGES);
  await (await toKeep(PAGES, begun))?.put(OWNER, new Response(user));
}

async function here(word: Extract<Word, { kind: "here" }>): Promise<void> {
  const begun = wipes;
  await ownedBy(word.user, begun);
  await Promise.all(word.files.filter((url) => isFile(new URL(url), ownOrigin())).map((url) => keepFile(url, begun)));
  if (!isDeskPage(new URL(word.page), ownOrigin())) return;
  const { origin, pathname } = new URL(word.page);
  if (await isKept(PAGES, origin + pathname, begun)) return;
  const answer = await fetch(origin + pathname, { credentials: "same-origin", headers: { Accept: "text/html" } });
  await keepPage(word.page, answer, begun);
}

function ownOrigin(): string {
  return new URL(globalThis.location.href).origin;
}

async function wipe(): Promise<void> {
  wipes += 1;
  await caches.delete(PAGES);
  await caches.delete(FILES);
}

/** What says so when a page is not here: plain, with the ways that are open. */
async function nothingKept(): Promise<Response> {
  const pages = await keysOf(PAGES);
  const style = (await keysOf(FILES)).map((request) => new URL(request.url).pathname).find((path) => path.endsWith(".css"));
  const paths = pages.map((request) => new URL(request.url).pathname).filter((path) => path !== OWNER);
  const links = paths.map((path) => `<li><a href="${path}">${path === "/desk/" ? "All live blogs" : path.replace(/^\/desk\/live\/|\/$/g, "")}</a></li>`);
  const sheet = style ? `<link rel="stylesheet" href="${style}">` : "";
  const ways = links.length > 0 ? `<p>These pages are, with everything you typed:</p><ul>${links.join("")}</ul>` : "";
  return new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>No connection · Stoppress</title>${sheet}</head>` +
      `<body><main id="main" class="page"><div class="sheet narrow"><h1>No connection</h1><p>The server cannot be reached, and this page is not kept on this device.</p>${ways}</div></main></body></html>`,
    {
      status: 503,
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      },
    },
  );
}

/** The server's page; the kept one when there is none in time. What comes late is kept for the next time. */
async function page(event: Fetching): Promise<Response> {
  const { origin, pathname } = new URL(event.request.url);
  const begun = wipes;
  const kept = (): Promise<Response | undefined> => caches.match(origin + pathname, { cacheName: PAGES });
  const fresh = fetch(event.request).then((answer) => {
    if (answer.type === "basic") event.waitUntil(keepPage(event.request.url, answer.clone(), begun));
    return answer;
  });
  const patience = new Promise<"late">((settle) => setTimeout(() => settle("late"), PATIENCE_MS));
  event.waitUntil(fresh.catch(() => undefined));
  try {
    const answer = await Promise.race([fresh, patience]);
    // A proxy whose server is down answers, too; a refusal of the server's own (403, 404) is the truth.
    if (answer === "late" || [502, 503, 504].includes(answer.status)) return (await kept()) ?? (await fresh);
    return answer;
  } catch {
    return (await kept()) ?? nothingKept();
  }
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request.url, { cacheName: FILES })) ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (request.mode === "navigate" && url.pathname.startsWith("/desk/")) {
    if (isDeskPage(url, ownOrigin())) event.respondWith(page(event));
    else if (!url.pathname.startsWith("/desk/account/")) event.respondWith(fetch(request).catch(nothingKept));
  } else if (isFile(url, ownOrigin())) event.respondWith(file(request));
});
worker.addEventListener("message", (event) => {
  const work = event.data.kind === "wipe" ? wipe() : here(event.data);
  event.waitUntil(work.catch(() => undefined).then(() => event.ports[0]?.postMessage("done")));
});
