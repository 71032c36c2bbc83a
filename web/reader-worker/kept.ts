// The copies on the reader's device: a page, its pictures, the built files. What the server takes back is dropped.

import {
  FILES,
  KEPT_AT,
  MOST_FILES,
  MOST_MS,
  MOST_PAGES,
  MOST_PICTURES,
  OFFLINE,
  PAGES,
  PICTURES,
  filesIn,
  keptAddress,
  markedKept,
} from "./rules.ts";
import { worker } from "./worker.ts";

const SAME = { ignoreVary: true };
const origin = worker.location.origin;

// One change to the pages at a time; and what was on its way when something was taken back is not kept after it.
let turn: Promise<unknown> = Promise.resolve();
let taken = 0;
function inTurn(work: () => Promise<unknown>): Promise<void> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine.then(() => undefined);
}

export async function keptPage(address: string): Promise<Response | undefined> {
  const found = await (await caches.open(PAGES)).match(address, SAME);
  if (!found || address === origin + OFFLINE) return found;
  if (Date.now() - Date.parse(found.headers.get(KEPT_AT) ?? "") < MOST_MS) return found;
  await drop(address);
  return undefined;
}

/** What the server answered: kept, or, when it says that there is no such page any more, dropped. */
export async function take(address: string, answer: Response): Promise<void> {
  if (answer.status === 404 || answer.status === 410) return drop(address);
  const kind = answer.headers.get("Content-Type") ?? "";
  if (!answer.ok || answer.redirected || !kind.startsWith("text/html")) return;
  const before = taken;
  const html = await answer.text();
  await inTurn(async () => {
    if (taken === before) await put(address, answer, html);
  });
  await Promise.all(filesIn(html).map(keepFile));
  const shell = await (await (await caches.open(PAGES)).match(OFFLINE, SAME))?.text();
  if (!shell || !filesIn(shell).every((file) => html.includes(file))) await keepShell();
}

export async function fetchAndTake(page: string): Promise<void> {
  const address = keptAddress(page, origin);
  if (address) await take(address, await fetch(address, { cache: "no-cache", headers: { Accept: "text/html" } }));
}

/** The page and its pictures. */
export function drop(address: string): Promise<void> {
  taken += 1;
  return inTurn(() => forget(address));
}

async function forget(address: string): Promise<void> {
  await (await caches.open(PAGES)).delete(address, SAME);
  await caches.delete(PICTURES + new URL(address).pathname);
}

export async function keepShell(): Promise<void> {
  const answer = await fetch(OFFLINE, { cache: "no-cache" });
  if (!answer.ok) return;
  await (await caches.open(PAGES)).put(OFFLINE, answer.clone());
  await Promise.all(filesIn(await answer.text()).map(keepFile));
}

async function put(address: string, answer: Response, html: string): Promise<void> {
  const cache = await caches.open(PAGES);
  const headers = new Headers(answer.headers);
  const at = new Date().toISOString();
  headers.set(KEPT_AT, at);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  await cache.delete(address, SAME); // so that it becomes the newest
  await cache.put(address, new Response(markedKept(html, at), { headers }));
  const pages = (await cache.keys()).map((request) => request.url).filter((url) => url !== origin + OFFLINE);
  for (const old of pages.slice(0, Math.max(0, pages.length - MOST_PAGES))) await forget(old);
}

export async function keepFile(file: string): Promise<Response> {
  const cache = await caches.open(FILES);
  const kept = await cache.match(file, SAME);
  if (kept) return kept;
  const answer = await fetch(file);
  if (answer.ok) {
    await cache.put(file, answer.clone());
    await trim(cache, MOST_FILES);
  }
  return answer;
}

/** A picture as the page `client` showed it; one that the server took back goes from every page. */
export async function takePicture(client: string, url: string, answer: Response): Promise<void> {
  if (answer.status === 404 || answer.status === 410) {
    const names = (await caches.keys()).filter((name) => name.startsWith(PICTURES));
    await Promise.all(names.map(async (name) => (await caches.open(name)).delete(url, SAME)));
  }
  const page = (await worker.clients.get(client))?.url;
  const address = page ? keptAddress(page, origin) : null;
  if (answer.status !== 200 || !address || !(await (await caches.open(PAGES)).match(address, SAME))) return;
  const cache = await caches.open(PICTURES + new URL(address).pathname);
  await cache.put(url, answer);
  await trim(cache, MOST_PICTURES);
}

/** No more than `most` entries; the oldest go first. */
async function trim(cache: Cache, most: number): Promise<void> {
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(old);
}
