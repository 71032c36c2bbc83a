// The side columns and the times on the page: made by the server, kept true by the script.
import { make } from "./dom.ts";
import { ownWords, ownZone } from "./words.ts";

/** Times of the event's clock carry the reporter's own as a tooltip, and in words where asked for. */
export function ownTimes(root: ParentNode, zone: string): void {
  const own = ownZone();
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
    const moment = new Date(time.dateTime);
    const words = ownWords(moment, zone, own);
    if (!words) continue;
    time.title = words;
    const next = time.nextElementSibling;
    if ("own" in time.dataset && !next?.matches(".own-time")) time.after(make("span", { class: "own-time" }, `, ${words}`));
  }
}

/** Put new HTML into a column without taking the focus, an open fold or a half-written note from the reporter. */
export function refill(column: HTMLElement | null, html: string): void {
  if (!column || column.innerHTML === html) return;
  const focused = column.contains(document.activeElement) ? (document.activeElement as HTMLElement).id : "";
  const unfolded = Array.from(column.querySelectorAll<HTMLDetailsElement>("details[id][open]"), (fold) => fold.id);
  const typed = Array.from(column.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("textarea[id], input[id]")).filter((field) => field.value !== field.defaultValue);
  column.innerHTML = html; // the desk's own, escaped by the server
  for (const { id, value, selectionStart } of typed) {
    const field = column.querySelector<HTMLTextAreaElement | HTMLInputElement>(`#${CSS.escape(id)}`);
    if (!field) continue;
    field.value = value;
    if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionStart); // a time has no such place
  }
  for (const id of unfolded) column.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus();
}

/** How much waits in the left column, on the phone's bar. */
export function countComing(root: HTMLElement): void {
  const count = root.querySelectorAll("#coming .entry, #device:not([hidden]) .shelf-entry").length;
  const place = root.querySelector<HTMLElement>("[data-coming-count]");
  if (!place) return;
  place.textContent = String(count);
  place.hidden = count === 0;
}
