// The fields of a composer's form and its text, read and written together. Knows nothing of servers and storage.
import type { Fields } from "./device.ts";
import type { Editor } from "./editor.ts";
import { fitText } from "./paste.ts";
import type { Content, KnownMarks } from "./posts.ts";
import type { Theirs } from "./wire.ts";

const WORDS_SHOWN = 120; // in lists of texts

export interface PostFields {
  read(): Fields;
  /** Put `given` in. `fresh`: as if newly opened; else as a change that undo takes back. */
  fill(given: Fields, fresh: boolean): void;
  /** Whether `fill` is at work: what changes now was not typed. */
  isFilling(): boolean;
  isEmpty(): boolean;
  /** The headline or the first words, for lists. */
  title(): string;
  focus(name: string): void;
  /** The body of a request to save this, less its key and what is done with it. */
  body(known: KnownMarks): Record<string, unknown>;
}

export const noFields: Fields = { headline: "", dateline: "", byline: "", document: null, keyEvent: false, summary: false, correction: "" };

export function fieldsOf(content: Content): Fields {
  return {
    headline: content.headline, dateline: content.dateline, byline: content.byline.join(", "), document: content.document,
    keyEvent: content.key_event, summary: content.summary, correction: "",
  };
}

/** Their text in my form: the words are theirs, marks and correction stay mine. */
export function withTheirs(mine: Fields, theirs: Theirs): Fields {
  return { ...mine, headline: theirs.headline, dateline: theirs.dateline, byline: theirs.byline.join(", "), document: theirs.document };
}

// The language of a post is its document's attribute; "" (that of the live blog) is none.
function languageOf(document: unknown): string {
  return (document as { attrs?: { language?: string } } | null)?.attrs?.language ?? "";
}

function inLanguage(document: unknown, language: string): unknown {
  if (document === null || typeof document !== "object") return document;
  const { attrs: _, ...rest } = document as { attrs?: unknown };
  return language ? { ...rest, attrs: { language } } : rest;
}

// A tag that the list does not offer came by the API, and stays.
function choose(list: HTMLSelectElement | null, language: string): void {
  if (!list) return;
  if (![...list.options].some((option) => option.value === language)) list.add(new Option(language, language));
  list.value = language;
}

export function postFields(form: HTMLFormElement, text: Editor): PostFields {
  const input = (name: string): HTMLInputElement | null => form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  const value = (name: string): string => fitText(input(name)?.value ?? "").trim();
  const language = form.querySelector<HTMLSelectElement>('select[name="language"]');
  let filling = false;

  function read(): Fields {
    return {
      headline: value("headline"), dateline: value("dateline"), byline: value("byline"), correction: value("correction"),
      document: inLanguage(text.document(), language?.value ?? ""), keyEvent: input("key_event")?.checked ?? false, summary: input("summary")?.checked ?? false,
    };
  }

  function fill(given: Fields, fresh: boolean): void {
    filling = true;
    for (const name of ["headline", "dateline", "byline", "correction"] as const) {
      const field = input(name);
      if (field) field.value = given[name];
    }
    for (const [name, on] of [["key_event", given.keyEvent], ["summary", given.summary]] as const) {
      const field = input(name);
      if (field) field.checked = on;
    }
    choose(language, languageOf(given.document));
    if (fresh) text.reset(given.document ?? undefined);
    else text.replace(given.document);
    filling = false;
  }

  return {
    read, fill,
    isFilling: () => filling,
    isEmpty() {
      const now = read();
      return text.isBlank() && !now.headline && !now.dateline && !now.correction && text.uploadsWaiting() === 0;
    },
    title: () => value("headline") || text.words().slice(0, WORDS_SHOWN),
    focus: (name) => input(name)?.focus(),
    body(known) {
      const now = read();
      const byline = now.byline.split(",").map((name) => name.trim()).filter(Boolean);
      const body: Record<string, unknown> = { headline: now.headline, dateline: now.dateline, byline, document: now.document, correction: now.correction };
      // Marks go along only when they were changed here: somebody else may have set them since.
      if (input("key_event") && now.keyEvent !== known.key_event) body["key_event"] = now.keyEvent;
      if (input("summary") && now.summary !== known.summary) body["summary"] = now.summary;
      return body;
    },
  };
}
