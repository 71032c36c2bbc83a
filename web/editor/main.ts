// The desk's script: starts what the page has. Every screen works without it, but for writing posts.
import { deskOf } from "./desk.ts";
import { forget, places } from "./device.ts";
import { make } from "./dom.ts";
import { liveblog } from "./liveblog.ts";
import { startCopying, startPasskeys } from "./passkeys.ts";
import { teller } from "./told.ts";

/** Signing out takes the texts on this device along: say so first. */
function startSignOut(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-sign-out]");
  const user = form?.dataset["signOut"];
  if (!form || !user) return;
  const kept = places(user);
  const warning = form.querySelector<HTMLElement>("[data-kept-warning]");
  if (warning && kept.length > 0) {
    warning.hidden = false;
    warning.append(make("ul", {}, ...kept.map((place) => make("li", {}, place.kept.words || "A text without words"))));
  }
  form.addEventListener("submit", () => {
    for (const place of kept) forget(place.key);
  });
}

document.documentElement.classList.add("js");
startSignOut();
startPasskeys();
startCopying();
const desk = deskOf(document);
if (desk) liveblog(desk, teller());
