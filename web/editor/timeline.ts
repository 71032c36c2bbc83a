// The posts on the page: put in, replaced and taken out in place, edited in place, and the small deeds on each of them
// (pin, mark, publish a draft) sent without leaving the page. Without this script the same forms work by themselves.
import { composer, type Composer } from "./composer.ts";
import type { Desk } from "./desk.ts";
import { dropQueued, keepQueued } from "./device.ts";
import { elementsOf, must } from "./dom.ts";
import type { Content, Written } from "./posts.ts";
import { queuedOf } from "./sending.ts";
import { get, Refusal } from "./wire.ts";

export interface Timeline {
  /** Show `html` as the post's present state; null takes the post out. */
  put(id: string, html: string | null): void;
  /** Only this post is pinned ("" for none): cards that say otherwise are fetched afresh. Throws without a connection. */
  pinned(id: string): Promise<void>;
  /** Open the post for editing where it stands. False when it is not on this page. */
  edit(id: string): Promise<boolean>;
  cards(): HTMLElement[];
  editorOf(card: HTMLElement): Composer | undefined;
}

const WORDS_SHOWN = 120; // of a post in the list of what waits

interface Deed {
  readonly id?: string;
  readonly html?: string | null;
  readonly message: string;
}

interface Options {
  readonly desk: Desk;
  readonly list: HTMLElement;
  /** Tell the reporter; `bad` stays until the next word. */
  readonly tell: (words: string, bad?: boolean) => void;
  /** Something was written: look what else changed with it. */
  readonly look: () => void;
  /** The post that the main composer is writing, or "". */
  readonly inComposer: () => string;
  readonly focusComposer: () => void;
}

