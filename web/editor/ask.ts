// Asks the reporter for a few values in a dialog: the address of a link, the title of a link card, whose claim it is.
import { make } from "./dom.ts";

export interface Question {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly choices?: readonly (readonly [value: string, label: string])[];
  /** Values for other questions that follow from this one's, put where nothing is written yet; a note for the reporter. */
  readonly fills?: (value: string) => Promise<{ readonly words: Answers; readonly note: string } | null>;
  /** What is wrong with the value, or "". */
  readonly check?: (value: string) => string;
}

export type Answers = Readonly<Record<string, string>>;

/** Fill the empty fields when the value of this one is settled: typed and left, pasted, or given. */
function filling(form: HTMLFormElement, { name, value, fills }: Question): void {
  const input = form.elements.namedItem(name);
  if (!fills || !(input instanceof HTMLInputElement)) return;
  const said = make("p", { class: "hint", role: "status" });
  input.closest(".field")?.append(said);
  let asked = "";
  const fill = async (): Promise<void> => {
    const given = input.value.trim();
    if (given === asked) return;
    asked = given;
    said.textContent = "Looking there…";
    const found = await fills(given);
    if (asked !== given) return;
    said.textContent = found?.note ?? "";
    for (const [other, words] of Object.entries(found?.words ?? {})) {
      const field = form.elements.namedItem(other);
      if (field instanceof HTMLInputElement && field.value.trim() === "") field.value = words;
    }
  };
  input.addEventListener("change", () => void fill());
  input.addEventListener("paste", () => window.setTimeout(() => void fill()));
  const isNew = Array.from(form.elements).every((field) => !(field instanceof HTMLInputElement) || field === input || field.value === "");
  if (value && isNew) void fill();
}

interface Asked {
  readonly title: string;
  readonly questions: readonly Question[];
  readonly confirm: string;
  readonly remove?: string;
}

function control(question: Question): HTMLInputElement | HTMLSelectElement {
  const attributes = { name: question.name, id: `ask-${question.name}`, required: question.required ? "" : null };
  if (!question.choices) return make("input", { ...attributes, type: "text", value: question.value, autocomplete: "off" });
  const select = make("select", attributes);
  for (const [value, label] of question.choices) select.append(make("option", { value, selected: value === question.value ? "" : null }, label));
  return select;
}

function field(question: Question): HTMLElement {
  const input = control(question);
  const parts: Node[] = [make("label", { for: input.id }, question.label), input];
  if (question.hint) {
    input.setAttribute("aria-describedby", `${input.id}-hint`);
    parts.push(make("p", { class: "hint", id: `${input.id}-hint` }, question.hint));
  }
  input.addEventListener("input", () => input.setCustomValidity(""));
  return make("div", { class: "field" }, ...parts);
}

function faults(form: HTMLFormElement, questions: readonly Question[]): boolean {
  for (const question of questions) {
    const input = form.elements.namedItem(question.name);
    if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement)) continue;
    input.setCustomValidity(question.check?.(input.value) ?? "");
  }
  return !form.reportValidity();
}

/** The answers; "remove" when the reporter takes the thing away; null when they change their mind. */
export function ask({ title, questions, confirm, remove }: Asked): Promise<Answers | "remove" | null> {
  const form = make("form", { method: "dialog", class: "stack" }, make("h2", {}, title), ...questions.map(field));
  const buttons = make("div", { class: "dialog-buttons" });
  if (remove !== undefined) buttons.append(make("button", { type: "submit", value: "remove", class: "button quiet danger", formnovalidate: "" }, remove));
  buttons.append(make("button", { type: "submit", value: "cancel", class: "button quiet", formnovalidate: "" }, "Cancel"));
  buttons.append(make("button", { type: "submit", value: "confirm", class: "button primary" }, confirm));
  form.append(buttons);
  for (const question of questions) filling(form, question);
  const dialog = make("dialog", { class: "dialog", "aria-label": title }, form);
  document.body.append(dialog);
  // Enter in a field presses the first submit button of a form; here it must be the last.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    form.requestSubmit(buttons.lastElementChild as HTMLButtonElement);
  });
  form.addEventListener("submit", (event) => {
    const pressed = (event.submitter as HTMLButtonElement | null)?.value;
    if (pressed === "confirm" && faults(form, questions)) event.preventDefault();
  });
  return new Promise((settle) => {
    dialog.addEventListener("close", () => {
      const values = Object.fromEntries(Array.from(new FormData(form), ([key, value]) => [key, String(value).trim()]));
      const pressed = dialog.returnValue;
      dialog.remove();
      settle(pressed === "confirm" ? values : pressed === "remove" ? "remove" : null);
    });
    dialog.showModal();
  });
}
