// Signing out of this device: first what would be lost is said in words, then the session ends, and only then
// everything of this person's is wiped here: texts, queue, pages. Nothing is wiped when signing out did not work.
import { places, queueOf, wipe } from "./device.ts";
import { make } from "./dom.ts";
import { closeUp } from "./offline.ts";

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** What is here and how much of it the server has. */
export function lossWords(user: string): { readonly words: string; readonly lines: readonly string[] } {
  const texts = places(user);
  const queued = queueOf(user);
  const parts: string[] = [];
  if (texts.length > 0) parts.push(count(texts.length, "text under way", "texts under way"));
  if (queued.length > 0) parts.push(count(queued.length, "write that has not gone out", "writes that have not gone out"));
  const lines = [
    ...queued.map((entry) => `Not gone out: ${entry.deed}${entry.words ? `, ${entry.words}` : ""}`),
    ...texts.map(({ kept }) => kept.words || "A text without words"),
  ];
  return { words: parts.join(" and "), lines };
}

export function startSignOut(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-sign-out]");
  const user = form?.dataset["signOut"];
  if (!form || !user) return;
  const { words, lines } = lossWords(user);
  const warning = form.querySelector<HTMLElement>("[data-kept-warning]");
  if (warning && words) {
    const what = warning.querySelector("[data-kept-words]");
    if (what) what.textContent = words;
    warning.hidden = false;
    warning.append(make("ul", {}, ...lines.map((line) => make("li", {}, line))));
  }
  const fault = make("p", { class: "fault", role: "alert", hidden: "" });
  form.append(fault);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void signOut(form, user, fault);
  });
}

async function signOut(form: HTMLFormElement, user: string, fault: HTMLElement): Promise<void> {
  fault.hidden = true;
  try {
    const fields = new URLSearchParams(Array.from(new FormData(form), ([name, value]) => [name, String(value)]));
    const answer = await fetch(form.action, { method: "POST", body: fields, credentials: "same-origin" });
    if (!answer.redirected) throw new Error(String(answer.status));
    await wipe(user);
    await closeUp();
    location.assign(answer.url);
  } catch {
    fault.textContent = "You are still signed in, and nothing was wiped: the server did not answer. Try again when there is a connection.";
    fault.hidden = false;
  }
}
