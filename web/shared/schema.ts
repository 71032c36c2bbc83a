// The schema of a post's document for the browser: the nodes and marks of schema.json, each with its look
// (toDOM) and with what is read from the clipboard (parseDOM). Used by the desk's editor.
// What a document may hold is decided by the server (src/stoppress/document/check.py); here nothing is
// offered that it would refuse.
import { Schema, type DOMOutputSpec, type MarkSpec, type NodeSpec } from "prosemirror-model";
import definition from "../../src/stoppress/document/schema.json" with { type: "json" };
import { structuredLooks } from "./structured.ts";

type NodeName = keyof typeof definition.nodes;
type MarkName = keyof typeof definition.marks;
type NodeLook = Pick<NodeSpec, "toDOM" | "parseDOM">;
type MarkLook = Pick<MarkSpec, "toDOM" | "parseDOM">;

export const claimStates = ["unverified", "confirmed", "disputed", "false"] as const;
export type ClaimState = (typeof claimStates)[number];

const addressChars = 2_000;
// White space, controls, invisible marks, and what browsers silently repair: the same as in addresses.py.
const unsafe =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\s\u0000-\u0020\u007f-\u009f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff<>"\\`]/u;
const own = /^\/media\/[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

const ownPost = /^\/live\/[a-z0-9]+(?:-[a-z0-9]+)*\/posts\/[0-9a-hjkmnp-tv-z]{20}$/;

/** Whether `address` is a page elsewhere: http or https, written in full. */
export function isWebAddress(address: string): boolean {
  // A user name before the site shows another site than the link leads to.
  return isPlain(address) && /^https?:\/\/[^/?#@]+(?:[/?#]|$)/i.test(address) && URL.canParse(address);
}

/** Whether `address` may be the target of a link: a web address, mailto, or a post of ours. */
export function isLinkAddress(address: string): boolean {
  return isOwnPost(address) || isWebAddress(address) || (isPlain(address) && /^mailto:[^@\s?]+@[^@\s?]+(\?.*)?$/i.test(address));
}

/** Whether `address` is the permalink of a post of this newsroom, without its host. */
export function isOwnPost(address: string): boolean {
  return address.length <= addressChars && ownPost.test(address);
}

/** Whether `address` is an upload of this newsroom, which may be loaded. */
export function isOwnPicture(address: string): boolean {
  return address.length <= addressChars && own.test(address);
}

function isPlain(address: string): boolean {
  return [...address].length <= addressChars && !unsafe.test(address);
}

/** The words readers see after a claimed passage, as text.py writes them. */
export function claimLabel(state: ClaimState, source: string): string {
  const says = { unverified: ", says ", confirmed: "; first said by ", disputed: "; claimed by ", false: "; claimed by " };
  const name = source.trim();
  return `(${state}${name ? says[state] + name : ""})`;
}

function siteOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, "") : address;
}

function asElement(dom: HTMLElement | string): HTMLElement {
  if (typeof dom === "string") throw new TypeError("A rule for elements was asked about a style.");
  return dom;
}

function textIn(element: Element, selector: string): string {
  return (element.querySelector(selector)?.textContent ?? "").replace(/\s+/g, " ").trim();
}

function spans(dom: HTMLElement | string): { colspan: number; rowspan: number } {
  const read = (name: string): number => Math.max(1, Number.parseInt(asElement(dom).getAttribute(name) ?? "", 10) || 1);
  return { colspan: read("colspan"), rowspan: read("rowspan") };
}

function cell(tag: "td" | "th"): NodeLook {
  return {
    toDOM: ({ attrs }) => {
      const attributes: Record<string, string> = {};
      for (const name of ["colspan", "rowspan"]) if (attrs[name] !== 1) attributes[name] = String(attrs[name]);
      return [tag, attributes, 0];
    },
    parseDOM: [{ tag, getAttrs: spans }],
  };
}

function readCard(dom: HTMLElement | string) {
  const element = asElement(dom);
  const url = element.getAttribute("data-url") ?? element.getAttribute("href") ?? "";
  if (!isWebAddress(url)) return false;
  const [title, description, site] = ["title", "description", "site"].map((part) => textIn(element, `.card-${part}`));
  return { url, title, description, site };
}

function readEmbed(dom: HTMLElement | string) {
  const element = asElement(dom);
  const [provider, url] = [element.getAttribute("data-embed") ?? "", element.getAttribute("data-url") ?? ""];
  if (!provider || !isWebAddress(url)) return false;
  const [title, text, author] = ["title", "text", "author"].map((part) => textIn(element, `.embed-${part}`));
  return { provider, url, title, text, author, height: pixels(element, "data-height") };
}

