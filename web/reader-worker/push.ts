// A message of the server's (src/stoppress/push/message.py) as a notification: one for each live blog, the newest.
// A repetition alerts nobody twice, and what comes too late takes nothing newer away. A press leads to the post.

import { type Lasting, worker } from "./worker.ts";

interface Told {
  readonly post: string;
  readonly seq: number; // of the event it tells of, in the live blog's log
  readonly key_event: boolean;
}

interface Message {
  readonly notification: { title: string; body: string; lang: string; dir: NotificationDirection; tag: string; navigate: string; data: Told };
}

interface Pushed extends Lasting {
  readonly data: { json(): Message } | null;
}

interface Pressed extends Lasting {
  readonly notification: Notification & { readonly data: { url: string } };
}

interface Window {
  readonly url: string;
  focus(): Promise<Window>;
  navigate(url: string): Promise<Window | null>;
}

interface Changed extends Lasting {
  readonly oldSubscription: PushSubscription | null;
  readonly newSubscription: PushSubscription | null;
}

interface Pushes {
  addEventListener(kind: "push", listener: (event: Pushed) => void): void;
  addEventListener(kind: "pushsubscriptionchange", listener: (event: Changed) => void): void;
  addEventListener(kind: "notificationclick", listener: (event: Pressed) => void): void;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { matchAll(which: object): Promise<Window[]>; openWindow(url: string): Promise<Window | null> };
}

const pushes = worker as unknown as Pushes;
const TOLD = "stoppress-told"; // the number of the newest event that was told, by live blog
const HERE = "/here"; // in the same place: where push services reached this device last, for browsers that do not say
const RENEWED = "/audience/notifications/renewed";
const ICON = "/static/icon-192.png";

async function tell({ notification }: Message): Promise<void> {
  const { title, body, lang, dir, tag, navigate, data } = notification;
  const [shown] = await pushes.registration.getNotifications({ tag });
  if (shown && shown.data.seq >= data.seq) return;
  // Browsers insist on a notification for each message; one that was told and put away comes back without a sound.
  const again = (await lastTold(tag)) >= data.seq;
  const options = { body, lang, dir, tag, icon: ICON, data: { ...data, url: navigate }, silent: again, renotify: data.key_event && !again };
  await pushes.registration.showNotification(title, options);
  if (!again) await (await caches.open(TOLD)).put(`/${tag}`, new Response(String(data.seq)));
}

async function remember(now: PushSubscription | null): Promise<void> {
  if (now) await (await caches.open(TOLD)).put(HERE, new Response(now.endpoint));
}

/** The browser has another address for messages: the server is told, by the one it knows. */
async function renew({ oldSubscription: old, newSubscription }: Changed): Promise<void> {
  const { pushManager } = pushes.registration;
  const was = old?.endpoint ?? (await (await (await caches.open(TOLD)).match(HERE))?.text());
  const key = old?.options.applicationServerKey;
  const asked = key ? { userVisibleOnly: true, applicationServerKey: key } : null;
  const now = newSubscription ?? (await pushManager.getSubscription()) ?? (asked && (await pushManager.subscribe(asked)));
  if (!was || !now) return; // a page that is opened says again what was chosen
  const { endpoint, keys } = now.toJSON();
  const fields = { was, endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"], key: base64url(now.options.applicationServerKey) };
  const body = new URLSearchParams(Object.entries(fields).map(([name, value]): [string, string] => [name, value ?? ""]));
  const answer = await fetch(RENEWED, { method: "POST", body, headers: { accept: "application/json" } });
  if (answer.ok) await remember(now);
}

function base64url(bytes: ArrayBuffer | null): string {
  const text = String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function lastTold(tag: string): Promise<number> {
  const kept = await (await caches.open(TOLD)).match(`/${tag}`);
  return kept ? Number(await kept.text()) : 0;
}

/** The post's place, in a window that has the live blog open already if there is one. */
async function lead(url: string): Promise<void> {
  const windows = await pushes.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find((one) => new URL(one.url).pathname === new URL(url).pathname);
  await open?.focus().catch(() => undefined);
  const there = await open?.navigate(url).catch(() => null); // refused for a window that the worker does not serve
  if (!there) await pushes.clients.openWindow(url);
}

export function listenForPush(): void {
  let turn: Promise<unknown> = Promise.resolve(); // one after the other: each looks at what the one before showed
  pushes.addEventListener("push", (event) => {
    const message = event.data?.json();
    if (message) event.waitUntil((turn = turn.catch(() => undefined).then(() => tell(message))));
    event.waitUntil(pushes.registration.pushManager.getSubscription().then(remember));
  });
  pushes.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));
  pushes.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(lead(event.notification.data.url));
  });
}
