// Posts and players of other sites, loaded on a press and not before. The server sends their words and, as
// `data-frame`, what a press would load; until then the page asks nobody but its own server. The box around
// them has its height from the style sheet before and after, so that nothing jumps.

import { type Kinds, words } from "./words.ts";

const KEY = "stoppress.embeds"; // the sites that this device shows without asking
// No way to lead the reader off the page, to open dialogs, or to come at the page itself (another origin).
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";

// Pressed in this page: an amended post comes as a new element, and shows again what it showed.
const pressed = new Set<string>();
const always = new Set(kept());

interface Embed {
  readonly figure: HTMLElement;
  readonly provider: string;
  readonly site: string;
  readonly kind: Kinds;
  readonly frame: string;
}

function embedsIn(root: ParentNode): Embed[] {
  return [...root.querySelectorAll<HTMLElement>("figure[data-frame]")].map((figure) => {
    const { embed = "", site = "", kind = "", frame = "" } = figure.dataset;
    return { figure, provider: embed, site, kind: kind in words.kinds ? (kind as Kinds) : "post", frame };
  });
}

// Buttons for those that have none, and frames for those that the reader asked for before.
export function dressEmbeds(root: ParentNode): void {
  for (const embed of embedsIn(root)) {
    if (embed.figure.querySelector("button.embed-show")) continue;
    const box = embed.figure.querySelector(".embed-box");
    const caption = embed.figure.querySelector("figcaption");
    if (!box || !caption) continue;
    box.append(button("embed-show", words.show(embed.kind, embed.site)), note(new URL(embed.frame).hostname));
    caption.append(" ", button("embed-choice", ""));
    describe(embed);
    if (always.has(embed.provider) || pressed.has(embed.frame)) load(embed);
  }
}

export function listenForEmbeds(root: HTMLElement): void {
  root.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("button") : null;
    const figure = target?.closest<HTMLElement>("figure[data-frame]");
    const embed = figure?.parentElement ? embedsIn(figure.parentElement).find((one) => one.figure === figure) : undefined;
    if (!target || !embed) return;
    if (target.classList.contains("embed-show")) {
      pressed.add(embed.frame);
      load(embed)?.focus({ preventScroll: true });
    } else if (target.classList.contains("embed-choice")) choose(root, embed);
  });
}

// "Always" shows all of that site's on the page at once; "ask again" takes them away again.
function choose(root: HTMLElement, { provider }: Embed): void {
  const shown = !always.has(provider);
  if (shown) always.add(provider);
  else always.delete(provider);
  keep([...always]);
  for (const embed of embedsIn(root)) {
    if (embed.provider !== provider) continue;
    if (!shown) pressed.delete(embed.frame);
    if (shown) load(embed);
    else unload(embed);
    describe(embed);
  }
}

function describe({ figure, provider, site }: Embed): void {
  const choice = figure.querySelector("button.embed-choice");
  if (choice) choice.textContent = always.has(provider) ? words.askAgain(site) : words.alwaysShow(site);
}

function load({ figure, kind, site, frame }: Embed): HTMLIFrameElement | null {
  const box = figure.querySelector(".embed-box");
  if (!box || figure.querySelector("iframe")) return null;
  const inner = document.createElement("iframe");
  inner.dataset.script = "";
  inner.setAttribute("sandbox", SANDBOX);
  inner.allow = "fullscreen; encrypted-media; picture-in-picture";
  inner.referrerPolicy = "strict-origin"; // YouTube plays for nobody who does not say where
  inner.loading = "lazy";
  inner.title = [words.from(kind, site), figure.querySelector(".embed-title")?.textContent].filter(Boolean).join(": ");
  inner.src = frame;
  figure.classList.add("embed-shown");
  box.append(inner);
  return inner;
}

function unload({ figure }: Embed): void {
  figure.querySelector("iframe")?.remove();
  figure.classList.remove("embed-shown");
}

function button(name: string, text: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.dataset.script = "";
  made.textContent = text;
  return made;
}

function note(host: string): HTMLElement {
  const made = document.createElement("p");
  made.className = "embed-note";
  made.dataset.script = "";
  made.textContent = words.loadsFrom(host);
  return made;
}

// Storage may be refused; then the choice lasts as long as the page.
function keep(sites: readonly string[]): void {
  try {
    if (sites.length > 0) localStorage.setItem(KEY, JSON.stringify(sites));
    else localStorage.removeItem(KEY);
  } catch {
    return;
  }
}

function kept(): string[] {
  try {
    const sites: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(sites) ? sites.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}
