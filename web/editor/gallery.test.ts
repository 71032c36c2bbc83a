// Pictures that arrive in any order make one gallery in the order they were chosen, whatever was done to it meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { schema } from "../shared/schema.ts";
import { GALLERY_MOST, joinGallery, noLoneGalleries, shifted, takenApart } from "./gallery.ts";

const picture = (media: string): Node => schema.nodes.image.create({ src: `/media/${media}/960.jpg`, media });
const said = schema.nodes.paragraph.create(null, schema.text("Before."));
const begin = (...blocks: Node[]): EditorState => EditorState.create({ schema, plugins: [noLoneGalleries], doc: schema.nodes.doc.create(null, blocks) });
const shown = (state: EditorState): string[] => {
  const found: string[] = [];
  state.doc.forEach((block) => {
    const media: string[] = [];
    block.descendants((node) => void (node.type === schema.nodes.image && media.push(String(node.attrs["media"]))));
    found.push(block.type.name === "image" ? String(block.attrs["media"]) : `${block.type.name}(${media.join(" ")})`);
  });
  return found;
};
const gallery = (...media: string[]): Node => schema.nodes.gallery.create(null, media.map(picture));

function arrive(state: EditorState, media: string, among: string[]): EditorState {
  const transaction = joinGallery(state, picture(media), among) ?? state.tr.insert(state.doc.content.size, picture(media));
  return state.apply(transaction);
}

test("in whichever order they arrive, they stand in the order they were chosen", () => {
  const chosen = ["a", "b", "c"];
  for (const order of ["abc", "acb", "bac", "bca", "cab", "cba"]) {
    const state = [...order].reduce((now, media) => arrive(now, media, chosen), begin(said));
    assert.deepEqual(shown(state), ["paragraph()", "gallery(a b c)"], order);
    state.doc.check();
  }
});

test("one that comes alone is a picture, and what joins it later makes a gallery", () => {
  const alone = arrive(begin(said), "a", ["a"]);
  assert.deepEqual(shown(alone), ["paragraph()", "a"]);
  assert.deepEqual(shown(arrive(alone, "b", ["a", "b"])), ["paragraph()", "gallery(a b)"]);
});

test("a full gallery takes no more", () => {
  const all = Array.from({ length: GALLERY_MOST + 1 }, (_, place) => `m${place}`);
  const state = all.reduce((now, media) => arrive(now, media, all), begin(said));
  assert.equal(state.doc.child(1).childCount, GALLERY_MOST);
  assert.deepEqual(shown(state).slice(2), [`m${GALLERY_MOST}`]);
});

test("pictures move within it", () => {
  const state = begin(said, gallery("a", "b", "c"));
  const first = state.doc.child(0).nodeSize + 1;
  assert.equal(shifted(state, first, -1), null);
  assert.equal(shifted(state, first + 2, 1), null);
  const later = state.apply(shifted(state, first, 1) ?? state.tr);
  assert.deepEqual(shown(later), ["paragraph()", "gallery(b a c)"]);
  assert.deepEqual(shown(later.apply(shifted(later, first + 2, -1) ?? later.tr)), ["paragraph()", "gallery(b c a)"]);
});

test("taken apart, and shrunk to one, it is pictures again", () => {
  const state = begin(said, gallery("a", "b"));
  const at = state.doc.child(0).nodeSize;
  assert.deepEqual(shown(state.apply(takenApart(state, at) ?? state.tr)), ["paragraph()", "a", "b"]);
  assert.deepEqual(shown(state.apply(state.tr.delete(at + 1, at + 2))), ["paragraph()", "b"]);
  assert.deepEqual(shown(state.apply(state.tr.delete(at + 1, at + 3))), ["paragraph()"]);
  const only = begin(gallery("a", "b"));
  assert.deepEqual(shown(only.apply(only.tr.delete(1, 3))), ["paragraph()"]);
});
