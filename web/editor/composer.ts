// One post under way: its form, its text on this device, its way to the server. The main composer and every post that
// is edited in place are composers. A text leaves the form only when the server has said that it has it.
import { conflict } from "./conflict.ts";
import { forget, keep, placeOf, putAside, recall, type Fields, type Kept, type Pending } from "./device.ts";
import { make, must } from "./dom.ts";
import { editor, type Editor } from "./editor.ts";
import type { Desk } from "./desk.ts";
import { fitText } from "./paste.ts";
import { scheduleField, type ScheduleField } from "./schedule.ts";
import { newKey, send, type Outcome, type Problem, type Theirs } from "./wire.ts";
import { clock } from "./words.ts";

/** A post as the server hands it out for writing. */
export interface Content {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly headline: string;
  readonly dateline: string;
  readonly byline: readonly string[];
  readonly document: unknown;
  readonly key_event: boolean;
  readonly summary: boolean;
  readonly publish_at: string;
}

/** What the server answers to a write. */
export interface Written {
  readonly id: string;
  readonly seq: number;
  readonly revision: number;
  readonly state: string;
  readonly html: string;
}

type Mode = "new" | "draft" | "scheduled" | "published";
type Intent = "draft" | "publish" | "schedule" | "amend";

export interface Composer {
  readonly postId: string;
  readonly form: HTMLFormElement;
  focus(): void;
  /** Somebody else saved `revision` while this is open. */
  noticeOther(revision: number, words: string): void;
  submit(intent: Intent): Promise<void>;
  /** What Ctrl+Enter and Ctrl+S mean here. */
  publish(): void;
  save(): void;
  /** Take a text in that was kept on this device. */
  take(kept: Kept): void;
  isUntouched(): boolean;
  /** Leave; a changed text is put aside on this device. */
  close(): void;
}

interface Opening {
  readonly desk: Desk;
  readonly form: HTMLFormElement;
  readonly content: Content | null;
  /** Called when the post was written; `done` when this composer's work is over. */
  readonly written: (answer: Written, done: boolean) => void;
  readonly closed: () => void;
}

const KEEP_MS = 1_000; // a text is on this device one second after the last key
const DONE: Record<Intent, string> = { publish: "Published", amend: "Change published", schedule: "Scheduled", draft: "Draft saved" };
const FAILED: Record<Intent, string> = { publish: "Not published", amend: "Change not published", schedule: "Not scheduled", draft: "Draft not saved" };

const noFields: Fields = { headline: "", dateline: "", byline: "", document: null, keyEvent: false, summary: false, correction: "" };

