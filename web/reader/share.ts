// A share button on each post: the device's own sheet, else the address into the clipboard, else a mail. No tracking.

import { type Page, postsOf } from "./page.ts";
import { words } from "./words.ts";

const COPIED_MS = 3_000;

export function addShareButtons(page: Page): void {
  for (const post of postsOf(page)) {
    if (post.classList.contains("withdrawn") || post.querySelector("button.share")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "share";
    button.dataset.script = "";
    button.textContent = words.share;
    button.setAttribute("aria-describedby", `${post.id}-label`);
    post.append(button);
  }
}

export function listenForSharing(page: Page, announce: (text: string) => void): void {
  page.main.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button.share") : null;
    const post = button?.closest<HTMLElement>("article");
    const url = post?.querySelector<HTMLAnchorElement>("a.permalink")?.href;
    if (button && post && url) void share(button, { url, title: titleOf(post) }, announce);
  });
}

function titleOf(post: HTMLElement): string {
  return post.querySelector("h2")?.textContent ?? document.querySelector("h1")?.textContent ?? "";
}

async function share(button: HTMLElement, what: Shared, announce: (text: string) => void): Promise<void> {
  const way = await sendOut(what, navigator);
  if (way === "copied") say(button, announce);
  else if (way === "mail") location.assign(mailWith(what));
}

type Shared = ShareData & { title: string; url: string };

/** How the post went out. Closing the device's own sheet is an answer, too; where nothing else goes, a mail does. */
export async function sendOut(what: Shared, device: Partial<Pick<Navigator, "share" | "clipboard">>): Promise<"shared" | "copied" | "mail"> {
  try {
    if (device.share) {
      await device.share(what);
      return "shared";
    }
    if (!device.clipboard) return "mail"; // no https
    await device.clipboard.writeText(what.url);
    return "copied";
  } catch (refused) {
    return refused instanceof DOMException && refused.name === "AbortError" ? "shared" : "mail";
  }
}

export function mailWith(what: Shared): string {
  return `mailto:?subject=${encodeURIComponent(what.title)}&body=${encodeURIComponent(what.url)}`;
}

function say(button: HTMLElement, announce: (text: string) => void): void {
  button.textContent = words.copied;
  announce(words.copied);
  setTimeout(() => (button.textContent = words.share), COPIED_MS);
}
