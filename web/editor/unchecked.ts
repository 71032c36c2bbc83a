// Words that came out of a picture's file and that nobody here has read yet. They stand in the fields; before the post
// goes out a person says that they are right. Kept for this tab, so that a reload does not wave them through.

const PLACE = "stoppress:unchecked";

function all(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}

function put(media: readonly string[]): void {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(media));
  } catch {
    // Without storage the question is asked until the reload.
  }
}

/** The words of this picture came from its file. */
export function fromFile(media: string): void {
  put([...new Set([...all(), media])]);
}

export function isUnchecked(media: unknown): boolean {
  return typeof media === "string" && all().includes(media);
}

/** A person has read the words of this picture, or changed them. */
export function checked(media: unknown): void {
  put(all().filter((one) => one !== media));
}
