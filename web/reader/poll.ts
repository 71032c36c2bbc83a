// Votes in polls. Without this script a poll is a plain form that comes back to its post. What the reader did here
// (chosen, voted, unfolded) is kept when new numbers come, for they come as a new element of the whole post.
// The token is made on this device and stays the same for all polls; the server keeps only a hash of it with the poll.

import { words } from "./words.ts";

const DEVICE = "stoppress.device";
const VOTES = "stoppress.votes"; // what this device chose, by poll
const MOST_KEPT = 200;

const chosen = new Map<string, string>(); // not voted yet
const open = new Set<string>();
let votes = kept();

interface Poll {
  readonly name: string;
  readonly box: HTMLElement;
  readonly form: HTMLFormElement;
}

function pollsIn(root: ParentNode): Poll[] {
  return [...root.querySelectorAll<HTMLElement>("[data-poll]")].flatMap((box) => {
    const form = box.querySelector("form");
    return form && box.dataset.poll ? [{ name: box.dataset.poll, box, form }] : [];
  });
}

// Whoever has voted sees the results; others the form, as they left it.
export function dressPolls(root: ParentNode): void {
  for (const { name, box, form } of pollsIn(root)) {
    const vote = votes[name];
    const details = box.querySelector("details");
    if (details) details.open = vote !== undefined || open.has(name);
    form.hidden = vote !== undefined;
    const choice = radio(form, vote ?? chosen.get(name));
    if (choice) choice.checked = true;
    if (vote === undefined || box.querySelector(".poll-mine")) continue;
    say(box, "poll-mine", choice ? words.yourVote(choice.labels?.[0]?.textContent?.trim() ?? "") : words.voted);
  }
}

export function listenForVotes(root: HTMLElement): void {
  root.addEventListener("change", (event) => {
    const input = event.target;
    const name = pollOf(input);
    if (name && input instanceof HTMLInputElement) chosen.set(name, input.value);
  });
  root.addEventListener("submit", (event) => {
    const poll = pollsIn(root).find((one) => one.form === event.target);
    if (!poll) return;
    event.preventDefault();
    void vote(root, poll);
  });
  // `toggle` does not bubble.
  root.addEventListener("toggle", (event) => {
    const name = pollOf(event.target);
    if (!name || !(event.target instanceof HTMLDetailsElement)) return;
    if (event.target.open) open.add(name);
    else open.delete(name);
  }, true);
}

async function vote(root: HTMLElement, { name, form }: Poll): Promise<void> {
  const option = String(new FormData(form).get("option") ?? "");
  const body = new URLSearchParams({ option, device: device() });
  const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } }).catch(() => null);
  const { detail } = ((await answer?.json().catch(() => null)) ?? {}) as { detail?: string };
  if (answer?.ok) {
    votes = { ...votes, [name]: option };
    keep(VOTES, JSON.stringify(Object.fromEntries(Object.entries(votes).slice(-MOST_KEPT))));
    dressPolls(root);
  }
  // By name: while the answer was on its way the post may have come anew.
  const poll = pollsIn(root).find((one) => one.name === name);
  if (!poll) return;
  if (answer?.ok) poll.box.querySelector<HTMLElement>(".poll-mine")?.focus({ preventScroll: true });
  else say(poll.box, "poll-fault", detail ?? words.notSent);
}

// A line of ours below the form, read out as it appears.
function say(box: HTMLElement, name: string, text: string): void {
  box.querySelector(`.${name}`)?.remove();
  const line = document.createElement("p");
  line.className = name;
  line.dataset.script = "";
  line.tabIndex = -1;
  line.setAttribute("role", "status");
  line.textContent = text;
  box.querySelector("form")?.after(line);
}

function radio(form: HTMLFormElement, value: string | undefined): HTMLInputElement | undefined {
  return [...form.querySelectorAll("input")].find((input) => input.value === value);
}

function pollOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>("[data-poll]")?.dataset.poll : undefined;
}

function device(): string {
  const known = read(DEVICE);
  if (known && /^[0-9a-f]{32}$/.test(known)) return known;
  const made = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  keep(DEVICE, made);
  return made;
}

// Storage may be refused; then a vote is remembered as long as the page, and the server tells devices apart as it can.
function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function kept(): Record<string, string> {
  try {
    const found: unknown = JSON.parse(read(VOTES) ?? "{}");
    return typeof found === "object" && found !== null ? (found as Record<string, string>) : {};
  } catch {
    return {};
  }
}
