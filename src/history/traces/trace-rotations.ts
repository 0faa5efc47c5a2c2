import type { Steps } from "../../slices.ts";
import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import { isFullName, nameRelation } from "../people/names.ts";
import { DAY, heaviest, instantOf, MAX_REFS, refOf } from "./evidence.ts";
import type { IdentityTraces } from "./traces.ts";

/** Two names on one address are a marriage, a transition, a handle: nobody's business, and nothing is kept of them. */
const MIN_KEPT_NAMES = 3;
/** Names of one address that are compared, each with all others; one with more is a mailing list or a placeholder. */
const MAX_NAMES = 24;

type Rotation = Extract<IdentityTraces["rotations"][number], { readonly names: unknown }>;

/** Addresses under which full names committed that have nothing in common. The names stay in here. */
export function* rotationsOf(
  history: History,
  subject: Subject,
  rows: Int32Array,
): Steps<{ readonly kept: readonly Rotation[]; readonly leftOut: number }> {
  const names = yield* namesByAddress(history, subject);
  if (names.size === 0) return { kept: [], leftOut: 0 };
  const rowsOf = rowsByPerson(history, rows, [...names.values()].flat());
  yield;
  const found: Rotation[] = [];
  for (const people of names.values()) {
    yield;
    const used = people.map((person): Used => [person, rowsOf.get(person) ?? []]).filter(([, own]) => own.length > 0);
    const unrelated = mutuallyUnrelated(used, history);
    if (unrelated.length < MIN_KEPT_NAMES) continue;
    const returns = yield* returnsIn(history, unrelated);
    found.push({
      names: unrelated.map(([, own], index) => ({
        commitCount: own.length,
        returnDays: returns[index] ?? null,
        lastAt: instantOf(history.table.authoredAt[own.at(-1) ?? 0] ?? 0),
        ref: index < MAX_REFS ? refOf(history, subject, own[0] ?? 0) : null,
      })),
    });
  }
  return heaviest(found, weightOf);
}

/** The largest n for which n names have n commits each: many names of one commit do not outweigh a few in real use. */
const weightOf = ({ names }: Rotation): number => names.filter(({ commitCount }, index) => commitCount > index).length;

/** Groups of the subject's people that share an address and have several full names. */
function* namesByAddress(
  { people, identities }: History,
  subject: Subject,
): Steps<ReadonlyMap<string, readonly number[]>> {
  const groups = new Map<string, number[]>();
  const members = identities.list[subject.identity]?.members ?? [];
  if (members.length < MIN_KEPT_NAMES) return groups;
  for (const index of members) {
    yield;
    const person = people[index];
    if (!person || !isFullName(person.name)) continue;
    const same = groups.get(person.address);
    if (same) same.push(index);
    else groups.set(person.address, [index]);
  }
  return new Map([...groups].filter(([, own]) => own.length >= MIN_KEPT_NAMES && own.length <= MAX_NAMES));
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

/**
 * One entry per name, for that name and those before it in the list: the fewest days after which one of them was used
 * again with another used in between; null when that never happened. To judge fewer names, read an earlier entry.
 */
function* returnsIn({ table }: History, unrelated: readonly Used[]): Steps<readonly (number | null)[]> {
  const at = (row: number): number => table.authoredAt[row] ?? 0;
  const uses = unrelated.flatMap(([, own], name) => own.map((row) => ({ name, at: at(row) })));
  uses.sort((a, b) => a.at - b.at);
  const found: (number | null)[] = [];
  for (const last of unrelated.keys()) {
    yield;
    found.push(soonestReturn(uses, last));
  }
  return found;
}

function soonestReturn(
  uses: readonly { readonly name: number; readonly at: number }[],
  lastName: number,
): number | null {
  const lastUse = new Map<number, number>();
  let current = -1;
  let soonest: number | null = null;
  for (const { name, at } of uses) {
    if (name > lastName) continue;
    const before = lastUse.get(name);
    if (name !== current && before !== undefined) soonest = Math.min(soonest ?? Number.POSITIVE_INFINITY, at - before);
    lastUse.set(name, at);
    current = name;
  }
  return soonest === null ? null : soonest / DAY;
}
