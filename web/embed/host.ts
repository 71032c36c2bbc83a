// /embed.js: puts a live blog into any page, where its script element stands, and fits the frame to what is in it.
//
//   <script src="https://news.example/embed.js" data-live="storm" async></script>
//
// It sets no cookie, keeps nothing, asks nobody but the site it came from, and puts one iframe and no style sheet into
// the page: a strict policy needs that site's origin in script-src and frame-src, and nothing more.
// data-live, and if wanted: data-layout (whole, latest, ticker), data-latest (a number), data-post (an id),
// data-scheme (auto, light, dark), data-paper, data-ink, data-accent ("#fffefb" or "#fffefb #151514": light, dark),
// data-font, data-height (pixels: as high as that, scrolling inside), data-title. A change of data-scheme is followed.

const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
const HEIGHT_MAX = 20_000; // pixels: no page of ours is longer, and no number from elsewhere makes it so
const WHOLE_HEIGHT = 800; // a whole live blog scrolls inside: it must not push the page's own text out of sight
const FIRST_HEIGHT = 320; // until the frame says better
const COLOURS = ["paper", "ink", "accent"];

interface Told {
  stoppress?: unknown;
  height?: unknown;
}

function addressOf(script: HTMLScriptElement, site: URL): URL | null {
  const { live = "", layout, latest, post, scheme, font } = script.dataset;
  if (!/^[\w-]{1,80}$/.test(live)) return null;
  const address = new URL(`/embed/${live}`, site);
  const plain = { layout: post ? undefined : (layout ?? (latest ? "latest" : undefined)), n: latest, post, scheme, font };
  for (const [name, value] of Object.entries(plain)) if (value) address.searchParams.set(name, value);
  for (const name of COLOURS) {
    const value = (script.dataset[name] ?? "").toLowerCase().replace(/#/g, "").trim().split(/[\s,]+/).join(",");
    if (value) address.searchParams.set(name, value);
  }
  address.hash = `host=${encodeURIComponent(location.origin)}`; // whom the frame may talk to; stays in the browser
  return address;
}

function put(script: HTMLScriptElement): void {
  const site = new URL(script.src);
  const address = addressOf(script, site);
  if (!address) return console.error("stoppress: data-live must name a live blog, as in data-live=\"storm\".");
  const frame = document.createElement("iframe");
  const fixed = Number(script.dataset.height) || 0;
  const whole = !script.dataset.post && !script.dataset.latest && !["latest", "ticker"].includes(script.dataset.layout ?? "");
  const most = fixed || (whole ? WHOLE_HEIGHT : HEIGHT_MAX);
  frame.title = script.dataset.title ?? "Live blog";
  frame.setAttribute("sandbox", SANDBOX);
  frame.referrerPolicy = "strict-origin";
  // Single properties of an element are no style sheet: no policy forbids them.
  Object.assign(frame.style, { display: "block", inlineSize: "100%", border: "0", colorScheme: "auto" });
  const fit = (height: number): void => {
    frame.style.blockSize = `${Math.min(height, most)}px`;
  };
  fit(fixed || FIRST_HEIGHT);
  window.addEventListener("message", (event: MessageEvent<Told>) => {
    if (event.origin !== site.origin || event.source !== frame.contentWindow) return;
    const { stoppress, height } = event.data ?? {};
    if (stoppress !== "height" || typeof height !== "number" || !(height > 0) || fixed) return;
    fit(Math.ceil(height));
  });
  new MutationObserver(() => {
    const scheme = script.dataset.scheme ?? "auto";
    frame.contentWindow?.postMessage({ stoppress: "scheme", scheme }, site.origin);
  }).observe(script, { attributes: true, attributeFilter: ["data-scheme"] });
  frame.src = address.href;
  script.after(frame);
}

const own = document.currentScript;
if (own instanceof HTMLScriptElement) put(own);
