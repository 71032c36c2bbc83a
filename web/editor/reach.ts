// How many read the live blog now, and how long the newest change took to be on its way to all of them.
import type { Newsroom, Reach } from "./newsroom.ts";

/** "The newest change was on its way to all of them within 0.04 s." */
export function paceWords(seconds: number): string {
  return `The newest change was on its way to all of them within ${seconds < 0.1 ? seconds.toFixed(2) : seconds.toFixed(1)} s.`;
}

/** Keep `place` true; it is hidden while nothing is known. */
export function showReach(room: Newsroom, place: HTMLElement | null): void {
  if (!place) return;
  const [count, pace] = [place.querySelector("[data-readers]"), place.querySelector("[data-pace]")];
  room.whenReach((reach: Reach | null) => {
    place.hidden = reach === null;
    if (reach === null || !count || !pace) return;
    count.textContent = reach.readers.toLocaleString("en");
    pace.textContent = reach.seconds === null || reach.readers === 0 ? "" : paceWords(reach.seconds);
  });
}
