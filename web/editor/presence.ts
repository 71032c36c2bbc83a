// Says again and again that this window is open, and which posts are open in it; shows who else is here.
import type { Desk } from "./desk.ts";
import { make } from "./dom.ts";
import type { Newsroom, Present, State, Writing } from "./newsroom.ts";
import { send } from "./wire.ts";

const BEAT_MS = 20_000; // limits.PRESENCE_BEAT_SECONDS
const LOOK_MS = 1_000; // how often what is open is compared with what was said
const SOON_MS = 300; // after a post was opened or closed

interface Options {
  readonly desk: Desk;
  readonly room: Newsroom;
  /** Ids of the posts that are open for writing here, "new" for one the server does not know. */
  readonly writing: () => readonly string[];
}

/** Tell others that this window is here, and show others in `place`. */
export function presence({ desk, room, writing }: Options, place: HTMLElement | null): void {
  const url = `${desk.root.dataset["newsroomUrl"] ?? ""}here/`;
  let told = "";
  let soon = 0;

  let sending: Promise<unknown> = Promise.resolve();

  async function beat(): Promise<void> {
    told = JSON.stringify(writing());
    const body = JSON.stringify({ tab: desk.tab, writing: writing() });
    // One after the other: what was said last must arrive last. What does not arrive is said again with the next beat.
    sending = sending.then(() => send(url, body, true));
    await sending;
    room.look();
  }

  /** The window is closing: nobody waits for the answer. */
  function leave(): void {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": desk.uploading.token() };
    void fetch(url, { method: "POST", headers, body: JSON.stringify({ tab: desk.tab, gone: true }), credentials: "same-origin", keepalive: true }).catch(() => undefined);
  }

  function changed(): void {
    if (soon) return;
    soon = window.setTimeout(() => {
      soon = 0;
      if (JSON.stringify(writing()) !== told) void beat();
    }, SOON_MS);
  }

  void beat();
  window.setInterval(() => void beat(), BEAT_MS);
  window.setInterval(changed, LOOK_MS);
  desk.openChanged = () => {
    told = ""; // opening a post took its lease: what is open is said again even if it is what was said before
    changed();
  };
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) void beat();
  });
  if (place) room.watch((state) => show(desk, state, place));
}

/** "writing a new post", "editing “Harbour gates closed”", with a link to the post where it is on the page. */
function deed({ post, title }: Writing): Node {
  if (post === "") return document.createTextNode(title === null ? "writing a draft of their own" : "writing a new post");
  const words = title ? `“${title}”` : "a post";
  const name = document.getElementById(`post-${post}`) ? make("a", { class: "entry-link", href: `#post-${post}` }, words) : words;
  return make("span", {}, "editing ", name);
}

function line(desk: Desk, person: Present, onShift: boolean): HTMLElement {
  const mine = String(person.user) === desk.user;
  const said = make("li", {}, make("span", { class: "person" }, mine ? `${person.name} (you)` : person.name));
  if (onShift) said.append(" ", make("span", { class: "entry-meta" }, "on shift"));
  for (const one of person.writing) said.append(make("p", { class: "writes" }, deed(one)));
  return said;
}

function show(desk: Desk, state: State, place: HTMLElement): void {
  const shifts = new Set(state.on_shift.map((shift) => shift.user));
  const others = state.here.filter((person) => String(person.user) !== desk.user);
  const own = state.here.filter((person) => String(person.user) === desk.user);
  const lines = [...others, ...own].map((person) => line(desk, person, shifts.has(person.user)));
  place.querySelector(".people")?.replaceChildren(...lines);
  place.hidden = lines.length === 0;
}
