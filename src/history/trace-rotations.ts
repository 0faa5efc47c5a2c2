import type { Steps } from "../slices.ts";
import { DAY, heaviest, refsOf } from "./evidence.ts";
import type { History } from "./history.ts";
import type { Subject } from "./known.ts";
import { isFullName, nameRelation } from "./names.ts";
import type { IdentityTraces } from "./traces.ts";

/** A name on fewer commits is a slip of a setting. */
const MIN_COMMITS = 3;
/** Fewer unrelated names than this are a marriage, a handle beside a name, a borrowed machine. */
const MIN_UNRELATED = 3;
const ALTERNATING_DAYS = 30;
/** Names of one address that are compared; an address with more is a mailing list or a placeholder. */
const MAX_NAMES = 24;

/** Addresses under which several unrelated full names committed. The names stay in here. Linear in the commits. */
export function* rotationsOf(
  history: History,
  subject: Subject,
  rows: Int32Array,
): Steps<{ readonly kept: IdentityTraces["rotations"]; readonly leftOut: number }> {
  const names = yield* namesByAddress(history, subject);
  if (names.size === 0) return { kept: [], leftOut: 0 };
  const rowsOf = rowsByPerson(history, rows, [...names.values()].flat());
  yield;
  const found: IdentityTraces["rotations"][number][] = [];
  for (const people of names.values()) {
    yield;
    const used = people
      .map((person): Used => [person, rowsOf.get(person) ?? []])
      .filter(([, own]) => own.length >= MIN_COMMITS);
    const unrelated = mutuallyUnrelated(used, history);
    if (unrelated.length < MIN_UNRELATED) continue;
    const firsts = unrelated.flatMap(([, own]) => own.slice(0, 1));
    const all = unrelated.flatMap(([person, own]) => own.map((row) => ({ person, row })));
    found.push({
      unrelatedCount: unrelated.length,
      alternates: alternates(history, all),
      refs: refsOf(history, subject, firsts),
    });
  }
  return heaviest(found, ({ unrelatedCount, alternates }) => 2 * unrelatedCount + Number(alternates));
}

/** Groups of the subject's people that share an address and have several full names. */
function* namesByAddress(
  { people, identities }: History,
  subject: Subject,
): Steps<ReadonlyMap<string, readonly number[]>> {
  const groups = new Map<string, number[]>();
  const members = identities.list[subject.identity]?.members ?? [];
  if (members.length < MIN_UNRELATED) return groups;
  for (const index of members) {
    yield;
    const person = people[index];
    if (!person || !isFullName(person.name)) continue;
    const same = groups.get(person.address);
    if (same) same.push(index);
    else groups.set(person.address, [index]);
  }
  return new Map([...groups].filter(([, own]) => own.length >= MIN_UNRELATED && own.length <= MAX_NAMES));
}

function rowsByPerson({ table }: History, rows: Int32Array, people: readonly number[]): ReadonlyMap<number, number[]> {
  const found = new Map<number, number[]>(people.map((index) => [index, []]));
  for (const row of rows) found.get(table.author[row] ?? -1)?.push(row);
  return found;
}

type Used = readonly [person: number, rows: readonly number[]];

/** Names each of which is unrelated to all others taken so far, the most used first. */
function mutuallyUnrelated(used: readonly Used[], { people }: History): readonly Used[] {
  const taken: Used[] = [];
  for (const each of used.toSorted(([, a], [, b]) => b.length - a.length)) {
    const name = people[each[0]]?.name ?? "";
    if (taken.every(([other]) => nameRelation(people[other]?.name ?? "", name) === "unrelated")) taken.push(each);
  }
  return taken;
}

/** True when one name comes back within 30 days of another's commit: two hands, not a change of name. */
function alternates({ table }: History, all: readonly { readonly person: number; readonly row: number }[]): boolean {
  const ordered = all.toSorted((a, b) => (table.authoredAt[a.row] ?? 0) - (table.authoredAt[b.row] ?? 0));
  const last = new Map<number, number>();
  let current = -1;
  for (const { person, row } of ordered) {
    const at = table.authoredAt[row] ?? 0;
    const before = last.get(person);
    if (person !== current && before !== undefined && at - before <= ALTERNATING_DAYS * DAY) return true;
    last.set(person, at);
    current = person;
  }
  return false;
}
