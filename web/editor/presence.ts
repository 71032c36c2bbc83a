// Says again and again that this window is open, and which posts are open in it; shows who else is here.
import type { Desk } from "./desk.ts";
import { make } from "./dom.ts";
import type { Newsroom, Present, State, Writing } from "./newsroom.ts";

const BEAT_MS = 20_000; // limits.PRESENCE_BEAT_SECONDS
const SOON_MS = 400; // after a key or a press, until what is open is looked at

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

  async function post(body: object, more: RequestInit = {}): Promise<void> {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": desk.uploading.token() };
    try {
      await fetch(url, { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin", ...more });
    } catch {
      told = ""; // said again with the next beat
    }
  }

  async function beat(): Promise<void> {
    const open = [...writing()];
    told = JSON.stringify(open);
    await post({ tab: desk.tab, writing: open });
    room.look();
  }

  function changed(): void {
    window.clearTimeout(soon);
    soon = window.setTimeout(() => {
      if (JSON.stringify(writing()) !== told) void beat();
    }, SOON_MS);
  }

  void beat();
  window.setInterval(() => void beat(), BEAT_MS);
  for (const kind of ["input", "click", "keyup", "focusin"]) desk.root.addEventListener(kind, changed);
  desk.openChanged = changed;
  window.addEventListener("pagehide", () => void post({ tab: desk.tab, gone: true }, { keepalive: true }));
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
