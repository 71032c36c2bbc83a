// Readers' questions that a moderator has passed on: one goes into the composer with its asker's name, to be answered.
import type { Node } from "prosemirror-model";
import type { EditorView } from "prosemirror-view";
import { schema } from "../shared/schema.ts";
import { ask } from "./ask.ts";
import type { Composer } from "./composer.ts";
import type { Desk } from "./desk.ts";
import { putBlock } from "./structured.ts";
import type { Tell } from "./told.ts";
import { get } from "./wire.ts";

interface Question {
  readonly id: string;
  readonly text: string;
  readonly name: string;
}

const { nodes } = schema;
const SHOWN = 120;

async function passedOn(url: string): Promise<readonly Question[]> {
  return (await get<{ questions: Question[] }>(url))?.questions ?? [];
}

function block({ id, text, name }: Question): Node {
  return nodes.qa.create({ question: text, name, asked: id }, nodes.paragraph.create());
}

/** Choose one of the questions that wait for an answer, for the menu of blocks. */
async function choose(view: EditorView): Promise<void> {
  const url = document.querySelector<HTMLElement>("[data-questions-url]")?.dataset["questionsUrl"] ?? "";
  const questions = await passedOn(url).catch(() => []);
  const choices = questions.map(({ id, text }) => [id, text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text] as const);
  const question = questions.length > 0
    ? { name: "id", label: "Which question?", value: choices[0]?.[0] ?? "", choices }
    : { name: "id", label: "Which question?", value: "", choices: [["", "None waits for an answer"]] as const };
  const answers = await ask({ title: "Reader’s question", confirm: "Answer it", questions: [question] });
  const chosen = answers === null || answers === "remove" ? undefined : questions.find(({ id }) => id === answers["id"]);
  if (chosen) putBlock(view, block(chosen));
  else view.focus();
}

export const answerEntry = { name: "Reader’s question", icon: "question", words: "answer q&a asked passed on", use: (view: EditorView) => void choose(view) } as const;

/** The page was opened by "Answer" in the list of questions (#answer-…): that question goes into the composer. */
export async function answerAsked(desk: Desk, main: Composer, tell: Tell): Promise<void> {
  const id = /^#answer-([0-9a-z]+)$/.exec(location.hash)?.[1];
  if (!id) return;
  history.replaceState(null, "", location.pathname + location.search);
  const question = (await passedOn(desk.root.dataset["questionsUrl"] ?? "").catch(() => [])).find((one) => one.id === id);
  if (!question) return tell("This question has been answered or taken back meanwhile.", true);
  const now = main.read();
  const document = now.document as { content?: unknown[] } | null;
  const written = main.isUntouched() ? [] : (document?.content ?? []);
  main.rewrite({ ...now, document: { ...document, type: "doc", content: [...written, block(question).toJSON()] } });
  main.focus();
}
