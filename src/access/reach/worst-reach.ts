import type { EffectiveAccess } from "../effective.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import type { Can, ReachEdge } from "./edge.ts";
import { reachEdges } from "./reach.ts";
import { onReleasePath } from "./release-path.ts";

/** What is told of one repository beside a flag; `sallyport access` has all. */
const TOLD = 3;

/** What matters of what write reaches, gravest first; what everybody who writes can is not told. */
const GRAVEST: readonly Can[] = ["read_secret", "push", "use_runner", "bypass_review", "edit_protection"];

/** The gravest that one account can do on each repository, the path of releases first; empty where rules were not read. */
export function worstReach(
  access: EffectiveAccess,
  account: AccountKey,
): ReadonlyMap<RepositoryKey, readonly ReachEdge[]> {
  const isReleasing = onReleasePath(access.snapshot);
  const found = new Map<RepositoryKey, { readonly edge: ReachEdge; readonly rank: number }[]>();
  for (const edge of reachEdges(access, { account, repository: null })) {
    const rank = isReleasing(edge) ? 0 : GRAVEST.indexOf(edge.can) + 1;
    if (rank === 0 && !isReleasing(edge)) continue;
    const known = found.get(edge.repository) ?? [];
    found.set(edge.repository, known);
    known.push({ edge, rank });
  }
  return new Map(
    [...found].map(([repository, edges]) => [
      repository,
      edges
        .sort((a, b) => a.rank - b.rank)
        .slice(0, TOLD)
        .map(({ edge }) => edge),
    ]),
  );
}
