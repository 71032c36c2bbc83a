// A link to another post by typing: "[[" and a few of its words. Published posts are offered, those of this live blog
// first; the link is the post's permalink without a host, so it stays valid when the newsroom moves.
import type { EditorState, Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { schema } from "../shared/schema.ts";
import { suggest, type Asked, type Choice } from "./suggest.ts";
import { get } from "./wire.ts";

interface Linkable {
  readonly title: string;
  readonly where: string;
  readonly href: string;
}

const PAUSE_MS = 150; // after the last letter, before the server is asked

/** "[[" and what was typed after it, within one block. */
function signAt(state: EditorState): Asked | null {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc");
  const typed = /\[\[([^[\]\ufffc]{0,60})$/u.exec(before);
  return typed ? { from: $from.pos - typed[0].length, query: typed[1] ?? "" } : null;
}

function put(view: EditorView, { title, href }: Linkable): void {
  const link = schema.text(title, [schema.marks.link.create({ href })]);
  const { from } = view.state.selection;
  view.dispatch(view.state.tr.insert(from, link).removeStoredMark(schema.marks.link).scrollIntoView());
  view.focus();
}

let asked = 0;

async function choices(query: string): Promise<readonly Choice[]> {
  asked += 1;
  const mine = asked;
  await new Promise((settle) => window.setTimeout(settle, PAUSE_MS));
  if (mine !== asked) return []; // more was typed: that is asked instead
  const url = document.querySelector<HTMLElement>("[data-linkable-url]")?.dataset["linkableUrl"] ?? "";
  try {
    const found = await get<{ readonly posts: readonly Linkable[] }>(`${url}?${new URLSearchParams({ q: query }).toString()}`);
    return (found?.posts ?? []).map((post) => ({ name: post.title, hint: post.where, icon: "link", use: (view: EditorView) => put(view, post) }));
  } catch {
    return [];
  }
}

/** The list of posts that "[[" opens. */
export function linkPost(): Plugin {
  return suggest({
    label: "Link to a post",
    find: signAt,
    choices,
    none: (query) => (query ? `No published post says “${query}”. Esc keeps what you typed.` : "No post is published yet."),
  });
}
