// "Notify me": the button beside the status. What it opens (notify.ts) is loaded when it is pressed, or at once where
// this device had chosen: most readers need no more than the button.

import { leafOf, type Page, statusOf } from "./page.ts";
import { words } from "./words-later.ts";

const KEPT = "stoppress.notify."; // and the live blog's slug: what this device chose

export function offerNotifications(page: Page): void {
  const able = "PushManager" in window && "Notification" in window && "serviceWorker" in navigator;
  const here = leafOf(page) === 0 && !("frozen" in page.main.dataset) && !("embed" in page.main.dataset);
  const lead = page.main.querySelector(".lead");
  const hasEnded = (): boolean => statusOf(page) === "closed";
  if (!able || !here || !lead || hasEnded()) return;
  const root = document.createElement("div");
  const opener = document.createElement("button");
  root.className = "notify";
  root.dataset.script = "";
  opener.type = "button";
  opener.textContent = words.notifyMe;
  opener.setAttribute("aria-expanded", "false");
  root.append(opener);
  lead.append(root);
  document.addEventListener("stoppress:applied", () => hasEnded() && root.remove());

  const start = (): void => {
    opener.removeEventListener("click", start);
    // Where the rest cannot be loaded now, the next press tries again.
    import("./notify.ts").then(({ notifications }) => notifications(page, root, opener), () => opener.addEventListener("click", start));
  };
  if (isChosen(page.slug)) start();
  else opener.addEventListener("click", start);
}

function isChosen(slug: string): boolean {
  try {
    return localStorage.getItem(KEPT + slug) !== null;
  } catch {
    return false;
  }
}
