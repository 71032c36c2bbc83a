// The readers' worker: the last seen copy of a live blog, with its age, when the server cannot be reached. When it can,
// the server's answer always wins. Knows nothing of streams: they, `changes` and the newsroom pass by untouched. Served
// at /worker.js, so that its scope is the whole site; the desk has its own.

import { drop, fetchAndTake, keepFile, keepShell, keptPage, take, takePicture } from "./kept.ts";
import { listenForPush } from "./push.ts";
import { OFFLINE, PATIENCE_MS, type Word, isFile, isPicture, isReaders, keptAddress } from "./rules.ts";
import { type Fetching, worker } from "./worker.ts";

const origin = worker.location.origin;

/** The server's page; the kept one when there is none in time. What comes late is kept for the next time. */
async function page(event: Fetching, address: string): Promise<Response> {
  const fresh = fetch(event.request).then((answer) => {
    if (answer.type === "basic") event.waitUntil(take(address, answer.clone()));
    return answer;
  });
  event.waitUntil(fresh.catch(() => undefined));
  const late = new Promise<null>((settle) => setTimeout(() => settle(null), PATIENCE_MS));
  try {
    const answer = await Promise.race([fresh, late]);
    // A proxy whose server is down answers, too; a refusal of the server's own (404, 410) is the truth.
    if (answer && ![502, 503, 504].includes(answer.status)) return answer;
    return (await keptPage(address)) ?? (await fresh);
  } catch {
    return (await keptPage(address)) ?? notKept();
  }
}

async function notKept(): Promise<Response> {
  return (await keptPage(origin + OFFLINE)) ?? Response.error();
}

async function picture(event: Fetching): Promise<Response> {
  const { request } = event;
  try {
    const answer = await fetch(request);
    event.waitUntil(takePicture(event.clientId, request.url, answer.clone()).catch(() => undefined));
    return answer;
  } catch {
    return (await caches.match(request.url, { ignoreVary: true })) ?? Response.error();
  }
}

listenForPush();
worker.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([worker.skipWaiting(), keepShell().catch(() => undefined)]));
});
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (request.mode === "navigate") {
    const address = keptAddress(request.url, origin);
    if (address) event.respondWith(page(event, address));
    else if (isReaders(url, origin)) event.respondWith(fetch(request).catch(notKept));
  } else if (isFile(url, origin)) event.respondWith(keepFile(request.url));
  else if (isPicture(url, origin) && request.destination === "image") event.respondWith(picture(event));
});
worker.addEventListener<Word>("message", (event) => {
  const { kind, page: told } = event.data;
  const address = keptAddress(told, origin);
  if (!address) return;
  const work = kind === "drop" ? drop(address) : fetchAndTake(told);
  event.waitUntil(work.catch(() => undefined).then(() => event.ports[0]?.postMessage("done")));
});
