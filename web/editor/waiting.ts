// The panel of what waits on this device to be sent: each write with its true state in words, the question before
// something goes out late, and the ways on for what was refused. On every page of the desk that has a place for it.
import { queueOf, type Queued } from "./device.ts";
import { make } from "./dom.ts";
import type { Outbox } from "./outbox.ts";
import { clock } from "./words.ts";

interface Options {
  readonly user: string;
  readonly panel: HTMLElement;
  readonly outbox: Outbox;
  readonly zone: string;
  /** Take the text of an entry back into a composer; undefined where there is none. False: not now. */
  readonly takeBack?: (entry: Queued) => Promise<boolean>;
  /** The live blog of this page, "" when it is another page. */
  readonly slug: string;
}

const LATE = "What waits for your word is more than five minutes old, and readers may know more by now. Shall it still go out?";

/** "pin" → what it is called while it waits. */
function title({ deed, words }: Queued): string {
  return words ? `${deed}: ${words}` : deed;
}

function chipOf(entry: Queued, sending: boolean): HTMLElement {
  const [kind, word] = sending
    ? ["saving", "Sending"]
    : { waiting: ["queued", "Queued"], asks: ["asks", "Waits for your word"], failed: ["failed", "Not done"] }[entry.state];
  return make("span", { class: `chip ${kind}` }, word ?? "");
}

/** When it was pressed, and in which live blog when that is not the one on this page. */
function since(entry: Queued, zone: string, slug: string): string {
  return `${clock(new Date(entry.at), zone)}${entry.slug === slug ? "" : `, in ${entry.slug}`}`;
}

/** Shows the panel, and again whenever something changes or the returned function is called. */
export function waiting({ user, panel, outbox, zone, takeBack, slug }: Options): () => void {
  const list = make("ul", { class: "waiting-list" });
  const head = make("h2", { class: "panel-head", id: "outbox-head" });
  const note = make("p", { class: "hint", role: "status" });
  const buttons = make("div", { class: "entry-buttons" });
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-labelledby", "outbox-head");
  panel.replaceChildren(head, note, list, buttons);

  function press(label: string, kind: string, act: (button: HTMLButtonElement) => void): HTMLButtonElement {
    const button = make("button", { type: "button", class: `button small ${kind}`.trim() }, label);
    button.addEventListener("click", () => act(button));
    return button;
  }

  function waysOn(entry: Queued): HTMLElement[] {
    const ways: HTMLElement[] = [];
    if (entry.state === "asks") ways.push(press(entry.deed === "Publish" ? "Publish now" : "Send now", "primary", () => void outbox.confirm([entry.key])));
    if (entry.state === "failed") ways.push(press("Try again", "", () => void outbox.confirm([entry.key])));
    if (entry.kept && takeBack && entry.slug === slug) ways.push(press("Take it back to write", "", () => void takeBack(entry)));
    const drop = press("Throw away", "quiet danger", (button) => {
      if (button.dataset["sure"] === undefined) {
        button.dataset["sure"] = "";
        button.textContent = entry.tried > 0 && entry.state !== "failed" ? "Really throw away; it may have gone out" : "Really throw away";
      } else void outbox.remove(entry.key);
    });
    return [...ways, drop];
  }

  function row(entry: Queued): HTMLElement {
    const sending = outbox.sending() === entry.key;
    const said = make("p", { class: "entry-words" }, title(entry));
    const parts: HTMLElement[] = [make("p", { class: "entry-meta" }, chipOf(entry, sending), ` pressed at ${since(entry, zone, slug)}`), said];
    if (entry.state === "failed") parts.push(make("p", { class: "waiting-why" }, entry.why));
    if (!sending) parts.push(make("div", { class: "entry-buttons" }, ...waysOn(entry)));
    return make("li", { class: `waiting-entry ${entry.state}`, "data-queued": entry.state }, ...parts);
  }

  function noteOf(entries: readonly Queued[]): string {
    if (entries.some((entry) => entry.state === "waiting") && outbox.trouble()) return `${outbox.trouble()} What is queued goes out by itself, in this order, as soon as it can.`;
    return entries.some((entry) => entry.state === "asks") ? LATE : "";
  }

  function show(): void {
    const entries = queueOf(user).filter((entry) => !outbox.isPressed(entry.key));
    const asking = entries.filter((entry) => entry.state === "asks");
    const open = panel.contains(document.activeElement) ? (document.activeElement as HTMLElement).textContent : null;
    panel.hidden = entries.length === 0;
    head.textContent = `Waiting on this device: ${entries.length}`;
    note.textContent = noteOf(entries);
    list.replaceChildren(...entries.map(row));
    buttons.replaceChildren();
    if (asking.length > 1) buttons.append(press(`Send all ${asking.length}, in this order`, "primary", () => void outbox.confirm(asking.map((entry) => entry.key))));
    if (entries.some((entry) => entry.state === "waiting")) buttons.append(press("Try now", "", () => outbox.go(true)));
    if (open !== null) Array.from(panel.querySelectorAll("button")).find((button) => button.textContent === open)?.focus();
  }

  outbox.onChange(show);
  show();
  return show;
}
