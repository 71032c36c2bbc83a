// Sentences that count: by the language's own plural rule, with its digits in place of "#".

export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export function plurals(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace("#", numbers.format(count));
}

export interface Since {
  posts: number;
  keyEvents: number;
  corrected: number;
  withdrawn: number;
}

// "3 new posts, 1 key event": what counts something, in this order.
export function listed(since: Since, say: Record<keyof Since, (count: number) => string>, comma = ", "): string {
  const kinds = ["posts", "keyEvents", "corrected", "withdrawn"] as const;
  return kinds.filter((kind) => since[kind] > 0).map((kind) => say[kind](since[kind])).join(comma);
}
