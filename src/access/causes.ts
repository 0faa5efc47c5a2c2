import type { Steps } from "../slices.ts";
import type { ChangedPair } from "./changed-pairs.ts";
import type { Held, Source } from "./effective.ts";
import { roleRank } from "./grant.ts";
import type { RepositoryKey } from "./keys.ts";
import { compareSources } from "./order.ts";
import { compareText } from "./text-order.ts";

/** One change that explains several rows: a source that gave or took roles, or a repository that came or went. */
export type ChangeCause =
  | { readonly kind: "source"; readonly via: Source; readonly rows: number }
  | { readonly kind: "repository"; readonly repository: RepositoryKey; readonly rows: number };

type Repositories = ReadonlyMap<string, unknown>;

/** Counts rows by their cause, most rows first; every row has exactly one. */
export function* causesOf(
  pairs: readonly ChangedPair[],
  before: Repositories,
  after: Repositories,
): Steps<readonly ChangeCause[]> {
  const causes = new Map<string, ChangeCause>();
  for (const pair of pairs) {
    const cause = causeOf(pair, before.has(pair.repository) && after.has(pair.repository));
    const key = keyOf(cause);
    causes.set(key, { ...cause, rows: (causes.get(key)?.rows ?? 0) + 1 });
    yield;
  }
  return [...causes]
    .sort(([a, left], [b, right]) => right.rows - left.rows || compareText(a, b))
    .map(([, cause]) => cause);
}

const keyOf = (cause: ChangeCause): string =>
  cause.kind === "source" ? `source ${cause.via.kind} ${cause.via.team ?? ""}` : `repository ${cause.repository}`;

function causeOf({ repository, before, after }: ChangedPair, inBoth: boolean): ChangeCause {
  const rose = roleRank(after?.role ?? "read") >= roleRank(before?.role ?? "read") && after !== null;
  const via = rose ? deciding(after, before) : deciding(before, after);
  return !inBoth || via === null ? { kind: "repository", repository, rows: 1 } : { kind: "source", via, rows: 1 };
}

/** The source of the higher role that the other side does not have. */
function deciding(higher: Held | null, lower: Held | null): Source | null {
  const decisive = higher?.sources.find(
    ({ source, role }) =>
      role === higher.role &&
      !lower?.sources.some((other) => other.role === role && compareSources(other.source, source) === 0),
  );
  return decisive?.source ?? null;
}
