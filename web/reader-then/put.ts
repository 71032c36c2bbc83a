// The parts of a page at another time into this one. A post that stands the same in both is left as it is, with
// whatever the reader has done to it; what is new fades in.

const FADE_MS = 500;
const PARTS = [".then-at", ".then-note", ".then-times ol", "#live > .lead", "#live > .overview", '[data-slot="pinned"]', '[data-slot="older"]'];

const served = new WeakMap<Element, string>(); // what the server sent, before the reader's script dressed it

export function putPage(fresh: Document): void {
  for (const selector of PARTS) {
    const [old, made] = [document.querySelector(selector), fresh.querySelector(selector)];
    if (old && made) fill(old, made);
  }
  putPosts(fresh);
  document.title = fresh.title;
  const [bar, made] = [document.querySelector<HTMLElement>("#then"), fresh.querySelector<HTMLElement>("#then")];
  if (bar && made) bar.dataset.at = made.dataset.at ?? "";
  const [main, other] = [document.querySelector<HTMLElement>("#live"), fresh.querySelector<HTMLElement>("#live")];
  if (main && other) main.dataset.frozen = other.dataset.frozen ?? "";
  document.dispatchEvent(new CustomEvent("stoppress:swapped"));
}

// Folded stays folded.
function fill(old: Element, made: Element): void {
  const open = new Map([...old.querySelectorAll("details")].map((one) => [one.className, one.open]));
  old.replaceChildren(...made.childNodes);
  for (const details of old.querySelectorAll("details")) details.open = open.get(details.className) ?? details.open;
}

function putPosts(fresh: Document): void {
  const [feed, made] = [document.querySelector("#posts"), fresh.querySelector("#posts")];
  if (!feed || !made) return;
  const old = new Map([...feed.children].map((post) => [post.id, post]));
  const posts = [...made.children].map((post) => {
    const html = post.outerHTML;
    const known = old.get(post.id);
    if (known && served.get(known) === html) return known;
    const own = document.importNode(post, true);
    served.set(own, html);
    return own;
  });
  feed.replaceChildren(...posts);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const post of posts) if (!old.has(post.id)) post.animate({ opacity: [0, 1] }, { duration: FADE_MS, easing: "ease-out" });
}
