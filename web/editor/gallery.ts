// Galleries as the text holds them: pictures that come together join, move within, and part again. How they look is
// `pictures.ts`.
import type { Node } from "prosemirror-model";
import { Plugin, type EditorState, type Transaction } from "prosemirror-state";
import { schema } from "../shared/schema.ts";

export const GALLERY_MOST = 12;

const { nodes } = schema;

/** Where the first picture among `media` stands. */
function placeOf(doc: Node, media: readonly string[]): number | null {
  let found: number | null = null;
  doc.descendants((node, at) => {
    if (found === null && node.type === nodes.image && media.includes(String(node.attrs["media"]))) found = at;
    return found === null;
  });
  return found;
}

/**
 * Put `picture` beside those of `media` that are in the text already, in the order of `media`: into their gallery, or
 * into a new one with them. Null when none is there, or their gallery is full.
 */
export function joinGallery(state: EditorState, picture: Node, media: readonly string[]): Transaction | null {
  const mine = media.indexOf(String(picture.attrs["media"]));
  const at = placeOf(state.doc, media.filter((_, place) => place !== mine));
  if (at === null) return null;
  const rank = (node: Node): number => media.indexOf(String(node.attrs["media"]));
  const place = state.doc.resolve(at);
  if (place.parent.type !== nodes.gallery) {
    const other = state.doc.nodeAt(at);
    if (other === null || place.depth !== 0 || !String(other.attrs["src"]).startsWith("/media/")) return null;
    const both = rank(other) < mine ? [other, picture] : [picture, other];
    return state.tr.replaceWith(at, at + other.nodeSize, nodes.gallery.create(null, both));
  }
  const gallery = place.parent;
  if (gallery.childCount >= GALLERY_MOST) return null;
  let into = place.start();
  gallery.forEach((child, offset) => {
    if (rank(child) < mine) into = place.start() + offset + child.nodeSize;
  });
  return state.tr.insert(into, picture);
}

/** Move the picture at `at` one place earlier (-1) or later (1) in its gallery; null when it stands at that end. */
export function shifted(state: EditorState, at: number, by: -1 | 1): Transaction | null {
  const node = state.doc.nodeAt(at);
  const place = state.doc.resolve(at);
  const index = place.index() + by;
  if (node === null || place.parent.type !== nodes.gallery || index < 0 || index >= place.parent.childCount) return null;
  const transaction = state.tr.delete(at, at + node.nodeSize);
  return transaction.insert(at + by * node.nodeSize, node);
}

/** The pictures of the gallery at `at`, one below the other. */
export function takenApart(state: EditorState, at: number): Transaction | null {
  const gallery = state.doc.nodeAt(at);
  return gallery?.type === nodes.gallery ? state.tr.replaceWith(at, at + gallery.nodeSize, gallery.content) : null;
}

/** A gallery of one is a picture, and one of none is nothing. */
export const noLoneGalleries = new Plugin({
  appendTransaction(transactions, _before, { doc, tr }) {
    if (!transactions.some((transaction) => transaction.docChanged)) return null;
    const lone: { at: number; gallery: Node }[] = [];
    doc.forEach((node, at) => {
      if (node.type === nodes.gallery && node.childCount < 2) lone.push({ at, gallery: node });
    });
    for (const { at, gallery } of lone.reverse()) tr.replaceWith(at, at + gallery.nodeSize, gallery.content);
    if (tr.doc.childCount === 0) tr.insert(0, nodes.paragraph.create());
    return lone.length > 0 ? tr : null;
  },
});
