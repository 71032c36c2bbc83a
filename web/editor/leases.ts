// Posts that somebody has open: marked on their cards, asked about before they are opened here, told when they are taken
// over. A lease keeps nobody from saving; two versions that meet are shown to the later one (conflict.ts).
import type { Desk } from "./desk.ts";
import { make } from "./dom.ts";
import type { Lease, Newsroom } from "./newsroom.ts";
import { send } from "./wire.ts";
import { clock } from "./words.ts";

interface Options {
  readonly desk: Desk;
  readonly room: Newsroom;
  readonly list: HTMLElement;
}

/** Keep the marks true, and ask before a post is opened that a colleague has. */
export function leases({ desk, room, list }: Options): void {
  let held: readonly Lease[] = [];
  const isMine = (lease: Lease): boolean => String(lease.user) === desk.user && lease.tab === desk.tab;
  const who = (lease: Lease): string => (String(lease.user) === desk.user ? "You, in another window," : lease.name);

  function mark(): void {
    for (const card of list.querySelectorAll<HTMLElement>("[data-post]")) {
      const lease = held.find((one) => one.post === card.dataset["post"] && !isMine(one));
      const editor = card.querySelector<HTMLElement>("[data-post-editor]");
      const words = lease && !editor ? `${who(lease)} ${String(lease.user) === desk.user ? "have" : "has"} this open since ${clock(new Date(lease.since), desk.zone)}` : "";
      put(card.querySelector(".card-head"), "open-by", words);
      put(editor, "taken-over", lease && editor ? `${who(lease)} took this post over at ${clock(new Date(lease.since), desk.zone)}. Yours is safe: when both are saved, the later one is shown both versions.` : "");
    }
  }

  /** The line of this class in `place` says `words`; "" takes it away. */
  function put(place: HTMLElement | null, name: string, words: string): void {
    const present = place?.querySelector<HTMLElement>(`:scope > .${name}`);
    if (!place || (present?.textContent ?? "") === words) return;
    present?.remove();
    if (!words) return;
    const line = make("p", { class: name, role: "status" }, words);
    if (name === "taken-over") place.prepend(line);
    else place.append(line);
  }

  desk.opening = async (postId) => {
    const url = desk.contentUrl(postId).replace(/content\/$/, "lease/");
    const take = (over: boolean): ReturnType<typeof send<object>> => send<object>(url, JSON.stringify({ tab: desk.tab, over }));
    const outcome = await take(false);
    // Without an answer, or with a no that the post's own door will repeat, the post opens as if there were no leases.
    if (outcome.kind !== "refused" || !outcome.problem.holder) return true;
    if (!(await isWanted(outcome.problem.holder))) return false;
    await take(true);
    return true;
  };
  room.watch((state) => {
    held = state.leases;
    mark();
  });
  new MutationObserver(mark).observe(list, { childList: true });
}

/** Ask whether a post that `holder` has open shall be taken over. */
function isWanted(holder: string): Promise<boolean> {
  const form = make(
    "form",
    { method: "dialog", class: "stack" },
    make("h2", {}, `${holder} has this post open`),
    make("p", {}, `Take it over, and ${holder} is told. Nothing either of you writes is lost: if both save, the later one is shown both versions and decides.`),
    make(
      "div",
      { class: "dialog-buttons" },
      make("button", { type: "submit", value: "over", class: "button" }, "Take it over"),
      make("button", { type: "submit", value: "leave", class: "button primary", autofocus: "" }, `Leave it to ${holder}`),
    ),
  );
  const dialog = make("dialog", { class: "dialog", "aria-label": `${holder} has this post open` }, form);
  document.body.append(dialog);
  return new Promise((settle) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      settle(dialog.returnValue === "over");
    });
    dialog.showModal();
  });
}
