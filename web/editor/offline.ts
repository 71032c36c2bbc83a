// Talks to the worker that opens the desk without a network (web/desk-worker). Where the browser has none (no https),
// everything else works as it does with one.
import type { Word } from "../desk-worker/rules.ts";

const WORKER = "/desk/worker.js";

/** The built files that this page needed. */
function filesOfPage(): string[] {
  const marked = Array.from(document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>("script[src], link[rel=stylesheet]"), (element) => ("src" in element ? element.src : element.href));
  const fetched = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => new URL(name).pathname.startsWith("/static/"));
  return [...new Set([...marked, ...fetched])];
}

/** Let the worker keep this page, as this person sees it, and what it is made of. */
export async function stayOpen(user: string): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(WORKER, { scope: "/desk/" });
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ kind: "here", user, page: location.href, files: filesOfPage() } satisfies Word);
  } catch {
    // Not allowed here, or the server is away at this moment: the next page tries again.
  }
}

/** Nothing of this person's pages stays on this device. */
export async function closeUp(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration("/desk/");
  if (!registration) return;
  const worker = registration.active;
  if (worker) {
    const heard = new MessageChannel();
    const done = new Promise((settle) => {
      heard.port1.addEventListener("message", settle);
      window.setTimeout(settle, 2_000);
    });
    heard.port1.start();
    worker.postMessage({ kind: "wipe" } satisfies Word, [heard.port2]);
    await done;
  }
  await registration.unregister();
  // A worker that was slow to answer may not have come to it.
  for (const name of await caches.keys()) if (name.startsWith("stoppress-desk-")) await caches.delete(name);
}
