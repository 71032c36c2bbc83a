// The second script (later.ts): loaded when nothing more urgent is to be done, or at once when it has something to say.

import { isRemembered } from "./seen.ts";

const IDLE_MS = 2_000; // after loading, where the browser does not say when it is idle

export function loadLater(): void {
  const { later } = document.querySelector<HTMLElement>("script[data-later]")?.dataset ?? {};
  const main = document.querySelector<HTMLElement>("main");
  if (!later) return;
  if (main?.dataset.kept || isRemembered(main?.dataset.live ?? "")) load(later);
  else whenIdle(() => load(later));
}

function whenIdle(work: () => void): void {
  const idle = (): unknown => ("requestIdleCallback" in window ? requestIdleCallback(work) : setTimeout(work, IDLE_MS));
  if (document.readyState === "complete") idle();
  else addEventListener("load", idle);
}

function load(script: string): void {
  const element = document.createElement("script");
  element.type = "module"; // in parts
  element.src = script;
  document.head.append(element);
}
