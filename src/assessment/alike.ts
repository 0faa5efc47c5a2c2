import type { Evidence } from "../signals/signal.ts";

/** One sentence, and all commits that it is about. */
export interface Alike {
  readonly evidence: Evidence;
  /** None, or one and more, in the order of the facts. */
  readonly commits: readonly { readonly oid: string; readonly at: string | null }[];
}

/** The same sentence about several commits is said once; what stands at a place of its own is said by itself. */
export function alike(all: readonly Evidence[]): readonly Alike[] {
  const groups = Map.groupBy(all, (evidence) =>
    evidence.commit && !evidence.place ? `${evidence.tier} ${evidence.fact}` : evidence,
  );
  return [...groups.values()].flatMap((group) => {
    const [evidence] = group;
    const commits = group.flatMap(({ commit, at = null }) => (commit === undefined ? [] : [{ oid: commit, at }]));
    return evidence ? [{ evidence, commits }] : [];
  });
}
