import type { AccountId } from "../ids.ts";
import type { TieEdge } from "./tie.ts";

/** Accounts that hard evidence joins, directly or over one another. */
export interface Cluster {
  /** From the account of most edges outwards, nearest first. */
  readonly accountIds: readonly AccountId[];
  readonly edges: readonly TieEdge[];
}

/** A picture of more is none. */
const MOST_ACCOUNTS = 30;

/** The nearest accounts of a cluster and the edges between them, with how many accounts are beyond. */
export function nearestOf({ accountIds, edges }: Cluster): Cluster & { readonly leftOut: number } {
  const listed = new Set(accountIds.slice(0, MOST_ACCOUNTS));
  return {
    accountIds: [...listed],
    edges: edges.filter(({ between: [one, other] }) => listed.has(one) && listed.has(other)),
    leftOut: accountIds.length - listed.size,
  };
}

/** Who is joined with whom; the largest first. Linear in the edges but for sorting. */
export function clustersOf(edges: readonly TieEdge[]): readonly Cluster[] {
  const neighbours = new Map<AccountId, Set<AccountId>>();
  for (const { between } of edges)
    for (const [at, account] of between.entries()) {
      const known = neighbours.get(account) ?? new Set();
      neighbours.set(account, known);
      known.add(between[1 - at] ?? account);
    }
  const placeOf = new Map<AccountId, number>();
  const groups: (readonly AccountId[])[] = [];
  for (const hub of [...neighbours.keys()].toSorted((a, b) => degree(neighbours, b) - degree(neighbours, a) || a - b)) {
    if (placeOf.has(hub)) continue;
    const joined = outwards(hub, neighbours);
    for (const account of joined) placeOf.set(account, groups.length);
    groups.push(joined);
  }
  const within = Map.groupBy(edges, ({ between: [one] }) => placeOf.get(one) ?? -1);
  return groups
    .map((accountIds, place) => ({ accountIds, edges: within.get(place) ?? [] }))
    .toSorted((a, b) => b.accountIds.length - a.accountIds.length);
}

type Neighbours = ReadonlyMap<AccountId, ReadonlySet<AccountId>>;

const degree = (neighbours: Neighbours, account: AccountId): number => neighbours.get(account)?.size ?? 0;

/** Breadth first, among the equally near those of the lowest number first. */
function outwards(hub: AccountId, neighbours: Neighbours): readonly AccountId[] {
  const found = new Set([hub]);
  // A set goes on to what is added while it is walked.
  for (const account of found)
    for (const next of [...(neighbours.get(account) ?? [])].toSorted((a, b) => a - b)) found.add(next);
  return [...found];
}
