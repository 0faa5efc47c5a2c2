import type { Steps } from "../../slices.ts";
import type { History, Use, Users } from "../history.ts";
import { actedIn, type Subject } from "../people/known.ts";
import { nameRelation } from "../people/names.ts";
import { addTo } from "../people/usual.ts";
import { isComparable } from "../zones.ts";
import { DAY, heaviest, instantOf, ownedBy, refOf, refsOf } from "./evidence.ts";
import { renamesOf } from "./trace-renames.ts";
import { rotationsOf } from "./trace-rotations.ts";
import type { CappedList, IdentityTraces, NameRelation, Sharer } from "./traces.ts";

/** Who made the subject's commits, as far as keys, machines, addresses and clocks tell. */
export function* identityTraces(history: History, subject: Subject): Steps<IdentityTraces> {
  const rows = history.rowsOf(subject.identity);
  const local = history.localRowsOf(subject.identity);
  const mine = (users: Users): number => useOf(users, subject.identity).count;
  const keys = heaviest(history.sharedKeys.get(subject.identity) ?? [], mine);
  const hosts = heaviest(history.sharedHosts.get(subject.identity) ?? [], mine);
  const bridges = yield* bridgesOf(history, subject);
  const rotations = yield* rotationsOf(history, subject, rows);
  const renames = yield* renamesOf(history, subject);
  const leftOut = {
    sharedKeys: keys.leftOut,
    sharedMachines: hosts.leftOut,
    bridges: bridges.leftOut,
    rotations: rotations.leftOut,
    renames: renames.leftOut,
  } satisfies Record<CappedList, number>;
  yield;
  return {
    commitCount: rows.length,
    localCount: local.length,
    spanDays: spanDays(history, rows),
    sharedKeys: keys.kept.map((users) => ({
      ...sharedUse(history, subject, users),
      verified: subject.receivedAt !== null,
    })),
    sharedMachines: hosts.kept.map((users) => sharedUse(history, subject, users)),
    bridges: bridges.kept,
    rotations: rotations.kept,
    renames: renames.kept,
    clockJumps: clockJumps(history, subject, local),
    ...twinsOf(history, subject, rows),
    ...(Object.values(leftOut).some((count) => count > 0) ? { leftOut } : {}),
  };
}

function spanDays({ table }: History, rows: Int32Array): number {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return 0;
  return Math.max(0, ((table.authoredAt[last] ?? 0) - (table.authoredAt[first] ?? 0)) / DAY);
}

/** A key or host that the subject used and others did too, with how their names compare. */
function sharedUse(history: History, subject: Subject, users: Users): IdentityTraces["sharedMachines"][number] {
  const mine = useOf(users, subject.identity);
  const others = [...users].filter(([identity]) => identity !== subject.identity);
  return {
    commitCount: mine.count,
    firstAt: committed(history, mine.first),
    lastAt: committed(history, mine.last),
    others: others.map(
      ([identity, use]): Sharer => ({
        relation: relationOf(history, subject.identity, identity),
        commitCount: use.count,
        firstAt: committed(history, use.first),
        lastAt: committed(history, use.last),
        paired: mine.named || use.named,
        acrossOwners: ownersOf(subject, use).some((owner) => !ownersOf(subject, mine).includes(owner)),
      }),
    ),
    refs: refsOf(history, subject, [mine.first, ...others.map(([, { first }]) => first)]),
  };
}

/** Every group of users stands under each of them. */
function useOf(users: Users, identity: number): Use {
  const use = users.get(identity);
  if (use === undefined) throw new Error("asked for a use of somebody who is no user");
  return use;
}

/** Owners of the repositories where it happened, as far as somebody said. */
const ownersOf = ({ repositories }: Subject, use: Use): readonly number[] =>
  [...use.repositories].flatMap((place) => repositories[place]?.ownerId ?? []);

const committed = ({ table }: History, row: number): string => instantOf(table.committedAt[row] ?? 0);

/** The closest relation that any two of their names have: one name in common makes two identities related. */
export function relationOf(
  history: Pick<History, "people" | "identities" | "uses">,
  a: number,
  b: number,
): NameRelation {
  const [first, second] = [namesInUse(history, a), namesInUse(history, b)];
  const relations = new Set(first.flatMap((name) => second.map((other) => nameRelation(name, other))));
  return CLOSEST_FIRST.find((relation) => relations.has(relation)) ?? "unknown";
}

const CLOSEST_FIRST = ["same", "related", "unrelated"] as const satisfies readonly NameRelation[];

/** Most names of one identity that are compared. */
const MAX_NAMES = 16;

/**
 * Names that an identity goes by: a twentieth of its commits and more than one, where it has such a name. One commit that
 * somebody made under its address with another's name relates the two to nobody.
 */