function pixels(image: Element, name: string): number | null {
  return Number.parseInt(image.getAttribute(name) ?? "", 10) || null;
}

/** Per cent from 0 to 100; the middle when nothing is said. */
function share(image: Element, name: string): number {
  const value = Number.parseInt(image.getAttribute(name) ?? "", 10);
  return value >= 0 && value <= 100 ? value : 50;
}

function readRenditions(json: string | null): unknown {
  try {
    const sizes: unknown = JSON.parse(json ?? "[]");
    return Array.isArray(sizes) ? sizes : [];
  } catch {
    return [];
  }
}

function readPicture(dom: HTMLElement | string) {
  const element = asElement(dom);
  const image = element.matches("img") ? element : element.querySelector("img");
  const src = element.getAttribute("data-src") ?? image?.getAttribute("src") ?? "";
  if (!isOwnPicture(src) && !isWebAddress(src)) return false;
  const sized = image ?? element;
  return {
    src,
    alt: element.getAttribute("data-alt") ?? image?.getAttribute("alt") ?? "",
    caption: textIn(element, ".caption") || textIn(element, "figcaption"),
    credit: textIn(element, ".credit"),
    origin: element.getAttribute("data-origin") ?? "",
    focus_x: share(element, "data-focus-x"),
    focus_y: share(element, "data-focus-y"),
    width: pixels(sized, "width"),
    height: pixels(sized, "height"),
    media: element.getAttribute("data-media"),
    renditions: readRenditions(element.getAttribute("data-renditions")),
  };
}

function showPicture(attrs: Record<string, unknown>): DOMOutputSpec {
  const { src, alt, caption, credit, width, height, media, renditions } = attrs as Record<string, string | null>;
  const shown: DOMOutputSpec = isOwnPicture(src ?? "")
    ? ["img", { src, alt, width, height }]
    : ["span", { class: "remote-label" }, `Picture at ${siteOf(src ?? "")}`];
  const frame = {
    class: isOwnPicture(src ?? "") ? "picture" : "picture remote",
    "data-src": src,
    "data-alt": alt,
    "data-media": media,
    "data-origin": attrs["origin"] || null,
    "data-focus-x": attrs["focus_x"] === 50 ? null : String(attrs["focus_x"]),
    "data-focus-y": attrs["focus_y"] === 50 ? null : String(attrs["focus_y"]),
    "data-renditions": JSON.stringify(renditions),
    width: isOwnPicture(src ?? "") ? null : width,
    height: isOwnPicture(src ?? "") ? null : height,
  };
  const under: DOMOutputSpec = [
    "figcaption",
    {},
    ["span", { class: "caption" }, caption ?? ""],
    " ",
    ["span", { class: "credit" }, credit ?? ""],
  ];
  return ["figure", frame, shown, under];
}

function readQuote(dom: HTMLElement | string) {
  const element = asElement(dom);
  const address = element.getAttribute("data-source-url") ?? element.querySelector("figcaption a")?.getAttribute("href") ?? "";
  const source_url = isWebAddress(address) ? address : "";
  return { speaker: element.getAttribute("data-speaker") ?? textIn(element, "figcaption"), source_url };
}

function readClaim(dom: HTMLElement | string) {
  const element = asElement(dom);
  const state = element.getAttribute("data-state") ?? "";
  if (!(claimStates as readonly string[]).includes(state)) return false;
  const id = element.getAttribute("data-claim") ?? "";
  return { state, source: element.getAttribute("data-source") ?? "", id: /^[0-9a-z]{1,20}$/.test(id) ? id : "" };
}

function isBoldWeight(weight: HTMLElement | string): null | false {
  return /^(bold(er)?|[6-9]\d{2})$/.test(String(weight)) ? null : false;
}

