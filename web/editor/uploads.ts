// Pictures on their way to the server: a place is held in the text while one travels, and becomes the picture when it
// has arrived. Chosen by button, pasted or dropped; several at once become a gallery.
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { make } from "./dom.ts";
import { joinGallery } from "./gallery.ts";
import { progressWords, sendInParts, type Progress, type Uploaded, type Uploading } from "./parts.ts";
import { wordsIn } from "./paste.ts";
import { fromFile } from "./unchecked.ts";
import { newKey } from "./wire.ts";

export type { Uploading } from "./parts.ts";

/** One picture under way; its key makes a repeated upload one upload. `among`: those that came with it, in order. */
interface Travelling {
  readonly key: string;
  readonly among: readonly Travelling[];
  media: string;
}

type Step = { readonly add: { readonly id: Travelling; readonly at: number; readonly dom: HTMLElement } } | { readonly remove: Travelling };

const key = new PluginKey<DecorationSet>("uploads");

/** The places held for pictures. */
export function uploads(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, places) {
        const mapped = places.map(transaction.mapping, transaction.doc);
        const step = transaction.getMeta(key) as Step | undefined;
        if (step === undefined) return mapped;
        if ("remove" in step) return mapped.remove(mapped.find(undefined, undefined, (spec) => spec["id"] === step.remove));
        const widget = Decoration.widget(step.add.at, step.add.dom, { id: step.add.id, side: -1, ignoreSelection: true });
        return mapped.add(transaction.doc, [widget]);
      },
    },
    props: { decorations: (state) => key.getState(state) ?? null },
  });
}

/** How many pictures are still on their way, or failed and still shown so. */
export function waiting(state: EditorState): number {
  return key.getState(state)?.find().length ?? 0;
}

function placeOf(state: EditorState, id: Travelling): number | null {
  return key.getState(state)?.find(undefined, undefined, (spec) => spec["id"] === id)[0]?.from ?? null;
}

/** The block boundary at which a picture goes in: after the block the cursor stands in, at `at`. */
function boundary(state: EditorState, at: number): number {
  const place = state.doc.resolve(Math.min(at, state.doc.content.size));
  return place.depth === 0 ? place.pos : place.after(1);
}

function arrived(view: EditorView, id: Travelling, picture: Uploaded): void {
  const at = placeOf(view.state, id);
  if (at === null) return;
  const { id: media, ...attributes } = picture;
  const node = view.state.schema.nodes["image"]?.create({ ...attributes, media });
  if (!node) return;
  id.media = media;
  if (picture.alt || picture.caption || picture.credit || picture.origin) fromFile(media);
  const siblings = id.among.map((one) => one.media);
  const joined = joinGallery(view.state, node, siblings);
  const transaction = joined ?? view.state.tr.insert(boundary(view.state, at), node);
  view.dispatch(transaction.setMeta(key, { remove: id } satisfies Step));
}

/**
 * Send `files` and put each into the text at `at` when it has arrived; several are one gallery, and with `beside` they
 * join that picture. A failure says why and can be tried again.
 */
export function upload(view: EditorView, files: readonly File[], at: number, uploading: Uploading, beside = ""): void {
  const among: Travelling[] = beside ? [{ key: "", among: [], media: beside }] : [];
  const all = files.map((file) => ({ file, id: { key: newKey(), among, media: "" } })); // one upload, however often it is tried
  among.push(...all.map(({ id }) => id));
  for (const { file, id } of all) {
    const dom = make("div", { class: "uploading", contenteditable: "false", role: "status" });
    const place = boundary(view.state, at);
    view.dispatch(view.state.tr.setMeta(key, { add: { id, at: place, dom } } satisfies Step));
    start(view, file, id, dom, uploading);
  }
}

function start(view: EditorView, file: File, id: Travelling, dom: HTMLElement, uploading: Uploading): void {
  const bar = make("progress", { max: "1", value: "0", "aria-label": `Uploading ${file.name}` });
  const words = make("span", {}, `Uploading ${file.name}…`);
  dom.className = "uploading";
  dom.replaceChildren(words, bar);
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;
  const tell = (progress: Progress): void => {
    words.textContent = progressWords(file.name, progress);
    bar.value = progress.sent / progress.size;
    dom.classList.toggle("waiting", progress.state === "waiting");
  };
  const travel =
    file.size > uploading.maxBytes
      ? Promise.reject(new Error(`It has ${megabytes(file.size)}, and a picture may have ${megabytes(uploading.maxBytes)}. Make it smaller.`))
      : sendInParts(file, id.key, uploading, tell);
  travel.then(
    (picture) => arrived(view, id, picture),
    (fault: Error) => failed(view, file, id, dom, uploading, fault.message),
  );
}

function failed(view: EditorView, file: File, id: Travelling, dom: HTMLElement, uploading: Uploading, why: string): void {
  const again = make("button", { type: "button", class: "button small" }, "Try again");
  again.addEventListener("click", () => start(view, file, id, dom, uploading));
  const drop = make("button", { type: "button", class: "button quiet small" }, "Leave it out");
  drop.addEventListener("click", () => view.dispatch(view.state.tr.setMeta(key, { remove: id } satisfies Step)));
  dom.className = "uploading failed";
  dom.replaceChildren(make("span", {}, `${file.name} was not uploaded. ${why}`), make("span", { class: "block-buttons" }, again, drop));
}

/** The pictures among what was pasted or dropped, unless it is text that merely comes with a picture of itself. */
export function picturesOf(data: DataTransfer | null): File[] {
  if (!data) return [];
  const files = Array.from(data.files).filter((file) => file.type.startsWith("image/"));
  if (files.length === 0) return [];
  return wordsIn(data.getData("text/html")) === "" ? files : [];
}
