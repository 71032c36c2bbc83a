// One post under way: its form, its text on this device, its way to the server. The main composer and every post that
// is edited in place are composers. A text leaves the form only when the server has said that it has it.
import { conflict, joined } from "./conflict.ts";
import type { Desk } from "./desk.ts";
import { copying, type CopyState } from "./copies.ts";
import { backToText, forget, keep, keepQueued, placeOf, putAside, recall, type Kept, type Pending } from "./device.ts";
import { make, must } from "./dom.ts";
import type { Fields } from "./device.ts";
import { editor, type Editor } from "./editor.ts";
import { fieldsOf, noFields, postFields, withTheirs } from "./fields.ts";
import { DEED, doneWords, FAILED, type Content, type Intent, type KnownMarks, type Mode, type Written } from "./posts.ts";
import { isSame } from "./outbox.ts";
import { scheduleField, type ScheduleField } from "./schedule.ts";
import { queuedOf } from "./sending.ts";
import { dockTools } from "./toolbar.ts";
import { newKey, send, type Problem, type Theirs } from "./wire.ts";
import { clock } from "./words.ts";

export interface Composer {
  readonly postId: string;
  focus(): void;
  /** Somebody else saved `revision` while this is open. */
  noticeOther(revision: number, words: string): void;
  /** What Ctrl+Enter and Ctrl+S mean here. */
  publish(): void;
  save(): void;
  /** Take a text in that was kept on this device. */
  take(kept: Kept): void;
  isUntouched(): boolean;
  read(): Fields;
  /** Put `given` in as if it had been typed: it is kept, and undo takes it back. */
  rewrite(given: Fields): void;
  /** The name of the server's copy of what stands here, or "". */
  copyName(): string;
  /** Leave; a changed text is put aside on this device. */
  close(): void;
}

interface Opening {
  readonly desk: Desk;
  readonly form: HTMLFormElement;
  /** The post to edit, or null for a new one. */
  readonly content: Content | null;
  /** Called when the post was written; `done` when this composer's work is over. */
  readonly written: (answer: Written, done: boolean) => void;
  readonly closed: () => void;
}

const KEEP_MS = 700; // after the last key, so that a text is on this device within a second
const KEPT = "Kept on this device";
const COPIED: Readonly<Record<CopyState, string>> = {
  kept: `${KEPT} and on the server`,
  away: `${KEPT}. The server cannot be reached`,
  out: `${KEPT}. You are signed out`,
  refused: `${KEPT} only.`,
};
const DRAFT_AGAIN_MS = 8_000; // between tries to save a draft whose answer did not come

