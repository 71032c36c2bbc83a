// The choice behind "Notify me" (offer.ts): key events or every post, and the way to stop. Permission is asked for after
// a press on one of the two, and for nothing else. What this device chose is kept on it; the server has the browser's
// address for messages as long as the choice stands (docs/howto/notify-readers.md).

import type { Page } from "./page.ts";
import { words } from "./words-notify.ts";

type Wants = "key_events" | "everything";

const KEPT = "stoppress.notify."; // and the live blog's slug: what this device chose

/** Put the choice into `root`, behind `opener`: open, if it was pressed and not chosen before. */
export function notifications(page: Page, root: HTMLElement, opener: HTMLButtonElement): void {
  const box = makeBox(page, root, opener);
  const kept = chosen(page);
  box.show(kept);
  // Browsers drop subscriptions now and then, and servers are restored from backups: what was chosen is said again.
  if (kept) void begin(page, kept).then(box.show, () => undefined);
  else box.open();
}

interface Box {
  open(): void;
  show(wants: Wants | null): void;
}

function makeBox(page: Page, root: HTMLElement, opener: HTMLButtonElement): Box {
  const [panel, title, row, note, said] = [make("div", "notify-panel"), make("p"), make("p", "notify-choices"), make("p", "note"), make("p", "notify-said")];
  const offered = opener.textContent;
  const choices = { key_events: button(words.notifyKeyEvents), everything: button(words.notifyEverything) };
  const stop = button(words.notifyStop);
  panel.id = "notify-panel";
  panel.hidden = true;
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-labelledby", "notify-title");
  title.id = "notify-title";
  note.textContent = words.notifyNote;
  said.setAttribute("role", "status");
  opener.setAttribute("aria-controls", panel.id);
  row.append(choices.key_events, choices.everything, stop);
  panel.append(title, row, said, note);
  root.append(panel);

  const open = (wanted: boolean): void => {
    title.textContent = words.notifyAbout(page.main.querySelector("h1")?.textContent ?? "");
    panel.hidden = !wanted;
    opener.setAttribute("aria-expanded", String(wanted));
  };
  const show = (wants: Wants | null): void => {
    opener.textContent = wants ? words.notified : offered;
    for (const [name, choice] of Object.entries(choices)) choice.setAttribute("aria-pressed", String(name === wants));
    stop.hidden = wants === null;
  };
  const act = async (work: Promise<Wants | null>): Promise<void> => {
    said.textContent = "";
    const [wants, fault] = await work.then((chosen) => [chosen, ""] as const, (why: Error) => [undefined, why.message] as const);
    if (wants !== undefined) show(wants);
    said.textContent = fault || (wants ? words.notifyOn[wants] : words.notifyOff);
    if (stop.hidden && document.activeElement === document.body) opener.focus(); // the button that was pressed is gone
  };
  opener.addEventListener("click", () => open(panel.hidden));
  for (const name of ["key_events", "everything"] as const) choices[name].addEventListener("click", () => void act(begin(page, name)));
  stop.addEventListener("click", () => void act(end(page)));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    open(false);
    opener.focus();
  });
  open(false);
  return { open: () => open(true), show };
}

// Storage may be refused; then the choice stands, and this page does not know of it when it is opened again.
function keep(page: Page, wants: Wants | null): void {
  try {
    if (wants) localStorage.setItem(KEPT + page.slug, wants);
    else localStorage.removeItem(KEPT + page.slug);
  } catch {
    return;
  }
}

function chosen(page: Page): Wants | null {
  try {
    return localStorage.getItem(KEPT + page.slug) as Wants | null;
  } catch {
    return null;
  }
}

function followsOthers(): boolean {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith(KEPT));
  } catch {
    return true;
  }
}

// Each of these gives what this device now wants of this live blog, or throws a sentence for the reader.

async function begin(page: Page, wants: Wants): Promise<Wants | null> {
  const allowed = await Notification.requestPermission();
  if (allowed !== "granted") {
    keep(page, null);
    throw new Error(words.notifyBlocked);
  }
  try {
    const { key } = (await (await fetch(`${address(page)}/key`)).json()) as { key: string };
    const { endpoint, keys } = (await subscription(key)).toJSON();
    const answer = await send(address(page), { endpoint, p256dh: keys?.p256dh, auth: keys?.auth, key, wants });
    if (answer.ok) keep(page, wants);
    else if (answer.status < 500 && answer.status !== 429) keep(page, null);
    if (!answer.ok) throw new Refused(((await answer.json()) as { detail: string }).detail);
    return wants;
  } catch (fault) {
    throw fault instanceof Refused ? fault : new Error(words.notifyFailed);
  }
}

class Refused extends Error {}

async function end(page: Page): Promise<Wants | null> {
  const registration = await navigator.serviceWorker.ready;
  const found = await registration.pushManager.getSubscription();
  const answer = found ? await send(`${address(page)}/stop`, { endpoint: found.endpoint }).catch(() => null) : null;
  if (found && !answer?.ok) throw new Error(words.notifyFailed);
  keep(page, null);
  for (const shown of await registration.getNotifications({ tag: `live-${page.slug}` })) shown.close();
  if (!followsOthers()) await found?.unsubscribe();
  return null;
}

// The browser's one subscription for this site, made anew when it was made for another key of ours.
async function subscription(key: string): Promise<PushSubscription> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const found = await pushManager.getSubscription();
  if (found && base64url(found.options.applicationServerKey) === key) return found;
  await found?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function base64url(bytes: ArrayBuffer | null): string {
  const text = String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function address(page: Page): string {
  return `/audience/${page.slug}/notifications`;
}

function send(to: string, fields: Record<string, string | undefined>): Promise<Response> {
  const body = new URLSearchParams(Object.entries(fields).map(([name, value]): [string, string] => [name, value ?? ""]));
  return fetch(to, { method: "POST", body, headers: { accept: "application/json" } });
}

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, name = ""): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (name) element.className = name;
  return element;
}

function button(text: string): HTMLButtonElement {
  const element = make("button");
  element.type = "button";
  element.textContent = text;
  return element;
}