function fieldsOf(content: Content): Fields {
  return {
    headline: content.headline, dateline: content.dateline, byline: content.byline.join(", "), document: content.document,
    keyEvent: content.key_event, summary: content.summary, correction: "",
  };
}

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
  const schedule: ScheduleField | null = scheduleField(form, desk.zone);

  let mode: Mode = (content?.state as Mode | undefined) ?? "new";
  let postId = content?.id ?? "";
  let baseRevision = content?.revision ?? 0;
  let pending: Pending | null = null;
  let saved = JSON.stringify(content ? fieldsOf(content) : noFields);
  let timer = 0;
  let busy = false;
  let quiet = false; // while fields are filled by us, not by the reporter

  const place = placeOf(desk.user, desk.slug, content ? content.id : `new-${desk.tab}`);
  const input = (name: string): HTMLInputElement | null => form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  const value = (name: string): string => fitText(input(name)?.value ?? "").trim();
  const checked = (name: string): boolean => input(name)?.checked ?? false;

  function fields(): Fields {
    return {
      headline: value("headline"), dateline: value("dateline"), byline: value("byline"), document: text.document(),
      keyEvent: checked("key_event"), summary: checked("summary"), correction: value("correction"),
    };
  }

  function fill(given: Fields, fresh: boolean): void {
    quiet = true;
    for (const name of ["headline", "dateline", "byline", "correction"] as const) {
      const field = input(name);
      if (field) field.value = given[name];
    }
    const marks = [["key_event", given.keyEvent], ["summary", given.summary]] as const;
    for (const [name, on] of marks) {
      const field = input(name);
      if (field) field.checked = on;
    }
    if (fresh) text.reset(given.document ?? undefined);
    else text.replace(given.document);
    quiet = false;
  }

  function isUntouched(): boolean {
    const now = fields();
    if (mode !== "new") return JSON.stringify(now) === saved;
    return text.isBlank() && !now.headline && !now.dateline && !now.correction && text.uploadsWaiting() === 0;
  }

  function say(words: string, kind: "" | "good" | "bad" | "busy" = ""): void {
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

  // --- on this device ---------------------------------------------------------------------------

  function toDevice(): void {
    window.clearTimeout(timer);
    timer = 0;
    const now = fields();
    const kept: Kept = { fields: now, postId, baseRevision, words: now.headline || text.words().slice(0, 120), at: Date.now(), pending };
    if (keep(place, kept)) {
      if (!busy) say("Kept on this device");
    } else say("This browser keeps nothing on this device: save a draft often", "bad");
    desk.deviceChanged();
  }

  function changed(): void {
    if (quiet) return;
    if (status.dataset["kind"] === "good") say("");
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (!isUntouched() || pending) toDevice();
      else forgetPlace();
    }, KEEP_MS);
  }

  function forgetPlace(): void {
    window.clearTimeout(timer);
    timer = 0;
    forget(place);
    desk.deviceChanged();
  }

  // --- to the server ----------------------------------------------------------------------------

  function bodyFor(intent: Intent): string {
    const now = fields();
    const byline = now.byline.split(",").map((name) => name.trim()).filter(Boolean);
    return JSON.stringify({
      key: newKey(), intent, base_revision: baseRevision || null, headline: now.headline, dateline: now.dateline, byline,
      document: now.document, key_event: now.keyEvent, summary: now.summary, correction: now.correction,
      publish_at: intent === "schedule" ? (schedule?.value() ?? "") : "",
    });
  }

  const withoutKey = (body: string): string => JSON.stringify({ ...(JSON.parse(body) as object), key: "", base_revision: null });
  const address = (): string => (postId ? desk.contentUrl(postId) : desk.newPostUrl);

  /** What stands in the way of `intent`, in words; the cursor goes to the place. */
  function obstacle(intent: Intent): string {
    if (text.uploadsWaiting() > 0) return "A picture is not uploaded yet. Wait for it, try it again, or leave it out.";
    if (text.isBlank() && !value("headline")) {
      text.focus();
      return "There is nothing to send yet: write something first.";
    }
    if (intent !== "draft" && text.showUndescribed()) return "A picture has no alt text. Say what it shows, for people who cannot see it.";
    return intent === "schedule" ? (schedule?.fault() ?? "") : "";
  }

  function adopt(answer: Written): void {
    postId = answer.id;
    baseRevision = answer.revision;
    saved = JSON.stringify(fields());
  }

  function finish(intent: Intent, answer: Written): void {
    const over = intent !== "draft";
    adopt(answer);
    mode = answer.state as Mode;
    if (over && content === null) clear();
    forgetPlace();
    showMode();
    showNotice();
    say(`${DONE[intent]} at ${clock(new Date(), desk.zone)}`, "good");
    if (over && content === null) text.focus();
    written(answer, over);
  }

  function clear(): void {
    fill(noFields, true);
    [mode, postId, baseRevision, pending] = ["new", "", 0, null];
    saved = JSON.stringify(noFields);
    schedule?.close();
  }

  function refuse(intent: Intent, statusCode: number, problem: Problem): void {
    say(`${FAILED[intent]}. ${problem.detail}`, "bad");
    if (statusCode === 412 && problem.current) return decide(intent, problem.current);
    if (statusCode === 401) {
      showNotice(make("p", {}, "Your text stays here. ", make("a", { href: desk.signInUrl, target: "_blank" }, "Sign in in another tab"), ", then press the button again."));
    } else if (postId && (statusCode === 404 || statusCode === 409)) {
      const button = make("button", { type: "button", class: "button small" }, "Put my text aside");
      button.addEventListener("click", () => close());
      showNotice(make("p", {}, "It can no longer be changed here. Your text is not lost: it goes to “On this device”, from where it can become a new post."), button);
    }
    const field = problem.field ? input(problem.field) : null;
    field?.focus();
  }

  function decide(intent: Intent, theirs: Theirs): void {
    showNotice(
      conflict(theirs, desk.zone, {
        keepMine: () => {
          baseRevision = theirs.revision;
          showNotice();
          void submit(intent);
        },
        takeTheirs: () => {
          const mine = fields();
          putAside(desk.user, desk.slug, { fields: mine, postId, baseRevision, words: mine.headline || text.words().slice(0, 120), at: Date.now(), pending: null });
          fill({ ...mine, headline: theirs.headline, dateline: theirs.dateline, byline: theirs.byline.join(", "), document: theirs.document }, false);
          baseRevision = theirs.revision;
          saved = JSON.stringify(fields());
          forgetPlace();
          showNotice(make("p", {}, "This is their text. Yours is kept under “On this device”."));
          say("");
        },
      }),
    );
    notice.scrollIntoView({ block: "nearest" });
  }

  /** Send a request whose answer never came once more. True when its outcome is known now. */
  async function settlePending(): Promise<Written | null | false> {
    if (!pending) return null;
    const outcome: Outcome<Written> = await send<Written>(pending.url, pending.body);
    if (outcome.kind === "unknown") {
      fail(pending.intent as Intent, outcome.sentence);
      return false;
    }
    pending = null;
    return outcome.kind === "done" ? outcome.body : null;
  }

  function fail(intent: Intent, sentence: string): void {
    say(`${FAILED[intent]}, as far as is known. ${sentence} Your text is kept on this device.`, "bad");
    const again = make("button", { type: "button", class: "button small" }, "Try again");
    again.addEventListener("click", () => void submit(intent));
    showNotice(make("div", { class: "notice-row" }, make("p", {}, "Trying again cannot make it appear twice."), again));
  }

  async function submit(intent: Intent): Promise<void> {
    if (busy) return;
    const hindrance = obstacle(intent);
    if (hindrance) return say(hindrance, "bad");
    setBusy(true);
    say("Saving…", "busy");
    try {
      const earlier = pending;
      const settled = await settlePending();
      if (settled === false) return;
      if (settled && earlier) {
        if (earlier.intent === intent && withoutKey(earlier.body) === withoutKey(bodyFor(intent))) return finish(intent, settled);
        // The first version did arrive, and more was typed since: what is typed now becomes its next version.
        adopt(settled);
        mode = settled.state as Mode;
        written(settled, false);
        if (mode === "published") intent = "amend";
      }
      pending = { url: address(), body: bodyFor(intent), intent };
      toDevice();
      const outcome = await send<Written>(pending.url, pending.body);
      if (outcome.kind === "unknown") return fail(intent, outcome.sentence);
      pending = null;
      if (outcome.kind === "done") finish(intent, outcome.body);
      else {
        toDevice();
        refuse(intent, outcome.status, outcome.problem);
      }
    } finally {
      setBusy(false);
    }
  }

  function setBusy(on: boolean): void {
    busy = on;
    form.setAttribute("aria-busy", String(on));
    for (const button of form.querySelectorAll<HTMLButtonElement>("[data-intent]")) button.disabled = on;
  }

  function take(kept: Kept): void {
    if (kept.postId && content === null) {
      postId = kept.postId;
      mode = "draft";
    }
    baseRevision = kept.baseRevision || baseRevision;
    pending = kept.pending;
    fill(kept.fields, true);
    showMode();
    say(`From this device, last typed at ${clock(new Date(kept.at), desk.zone)}`);
    if (pending) fail(pending.intent as Intent, "The connection was lost before the server answered.");
  }

  function close(): void {
    window.clearTimeout(timer);
    if (!isUntouched()) {
      const mine = fields();
      putAside(desk.user, desk.slug, { fields: mine, postId: content ? postId : "", baseRevision, words: mine.headline || text.words().slice(0, 120), at: Date.now(), pending: null });
    }
    forgetPlace();
    if (content === null) {
      clear();
      showMode();
      showNotice();
      say("");
    } else {
      document.removeEventListener("visibilitychange", flush);
      text.destroy();
      closed();
    }
  }

  const publish = (): void => void submit(mode === "published" ? "amend" : "publish");
  const save = (): void => {
    if (mode === "published") say("Readers see this post. Press “Publish change” when the change is ready; until then it is kept on this device.");
    else void submit("draft");
  };

  form.addEventListener("input", (event) => {
    if (!(event.target instanceof HTMLElement) || event.target.closest("[data-editor]")) return;
    changed();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const intent = (event.submitter as HTMLButtonElement | null)?.dataset["intent"] as Intent | undefined;
    if (intent) void submit(intent);
  });
  form.addEventListener("keydown", (event) => {
    // Enter in a one-line field moves on; it never publishes by accident.
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLInputElement)) return;
    if (event.target.type === "checkbox") return;
    event.preventDefault();
    if (event.target.name === "headline") text.focus();
  });
  // A page that is left, or put in a phone's pocket, may not come back: what is typed goes to the device now.
  const flush = (): void => {
    if (timer !== 0 && document.visibilityState === "hidden" && !isUntouched()) toDevice();
  };
  document.addEventListener("visibilitychange", flush);
  for (const button of form.querySelectorAll("[data-close]")) button.addEventListener("click", close);

  if (content) {
    fill(fieldsOf(content), true);
    schedule?.set(content.publish_at);
    saved = JSON.stringify(fields());
  }
  const kept = recall(place);
  if (kept) take(kept);
  showMode();

  return {
    get postId() {
      return postId;
    },
    form, submit, publish, save, take, isUntouched, close,
    focus: () => text.focus(),
    noticeOther(revision, words) {
      if (revision > baseRevision && !busy) showNotice(make("p", {}, `${words} When you save, you will see both versions and decide.`));
    },
  };
}
