import { atOnce, type Steps } from "../slices.ts";
import { type Identities, identitySteps, type Statements } from "./people/identity.ts";
import { isCommonHost } from "./people/machine.ts";
import { isPlaceholderName } from "./people/names.ts";
import { type Person, peopleOf } from "./people/person.ts";
import { MAX_ROWS } from "./read/row-order.ts";
import type { Table } from "./read/table.ts";
import { type Twins, twinSteps } from "./twins.ts";

/** Histories that were read, with their commits sorted out by who made them. */
export interface History {
  readonly table: Table;
  readonly people: readonly Person[];
  readonly identities: Identities;
  /** By person, in how many commits it stands as author or committer. */
  readonly uses: Int32Array;
  /** Rows that an identity authored, by author date; those without a date are left out. */
  rowsOf(identity: number): Int32Array;
  /** Those of them that it also committed, and not on GitHub's pages: made on a machine of its own. */
  localRowsOf(identity: number): Int32Array;
  /** By identity: the users of each of its signing keys that others used too; keys of teams and forges left out. */
  readonly sharedKeys: ReadonlyMap<number, readonly Users[]>;
  /** By identity: the users of each of its rare hosts that others used too; servers that many share left out. */
  readonly sharedHosts: ReadonlyMap<number, readonly Users[]>;
  /** By identity: commits that are another identity's as well, but for who is named. */
  readonly twins: ReadonlyMap<number, Twins>;
}

/** Identities with what they did under one key or on one host. */
export type Users = ReadonlyMap<number, Use>;

export interface Use {
  count: number;
  /** Rows of the earliest and the latest commit, by commit date. */
  first: number;
  last: number;
  /** Numbers of the repositories it happened in. */
  readonly repositories: Set<number>;
  /** True when a commit that one of the others made with the same key names it in a line of its message. */
  named: boolean;
}

/**
 * Sorts the commits of a table out by identity. `signed` says of which rows GitHub verified the signature: only those
 * use a key then. Without it each signature is taken for what it names, which anybody can copy.
 */
export const historyOf = (
  table: Table,
  statements: Statements,
  signed: ((row: number) => boolean) | null = null,
): History => atOnce(historySteps(table, statements, signed));

/** The same in steps, for whoever shares the loop. */
export function* historySteps(
  table: Table,
  statements: Statements,
  signed: ((row: number) => boolean) | null = null,
): Steps<History> {
  const people: Person[] = [];
  for (let from = 0; from < table.people.length; from += PEOPLE_AT_ONCE) {
    for (const person of peopleOf(table.people.slice(from, from + PEOPLE_AT_ONCE))) people.push(person);
    yield;
  }
  const uses = usesOf(table);
  const identities = yield* identitySteps(people, statements, uses);
  yield;
  const dated = rowsByDate(table);
  yield;
  const owners = { table, identities };
  const rowsOf = byAuthor(dated, owners, () => true);
  yield;
  const localRowsOf = byAuthor(dated, owners, localTo(table, people, identities));
  yield;
  const users = yield* usersOf({ table, people, identities }, signed ?? (() => true));
  const twins = yield* twinSteps(owners);
  return { table, people, identities, uses, rowsOf, localRowsOf, ...users, twins };
}

const PEOPLE_AT_ONCE = 1_000;

function usesOf({ rowCount, read, author, committer, people }: Table): Int32Array {
  const uses = new Int32Array(people.length);
  for (let row = 0; row < rowCount; row++) {
    if (read[row] !== 1) continue;
    const [one = 0, other = 0] = [author[row], committer[row]];
    uses[one] = (uses[one] ?? 0) + 1;
    if (other !== one) uses[other] = (uses[other] ?? 0) + 1;
  }
  return uses;
}

function localTo(table: Table, people: readonly Person[], identities: Identities): (row: number) => boolean {
  const onWeb = Uint8Array.from(people, ({ kind }) => (kind === "web_flow" ? 1 : 0));
  return (row) => {
    const [author, committer] = [table.author[row] ?? 0, table.committer[row] ?? 0];
    const same = author === committer || identities.of[author] === identities.of[committer];
    return same && onWeb[committer] === 0 && table.mergedOnWeb[row] === 0;
  };
}

/** The rows for which `keeps` is true, grouped by identity; within each group they keep their order. */
function byAuthor(
  order: Int32Array,
  { table, identities }: Pick<History, "table" | "identities">,
  keeps: (row: number) => boolean,
): History["rowsOf"] {
  const starts = new Int32Array(identities.list.length + 1);
  for (const row of order) {
    if (!keeps(row)) continue;
    const owner = identities.of[table.author[row] ?? 0] ?? 0;
    starts[owner + 1] = (starts[owner + 1] ?? 0) + 1;
  }
  for (let identity = 1; identity < starts.length; identity++)
    starts[identity] = (starts[identity] ?? 0) + (starts[identity - 1] ?? 0);
  const next = starts.slice();
  const rows = new Int32Array(starts.at(-1) ?? 0);
  for (const row of order) {
    if (!keeps(row)) continue;
    const owner = identities.of[table.author[row] ?? 0] ?? 0;
    const place = next[owner] ?? 0;
    rows[place] = row;
    next[owner] = place + 1;
  }
  return (identity) => rows.subarray(starts[identity], starts[identity + 1]);
}

