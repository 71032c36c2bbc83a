// What word processors, mail programs and web pages put on the clipboard, made plain before ProseMirror reads it by the
// schema's parse rules. Only form is dropped here; words never are.
import { plainAddress } from "./addresses.ts";
import { make } from "./dom.ts";

const DROPPED = "style, script, meta, link, title, xml, o\\:p, svg, math, template, noscript";
const STYLE = "data-styled";

/**
 * The markup with its inline styles and handlers under other names, and without style sheets: the page's policy refuses
 * them, loudly, even in a document that is only read; and some browsers then leave `element.style` empty.
 */
function disarmed(html: string): string {
  return html
    .replace(/<style[\s>][\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${STYLE}=`).replace(/\son(\w+)\s*=/gi, " data-on-$1="));
}

/** Google Docs wraps everything in `<b style="font-weight:normal">`; Word and others style what they mean in spans. */
function styledMarks(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>(`[${STYLE}]`)) {
    const style = element.getAttribute(STYLE) ?? "";
    const plain = /(?<![\w-])font-weight:\s*(normal|[1-4]00)/i.test(style);
    if (plain && element.matches("b, strong")) element.replaceWith(...element.childNodes);
    else if (element.matches("span, font") && /(?<![\w-])font-weight:\s*(bold|[6-9]00)/i.test(style)) wrapInside(element, "strong");
    if (element.matches("span, font") && /(?<![\w-])font-style:\s*italic/i.test(style)) wrapInside(element, "em");
  }
  // A heading is bold already.
  for (const bold of root.querySelectorAll("h1, h2, h3, h4, h5, h6")) for (const mark of bold.querySelectorAll("b, strong")) mark.replaceWith(...mark.childNodes);
}

function wrapInside(element: HTMLElement, name: "strong" | "em"): void {
  const wrapper = make(name, {}, ...element.childNodes);
  element.replaceChildren(wrapper);
}

/** What Word says of a list paragraph: its level, and the bullet or number it has drawn. */
function listItem(item: HTMLElement): { level: number; name: "ol" | "ul"; start: string | null } {
  const level = Number(/mso-list:[^;]*\blevel(\d{1,2})/i.exec(item.getAttribute(STYLE) ?? "")?.[1] ?? 1);
  const bullet = item.querySelector(`[${STYLE}*="mso-list:Ignore"], [${STYLE}*="mso-list: Ignore"]`);
  const number = /^\s*\(?(\d{1,6}|[a-z]{1,4})[.)]/i.exec(bullet?.textContent ?? item.textContent ?? "")?.[1];
  bullet?.remove();
  return { level, name: number === undefined ? "ul" : "ol", start: number !== undefined && /^\d+$/.test(number) ? number : null };
}

/** Word's lists are paragraphs that begin with a drawn bullet or number and say how deep they stand. */
function wordLists(root: ParentNode): void {
  let open: HTMLElement[] = []; // the list of each level under way
  let previous: Element | null = null; // the outermost list: what stands right after it goes on with it
  for (const item of Array.from(root.querySelectorAll<HTMLElement>(`p[class^="MsoListParagraph"], p[${STYLE}*="mso-list:l"], p[${STYLE}*="mso-list: l"]`))) {
    const { level, name, start } = listItem(item);
    if (previous === null || item.previousElementSibling !== previous) open = [];
    open = open.slice(0, level);
    if (open.length === level && open.at(-1)?.localName !== name) open.pop();
    while (open.length < level) {
      const list = make(name, { start: name === "ol" && start !== "1" ? start : null });
      const around = open.at(-1)?.lastElementChild;
      if (around) around.append(list);
      else if (open.length > 0) open.at(-1)?.append(make("li", {}, list));
      else item.before(list);
      open.push(list);
    }
    open.at(-1)?.append(make("li", {}, make("p", {}, ...item.childNodes)));
    item.remove();
    previous = open[0] ?? null;
  }
}

/** Lists in lists as Google Docs has them, beside the item they belong to, are put into it. */
function nestedLists(root: ParentNode): void {
  for (const list of root.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const item = list.previousElementSibling;
    if (item?.matches("li")) item.append(list);
  }
}

/** Blanks that only hold a place: Apple's, and those beside another blank. A blank that binds ("10 km") stays. */
function blanks(root: HTMLElement): void {
  for (const space of root.querySelectorAll(".Apple-converted-space")) space.replaceWith(" ");
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    text.nodeValue = (text.nodeValue ?? "").replace(/\u00a0(?=[ \t\r\n\u00a0])|(?<=[ \t\r\n])\u00a0/g, " ").replace(/(?<=[.!?])\u00a0|\u00a0$/g, " ");
  }
}

/** Pictures that are characters become them; pictures that nobody sees go, and what a page hides. */
function unseen(root: ParentNode): void {
  for (const picture of root.querySelectorAll("img")) {
    const alt = picture.getAttribute("alt") ?? "";
    if (/\p{Extended_Pictographic}/u.test(alt) && [...alt].length <= 8) picture.replaceWith(alt);
    else if (["width", "height"].some((side) => /^[01]$/.test(picture.getAttribute(side) ?? ""))) picture.remove();
  }
  for (const hidden of root.querySelectorAll(`[hidden], [${STYLE}*="display:none"], [${STYLE}*="display: none"], [${STYLE}*="mso-hide:all"]`)) hidden.remove();
}

const HOLDS = "img, table, hr, video, audio, iframe, figure";

/** Line ends that end a block already, and blocks in which nothing stands. */
function gaps(root: HTMLElement): void {
  for (const end of Array.from(root.querySelectorAll("br"))) {
    let next = end.nextSibling;
    while (next && next.nodeType === Node.TEXT_NODE && (next.nodeValue ?? "").trim() === "") next = next.nextSibling;
    const isLast = next === null || (next instanceof Element && next.matches("p, div, ul, ol, table, blockquote, h1, h2, h3, h4, h5, h6"));
    if (isLast || end.matches(".Apple-interchange-newline, [clear]")) end.remove();
  }
  for (const block of Array.from(root.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div, li, blockquote")).reverse()) {
    const isEmpty = (block.textContent ?? "").replace(/\u00a0/g, " ").trim() === "" && !block.querySelector(HOLDS);
    if (isEmpty && !block.closest("td, th")) block.remove();
  }
  for (const loose of Array.from(root.children)) if (loose.matches("br")) loose.remove();
}

/** Links lead where they say, without the marks by which readers are followed. */
function links(root: ParentNode): void {
  for (const link of root.querySelectorAll("a[href]")) link.setAttribute("href", plainAddress(link.getAttribute("href") ?? ""));
}

function bodyOf(html: string): HTMLElement {
  const page = new DOMParser().parseFromString(disarmed(html), "text/html");
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  return page.body;
}

/** The clipboard's HTML, ready for the schema's rules. */
export function cleaned(html: string): string {
  const body = bodyOf(html);
  unseen(body);
  styledMarks(body);
  wordLists(body);
  nestedLists(body);
  blanks(body);
  gaps(body);
  links(body);
  return body.innerHTML;
}

/** The words of the clipboard's HTML. */
export function wordsIn(html: string): string {
  return (bodyOf(html).textContent ?? "").trim();
}

// Controls, line ends inside a text, marks that turn the reading direction round, and what is no character:
// the server refuses them (document/check.py), so they are left behind here.
const UNFIT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/g;
const BREAKS = /[\t\n\u2028\u2029]+/g;

/** `text` as a post may hold it. */
export function fitText(text: string): string {
  return text.replace(BREAKS, " ").replace(UNFIT, "").replace(/\p{Surrogate}/gu, "\ufffd");
}

interface JsonNode {
  readonly [key: string]: unknown;
  readonly text?: string;
  readonly content?: readonly JsonNode[];
}

/** `node` with only text that a post may hold. */
function fitNode(node: JsonNode): JsonNode {
  if (typeof node.text === "string") return { ...node, text: fitText(node.text) };
  if (!node.content) return node;
  return { ...node, content: node.content.map(fitNode).filter((child) => child.text !== "") };
}

/** The words of each block, whatever its form: for a document that the schema does not know. */
export function linesOf(document: unknown): string[] {
  const words = (node: unknown): string => {
    if (typeof node !== "object" || node === null) return "";
    const { text, content } = node as { text?: unknown; content?: unknown };
    return (typeof text === "string" ? text : "") + (Array.isArray(content) ? content.map(words).join(" ") : "");
  };
  const blocks = (document as { content?: unknown } | null)?.content;
  return Array.isArray(blocks) ? blocks.map((block) => fitText(words(block)).trim()).filter(Boolean) : [];
}

/** A document's JSON as the server takes it: fit text, and no empty paragraphs at its end. */
export function fitDocument(document: JsonNode): JsonNode {
  const fit = fitNode(document);
  const blocks = [...(fit.content ?? [])];
  while (blocks.length > 1 && blocks.at(-1)?.["type"] === "paragraph" && !blocks.at(-1)?.content?.length) blocks.pop();
  return { ...fit, content: blocks };
}
