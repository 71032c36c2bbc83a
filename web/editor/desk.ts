// What the page says of itself: who writes, in which live blog, and where things are sent.
import { newKey } from "./wire.ts";
import type { Outbox } from "./outbox.ts";
import type { Uploading } from "./uploads.ts";

export interface Desk {
  readonly root: HTMLElement;
  readonly user: string;
  readonly slug: string;
  readonly zone: string;
  /** This browser tab: two tabs never keep their new posts under one name. */
  readonly tab: string;
  readonly newPostUrl: string;
  readonly signInUrl: string;
  readonly uploading: Uploading;
  /** Where texts under way are kept on the server. */
  readonly copiesUrl: string;
  /** The way of every write that readers see. */
  readonly outbox: Outbox;
  contentUrl(postId: string): string;
  /** Called when a text on this device came or went. */
  deviceChanged: () => void;
  /** Asked before a post is opened for writing; false: the reporter leaves it to a colleague. */
  opening: (postId: string) => Promise<boolean>;
  /** Called when a post was opened or closed for writing. */
  openChanged: () => void;
}

const TAB = "stoppress:tab";

function tabName(): string {
  try {
    const known = sessionStorage.getItem(TAB) ?? newKey().slice(0, 8);
    sessionStorage.setItem(TAB, known);
    return known;
  } catch {
    return newKey().slice(0, 8);
  }
}

/** The desk of the live blog on this page, or null when the page is about something else. */
export function deskOf(page: Document, outbox: Outbox): Desk | null {
  const root = page.querySelector<HTMLElement>("[data-live]");
  if (!root) return null;
  const said = (name: string): string => root.dataset[name] ?? "";
  return {
    root,
    user: said("user"),
    slug: said("live"),
    zone: said("zone"),
    tab: tabName(),
    newPostUrl: said("newPostUrl"),
    signInUrl: said("signInUrl"),
    copiesUrl: said("copiesUrl"),
    outbox,
    uploading: {
      url: said("uploadUrl"),
      partsUrl: said("uploadsUrl"),
      maxBytes: Number(said("uploadBytes")),
      token: () => page.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "",
    },
    contentUrl: (postId) => said("contentUrl").replace("POST", postId),
    deviceChanged: () => undefined,
    opening: () => Promise.resolve(true),
    openChanged: () => undefined,
  };
}