export function composer({ desk, form, content, written, closed }: Opening): Composer {
  const status = must(form, "[data-status-line]", HTMLElement);
  const notice = must(form, "[data-notice]", HTMLElement);
  const text: Editor = editor(must(form, "[data-editor]", HTMLElement), {
    label: content ? "Text of the post" : "Text of the new post",
    placeholder: "What has happened?",
    uploading: desk.uploading,
    changed: () => changed(),
  });
  must(form, "[data-tools]", HTMLElement).replaceWith(text.tools);
  dockTools(form, text.tools);
  const fields = postFields(form, text);
  const schedule: ScheduleField | null = scheduleField(form, desk.zone);
  const place = placeOf(desk.user, desk.slug, content ? content.id : `new-${desk.tab}`);

  let mode: Mode = (content?.state as Mode | undefined) ?? "new";
  let postId = content?.id ?? "";
  let baseRevision = content?.revision ?? 0;
  let pending: Pending | null = null; // sent, and nobody knows yet whether it arrived
  let known: KnownMarks = content ?? { key_event: false, summary: false };
  let saved = "";
  let retry = 0;
  let timer = 0;
  let busy = false;

  // --- what the form says -----------------------------------------------------------------------

  function say(words: string, kind: "" | "good" | "bad" | "busy" | "queued" = ""): void {
    status.textContent = words;
    status.dataset["kind"] = kind;
  }

  function showNotice(...parts: (Node | string)[]): void {
    notice.replaceChildren(...parts);
    notice.hidden = parts.length === 0;
  }

  /** Which buttons and fields this state of the post has. */
  function showMode(): void {
    for (const part of form.querySelectorAll<HTMLElement>("[data-for]")) part.hidden = !part.dataset["for"]?.split(" ").includes(mode);
    form.dataset["mode"] = mode;
  }

  function setBusy(on: boolean): void {
    busy = on;
    form.setAttribute("aria-busy", String(on));
    for (const button of form.querySelectorAll<HTMLButtonElement>("[data-intent]")) button.disabled = on;
  }

  function isUntouched(): boolean {
    return mode === "new" ? fields.isEmpty() : JSON.stringify(fields.read()) === saved;
  }

  // --- on this device ---------------------------------------------------------------------------

  const kept = (): Kept => ({ fields: fields.read(), postId, baseRevision, words: fields.title(), at: Date.now(), pending, copy: copies.kept() });
  const copies = copying({
    url: desk.copiesUrl,
    read: () => (isUntouched() ? null : { fields: fields.read(), postId, baseRevision }),
    tell(state, why) {
      if (status.textContent?.startsWith(KEPT) && !busy) say(state === "refused" ? `${COPIED.refused} ${why}` : COPIED[state]);
    },
  });

  function toDevice(): void {
    stopTimer();
    void keep(place, kept(), document.visibilityState === "hidden").then((done) => {
      if (busy || recall(place) === null) return;
      if (!done) say("This browser keeps nothing on this device: save a draft often", "bad");
      else if (!status.dataset["kind"] && !status.textContent?.startsWith(KEPT)) say(KEPT);
    });
    copies.touch();
    desk.deviceChanged();
  }

  function offDevice(): void {
    stopTimer();
    forget(place);
    desk.deviceChanged();
  }

  function stopTimer(): void {
    window.clearTimeout(timer);
    timer = 0;
  }

  function changed(): void {
    if (fields.isFilling()) return;
    if (status.dataset["kind"] === "good" || status.dataset["kind"] === "queued") say("");
    stopTimer();
    timer = window.setTimeout(() => {
      if (isUntouched() && !pending) {
        offDevice();
        copies.discard();
      } else toDevice();
    }, KEEP_MS);
  }

  /** A page that is left, or put in a phone's pocket, may not come back: what is typed goes to the device now. */
  function flush(): void {
    if (timer !== 0 && document.visibilityState === "hidden" && !isUntouched()) toDevice();
  }

  // --- to the server ----------------------------------------------------------------------------

  /** What stands in the way of `intent`, in words; the cursor goes to the place. */
  function obstacle(intent: Intent): string {
    if (text.uploadsWaiting() > 0) return "A picture is not uploaded yet. Wait for it, try it again, or leave it out.";
    if (text.isBlank() && !fields.read().headline) {
      text.focus();
      return "There is nothing to send yet: write something first.";
    }
    if (intent !== "draft" && text.showUnchecked()) return "A picture’s words came with its file. Say that they are right, or clear them.";
    if (intent !== "draft" && !("altOptional" in form.dataset) && text.showUndescribed()) return "A picture has no alt text. Say what it shows, for people who cannot see it.";
    return intent === "schedule" ? (schedule?.fault() ?? "") : "";
  }

  function requestFor(intent: Intent): Pending {
    const publish_at = intent === "schedule" ? (schedule?.value() ?? "") : "";
    const body = { key: newKey(), intent, base_revision: baseRevision || null, publish_at, copy: copies.name(), ...fields.body(known) };
    return { url: postId ? desk.contentUrl(postId) : desk.newPostUrl, body: JSON.stringify(body), intent };
  }

  /** The post as the server has it now is the one in this form. */
  function adopt(answer: Written): void {
    postId = answer.id;
    baseRevision = answer.revision;
    mode = answer.state as Mode;
    const now = fields.read();
    known = { key_event: now.keyEvent, summary: now.summary };
    saved = JSON.stringify(now);
  }

  function clear(): void {
    fields.fill(noFields, true);
    [mode, postId, baseRevision, pending] = ["new", "", 0, null];
    known = { key_event: false, summary: false };
    schedule?.close();
    copies.renew();
  }

  function finish(intent: Intent, answer: Written): void {
    const over = intent !== "draft";
    adopt(answer);
    copies.renew();
    if (over && content === null) clear();
    offDevice();
    showMode();
    showNotice();
    say(`${doneWords(intent, answer.state)} at ${clock(new Date(), desk.zone)}`, "good");
    if (over && content === null) text.focus();
    written(answer, over);
  }

  async function submit(intent: Intent): Promise<void> {
    if (busy) return;
    const hindrance = obstacle(intent);
    if (hindrance) return say(hindrance, "bad");
    setBusy(true);
    say("Saving…", "busy");
    try {
      await deliver(intent);
    } finally {
      setBusy(false);
    }
  }

  /** What readers will see goes by the outbox: it is on the device first, and waits there when there is no connection. */
  async function deliver(intent: Intent): Promise<void> {
    if (intent === "draft") return deliverDraft(intent);
    const { url, body } = requestFor(intent);
    const sent = JSON.stringify(fields.read());
    const text = kept();
    stopTimer();
    const entry = queuedOf(desk.user, { slug: desk.slug, url, body, deed: DEED[intent], words: fields.title(), postId, shows: true, kept: text, intent, earlier: pending });
    await keepQueued(entry, place);
    const outcome = await desk.outbox.press(entry, (earlier) => {
      adopt(earlier);
      written(earlier, false);
    });
    const typedOn = JSON.stringify(fields.read()) !== sent;
    if (outcome.kind === "queued") return typedOn ? takeBack() : queued(intent, outcome.sentence);
    pending = null;
    if (outcome.kind === "done") return typedOn ? goOn(intent, outcome.body as Written, sent) : finish(intent, outcome.body as Written);
    await backToText(entry.key, place, kept());
    refuse(intent, outcome.status, outcome.problem);

    /** More was typed while it was on its way: it stays here, and what was sent is settled first. */
    async function takeBack(): Promise<void> {
      pending = text.pending ?? { url, body, intent };
      await backToText(entry.key, place, kept());
      fail(intent, desk.outbox.trouble());
    }
  }

  /** Without a connection the text waits in the queue, and the composer is free for the next one. */
  function queued(intent: Intent, sentence: string): void {
    const why = sentence || "Another post goes first.";
    if (content === null) {
      clear();
      showMode();
      showNotice();
      text.focus();
    } else {
      pending = null;
      saved = JSON.stringify(fields.read());
      copies.renew();
      close();
    }
    say(`${DEED[intent]}: queued. ${why} It goes out by itself.`, "queued");
  }

  /** Done, and more was typed meanwhile: that is the next version. */
  function goOn(intent: Intent, answer: Written, sent: string): void {
    adopt(answer);
    saved = sent;
    copies.renew();
    showMode();
    toDevice();
    say(`${doneWords(intent, answer.state)} at ${clock(new Date(), desk.zone)}. What you typed since is not: press the button again`);
    written(answer, false);
  }

  /** Settle what was sent before, then save what stands here now. */
  async function deliverDraft(intent: Intent): Promise<void> {
    if (pending) {
      const earlier = pending;
      const outcome = await send<Written>(earlier.url, earlier.body);
      if (outcome.kind === "unknown") return fail(intent, outcome.sentence);
      pending = null;
      if (outcome.kind === "done") {
        if (isSame(earlier, requestFor(intent))) return finish(intent, outcome.body);
        // The first version did arrive, and more was typed since: what stands here becomes its next version.
        adopt(outcome.body);
        written(outcome.body, false);
        if (mode === "published") intent = "amend";
      }
    }
    pending = requestFor(intent);
    toDevice();
    const outcome = await send<Written>(pending.url, pending.body);
    if (outcome.kind === "unknown") return fail(intent, outcome.sentence);
    pending = null;
    if (outcome.kind === "done") return finish(intent, outcome.body);
    toDevice();
    refuse(intent, outcome.status, outcome.problem);
  }

  // --- when it does not go as asked -------------------------------------------------------------

  function fail(intent: Intent, sentence: string): void {
    say(`${FAILED[intent]}, as far as is known. ${sentence} Your text is kept on this device.`, "bad");
    for (const button of form.querySelectorAll<HTMLElement>("[data-close]")) button.hidden = false;
    window.clearTimeout(retry);
    if (intent === "draft") retry = window.setTimeout(() => void (pending && submit(intent)), DRAFT_AGAIN_MS);
    const again = make("button", { type: "button", class: "button small" }, "Try again");
    again.addEventListener("click", () => void submit(intent));
    showNotice(make("div", { class: "notice-row" }, make("p", {}, "Trying again cannot make it appear twice."), again));
  }

  function refuse(intent: Intent, statusCode: number, problem: Problem): void {
    say(`${FAILED[intent]}. ${problem.detail}`, "bad");
    if (statusCode === 412 && problem.current) return decide(intent, problem.current);
    if (problem.kept) return laidAside(problem.kept.url);
    if (statusCode === 401) {
      const signIn = make("a", { href: desk.signInUrl, target: "_blank" }, "Sign in in another tab");
      showNotice(make("p", {}, "Your text stays here. ", signIn, ", then press the button again."));
    } else if (postId && (statusCode === 404 || statusCode === 409)) {
      const aside = make("button", { type: "button", class: "button small" }, "Put my text aside");
      aside.addEventListener("click", close);
      showNotice(make("p", {}, "It can no longer be changed here. Your text is not lost: it goes to “On this device”, from where it can become a new post."), aside);
    }
    if (problem.field) fields.focus(problem.field);
  }

  /** The post was taken down under this text, which stands on the server now as a draft. */
  function laidAside(url: string): void {
    saved = JSON.stringify(fields.read());
    offDevice();
    showNotice(make("p", {}, make("a", { href: `${url}#edit` }, "Open the draft"), " to go on with it. Readers see nothing of it, and nothing of the post that was taken down."));
  }

  function decide(intent: Intent, theirs: Theirs): void {
    const keepMine = (): void => {
      baseRevision = theirs.revision;
      showNotice();
      void submit(intent);
    };
    const takeTheirs = (): void => {
      putAside(desk.user, desk.slug, kept());
      copies.renew();
      fields.fill(withTheirs(fields.read(), theirs), false);
      baseRevision = theirs.revision;
      saved = JSON.stringify(fields.read());
      offDevice();
      showNotice(make("p", {}, "This is their text. Yours is kept under “On this device”."));
      say("");
    };
    const takeBoth = (): void => {
      fields.fill({ ...fields.read(), document: joined(fields.read().document, theirs.document) }, false);
      baseRevision = theirs.revision;
      toDevice();
      say("Both texts stand in the editor, yours first: make one of them, then press the button again");
      text.focus();
    };
    showNotice(conflict(theirs, desk.zone, { keepMine, takeTheirs, takeBoth }));
    notice.scrollIntoView({ block: "nearest" });
  }

  // --- coming and going -------------------------------------------------------------------------

  function take(given: Kept): void {
    if (given.postId && content === null) [postId, mode] = [given.postId, "draft"];
    baseRevision = given.baseRevision || baseRevision;
    pending = given.pending;
    fields.fill(given.fields, true);
    copies.resume(given.copy);
    copies.touch();
    showMode();
    say(`From this device, last typed at ${clock(new Date(given.at), desk.zone)}`);
    if (pending) fail(pending.intent as Intent, "The connection was lost before the server answered.");
  }

  function close(): void {
    window.clearTimeout(retry);
    if (content === null && pending?.intent === "draft") void sendLater(pending);
    else if (!isUntouched()) putAside(desk.user, desk.slug, { ...kept(), postId: content ? postId : "" });
    else copies.discard();
    offDevice();
    if (content === null) {
      clear();
      showMode();
      showNotice();
      say("");
    } else {
      document.removeEventListener("visibilitychange", flush);
      copies.renew();
      text.destroy();
      closed();
    }
  }

  /** A draft that is left before its answer came goes on by itself. */
  async function sendLater({ url, body, intent }: Pending): Promise<void> {
    const entry = queuedOf(desk.user, { slug: desk.slug, url, body, deed: "Save draft", words: fields.title(), postId: "", shows: false, kept: { ...kept(), pending: null }, intent });
    await keepQueued({ ...entry, tried: 1 });
    desk.outbox.go();
  }

  form.addEventListener("input", (event) => {
    if (event.target instanceof HTMLElement && !event.target.closest("[data-editor]")) changed();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const intent = (event.submitter as HTMLButtonElement | null)?.dataset["intent"] as Intent | undefined;
    if (intent) void submit(intent);
  });
  form.addEventListener("keydown", (event) => {
    // Enter in a one-line field moves on; it never publishes by accident.
    const field = event.target;
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !(field instanceof HTMLInputElement) || field.type === "checkbox") return;
    event.preventDefault();
    if (field.name === "headline") text.focus();
  });
  for (const button of form.querySelectorAll("[data-close]")) button.addEventListener("click", close);
  document.addEventListener("visibilitychange", flush);

  fields.fill(content ? fieldsOf(content) : noFields, true);
  schedule?.set(content?.publish_at ?? "");
  saved = JSON.stringify(fields.read());
  const left = recall(place);
  if (left) take(left);
  showMode();

  return {
    get postId() {
      return postId;
    },
    take, isUntouched, close,
    read: fields.read,
    rewrite(given) {
      fields.fill(given, false);
      changed();
    },
    copyName: copies.name,
    focus: () => text.focus(),
    publish: () => void submit(mode === "published" ? "amend" : "publish"),
    save() {
      if (mode !== "published") void submit("draft");
      else say("Readers see this post. Press “Publish change” when the change is ready; until then it is kept on this device.");
    },
    noticeOther(revision, words) {
      const deciding = notice.querySelector(".conflict") !== null; // both versions are in sight already
      if (revision > baseRevision && !busy && !deciding) showNotice(make("p", {}, `${words} When you save, you will see both versions and decide.`));
    },
  };
}
