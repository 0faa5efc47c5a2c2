import type { Instant } from "../clock.ts";
import type { OwnCommits } from "../history/people/ownership.ts";
import type { Table } from "../history/read/table.ts";
import { instantOf } from "../history/traces/evidence.ts";
import type { AccountId } from "../ids.ts";
import type { CommitFacts } from "./scan-gateway.ts";

/** A signing key of the account: GitHub verified commits that the account pushed, with a key that is its own. */
export interface OwnKey {
  /** GitHub's name of the key: kind, colon, id or fingerprint. What a commit says of its key nobody signs for. */
  readonly key: string;
  /** Of the commits that GitHub was asked about. */
  readonly verifiedCount: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

/** Keys of one account that GitHub is asked about, those of most commits first. */
const MOST_KEYS = 4;
/** Commits of each: the first two and the last. About a key of fewer nobody is asked. */
const ASKED_OF_ONE = 3;

/** GitHub signs with a key of its own what is made on its pages. */
const WEB_COMMITTER = "<noreply@github.com>";

/** Commits under the keys that the account uses most, on machines of its own: author and committer are one person. */
export function rowsOfOwnKeys(table: Table): readonly number[] {
  const byKey = new Map<number, { count: number; readonly rows: number[] }>();
  for (let row = 0; row < table.rowCount; row++) {
    const key = table.key[row] ?? -1;
    if (key < 0 || !isLocal(table, row)) continue;
    const used = byKey.get(key) ?? { count: 0, rows: [] };
    byKey.set(key, used);
    used.count++;
    used.rows[Math.min(used.rows.length, ASKED_OF_ONE - 1)] = row;
  }
  return [...byKey]
    .filter(([, { count }]) => count >= ASKED_OF_ONE)
    .toSorted(([a, { count: left }], [b, { count: right }]) => right - left || a - b)
    .slice(0, MOST_KEYS)
    .flatMap(([, { rows }]) => rows);
}

function isLocal({ author, committer, people }: Table, row: number): boolean {
  const person = people[committer[row] ?? 0] ?? "";
  return author[row] === committer[row] && !person.toLowerCase().endsWith(WEB_COMMITTER);
}

/**
 * The account's own keys, by the answers of GitHub alone: a copied signature is verified for nobody, commits of others
 * that the account pushed are verified with keys of others, and a signature that claims another key is named by the one
 * that made it.
 */
export function ownKeysOf(
  { table }: OwnCommits,
  facts: readonly CommitFacts[],
  account: { readonly id: AccountId },
): readonly OwnKey[] {
  const keys = new Map(
    facts.flatMap(({ oid, signedBy }) => (signedBy?.accountId === account.id ? [[oid, signedBy.key] as const] : [])),
  );
  const found = new Map<string, OwnKey>();
  for (let row = 0; row < table.rowCount; row++) {
    const key = keys.get(table.oid(row));
    if (key === undefined) continue;
    const at = instantOf(table.committedAt[row] ?? 0);
    const { verifiedCount, firstAt, lastAt } = found.get(key) ?? { verifiedCount: 0, firstAt: at, lastAt: at };
    found.set(key, {
      ...{ key, verifiedCount: verifiedCount + 1 },
      firstAt: at < firstAt ? at : firstAt,
      lastAt: at > lastAt ? at : lastAt,
    });
  }
  return [...found.values()];
}
