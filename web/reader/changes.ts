// What the stream and `changes` send: the shapes of src/stoppress/events/changes.py. A public contract.

export interface PostChange {
  kind: "post";
  seq: number;
  id: string;
  html: string;
  after: string | null; // the post below which it stands, null for first
  leaf: number; // the page it belongs to, 0 = the first
  key_event: boolean;
  summary: boolean;
  first_published_at: string;
  last_changed_at: string;
}

export interface WithdrawnChange {
  kind: "withdrawn";
  seq: number;
  id: string;
  html: string;
  after: string | null;
  leaf: number;
  last_changed_at: string;
}

export interface HeadChange {
  kind: "head";
  seq: number;
  html: Record<string, string>; // slot name → html
}

export interface StatusChange {
  kind: "status";
  seq: number;
  status: string;
}

export interface ReloadChange {
  kind: "reload";
  seq: number;
  why: string;
}

export type Change = PostChange | WithdrawnChange | HeadChange | StatusChange | ReloadChange;

export const KINDS = ["post", "withdrawn", "head", "status", "reload"] as const satisfies readonly Change["kind"][];

export interface Answer {
  seq: number;
  changes: Change[];
}

// What `since` answers to a reader who returns.
export interface Since {
  seq: number;
  known: boolean; // false: the number asked for is from a future this server does not have
  posts: number;
  key_events: { id: string; title: string; at: string; new: boolean }[];
  corrected: { id: string; title: string; corrections: number }[];
  withdrawn: { id: string }[];
}
