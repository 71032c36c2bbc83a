// The newsroom's private chat at this live blog: the newest messages, older ones by request, and a field to answer.
import type { Desk } from "./desk.ts";
import { chatReadTo, keepChatRead } from "./device.ts";
import { make, must } from "./dom.ts";
import { parted } from "./linked.ts";
import type { Chat, Message, Newsroom } from "./newsroom.ts";
import { get, newKey, send } from "./wire.ts";
import { clock } from "./words.ts";

const NEAR_PX = 24; // this close to the end counts as reading the newest

function shown(desk: Desk, message: Message): HTMLElement {
  const mine = String(message.user) === desk.user;
  const words = parted(message.text).map(({ text, isAddress }) => (isAddress ? make("a", { href: text, rel: "noopener noreferrer", target: "_blank" }, text) : text));
  return make(
    "div",
    { class: mine ? "said mine" : "said", "data-message": String(message.id) },
    make("p", { class: "said-by" }, make("span", { class: "person" }, mine ? "You" : message.name), " ", make("time", { datetime: message.at, class: "entry-meta" }, clock(new Date(message.at), desk.zone))),
    make("p", { class: "said-words" }, ...words),
  );
}

/** Start the chat in `panel`. `unread` is told how many messages of others this person has not had in sight here. */
export function chat({ desk, room, panel, unread }: { desk: Desk; room: Newsroom; panel: HTMLElement; unread: (count: number) => void }): void {
  const log = must(panel, ".chat-log", HTMLElement);
  const older = must(panel, "[data-older]", HTMLButtonElement);
  const form = must(panel, "form", HTMLFormElement);
  const field = must(form, "textarea", HTMLTextAreaElement);
  const fault = must(panel, ".chat-fault", HTMLElement);
  const url = form.action;
  let newest = 0;
  let started = false;
  let waiting = 0;
  let pending = { text: "", key: "" };

  const isNear = (): boolean => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
  const inSight = (): boolean => panel.offsetParent !== null && document.visibilityState === "visible";

  function read(): void {
    if (!inSight()) return;
    waiting = 0;
    void keepChatRead(desk.user, desk.slug, newest).then(() => unread(waiting));
  }

  function take({ messages, more }: Chat): void {
    const near = isNear() || !started;
    const fresh = messages.filter((message) => message.id > newest);
    const seen = chatReadTo(desk.user, desk.slug);
    waiting += fresh.filter((message) => message.id > seen && String(message.user) !== desk.user).length;
    if (!started) older.hidden = !more;
    started = true;
    for (const message of fresh) newest = message.id;
    log.append(...fresh.map((message) => shown(desk, message)));
    log.hidden = log.childElementCount === 0;
    if (near && fresh.length > 0) log.scrollTop = log.scrollHeight;
    if (inSight()) read();
    else unread(waiting);
  }

  older.addEventListener("click", () => {
    const first = log.querySelector<HTMLElement>("[data-message]")?.dataset["message"] ?? "";
    get<Chat>(`${url}?before=${first}`).then(
      (page) => {
        if (!page) return;
        const height = log.scrollHeight;
        log.prepend(...page.messages.map((message) => shown(desk, message)));
        log.scrollTop += log.scrollHeight - height; // what was being read stays where it is
        older.hidden = !page.more;
      },
      () => say("Older messages could not be fetched. Try again."),
    );
  });

  function say(words: string): void {
    fault.textContent = words;
    fault.hidden = words === "";
  }

  async function submit(): Promise<void> {
    const text = field.value.trim();
    if (!text) return;
    if (pending.text !== text) pending = { text, key: newKey() }; // sent again, it is the same message
    say("");
    const outcome = await send<object>(url, JSON.stringify(pending));
    if (outcome.kind !== "done") return say(outcome.kind === "refused" ? outcome.problem.detail : `Not sent, as far as is known. ${outcome.sentence} Send it again: it cannot appear twice.`);
    if (field.value.trim() === text) field.value = "";
    pending = { text: "", key: "" };
    log.scrollTop = log.scrollHeight;
    room.look();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  document.addEventListener("visibilitychange", read);
  document.addEventListener("click", () => window.setTimeout(read));
  room.watch((state) => take(state.chat));
}
