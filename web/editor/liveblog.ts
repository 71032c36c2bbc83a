// The page of one live blog (or of one post of it): composer, timeline, columns, keys, and what keeps them true.
import { answerAsked } from "./answers.ts";
import { countComing, ownTimes, refill } from "./columns.ts";
import { composer, type Composer } from "./composer.ts";
import type { Desk } from "./desk.ts";
import { dropQueued, keep, placeOf, type Kept, type Queued } from "./device.ts";
import { isTyping, must } from "./dom.ts";
import { hands } from "./hands.ts";
import { handover } from "./handover.ts";
import { keys } from "./keys.ts";
import { openRequest } from "./outbox.ts";
import { follow, type Changes } from "./live.ts";
import { panels } from "./panels.ts";
import { queue } from "./queue.ts";
import { openSearch } from "./search.ts";
import { shelf } from "./shelf.ts";
import { summaries } from "./summary.ts";
import { timeline, type Timeline } from "./timeline.ts";
import type { Tell } from "./told.ts";
import { followDevice } from "./sending.ts";
import { waiting } from "./waiting.ts";

const CONNECTION = { live: "Up to date", waiting: "Asking every few seconds", cut: "No connection", out: "Signed out" };

/** Between two pieces of work the browser may paint and answer: a slow phone stays in hand while the desk starts. */
const breath = (): Promise<void> => new Promise((settle) => window.setTimeout(settle));

/** Start what the page of `desk` has. */
export async function liveblog(desk: Desk, told: Tell, whenDone: (done: (entry: Queued, body: unknown) => void) => void): Promise<void> {
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
  await breath();
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
    void answerAsked(desk, main, told);
  }

  await breath();
  queue(root, choosePanel);

  function write(): void {
    choosePanel("write");
    main?.focus();
    mainForm?.scrollIntoView({ block: "nearest" });
  }

  const tickPromises = handover({ root, main: () => main, tell: told, write });
  const settleSummary = main && mainForm ? summaries({ desk, form: mainForm, main, tell: told, write }) : () => undefined;

  async function takeUp(kept: Kept): Promise<boolean> {
    choosePanel("write");
    if (kept.postId) {
      if (!(await posts.edit(kept.postId))) {
        // The post is not on this page: its own page opens it, and finds the text there.
        await keep(placeOf(desk.user, desk.slug, kept.postId), kept);
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
    const openCopies = (): string[] => [main, ...posts.cards().map((card) => posts.editorOf(card))].map((open) => open?.copyName() ?? "");
    desk.deviceChanged = shelf({ desk, panel, isOpen, openCopies, takeUp });
  }

  const queuePanel = root.querySelector<HTMLElement>("#outbox");
  if (queuePanel) {
    const takeBack = async (entry: Queued): Promise<boolean> => {
      if (!entry.kept) return false;
      const taken = await takeUp({ ...entry.kept, pending: openRequest(entry) });
      if (taken) await dropQueued(entry.key);
      return taken;
    };
    followDevice(waiting({ user: desk.user, panel: queuePanel, outbox: desk.outbox, zone: desk.zone, slug: desk.slug, takeBack }));
  }
  whenDone((entry, body) => {
    const { id, html } = body as { id?: string; html?: string | null };
    if (entry.slug === desk.slug && id !== undefined && html !== undefined) posts.put(id, html);
    told(`${entry.deed}: done${entry.words ? ` (${entry.words.slice(0, 60)})` : ""}.`);
    look();
  });

  async function apply(changes: Changes): Promise<void> {
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
    refill(root.querySelector("#coming"), changes.coming);
    refill(root.querySelector("#side"), changes.side);
    refill(root.querySelector("#handover"), changes.handover);
    tickPromises();
    countComing(root);
    ownTimes(root, desk.zone);
    settleSummary();
    await posts.pinned(changes.pinned);
  }

  const connection = document.querySelector<HTMLElement>("[data-connection]");
  const said = (name: string): string => root.dataset[name] ?? "";
  look = follow({
    changesUrl: said("changesUrl"), seq: Number(said("seq")), room: hands(desk, posts, () => main),
    apply,
    tell(state) {
      if (state === "live" || state === "waiting") desk.outbox.go();
      if (!connection) return;
      connection.textContent = CONNECTION[state];
      connection.dataset["state"] = state;
    },
  });
  startKeys(posts, () => main, write);
  root.dataset["ready"] = "";
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
    search: openSearch,
    publish: (target) => composerAt(target)?.publish(),
    save: (target) => composerAt(target)?.save(),
  });
}
