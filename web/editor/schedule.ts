// The field for "publish later": a time of the event's clock, said back in words for the event and for the reporter. A
// time that clocks there skip is named; of one that they show twice the reporter says which of the two is meant.
import { make } from "./dom.ts";
import { cityOf, clock, localOf, momentsOf, offsetOf, ownZone, scheduleWords, zoneName } from "./words.ts";

export interface ScheduleField {
  /** "2026-11-22T18:30" in the event's zone, with its offset ("+02:00") where that tells one of two apart; or "". */
  value(): string;
  set(local: string): void;
  /** What is wrong with it, or "". */
  fault(): string;
  close(): void;
}

const STEP_MS = 5 * 60_000;
const LOCAL_CHARS = "2026-11-22T18:30".length;
let groups = 0;

export function scheduleField(form: HTMLFormElement, zone: string): ScheduleField | null {
  const holder = form.querySelector<HTMLDetailsElement>("[data-schedule]");
  const input = holder?.querySelector<HTMLInputElement>('[name="publish_at"]');
  const words = holder?.querySelector<HTMLElement>("[data-schedule-words]");
  if (!holder || !input || !words) return null;

  const group = `which-${++groups}`;
  const which = make("fieldset", { class: "schedule-twice", hidden: "" });
  input.closest("label")?.after(which);
  let chosen = ""; // the offset of one of two

  /** The moment meant, or null: none, or one of two and nobody has said which. */
  function moment(): Date | null {
    const found = momentsOf(input!.value, zone);
    if (found.length < 2) return found[0] ?? null;
    return found.find((at) => offsetOf(at, zone) === chosen) ?? null;
  }

  function said(): string {
    if (!input!.value) return "Choose a day and a time of the event’s clock.";
    const found = momentsOf(input!.value, zone);
    if (found.length === 0) return `Clocks in ${cityOf(zone)} skip ${input!.value.slice(-5)} on that day; choose another time.`;
    const meant = moment();
    return meant ? scheduleWords(meant, zone, ownZone(), new Date()) : "Say which of the two is meant.";
  }

  /** Ask which of two, where there are two. */
  function showWhich(): void {
    const found = momentsOf(input!.value, zone);
    which.hidden = found.length < 2;
    if (which.hidden) {
      which.replaceChildren();
      chosen = "";
      return;
    }
    const choices = found.map((at, number) => {
      const offset = offsetOf(at, zone);
      const radio = make("input", { type: "radio", name: group, value: offset, checked: offset === chosen ? "" : null });
      radio.addEventListener("change", () => {
        chosen = offset;
        words!.textContent = said();
      });
      return make("label", { class: "check" }, radio, ` ${number === 0 ? "The first" : "The second"}, ${zoneName(at, zone)} (${clock(at, "UTC")} UTC)`);
    });
    which.replaceChildren(make("legend", {}, `Clocks in ${cityOf(zone)} show ${input!.value.slice(-5)} twice on that day. Which one?`), ...choices);
  }

  function show(): void {
    showWhich();
    words!.textContent = said();
  }

  input.addEventListener("input", show);
  holder.addEventListener("toggle", () => {
    if (!holder.open) return;
    // Something to change rather than an empty field: the next full five minutes, half an hour from now.
    if (!input.value) input.value = localOf(new Date(Math.ceil((Date.now() + 30 * 60_000) / STEP_MS) * STEP_MS), zone);
    show();
    input.focus();
  });
  return {
    value: () => input.value + (momentsOf(input.value, zone).length > 1 ? chosen : ""),
    set(local) {
      input.value = local.slice(0, LOCAL_CHARS);
      chosen = local.slice(LOCAL_CHARS);
      if (local) show();
    },
    fault() {
      const meant = moment();
      if (meant && meant.getTime() > Date.now()) return "";
      holder.open = true;
      show();
      (which.querySelector("input") ?? input).focus();
      return said();
    },
    close() {
      holder.open = false;
      input.value = "";
      show();
    },
  };
}
