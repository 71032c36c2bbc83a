// The text of a summary: a list whose items point at the posts they came from. Pure: JSON in, JSON out.
import { claimStates, type ClaimState } from "../shared/schema.ts";

export interface Json {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly Json[];
  readonly marks?: readonly Json[];
  readonly text?: string;
}

/** Something that happened since the last summary, as the server tells it. */
export interface Since {
  readonly kind: "key_event" | "correction" | "claim" | "withdrawn";
  readonly href: string;
  readonly text: string;
  readonly at: string;
  /** The same in words, by the event's clock. */
  readonly when: string;
  readonly in_last: boolean;
  readonly state: string;
  readonly source: string;
}

const WORDS: Readonly<Record<Since["kind"], string>> = { key_event: "Key event", correction: "Correction", claim: "Claim", withdrawn: "Withdrawn" };

/** What kind of thing it is, in a word. */
export function kindWords(since: Since): string {
  return WORDS[since.kind];
}

/** The list item that takes `since` over; a claim stays a claim, named anew by `claimName`. */
export function itemOf(since: Since, claimName: string): Json {
  const link: Json = { type: "link", attrs: { href: since.href } };
  const isClaim = since.kind === "claim" && (claimStates as readonly string[]).includes(since.state as ClaimState);
  const claim: Json = { type: "claim", attrs: { source: since.source, state: since.state, id: claimName } };
  const said: Json = { type: "text", text: since.text, marks: isClaim ? [claim, link] : [link] };
  const lead: Json[] = since.kind === "correction" ? [{ type: "text", text: "Corrected: " }] : [];
  return { type: "list_item", content: [{ type: "paragraph", content: [...lead, said] }] };
}

const isBlank = (item: Json): boolean => JSON.stringify(item).includes('"text":"') === false;

/** The document with `item` as the first of its first list; a list is begun where there is none. */
export function withItem(document: Json, item: Json): Json {
  const blocks = [...(document.content ?? [])];
  const at = blocks.findIndex((block) => block.type === "bullet_list");
  const list = blocks[at];
  if (!list) {
    const text = blocks.filter((block) => block.type !== "paragraph" || block.content?.length);
    return { ...document, content: [...text, { type: "bullet_list", content: [item] }] };
  }
  blocks[at] = { ...list, content: [item, ...(list.content ?? []).filter((other) => !isBlank(other))] };
  return { ...document, content: blocks };
}

function pointsAt(node: Json, href: string): boolean {
  const isLink = (mark: Json): boolean => mark.type === "link" && mark.attrs?.["href"] === href;
  return (node.marks ?? []).some(isLink) || (node.content ?? []).some((child) => pointsAt(child, href));
}

/** The document without the list items that point at `href`; a list that had no others stays, with an empty item. */
export function withoutItems(document: Json, href: string): Json {
  const blocks = (document.content ?? []).map((block): Json => {
    if (block.type !== "bullet_list" && block.type !== "ordered_list") return block;
    const left = (block.content ?? []).filter((item) => !pointsAt(item, href));
    return { ...block, content: left.length > 0 ? left : [{ type: "list_item", content: [{ type: "paragraph" }] }] };
  });
  return { ...document, content: blocks };
}
