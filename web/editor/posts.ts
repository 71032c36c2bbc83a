// A post as the server hands it out and takes it back, and the words for what is done with it.

/** A post, opened for writing. */
export interface Content {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly headline: string;
  readonly dateline: string;
  readonly byline: readonly string[];
  readonly document: unknown;
  readonly key_event: boolean;
  readonly summary: boolean;
  readonly publish_at: string;
}

/** The marks of a post as they stand on the server, as far as is known here. */
export interface KnownMarks {
  readonly key_event: boolean;
  readonly summary: boolean;
}

/** What the server answers to a write. */
export interface Written {
  readonly id: string;
  readonly seq: number;
  readonly revision: number;
  readonly state: string;
  readonly html: string;
}

/** Where a post stands; "new" until the server has it. */
export type Mode = "new" | "draft" | "submitted" | "scheduled" | "published";
/** What pressing a button asks for. */
export type Intent = "draft" | "publish" | "schedule" | "amend";

export const DONE: Readonly<Record<Intent, string>> = {
  publish: "Published", amend: "Change published", schedule: "Scheduled", draft: "Draft saved",
};
/** What was done: by the house rule of two pairs of eyes, a reporter who publishes asks an editor. */
export function doneWords(intent: Intent, state: string): string {
  return state === "submitted" && intent !== "draft" ? "Submitted to an editor" : DONE[intent];
}
/** What waits in the queue, as its button says it. */
export const DEED: Readonly<Record<Intent, string>> = {
  publish: "Publish", amend: "Publish change", schedule: "Schedule", draft: "Save draft",
};
export const FAILED: Readonly<Record<Intent, string>> = {
  publish: "Not published", amend: "Change not published", schedule: "Not scheduled", draft: "Draft not saved",
};