// A node or mark that is in schema.json and not here does not compile.
const nodeLooks: Record<NodeName, NodeLook> = {
  doc: {},
  paragraph: { toDOM: () => ["p", 0], parseDOM: [{ tag: "p" }] },
  heading: {
    toDOM: () => ["h3", 0],
    parseDOM: ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag) => ({ tag, attrs: { level: 3 } })),
  },
  quote: {
    toDOM: ({ attrs }) => [
      "figure",
      { class: "quote", "data-speaker": attrs["speaker"], "data-source-url": attrs["source_url"] },
      ["blockquote", 0],
      ["figcaption", { contenteditable: "false" }, attrs["speaker"] || siteOf(attrs["source_url"])],
    ],
    parseDOM: [{ tag: "figure.quote", contentElement: "blockquote", getAttrs: readQuote }, { tag: "blockquote" }],
  },
  bullet_list: { toDOM: () => ["ul", 0], parseDOM: [{ tag: "ul" }] },
  ordered_list: {
    toDOM: ({ attrs }) => (attrs["start"] === 1 ? ["ol", 0] : ["ol", { start: attrs["start"] }, 0]),
    parseDOM: [
      {
        tag: "ol",
        getAttrs: (dom) => {
          const start = Number.parseInt(asElement(dom).getAttribute("start") ?? "", 10);
          return { start: start >= 0 && start <= 1_000_000 ? start : 1 };
        },
      },
    ],
  },
  list_item: { toDOM: () => ["li", 0], parseDOM: [{ tag: "li" }] },
  table: { toDOM: () => ["table", ["tbody", 0]], parseDOM: [{ tag: "table" }] },
  table_row: { toDOM: () => ["tr", 0], parseDOM: [{ tag: "tr" }] },
  table_header: cell("th"),
  table_cell: cell("td"),
  link_card: {
    toDOM: ({ attrs }) => [
      "div",
      { class: "card", "data-url": attrs["url"] },
      ["div", { class: "card-title" }, attrs["title"] || attrs["url"]],
      ["div", { class: "card-description" }, attrs["description"]],
      ["div", { class: "card-site" }, attrs["site"] || siteOf(attrs["url"])],
    ],
    parseDOM: [
      { tag: "div.card[data-url]", getAttrs: readCard },
      { tag: "a.card[href]", getAttrs: readCard, priority: 60 },
    ],
  },
  embed: {
    toDOM: ({ attrs }) => [
      "figure",
      { class: "embed", "data-embed": attrs["provider"], "data-url": attrs["url"], "data-height": attrs["height"] },
      ["p", { class: "embed-title" }, attrs["title"]],
      ["p", { class: "embed-text" }, attrs["text"]],
      ["p", { class: "embed-author" }, attrs["author"]],
      ["p", { class: "embed-site" }, siteOf(attrs["url"])],
    ],
    parseDOM: [{ tag: "figure.embed[data-embed][data-url]", getAttrs: readEmbed }],
  },
  image: {
    toDOM: ({ attrs }) => showPicture(attrs),
    parseDOM: [
      { tag: "figure.picture", getAttrs: readPicture },
      { tag: "img[src]", getAttrs: readPicture },
    ],
  },
  ...structuredLooks,
  gallery: { toDOM: () => ["div", { class: "gallery" }, 0], parseDOM: [{ tag: "div.gallery" }] },
  hard_break: { toDOM: () => ["br"], parseDOM: [{ tag: "br" }] },
  text: {},
};

const markLooks: Record<MarkName, MarkLook> = {
  claim: {
    toDOM: ({ attrs }) => [
      "span",
      {
        class: `claim claim-${attrs["state"]}`,
        "data-source": attrs["source"],
        "data-state": attrs["state"],
        "data-claim": attrs["id"] || null,
        "data-label": claimLabel(attrs["state"], attrs["source"]),
      },
      0,
    ],
    parseDOM: [{ tag: "span.claim[data-state]", getAttrs: readClaim }],
  },
  link: {
    toDOM: ({ attrs }) => ["a", { href: attrs["href"], rel: "noopener" }, 0],
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (dom) => {
          const href = asElement(dom).getAttribute("href") ?? "";
          return isLinkAddress(href) ? { href } : false;
        },
      },
    ],
  },
  bold: {
    toDOM: () => ["strong", 0],
    parseDOM: [
      { tag: "strong" },
      // Google Docs wraps everything it copies in a <b> that is not bold.
      { tag: "b", getAttrs: (dom) => (asElement(dom).style.fontWeight === "normal" ? false : null) },
      { style: "font-weight=400", clearMark: (mark) => mark.type.name === "bold" },
      { style: "font-weight", getAttrs: isBoldWeight },
    ],
  },
  italic: {
    toDOM: () => ["em", 0],
    parseDOM: [{ tag: "em" }, { tag: "i" }, { style: "font-style=italic" }],
  },
};

function together<Name extends string, Spec, Look>(specs: Record<Name, Spec>, looks: Record<Name, Look>) {
  const names = Object.keys(specs) as Name[];
  return Object.fromEntries(names.map((name) => [name, { ...specs[name], ...looks[name] }])) as Record<Name, Spec & Look>;
}

export const schema = new Schema<NodeName, MarkName>({
  topNode: definition.topNode,
  nodes: together<NodeName, NodeSpec, NodeLook>(definition.nodes as Record<NodeName, NodeSpec>, nodeLooks),
  marks: together<MarkName, MarkSpec, MarkLook>(definition.marks as Record<MarkName, MarkSpec>, markLooks),
});
