// The editor's side of what it and the server must judge alike (tests/document/shared.json; the other is test_shared.py).
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DOMOutputSpec } from "prosemirror-model";
import { claimLabel, isLinkAddress, isOwnPicture, schema, type ClaimState } from "./schema.ts";
import shared from "../../tests/document/shared.json" with { type: "json" };

test("links are taken and refused as by the server", () => {
  for (const address of shared.links.taken) assert.ok(isLinkAddress(address), address);
  for (const address of shared.links.refused) assert.ok(!isLinkAddress(address), address);
});

test("uploads are known as by the server", () => {
  for (const address of shared.uploads.taken) assert.ok(isOwnPicture(address), address);
  for (const address of shared.uploads.refused) assert.ok(!isOwnPicture(address), address);
});

test("claims are labelled in the server's words", () => {
  for (const { state, source, label } of shared.claims) assert.equal(claimLabel(state as ClaimState, source), label);
});

// No language of its own is said by leaving it out: the server does so with what the editor writes.
function plain({ attrs, content, ...node }: Json): Json {
  const { language, ...others } = attrs ?? {};
  const kept = language ? { ...others, language } : others;
  return { ...node, ...(attrs && (node.type !== "doc" || language) ? { attrs: kept } : {}), ...(content ? { content: content.map(plain) } : {}) };
}

interface Json {
  type: string;
  attrs?: { language?: string; [name: string]: unknown };
  content?: Json[];
}

test("documents the server takes are the editor's, unchanged", () => {
  for (const json of shared.documents.taken) {
    const node = schema.nodeFromJSON(json);
    node.check();
    assert.deepEqual(plain(JSON.parse(JSON.stringify(node))), json);
  }
});

test("documents the server refuses by their form are refused", () => {
  for (const json of shared.documents.refused) {
    assert.throws(() => schema.nodeFromJSON(json).check(), JSON.stringify(json));
  }
});

function tags(spec: DOMOutputSpec): string[] {
  if (!Array.isArray(spec)) return [];
  const [tag, ...rest] = spec as readonly unknown[];
  return [String(tag), ...rest.flatMap((part) => tags(part as DOMOutputSpec))];
}

test("every node and mark has a look and can be pasted", () => {
  for (const [name, type] of Object.entries(schema.nodes)) {
    if (name === "doc" || name === "text") continue;
    assert.ok(type.spec.toDOM, name);
    assert.ok(type.spec.parseDOM?.length, name);
  }
  for (const [name, type] of Object.entries(schema.marks)) {
    assert.ok(type.spec.toDOM, name);
    assert.ok(type.spec.parseDOM?.length, name);
  }
});

test("a foreign picture is shown as words, never loaded", () => {
  const image = schema.nodes.image;
  const looks = (src: string): string[] => tags(image.spec.toDOM?.(image.create({ src })) ?? ["none"]);
  assert.ok(looks("/media/m/1.webp").includes("img"));
  assert.ok(!looks("https://example.org/1.png").includes("img"));
});
