// The page fetched afresh into the open one, without losing the reader's place.

import type { Arrival } from "./arrival.ts";
import { type Page, feedOf, leafOf, postsOf, seqOf, tell } from "./page.ts";
import { isAtTop, measure, restore } from "./place.ts";
import type { Status } from "./status.ts";
import { ANSWER_MS } from "./stream.ts";
import { addressOf } from "./turn.ts";

// Kept as they are: they hold the script's own state.
const OURS = ["#live-bar", "#live-status"];

// False when the page could not be fetched: try again later.
export async function refresh(page: Page, arrival: Arrival, status: Status): Promise<boolean> {
  const fresh = await load(location.href.split("#", 1)[0] ?? location.href);
  if (fresh === "unreachable") return false;
  if (fresh === "gone") {
    location.reload(); // the browser shows what the server says instead
    return true;
  }
  const reading = isAtTop(page) || "embed" in page.main.dataset ? null : (measure(page)?.post ?? null);
  const older = reading && !holds(fresh, reading) && leafOf(page) === 0 ? await olderPage(page, reading) : null;
  put(page, older ?? fresh, arrival);
  status.titleChanged((older ?? fresh).title);
  return true;
}

// The reader is at a post that has left the first page: give them the page that holds it now.
async function olderPage(page: Page, post: string): Promise<Document | null> {
  const address = addressOf(page, post);
  const older = await load(address);
  if (typeof older === "string") return null;
  history.replaceState(null, "", address);
  return older;
}

async function load(address: string): Promise<Document | "gone" | "unreachable"> {
  try {
    const answer = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(ANSWER_MS) });
    if (answer.status === 404 || answer.status === 410) return "gone";
    if (!answer.ok) return "unreachable";
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    return fresh.querySelector("main#live") ? fresh : "gone";
  } catch {
    return "unreachable";
  }
}

function holds(fresh: Document, post: string): boolean {
  return fresh.getElementById(`post-${post}`) !== null;
}

function put(page: Page, fresh: Document, arrival: Arrival): void {
  const incoming = fresh.querySelector<HTMLElement>("main#live");
  if (!incoming) return;
  const place = measure(page);
  const known = new Set(postsOf(page).map((post) => post.dataset.post ?? ""));
  const focused = document.activeElement?.id ?? "";
  for (const selector of OURS) {
    const ours = page.main.querySelector(selector);
    if (ours) incoming.querySelector(selector)?.replaceWith(ours);
  }
  for (const [name, value] of Object.entries(incoming.dataset)) page.main.dataset[name] = value ?? "";
  page.main.replaceChildren(...incoming.childNodes);
  restyle(fresh);
  arrival.holdUnknown(known);
  arrival.dress(page.main);
  restore(page, place);
  if (focused && document.activeElement === document.body) {
    (document.getElementById(focused) ?? feedOf(page)).focus({ preventScroll: true });
  }
  arrival.settle();
  tell("applied", { seq: seqOf(page), replaced: true });
}

// A new release may have brought a new style sheet, the newsroom new looks; what stands around the posts shows them.
function restyle(fresh: Document): void {
  const find = (root: Document): HTMLLinkElement[] => [...root.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  const [ours, theirs] = [find(document), find(fresh)];
  const named = (links: HTMLLinkElement[], link: HTMLLinkElement): boolean =>
    links.some((one) => one.getAttribute("href") === link.getAttribute("href"));
  const [gone, come] = [ours.filter((one) => !named(theirs, one)), theirs.filter((one) => !named(ours, one))];
  const drop = (): void => gone.forEach((one) => one.remove());
  if (come.length === 0) drop();
  for (const { href } of come) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.addEventListener("load", drop);
    document.head.append(link);
  }
  for (const part of [".masthead", ".support", ".foot"]) swap(document.querySelector(part), fresh.querySelector(part));
}

function swap(ours: Element | null, theirs: Element | null): void {
  if (ours && theirs && !ours.isEqualNode(theirs)) ours.replaceWith(theirs);
}
