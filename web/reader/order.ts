// Page order: newest first by time of first publication, ties by id. The same rule as the server's.

export interface Place {
  at: string; // RFC 3339, UTC
  id: string;
}

// Whether `one` stands at or below `other` on the page.
export function isAtOrBelow(one: Place, other: Place): boolean {
  const [first, second] = [Date.parse(one.at), Date.parse(other.at)];
  return first === second ? one.id <= other.id : first < second;
}

export function placeOf(post: HTMLElement): Place {
  return { at: post.querySelector("time")?.dateTime ?? "", id: post.dataset.post ?? "" };
}