/** Rows that were read and have an author date, oldest first. */
function rowsByDate(table: Table): Int32Array {
  // Numbers sort without a comparison function: date and row share the 53 bits of one while both are small.
  const packed = new Float64Array(table.rowCount);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const at = table.authoredAt[row] ?? Number.NaN;
    if (table.read[row] === 1 && !Number.isNaN(at)) packed[count++] = Math.min(at, LAST_PACKED) * MAX_ROWS + row;
  }
  const sorted = packed.subarray(0, count).sort();
  const rows = new Int32Array(count);
  for (let index = 0; index < count; index++) rows[index] = (sorted[index] ?? 0) % MAX_ROWS;
  return rows;
}

/** Dates until 2038; later ones are all alike, which is no matter for what is not yet. */
const LAST_PACKED = 2 ** 31 - 1;

const ROWS_AT_ONCE = 256;

/** A key or host with more users than this belongs to a team, a class or a server. */
const MAX_USERS = 4;

function* usersOf(
  history: Pick<History, "table" | "people" | "identities">,
  signed: (row: number) => boolean,
): Steps<Pick<History, "sharedKeys" | "sharedHosts">> {
  const { table, people, identities } = history;
  const keyUsers = new Map<number, Map<number, Use>>();
  const namedWithKey = new Map<number, Set<string>>();
  const hostUsers = new Map<string, Map<number, Use>>();
  const rareHosts = people.map(({ host }) => (host !== null && !isCommonHost(host) ? host : null));
  // What many leave in their settings names no user.
  const nameless = Uint8Array.from(people, ({ kind, name }) => (kind === "nobody" || isPlaceholderName(name) ? 1 : 0));
  for (let row = 0; row < table.rowCount; row++) {
    if (row % ROWS_AT_ONCE === 0) yield;
    // At no moment nobody was the first to use anything, and a stranger could make himself the first.
    if (table.read[row] !== 1 || Number.isNaN(table.committedAt[row])) continue;
    const committer = table.committer[row] ?? 0;
    if (nameless[committer] === 1) continue;
    const key = signed(row) ? (table.key[row] ?? -1) : -1;
    const host = rareHosts[committer] ?? null;
    if (key < 0 && host === null) continue;
    // Whoever ran git is the committer: a replayed commit is signed by whoever replayed it.
    const identity = identities.of[committer] ?? 0;
    if (identities.list[identity]?.automated) continue;
    if (key >= 0) {
      note(keyUsers, key, { identity, row, table });
      const named = namedWithKey.get(key) ?? new Set();
      for (const address of table.trailers.get(row) ?? []) namedWithKey.set(key, named.add(address));
    }
    if (host !== null) note(hostUsers, host, { identity, row, table });
  }
  for (const [key, named] of namedWithKey)
    for (const [identity, use] of keyUsers.get(key) ?? [])
      use.named = (identities.list[identity]?.members ?? []).some((index) => named.has(people[index]?.address ?? ""));
  return { sharedKeys: byIdentity(keyUsers), sharedHosts: byIdentity(hostUsers) };
}

function note<Key>(
  users: Map<Key, Map<number, Use>>,
  key: Key,
  { identity, row, table }: { readonly identity: number; readonly row: number; readonly table: Table },
): void {
  const known = users.get(key) ?? new Map<number, Use>();
  users.set(key, known);
  const use = known.get(identity);
  const repository = table.repository[row] ?? 0;
  if (use === undefined)
    known.set(identity, { count: 1, first: row, last: row, repositories: new Set([repository]), named: false });
  else {
    use.count += 1;
    use.repositories.add(repository);
    const at = table.committedAt[row] ?? 0;
    if (at < (table.committedAt[use.first] ?? 0)) use.first = row;
    if (at > (table.committedAt[use.last] ?? 0)) use.last = row;
  }
}

/** What several but not many used, under each of its users. */
function byIdentity<Key>(users: ReadonlyMap<Key, Users>): ReadonlyMap<number, readonly Users[]> {
  const shared = new Map<number, Users[]>();
  for (const each of users.values()) {
    if (each.size < 2 || each.size > MAX_USERS) continue;
    for (const identity of each.keys()) {
      const known = shared.get(identity);
      if (known) known.push(each);
      else shared.set(identity, [each]);
    }
  }
  return shared;
}
