// Pictures on their way to the server: a place is held in the text while one travels, and becomes the picture when it
// has arrived. Chosen by button, pasted or dropped.
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { make } from "./dom.ts";
import { wordsIn } from "./paste.ts";
import { newKey, type Problem } from "./wire.ts";

export interface Uploading {
  readonly url: string;
  readonly maxBytes: number;
  readonly token: () => string;
}

interface Uploaded {
  readonly id: string;
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly renditions: readonly { src: string; width: number; height: number }[];
  readonly alt: string;
  readonly caption: string;
  readonly credit: string;
}

/** One picture under way; its key makes a repeated upload one upload. */
interface Travelling {
  readonly key: string;
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

function sent(file: File, name: string, { url, token }: Uploading, progress: (part: number) => void): Promise<Uploaded> {
  // XMLHttpRequest, because fetch tells nothing of how far an upload has come.
  return new Promise((settle, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.addEventListener("progress", (event) => progress(event.lengthComputable ? event.loaded / event.total : 0));
    request.addEventListener("error", () => fail(new Error("There is no connection to the server.")));
    request.addEventListener("load", () => {
      const answer = request.response as Uploaded | Problem | null;
      if (request.status < 300 && answer && "src" in answer) settle(answer);
      else fail(new Error((answer && "detail" in answer && answer.detail) || `The server answered ${request.status}.`));
    });
    const form = new FormData();
    form.append("file", file);
    form.append("key", name);
    request.send(form);
  });
}

function arrived(view: EditorView, id: Travelling, picture: Uploaded): void {
  const at = placeOf(view.state, id);
  if (at === null) return;
  const { id: media, ...attributes } = picture;
  const node = view.state.schema.nodes["image"]?.create({ ...attributes, media });
  if (!node) return;
  view.dispatch(view.state.tr.insert(boundary(view.state, at), node).setMeta(key, { remove: id } satisfies Step));
}

/** Send `files` and put each into the text at `at` when it has arrived. A failure says why and can be tried again. */
export function upload(view: EditorView, files: readonly File[], at: number, uploading: Uploading): void {
  for (const file of files) {
    const id = { key: newKey() }; // one upload, however often it is tried
    const dom = make("div", { class: "uploading", contenteditable: "false", role: "status" });
    const place = boundary(view.state, at);
    view.dispatch(view.state.tr.setMeta(key, { add: { id, at: place, dom } } satisfies Step));
    start(view, file, id, dom, uploading);
  }
}

function start(view: EditorView, file: File, id: Travelling, dom: HTMLElement, uploading: Uploading): void {
  const bar = make("progress", { max: "1", value: "0", "aria-label": `Uploading ${file.name}` });
  dom.className = "uploading";
  dom.replaceChildren(make("span", {}, `Uploading ${file.name}…`), bar);
  const tooLarge = file.size > uploading.maxBytes;
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;
  const travel = tooLarge
    ? Promise.reject(new Error(`It has ${megabytes(file.size)}, and a picture may have ${megabytes(uploading.maxBytes)}. Make it smaller.`))
    : sent(file, id.key, uploading, (part) => {
        bar.value = part;
      });
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
