// Passkeys: a form with data-passkey asks the device before it is sent. Options come from the page, or from the
// address in data-options-url. The browser's own functions read and write the JSON (WebAuthn, level 3).
import { must } from "./dom.ts";

interface Options {
  readonly creation_options?: { readonly publicKey: PublicKeyCredentialCreationOptionsJSON };
  readonly request_options?: { readonly publicKey: PublicKeyCredentialRequestOptionsJSON };
}

const OLD_BROWSER = "This browser does not know passkeys; use another, or another way to sign in.";
const NOT_DONE = "The device did not confirm it. Try again, or use another way.";

async function optionsOf(form: HTMLFormElement): Promise<Options> {
  const url = form.dataset["optionsUrl"];
  if (!url) return JSON.parse(must(form, "script", HTMLScriptElement).textContent ?? "") as Options;
  const answer = await fetch(url, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()) as Options;
}

async function asked(form: HTMLFormElement): Promise<PublicKeyCredential> {
  const options = await optionsOf(form);
  const found = options.creation_options
    ? await navigator.credentials.create({ publicKey: creation(options.creation_options.publicKey) })
    : await navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.request_options!.publicKey),
      });
  if (found instanceof PublicKeyCredential) return found;
  throw new Error(NOT_DONE);
}

/** A key that the device keeps and guards by itself, so that it can sign in without the password. */
function creation(said: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(said);
  const chosen = { ...options.authenticatorSelection };
  options.authenticatorSelection = { ...chosen, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return options;
}

/** Start every form on the page that asks for a passkey. */
export function startPasskeys(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    const credential = must(form, "input[name=credential]", HTMLInputElement);
    const fault = must(form, "[data-passkey-fault]", HTMLElement);
    form.addEventListener("submit", (event) => {
      if (credential.value) return;
      event.preventDefault();
      const known = typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
      fault.hidden = true;
      const tell = (words: string): void => {
        fault.textContent = words;
        fault.hidden = false;
      };
      if (!known) return tell(OLD_BROWSER);
      asked(form).then(
        (found) => {
          credential.value = JSON.stringify(found);
          form.submit();
        },
        () => tell(NOT_DONE),
      );
    });
  }
}

/** Buttons beside something that is shown once. */
export function startCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    button.addEventListener("click", () => {
      const secret = button.closest("section, details, .account")?.querySelector<HTMLElement>("[data-secret]");
      if (!secret) return;
      navigator.clipboard.writeText(secret.innerText.trim()).then(
        () => (button.textContent = "Copied"),
        () => getSelection()?.selectAllChildren(secret),
      );
    });
  }
}