/** What in the fresh card is the button, the field or the fold that `active` was in the old one. */
function sameControl(next: HTMLElement, active: Element): HTMLElement | null {
  const { deed } = active instanceof HTMLElement ? active.dataset : {};
  const field = active instanceof HTMLTextAreaElement ? active.name : "";
  const what = deed ? `[data-deed="${CSS.escape(deed)}"]` : field ? `[name="${CSS.escape(field)}"]` : active.matches("summary") ? "summary" : "";
  const fold = active.closest("details")?.id ?? "";
  return what ? next.querySelector<HTMLElement>(`${fold ? `#${CSS.escape(fold)} ` : ""}${what}`) : null;
}

export function timeline({ desk, list, tell, look, inComposer, focusComposer }: Options): Timeline {
  const open = new Map<string, Composer>();
  const missed = new Map<string, string | null>(); // what came for a post while it was being edited

  const cardOf = (id: string): HTMLElement | null => list.querySelector<HTMLElement>(`[data-post="${CSS.escape(id)}"]`);
  const cards = (): HTMLElement[] => Array.from(list.querySelectorAll<HTMLElement>("[data-post]"));

  /** Newest first by the moment a post stands under, then by id. */
  function isAbove(one: HTMLElement, other: HTMLElement): boolean {
    const [first, second] = [Date.parse(one.dataset["order"] ?? ""), Date.parse(other.dataset["order"] ?? "")];
    return first === second ? (one.dataset["post"] ?? "") > (other.dataset["post"] ?? "") : first > second;
  }

  function insert(card: HTMLElement): void {
    const below = cards().find((other) => isAbove(card, other));
    if (below) below.before(card);
    else if ("more" in list.dataset) return; // its place is further down than this page goes
    else list.append(card);
    list.parentElement?.querySelector("[data-empty]")?.remove();
    if (list.getAttribute("role") === "region") list.setAttribute("role", "feed"); // which must hold articles, and nothing else
  }

  /** Whether something is typed in the card's own fields (the reason of a withdrawal): it must not be replaced. */
  function isHeld(card: HTMLElement | null): boolean {
    return Array.from(card?.querySelectorAll("textarea") ?? []).some((field) => field.value !== "" && !field.closest("[data-post-editor]"));
  }

  function put(id: string, html: string | null, own = false): void {
    const present = cardOf(id);
    const editing = open.get(id);
    const [next] = html === null ? [] : elementsOf(html);
    if (editing) {
      missed.set(id, html);
      const revision = Number(next?.dataset["revision"] ?? 0);
      editing.noticeOther(next ? revision : Number.MAX_SAFE_INTEGER, next ? "A colleague saved this post meanwhile." : "This draft was discarded meanwhile.");
      return;
    }
    if (!own && isHeld(present)) {
      missed.set(id, html);
      return;
    }
    if (!next) {
      present?.remove();
      return;
    }
    // A post's own page and the answers of a search show these posts and no others.
    if (!present && "only" in list.dataset) return;
    const hadFocus = present?.contains(document.activeElement) ?? false;
    const active = hadFocus ? document.activeElement : null;
    const unfolded = Array.from(present?.querySelectorAll("details[open]") ?? [], (fold) => fold.id);
    if (present && present.dataset["order"] === next.dataset["order"]) present.replaceWith(next);
    else {
      present?.remove();
      insert(next);
    }
    // Whoever opened a small form on it (to withdraw, to return) goes on in the same form of the fresh card.
    for (const fold of unfolded) if (fold) next.querySelector(`#${CSS.escape(fold)}`)?.setAttribute("open", "");
    if (active) (sameControl(next, active) ?? next).focus();
  }

  async function pinned(id: string): Promise<void> {
    const wrong = cards().filter((card) => "pinned" in card.dataset !== (card.dataset["post"] === id));
    await Promise.all(wrong.map((card) => renewed(card)));
  }

  async function renewed(card: HTMLElement): Promise<void> {
    const post = card.dataset["post"] ?? "";
    try {
      const fresh = await get<{ html: string }>(desk.contentUrl(post).replace(/content\/$/, "fragment/"));
      // A card that was replaced meanwhile was so by the answer to a press, which may be newer.
      if (fresh && cardOf(post) === card) put(post, fresh.html);
    } catch (fault) {
      if (!(fault instanceof Refusal) || fault.status !== 404) throw fault;
    }
  }

  function leave(id: string): void {
    const card = cardOf(id);
    open.delete(id);
    desk.openChanged();
    card?.querySelector("[data-post-editor]")?.remove();
    card?.removeAttribute("data-editing");
    const came = missed.get(id);
    if (came !== undefined) put(id, came);
    missed.delete(id);
    cardOf(id)?.focus({ preventScroll: true });
  }

  function written(id: string, answer: Written, done: boolean): void {
    if (done) {
      const editing = open.get(id);
      if (editing) {
        missed.set(id, answer.html);
        editing.close();
      } else put(id, answer.html);
      if (list.dataset["only"] === "post") return location.reload(); // its history has grown
    }
    look();
  }

  async function contentOf(id: string): Promise<Content | null> {
    try {
      return await get<Content>(desk.contentUrl(id));
    } catch (fault) {
      tell(fault instanceof Refusal ? fault.message : "The post could not be opened: there is no connection to the server.", true);
      return null;
    }
  }

  async function edit(id: string): Promise<boolean> {
    if (!cardOf(id)) return false;
    if (inComposer() === id) {
      focusComposer();
      return true;
    }
    const present = open.get(id);
    if (present) {
      present.focus();
      return true;
    }
    if (!(await desk.opening(id))) return true;
    const content = await contentOf(id);
    const card = cardOf(id); // now, not before: it may have been replaced meanwhile
    if (!content || !card || open.has(id)) return true;
    const pattern = must(document, "#post-editor", HTMLTemplateElement);
    const [holder] = elementsOf(pattern.innerHTML);
    if (!holder) return true;
    card.append(holder);
    card.dataset["editing"] = "";
    const form = must(holder, "form", HTMLFormElement);
    const opened = composer({
      desk, form, content,
      written: (answer, done) => written(id, answer, done),
      closed: () => leave(id),
    });
    open.set(id, opened);
    desk.openChanged();
    opened.focus();
    holder.scrollIntoView({ block: "nearest" });
    return true;
  }

  async function deed(form: HTMLFormElement, button: HTMLButtonElement | null): Promise<void> {
    const card = form.closest<HTMLElement>("[data-post]");
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) if (typeof value === "string") fields.append(name, value);
    card?.setAttribute("data-saving", "");
    button?.setAttribute("disabled", "");
    const url = button?.getAttribute("formaction") ?? form.action;
    const words = card?.querySelector("h3")?.textContent || card?.querySelector(".prose")?.textContent?.trim().slice(0, WORDS_SHOWN) || "";
    const shows = !/\/(discard|shift|submit|take-back|return)\/$|\/(promises|handover)\//.test(url); // what only the newsroom sees may go out late
    const name = button?.textContent?.trim() || "A change";
    const entry = queuedOf(desk.user, { slug: desk.slug, url, body: fields, deed: name, words, postId: card?.dataset["post"] ?? "", shows });
    await keepQueued(entry);
    const outcome = await desk.outbox.press(entry);
    button?.removeAttribute("disabled");
    card?.removeAttribute("data-saving");
    if (outcome.kind === "queued") return tell(`${name}: queued. ${outcome.sentence} It goes out by itself.`, true);
    if (outcome.kind === "refused") void dropQueued(entry.key);
    if (outcome.kind === "done") {
      const { id, html, message } = outcome.body as Deed;
      form.reset(); // what it held has been taken
      if (id !== undefined && html !== undefined) put(id, html, true);
      if (list.dataset["only"] === "post" && html) return location.reload();
      tell(message);
      look();
    } else tell(outcome.problem.detail, true);
  }

  // From post to post, as in any feed (ARIA feed pattern).
  list.addEventListener("keydown", (event) => {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    const all = cards();
    const at = all.indexOf(event.target as HTMLElement);
    const next = step === undefined || at < 0 ? undefined : all[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("quick" in form.dataset)) return;
    event.preventDefault();
    void deed(form, event.submitter instanceof HTMLButtonElement ? event.submitter : null);
  });
  document.addEventListener(
    "toggle",
    (event) => {
      // A withdrawal thought better of: what came for the post meanwhile is shown now.
      const fold = event.target instanceof HTMLDetailsElement && !event.target.open ? event.target : null;
      const id = fold?.closest<HTMLElement>("[data-post]")?.dataset["post"] ?? "";
      const came = missed.get(id);
      if (!fold || came === undefined || open.has(id)) return;
      missed.delete(id);
      put(id, came, true);
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-edit]") : null;
    if (!button) return;
    const id = button.dataset["edit"] ?? "";
    if (!cardOf(id)) return; // a link to the post's own page
    event.preventDefault();
    void edit(id);
  });

  return {
    put, pinned, edit, cards,
    editorOf: (card) => open.get(card.dataset["post"] ?? ""),
  };
}
