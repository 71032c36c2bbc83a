// Inside the frame: tells the page around how high it is, follows that page's scheme, keeps as many posts as were asked
// for. Talks only to the origin named in its address (by /embed.js), and listens to no other.

const PARENT = hostOf(new URLSearchParams(location.hash.slice(1)).get("host"));
const SCHEMES = ["auto", "light", "dark"];

interface Told {
  stoppress?: unknown;
  scheme?: unknown;
}

// An origin and nothing else, or "".
function hostOf(told: string | null): string {
  try {
    const origin = told ? new URL(told).origin : "";
    return origin === told && origin !== "null" ? origin : "";
  } catch {
    return "";
  }
}

// The body's own height: the document's is never less than the frame's, and would never shrink again.
function tellHeight(): void {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height > 0) window.parent.postMessage({ stoppress: "height", height }, PARENT);
}

function follow(event: MessageEvent<Told>): void {
  if (event.origin !== PARENT || event.source !== window.parent) return;
  const { stoppress, scheme } = event.data ?? {};
  if (stoppress !== "scheme" || typeof scheme !== "string" || !SCHEMES.includes(scheme)) return;
  if (scheme === "auto") delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = scheme;
}

// The oldest beyond the number go, as they would on a fresh load.
function trim(main: HTMLElement): void {
  const most = Number(main.dataset.latest);
  const posts = [...(main.querySelector("#posts")?.children ?? [])];
  for (const post of posts.slice(most)) post.remove();
}

const main = document.querySelector<HTMLElement>("main[data-embed]");
if (main && "latest" in main.dataset) document.addEventListener("stoppress:applied", () => trim(main));
if (PARENT && window.parent !== window) {
  new ResizeObserver(tellHeight).observe(document.body);
  // A frame out of sight is not observed; it tells at once all the same, so that it does not grow when it comes in sight.
  document.addEventListener("stoppress:applied", tellHeight);
  window.addEventListener("load", tellHeight);
  tellHeight();
  window.addEventListener("message", follow);
}
