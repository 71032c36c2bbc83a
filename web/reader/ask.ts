// The form by which readers ask the newsroom. Without this script it comes back to the page; with it nobody leaves it.

import { words } from "./words.ts";

export function listenForQuestions(root: HTMLElement): void {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.classList.contains("ask")) return;
    event.preventDefault();
    void send(form);
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  const fields = [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]);
  const request = { method: "POST", body: new URLSearchParams(fields), headers: { accept: "application/json" } };
  const answer = await fetch(form.action, request).catch(() => null);
  const { detail } = ((await answer?.json().catch(() => null)) ?? {}) as { detail?: string };
  if (answer?.ok) form.reset();
  form.querySelector(".ask-told")?.remove();
  const line = document.createElement("p");
  line.className = answer?.ok ? "ask-told" : "ask-told poll-fault";
  line.dataset.script = "";
  line.tabIndex = -1;
  line.setAttribute("role", "status");
  line.textContent = answer?.ok ? (form.closest("[data-slot]")?.querySelector("#asked")?.textContent ?? "") : (detail ?? words.questionNotSent);
  form.append(line);
  line.focus({ preventScroll: true });
}