function namesInUse({ people, identities, uses }: Pick<History, "people" | "identities" | "uses">, identity: number) {
  const counts = new Map<string, number>();
  let all = 0;
  for (const index of identities.list[identity]?.members ?? []) {
    const count = uses[index] ?? 0;
    all += count;
    addTo(counts, people[index]?.name ?? "", count);
  }
  const inUse = [...counts].flatMap(([name, count]) => (name !== "" && count > 1 && count * 20 >= all ? [name] : []));
  return inUse.length > 0 ? inUse.slice(0, MAX_NAMES) : namesOf({ people, identities }, identity);
}

export function namesOf(
  { people, identities }: Pick<History, "people" | "identities">,
  identity: number,
): readonly string[] {
  const members = identities.list[identity]?.members ?? [];
  return [...new Set(members.flatMap((index) => people[index]?.name ?? []))]
    .filter((name) => name !== "")
    .slice(0, MAX_NAMES);
}

/** Less is a summer time or a clock that was set. How far apart clocks stand is kept nowhere, so this is decided here. */
const MIN_JUMP_MINUTES = 180;
/** Jumps that are shown, each with the commit before it and the one after. */
const MAX_PAIRS = 3;

/** Local commits one after the other whose clocks differ by more than the time between them: nobody travels so fast. */
function clockJumps(history: History, subject: Subject, local: Int32Array): IdentityTraces["clockJumps"] {
  const { table } = history;
  const pairs: number[] = [];
  let last = -1;
  let count = 0;
  let before = -1;
  for (const row of local) {
    if (!isComparable(table.offset[row] ?? 0)) continue;
    if (before >= 0) {
      const apart = Math.abs((table.offset[row] ?? 0) - (table.offset[before] ?? 0));
      const between = (table.authoredAt[row] ?? 0) - (table.authoredAt[before] ?? 0);
      if (apart >= MIN_JUMP_MINUTES && between < apart * 60) {
        count++;
        last = row;
        if (pairs.length < 2 * MAX_PAIRS) pairs.push(before, row);
      }
    }
    before = row;
  }
  // Of three commits with two jumps the middle one is of both pairs.
  const refs = [...new Set(pairs)].map((row) => refOf(history, subject, row));
  return { count, ...(last < 0 ? {} : { lastAt: instantOf(table.authoredAt[last] ?? 0) }), refs };
}

function twinsOf(history: History, subject: Subject, rows: Int32Array): Pick<IdentityTraces, "twins"> {
  const found = history.twins.get(subject.identity);
  if (found === undefined) return {};
  return {
    twins: {
      relation: relationOf(history, subject.identity, found.other),
      commitCount: rows.filter((row) => (history.table.parentCount[row] ?? 0) < 2).length,
      count: found.count,
      refs: found.pairs.flat().map((row) => refOf(history, subject, row)),
    },
  };
}

/** Other accounts whose own local commits stand in repositories of the subject. */
function* bridgesOf(
  history: History,
  subject: Subject,
): Steps<{ readonly kept: IdentityTraces["bridges"]; readonly leftOut: number }> {
  const owned = ownedBy(subject);
  if (owned.size === 0) return { kept: [], leftOut: 0 };
  const found: { readonly identity: number; readonly rows: readonly number[] }[] = [];
  for (const [identity, { accountIds, automated }] of history.identities.list.entries()) {
    yield;
    if (automated || identity === subject.identity || accountIds.length === 0) continue;
    const rows = [...history.localRowsOf(identity)].filter((row) => owned.has(history.table.repository[row] ?? 0));
    if (rows.length > 0) found.push({ identity, rows });
  }
  const { kept, leftOut } = heaviest(found, ({ rows }) => rows.length);
  return { kept: kept.map((other) => bridgeTo(history, subject, other)), leftOut };
}

function bridgeTo(
  history: History,
  subject: Subject,
  { identity, rows }: { readonly identity: number; readonly rows: readonly number[] },
): IdentityTraces["bridges"][number] {
  const places = new Set(rows.map((row) => history.table.repository[row] ?? 0));
  const accountIds = history.identities.list[identity]?.accountIds ?? [];
  const answers = [...places].map((place) => {
    const known = subject.repositories[place];
    return known === undefined ? null : actedIn(known, accountIds);
  });
  return {
    relation: relationOf(history, subject.identity, identity),
    commitCount: rows.length,
    repositoryCount: places.size,
    interleaved: fallsBetween(history, subject, rows),
    acted: answers.includes(true) ? true : answers.includes(null) ? null : false,
    lastAt: instantOf(history.table.authoredAt[rows.at(-1) ?? 0] ?? 0),
    refs: refsOf(history, subject, rows),
  };
}

function fallsBetween(history: History, subject: Subject, rows: readonly number[]): boolean {
  const own = history.rowsOf(subject.identity);
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined) return false;
  const { authoredAt } = history.table;
  return rows.some(
    (row) => (authoredAt[row] ?? 0) > (authoredAt[first] ?? 0) && (authoredAt[row] ?? 0) < (authoredAt[last] ?? 0),
  );
}
