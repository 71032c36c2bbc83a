// Signed out in the middle of a sentence: the password is asked for where one stands, and the work goes on. The page
// is never left, so nothing on it can be lost. Uses the sign-in pages as they are, with their bounds and second factor.
import { make } from "./dom.ts";
import { renewToken } from "./wire.ts";

interface Step {
  readonly url: string;
  readonly token: string;
  readonly page: Document;
}

const AJAX = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };

async function open(url: string): Promise<Step> {
  const answer = await fetch(url, { headers: { Accept: "text/html" }, cache: "no-store", credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { url: answer.url, page, token: page.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "" };
}

function isSignIn(url: string): boolean {
  return new URL(url, location.href).pathname.startsWith("/desk/account/");
}

async function post(step: Step, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: step.token });
  return fetch(step.url, { method: "POST", body, headers: AJAX, credentials: "same-origin" });
}

interface Said {
  readonly location?: string;
  readonly form?: { readonly errors: readonly string[]; readonly fields: Readonly<Record<string, { readonly errors: readonly string[] }>> };
}

/** Why it did not work, in the server's words. */
function faultOf({ form }: Said): string {
  const faults = [...(form?.errors ?? []), ...Object.values(form?.fields ?? {}).flatMap((field) => field.errors)];
  return faults.join(" ") || "That did not work. Try again.";
}

/** The first page's form or, when the account has one, the second factor's. */
async function passwordStep(signInUrl: string, email: string, password: string): Promise<{ fault: string; next: string }> {
  const step = await open(signInUrl);
  if (!isSignIn(step.url)) return { fault: "", next: "" }; // signed in meanwhile, in another tab
  if (!step.page.querySelector("input[name=password]")) return { fault: "", next: step.url }; // half way already
  const answer = await post(step, { login: email, password });
  const said = (await answer.json()) as Said;
  if (!said.location) return { fault: faultOf(said), next: "" };
  return { fault: "", next: isSignIn(said.location) ? said.location : "" };
}

async function codeStep(url: string, code: string): Promise<string> {
  const step = await open(url);
  if (!isSignIn(step.url)) return "";
  const answer = await post(step, { code });
  if (answer.redirected && !isSignIn(answer.url)) return "";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(".fault")?.textContent?.trim() || "This code does not fit. Wait for the next one.";
}

async function isIn(): Promise<boolean> {
  try {
    return (await renewToken()) === null;
  } catch {
    return false;
  }
}

interface Person {
  readonly email: string;
  readonly signInUrl: string;
}

let asking: Promise<boolean> | null = null;

/** Ask for the password in place. Settles to whether the reporter is signed in; one dialog, however many requests wait. */
export function signInAgain(person: Person): Promise<boolean> {
  asking ??= dialogue(person).finally(() => {
    asking = null;
  });
  return asking;
}

function dialogue({ email, signInUrl }: Person): Promise<boolean> {
  const fault = make("p", { class: "fault", role: "alert", hidden: "" });
  const account = make("input", { type: "text", id: "again-account", name: "username", autocomplete: "username", value: email, readonly: "" });
  const password = make("input", { type: "password", id: "again-password", name: "password", autocomplete: "current-password", required: "" });
  const passwordField = make("div", { class: "field" }, make("label", { for: "again-password" }, "Password"), password);
  const code = make("input", { type: "text", id: "again-code", name: "code", autocomplete: "one-time-code", inputmode: "numeric" });
  const codeField = make("div", { class: "field", hidden: "" }, make("label", { for: "again-code" }, "Code of your authenticator app, or a recovery code"), code);
  const elsewhere = make("a", { href: signInUrl, target: "_blank", rel: "opener" }, "Sign in on the sign-in page");
  const stay = make("button", { type: "button", class: "button quiet" }, "Not now");
  const enter = make("button", { type: "submit", class: "button primary" }, "Sign in and go on");
  const form = make(
    "form",
    { class: "stack", method: "dialog", novalidate: "" },
    make("h2", { id: "again-head" }, "You are signed out"),
    make("p", {}, "What you wrote is safe on this device. Sign in, and it goes on from here."),
    make("div", { class: "field" }, make("label", { for: "again-account" }, "Account"), account),
    passwordField, codeField, fault,
    make("p", { class: "hint" }, elsewhere, " in another tab, for a passkey or a reset; then come back here."),
    make("div", { class: "dialog-buttons" }, stay, enter),
  );
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": "again-head", id: "sign-in-again" }, form);
  const focused = document.activeElement;
  document.body.append(dialog);

  return new Promise((settle) => {
    let next = "";
    const end = (done: boolean): void => {
      window.removeEventListener("focus", look);
      dialog.close();
      dialog.remove();
      if (focused instanceof HTMLElement) focused.focus();
      settle(done);
    };
    const look = (): void => void isIn().then((done) => done && dialog.isConnected && end(true));
    const say = (words: string): void => {
      fault.textContent = words;
      fault.hidden = words === "";
    };

    async function submit(): Promise<void> {
      say("");
      enter.disabled = true;
      try {
        if (next) say(await codeStep(next, code.value.trim()));
        else {
          const step = await passwordStep(signInUrl, email, password.value);
          say(step.fault);
          next = step.next;
        }
        if (!fault.hidden) return;
        if (!next || (await isIn())) {
          if (await isIn()) end(true);
          else say("You are signed in, but as somebody else. Sign in as yourself to go on.");
          return;
        }
        [passwordField.hidden, codeField.hidden] = [true, false];
        code.focus();
      } catch {
        say("There is no connection to the server. Try again when there is.");
      } finally {
        enter.disabled = false;
        (next ? code : password).select();
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void submit();
    });
    stay.addEventListener("click", () => end(false));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end(false);
    });
    window.addEventListener("focus", look);
    dialog.showModal();
    password.focus();
  });
}
