// The field for "publish later": a time of the event's clock, said back in words for the event and for the reporter.
import { localOf, momentOf, ownZone, scheduleWords } from "./words.ts";

export interface ScheduleField {
  /** "2026-11-22T18:30" in the event's zone, or "". */
  value(): string;
  set(local: string): void;
  /** What is wrong with it, or "". */
  fault(): string;
  close(): void;
}

const STEP_MS = 5 * 60_000;

export function scheduleField(form: HTMLFormElement, zone: string): ScheduleField | null {
  const holder = form.querySelector<HTMLDetailsElement>("[data-schedule]");
  const input = holder?.querySelector<HTMLInputElement>('[name="publish_at"]');
  const words = holder?.querySelector<HTMLElement>("[data-schedule-words]");
  if (!holder || !input || !words) return null;

  const said = (): string => {
    if (!input.value) return "Choose a day and a time of the event’s clock.";
    const moment = momentOf(input.value, zone);
    if (!moment) return "Clocks there skip that hour on that day; choose another.";
    return scheduleWords(moment, zone, ownZone(), new Date());
  };
  const show = (): void => {
    words.textContent = said();
  };
  input.addEventListener("input", show);
  holder.addEventListener("toggle", () => {
    if (!holder.open) return;
    // Something to change rather than an empty field: the next full five minutes, half an hour from now.
    if (!input.value) input.value = localOf(new Date(Math.ceil((Date.now() + 30 * 60_000) / STEP_MS) * STEP_MS), zone);
    show();
    input.focus();
  });
  return {
    value: () => input.value,
    set(local) {
      input.value = local;
      if (local) show();
    },
    fault() {
      const moment = momentOf(input.value, zone);
      if (moment && moment.getTime() > Date.now()) return "";
      holder.open = true;
      show();
      input.focus();
      return said();
    },
    close() {
      holder.open = false;
      input.value = "";
    },
  };
}
