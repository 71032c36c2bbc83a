// What word processors, mail programs and web pages put on the clipboard, made plain before ProseMirror reads it by the
// schema's parse rules. Only form is dropped here; words never are.
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
    const plain = /font-weight:\s*(normal|[1-4]00)/i.test(style);
    if (plain && element.matches("b, strong")) element.replaceWith(...element.childNodes);
    else if (element.matches("span") && /font-weight:\s*(bold|[6-9]00)/i.test(style)) wrapInside(element, "strong");
    if (element.matches("span") && /font-style:\s*italic/i.test(style)) wrapInside(element, "em");
  }
}

function wrapInside(element: HTMLElement, name: "strong" | "em"): void {
  const wrapper = make(name, {}, ...element.childNodes);
  element.replaceChildren(wrapper);
}

/** Word's lists are paragraphs that begin with a drawn bullet or number. */
function wordLists(root: ParentNode): void {
  let list: HTMLElement | null = null;
  for (const item of Array.from(root.querySelectorAll<HTMLElement>(`p[class^="MsoListParagraph"], p[${STYLE}*="mso-list"]`))) {
    const bullet = item.querySelector(`[${STYLE}*="mso-list:Ignore"], [${STYLE}*="mso-list: Ignore"]`);
    const numbered = /^\s*\(?[0-9a-z]{1,3}[.)]/i.test(bullet?.textContent ?? item.textContent ?? "");
    bullet?.remove();
    const name = numbered ? "ol" : "ul";
    if (list === null || item.previousElementSibling !== list || list.localName !== name) {
      list = make(name);
      item.before(list);
    }
    list.append(make("li", {}, make("p", {}, ...item.childNodes)));
    item.remove();
  }
}

function bodyOf(html: string): HTMLElement {
  const page = new DOMParser().parseFromString(disarmed(html), "text/html");
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  return page.body;
}

/** The clipboard's HTML, ready for the schema's rules. */
export function cleaned(html: string): string {
  const body = bodyOf(html);
  styledMarks(body);
  wordLists(body);
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
