import type { Steps } from "../slices.ts";
import type { ChangedPair } from "./changed-pairs.ts";
import type { Held, Source } from "./effective.ts";
import { roleRank } from "./grant.ts";
import type { RepositoryKey } from "./keys.ts";
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
  const rose = after !== null && (before === null || roleRank(after.role) > roleRank(before.role));
  const via = deciding(rose ? after : before);
  return !inBoth || via === null ? { kind: "repository", repository, rows: 1 } : { kind: "source", via, rows: 1 };
}

/** The first source of the higher role; the other side has none that gives as much. */
const deciding = (higher: Held | null): Source | null =>
  higher?.sources.find(({ role }) => role === higher.role)?.source ?? null;
