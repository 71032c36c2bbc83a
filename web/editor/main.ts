// The desk's script: starts what the page has. Every screen works without it, but for writing posts.
import { composer, type Composer } from "./composer.ts";
import { deskOf, type Desk } from "./desk.ts";
import { forget, keep, placeOf, places, type Kept } from "./device.ts";
import { isTyping, make, must } from "./dom.ts";
import { keys } from "./keys.ts";
import { follow, type Changes } from "./live.ts";
import { panels } from "./panels.ts";
import { shelf } from "./shelf.ts";
import { timeline, type Timeline } from "./timeline.ts";
import { clock, cityOf, ownZone } from "./words.ts";

const TOLD_MS = 6_000;
const CONNECTION = { live: "Up to date", waiting: "Asking every few seconds", cut: "No connection", out: "Signed out" };

/** A sentence at the foot of the page; a bad one stays until it is put away. */
function teller(): (words: string, bad?: boolean) => void {
  const place = must(document, "#told", HTMLElement);
  let timer = 0;
  return (words, bad = false) => {
    window.clearTimeout(timer);
    const away = make("button", { type: "button", class: "button quiet small" }, "Put away");
    away.addEventListener("click", () => place.replaceChildren());
    place.replaceChildren(make("div", { class: bad ? "told bad" : "told", role: bad ? "alert" : "status" }, make("p", {}, words), away));
    if (!bad) timer = window.setTimeout(() => place.replaceChildren(), TOLD_MS);
  };
}

/** Times of the event's clock carry the reporter's own as a tooltip, and in words where asked for. */
function ownTimes(root: ParentNode, zone: string): void {
  const own = ownZone();
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
    const moment = new Date(time.dateTime);
    if (clock(moment, zone) === clock(moment, own)) continue;
    const words = `${clock(moment, own)} where you are (${cityOf(own)})`;
    time.title = words;
    const next = time.nextElementSibling;
    if ("own" in time.dataset && !next?.matches(".own-time")) time.after(make("span", { class: "own-time" }, `, ${words}`));
  }
}

/** Put new HTML into a column without taking the focus or an open fold from the reporter. */
function refill(column: HTMLElement | null, html: string): void {
  if (!column || column.innerHTML === html) return;
  const focused = column.contains(document.activeElement) ? (document.activeElement as HTMLElement).id : "";
  const unfolded = Array.from(column.querySelectorAll<HTMLDetailsElement>("details[id][open]"), (fold) => fold.id);
  column.innerHTML = html; // the desk's own, escaped by the server
  for (const id of unfolded) column.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus();
}

/** How much waits in the left column, on the phone's bar. */
function countComing(root: HTMLElement): void {
  const count = root.querySelectorAll("#coming .entry, #device:not([hidden]) .shelf-entry").length;
  const place = root.querySelector<HTMLElement>("[data-coming-count]");
  if (!place) return;
  place.textContent = String(count);
  place.hidden = count === 0;
}

