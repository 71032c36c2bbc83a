// What word processors, mail programs and web pages put on the clipboard, made plain before ProseMirror reads it by the
// schema's parse rules. Only form is dropped here; words never are.
import { make } from "./dom.ts";

const DROPPED = "style, script, meta, link, title, xml, o\\:p, svg, math, template, noscript";

/**
 * Google Docs wraps everything in `<b style="font-weight:normal">`; Word styles what it means in spans. Read from the
 * attribute: where a page's policy forbids inline styles, some browsers leave `element.style` empty.
 */
function styledMarks(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[style]")) {
    const style = element.getAttribute("style") ?? "";
    const plain = /font-weight:\s*(normal|[1-4]00)/i.test(style);
    if (plain && element.matches("b, strong")) element.replaceWith(...element.childNodes);
    else if (element.matches("span") && /font-weight:\s*(bold|[6-9]00)/i.test(style)) wrapInside(element, "strong");
    if (element.matches("span") && /font-style:\s*italic/i.test(style)) wrapInside(element, "em");
  }
}

/** Styles are read by now; left in place they would only be refused, loudly, by the page's policy. */
function unstyled(root: ParentNode): void {
  for (const element of root.querySelectorAll("[style]")) element.removeAttribute("style");
}

function wrapInside(element: HTMLElement, name: "strong" | "em"): void {
  const wrapper = make(name, {}, ...element.childNodes);
  element.replaceChildren(wrapper);
}

/** Word's lists are paragraphs that begin with a drawn bullet or number. */
function wordLists(root: ParentNode): void {
  let list: HTMLElement | null = null;
  for (const item of Array.from(root.querySelectorAll<HTMLElement>('p[class^="MsoListParagraph"], p[style*="mso-list"]'))) {
    const bullet = item.querySelector('[style*="mso-list:Ignore"], [style*="mso-list: Ignore"]');
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

/** The clipboard's HTML, ready for the schema's rules. */
export function cleaned(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  styledMarks(page.body);
  wordLists(page.body);
  unstyled(page.body);
  return page.body.innerHTML;
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

/** A document's JSON as the server takes it: fit text, and no empty paragraphs at its end. */
export function fitDocument(document: JsonNode): JsonNode {
  const fit = fitNode(document);
  const blocks = [...(fit.content ?? [])];
  while (blocks.length > 1 && blocks.at(-1)?.["type"] === "paragraph" && !blocks.at(-1)?.content?.length) blocks.pop();
  return { ...fit, content: blocks };
}
