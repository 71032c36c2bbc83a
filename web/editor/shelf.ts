// The panel "On this device": texts that are kept here and open nowhere on this page, to be taken up or thrown away;
// and those that the server keeps for the same person from another device.
import { dateFormat } from "../shared/formats.ts";
import { copyLines, copyText, throwAway, type CopyLine } from "./copies.ts";
import { forget, onDeviceChange, places, queueOf, type Kept, type Place } from "./device.ts";
import type { Desk } from "./desk.ts";
import { make } from "./dom.ts";
import { clock } from "./words.ts";

interface Options {
  readonly desk: Desk;
  readonly panel: HTMLElement;
  /** Whether an open composer holds the text under this key. */
  readonly isOpen: (key: string) => boolean;
  /** Names of the server's copies of what is open on this page. */
  readonly openCopies: () => readonly string[];
  readonly takeUp: (kept: Kept) => Promise<boolean>;
}

function typedAt(at: number, zone: string): string {
  const day = dateFormat("en-GB", { day: "numeric", month: "short", timeZone: zone });
  const [then, today] = [day.format(at), day.format(Date.now())];
  return (then === today ? "" : `${then}, `) + clock(new Date(at), zone);
}

/** Shows the panel, and again whenever the returned function is called. */
export function shelf({ desk, panel, isOpen, openCopies, takeUp }: Options): () => void {
  let elsewhere: readonly CopyLine[] = [];

  async function fetchCopies(): Promise<void> {
    if (desk.copiesUrl) elsewhere = await copyLines(desk.copiesUrl);
    show();
  }

  function entry(meta: string, words: string, take: () => Promise<unknown>, away: () => void): HTMLElement {
    const open = make("button", { type: "button", class: "button small" }, "Take it up");
    const drop = make("button", { type: "button", class: "button quiet small danger" }, "Throw away");
    open.addEventListener("click", () => void take().then(show));
    drop.addEventListener("click", () => {
      if (drop.dataset["sure"] === undefined) {
        drop.dataset["sure"] = "";
        drop.textContent = "Really throw away";
        return;
      }
      away();
      show();
    });
    return make(
      "li",
      { class: "shelf-entry" },
      make("p", { class: "entry-meta" }, meta),
      make("p", { class: "entry-words" }, words || "Without words"),
      make("div", { class: "entry-buttons" }, open, drop),
    );
  }

  const kindOf = (post: string): string => (post ? "Change to a post" : "New post");

  function hereEntry({ key, kept }: Place): HTMLElement {
    const take = async (): Promise<void> => {
      if (await takeUp(kept)) forget(key);
    };
    const away = (): void => {
      forget(key);
      if (kept.copy && kept.copy.turn > 0) void throwAway(desk.copiesUrl, kept.copy.name);
    };
    return entry(`${kindOf(kept.postId)}, ${typedAt(kept.at, desk.zone)}`, kept.words, take, away);
  }

  function awayEntry(line: CopyLine): HTMLElement {
    const gone = (): void => {
      elsewhere = elsewhere.filter((other) => other !== line);
    };
    const take = async (): Promise<void> => {
      const text = await copyText(desk.copiesUrl, line);
      if (text && (await takeUp(text))) gone();
    };
    const away = (): void => {
      gone();
      void throwAway(desk.copiesUrl, line.name);
    };
    return entry(`${kindOf(line.post_id)}, ${typedAt(Date.parse(line.at), desk.zone)}, on the server${line.device ? ` from ${line.device}` : ""}`, line.words, take, away);
  }

  function show(): void {
    const kept = places(desk.user, desk.slug).filter((place) => !isOpen(place.key));
    const known = new Set([...openCopies(), ...places(desk.user).map((place) => place.kept.copy?.name), ...queueOf(desk.user).map((queued) => queued.kept?.copy?.name)]);
    const away = elsewhere.filter((line) => !known.has(line.name));
    panel.hidden = kept.length + away.length === 0;
    panel.querySelector("ul")?.replaceChildren(...kept.map(hereEntry), ...away.map(awayEntry));
    const count = panel.querySelector("[data-count]");
    if (count) count.textContent = String(kept.length + away.length);
  }

  onDeviceChange(show); // also when another window kept or forgot something
  show();
  void fetchCopies();
  return show;
}
