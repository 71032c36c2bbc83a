// Finds addresses in plain text, for links. Only http and https are addresses here. PURE.

const ADDRESS = /https?:\/\/[^\s<>"]+/g;

export interface Part {
  readonly text: string;
  readonly isAddress: boolean;
}

/** `text` in parts that make it up again. What closes a sentence or a bracket behind an address is not part of it. */
export function parted(text: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = ending(found);
    parts.push({ text: text.slice(at, index), isAddress: false }, { text: address, isAddress: true });
    at = index + address.length;
  }
  return [...parts, { text: text.slice(at), isAddress: false }].filter((part) => part.text !== "");
}

function ending(found: string): string {
  const address = found.replace(/[.,;:!?'’”»\]]+$/, "");
  return address.endsWith(")") && !address.includes("(") ? ending(address.slice(0, -1)) : address;
}