function startLive(desk: Desk, told: (words: string, bad?: boolean) => void): void {
  const { root } = desk;
  const list = must(root, "#timeline", HTMLElement);
  const mainForm = root.querySelector<HTMLFormElement>("form[data-composer]");
  const choosePanel = panels(root);
  let main: Composer | null = null;
  let look = (): void => undefined;

  const posts: Timeline = timeline({
    desk, list, tell: told,
    look: () => look(),
    inComposer: () => main?.postId ?? "",
    focusComposer: () => write(),
  });
  if (mainForm) {
    main = composer({
      desk, form: mainForm, content: null,
      written(answer) {
        posts.put(answer.id, answer.html);
        look();
      },
      closed: () => undefined,
    });
    if (!main.isUntouched()) root.dataset["writing"] = "";
  }

  function write(): void {
    choosePanel("write");
    main?.focus();
    mainForm?.scrollIntoView({ block: "nearest" });
  }

  async function takeUp(kept: Kept): Promise<boolean> {
    choosePanel("write");
    if (kept.postId) {
      if (!(await posts.edit(kept.postId))) {
        // The post is not on this page: its own page opens it, and finds the text there.
        keep(placeOf(desk.user, desk.slug, kept.postId), kept);
        location.assign(desk.contentUrl(kept.postId).replace(/content\/$/, "#edit"));
        return true;
      }
      const card = posts.cards().find((candidate) => candidate.dataset["post"] === kept.postId);
      const opened = card && posts.editorOf(card);
      if (opened) {
        opened.take(kept);
        return true;
      }
      // It cannot be changed any more (withdrawn, not ours): the text goes on as a new post.
    }
    if (!main) return false;
    if (!main.isUntouched()) {
      told("The composer holds another text. Publish it, save it or press “New post” first; nothing of it is lost.", true);
      return false;
    }
    main.take({ ...kept, postId: "", baseRevision: 0 });
    main.focus();
    return true;
  }

  const panel = root.querySelector<HTMLElement>("#device");
  if (panel) {
    const isOpen = (key: string): boolean =>
      key === placeOf(desk.user, desk.slug, `new-${desk.tab}`) ||
      posts.cards().some((card) => posts.editorOf(card) !== undefined && key === placeOf(desk.user, desk.slug, card.dataset["post"] ?? ""));
    showShelf = shelf({ desk, panel, isOpen, takeUp });
  }

  function apply(changes: Changes): void {
    if (changes.reload) {
      told("Much has changed here. Reload the page to see all of it; what you are writing is kept.", true);
      return;
    }
    if (changes.zone !== desk.zone) told("The live blog has another time zone now. Reload the page to see its times; what you are writing is kept.", true);
    // A live blog closed under somebody's hands: what they are writing stays in sight.
    if (changes.status === "closed" && main && !main.isUntouched()) root.dataset["writing"] = "";
    root.dataset["status"] = changes.status;
    for (const place of document.querySelectorAll("[data-headline]")) place.textContent = changes.headline;
    for (const post of changes.posts) {
      // A post that the main composer holds is told there, and shown here all the same.
      if (post.id === main?.postId && post.html) main.noticeOther(Number(/data-revision="(\d+)"/.exec(post.html)?.[1] ?? 0), "Somebody saved this draft meanwhile.");
      posts.put(post.id, post.html);
    }
    posts.pinned(changes.pinned);
    refill(root.querySelector("#coming"), changes.coming);
    refill(root.querySelector("#side"), changes.side);
    countComing(root);
    ownTimes(root, desk.zone);
  }

  const connection = document.querySelector<HTMLElement>("[data-connection]");
  const said = (name: string): string => root.dataset[name] ?? "";
  look = follow({
    changesUrl: said("changesUrl"), eventsUrl: said("eventsUrl"), seq: Number(said("seq")),
    isPublic: () => said("status") !== "draft",
    apply,
    tell(state) {
      if (!connection) return;
      connection.textContent = state === "waiting" && said("status") === "draft" ? CONNECTION.live : CONNECTION[state];
      connection.dataset["state"] = state;
    },
  });
  startKeys(posts, () => main, write);
  if (location.hash === "#edit") void posts.edit(list.querySelector<HTMLElement>("[data-post]")?.dataset["post"] ?? "");
  countComing(root);
  ownTimes(root, desk.zone);
}

function startKeys(posts: Timeline, main: () => Composer | null, write: () => void): void {
  /** The post that holds the focus, else the one under the pointer, else the newest. */
  const current = (): HTMLElement | undefined => {
    const cards = posts.cards();
    return cards.find((card) => card.contains(document.activeElement)) ?? cards.find((card) => card.matches(":hover")) ?? cards[0];
  };
  const press = (deed: string): void => current()?.querySelector<HTMLElement>(`[data-deed~="${deed}"]`)?.click();
  const composerAt = (target: Element): Composer | null => {
    const card = target.closest<HTMLElement>("[data-post]");
    return (card && posts.editorOf(card)) || (isTyping(target) || target.closest("form[data-composer]") ? main() : null);
  };
  keys({
    n: write,
    e: () => press("edit"),
    p: () => press("pin"),
    k: () => press("key"),
    search: () => document.querySelector<HTMLInputElement>("#search")?.focus(),
    publish: (target) => composerAt(target)?.publish(),
    save: (target) => composerAt(target)?.save(),
  });
}

/** Signing out takes the texts on this device along: say so first. */
function startSignOut(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-sign-out]");
  const user = form?.dataset["signOut"];
  if (!form || !user) return;
  const kept = places(user);
  const warning = form.querySelector<HTMLElement>("[data-kept-warning]");
  if (warning && kept.length > 0) {
    warning.hidden = false;
    warning.append(make("ul", {}, ...kept.map((place) => make("li", {}, place.kept.words || "A text without words"))));
  }
  form.addEventListener("submit", () => {
    for (const place of kept) forget(place.key);
  });
}

let showShelf = (): void => undefined;

document.documentElement.classList.add("js");
startSignOut();
const desk = deskOf(document, () => showShelf());
if (desk) startLive(desk, teller());
