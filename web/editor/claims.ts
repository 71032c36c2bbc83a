// Names of claims in a text under way: each has its own, and keeps it while it is moved, split or copied from.
// The server names those without one by their words (src/stoppress/document/claims.py).
import type { Mark, Node } from "prosemirror-model";
import { Plugin, type EditorState, type Transaction } from "prosemirror-state";
import { schema } from "../shared/schema.ts";
import { newKey } from "./wire.ts";

const NAME_CHARS = 12;
const { claim } = schema.marks;

/** A name that no other claim has. */
export function newClaimName(): string {
  return newKey().slice(0, NAME_CHARS);
}

export interface Run {
  readonly from: number;
  readonly to: number;
  readonly mark: Mark;
}

/** The claimed passages of a text, one for each label that readers see. */
export function claimRuns(doc: Node): Run[] {
  const runs: Run[] = [];
  doc.descendants((node, at) => {
    const mark = node.isInline ? claim.isInSet(node.marks) : undefined;
    if (!mark) return;
    const last = runs.at(-1);
    if (last?.to === at && last.mark.eq(mark)) runs[runs.length - 1] = { ...last, to: at + node.nodeSize };
    else runs.push({ from: at, to: at + node.nodeSize, mark });
  });
  return runs;
}

const nameOf = (run: Run): string => String(run.mark.attrs["id"]);

/** Where each claim of the text before stands in the text after `transactions`. */
function places(before: EditorState, transactions: readonly Transaction[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const run of claimRuns(before.doc)) {
    if (found.has(nameOf(run))) continue;
    found.set(nameOf(run), transactions.reduce((at, transaction) => transaction.mapping.map(at, 1), run.from));
  }
  return found;
}

/** A copy of a claimed passage, and the second half of a divided one, get names of their own at once. */
export const claimNames = new Plugin({
  appendTransaction(transactions, before, after) {
    if (!transactions.some((transaction) => transaction.docChanged)) return null;
    const byName = new Map<string, Run[]>();
    for (const run of claimRuns(after.doc)) {
      const name = nameOf(run);
      if (name) byName.set(name, [...(byName.get(name) ?? []), run]);
    }
    const doubled = [...byName.values()].filter((runs) => runs.length > 1);
    if (doubled.length === 0) return null;
    const stood = places(before, transactions);
    const change = after.tr;
    for (const runs of doubled) {
      const own = runs.find((run) => run.from === stood.get(nameOf(run))) ?? runs[0];
      for (const run of runs.filter((other) => other !== own)) {
        change.removeMark(run.from, run.to, run.mark).addMark(run.from, run.to, claim.create({ ...run.mark.attrs, id: newClaimName() }));
      }
    }
    return change;
  },
});
