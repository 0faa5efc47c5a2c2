import type { Steps } from "../../slices.ts";
import { fullWords, isFullName, letterRun, nameRelation } from "./names.ts";
import type { Person } from "./person.ts";
import type { UnionFind } from "./union-find.ts";
import { addTo, usualOf } from "./usual.ts";

/** A name that more than this are called is a common name or a placeholder. */
const MAX_NAMESAKES = 8;
/** The least share of the commits of an address, as a divisor, that a name has to have there. */
const MIN_NAME_SHARE = 20;
/** Letters of a handle that can be a full name written together. */
const MIN_RUN = 7;

interface Joining {
  readonly people: readonly Person[];
  /** Commits by person. */
  readonly uses: ArrayLike<number>;
  readonly sets: UnionFind;
  accountOf(index: number): number | null;
  /** The address that the mailmap gives a person; null for whom it does not mention. */
  listedAs(person: Person): string | null;
}

/** People who are together already. */
interface Group {
  readonly root: number;
  readonly members: readonly number[];
  readonly commitCount: number;
}

/**
 * Joins those who are usually called by one full name, unless that would join two accounts or two whom the mailmap
 * lists apart. A single commit gives nobody a name who has more. Returns one person of each pair that was joined.
 */
export function* joinByName(joining: Joining): Steps<ReadonlySet<number>> {
  const named = new Map<string, Group[]>();
  const handles: { readonly run: string; readonly group: Group }[] = [];
  const nameOfRun = new Map<string, string | null>();
  for (const group of yield* groupsOf(joining)) {
    yield;
    const names = namesOf(group, joining);
    for (const [words, name] of names) {
      pushTo(named, words, group);
      if (group.commitCount < 2) continue;
      const run = letterRun(name);
      nameOfRun.set(run, (nameOfRun.get(run) ?? words) === words ? words : null);
    }
    const run = names.size === 0 ? usualHandle(group, joining) : null;
    if (run !== null) handles.push({ run, group });
  }
  for (const { run, group } of handles) {
    yield;
    const words = nameOfRun.get(run);
    if (words != null) pushTo(named, words, group);
  }
  const joined = new Set<number>();
  for (const groups of named.values()) {
    yield;
    for (const root of joinGroups(namesakes(groups), joining)) joined.add(root);
  }
  return joined;
}

function* groupsOf({ people, uses, sets }: Joining): Steps<Iterable<Group>> {
  const membersOf = new Map<number, number[]>();
  for (const index of people.keys()) {
    yield;
    pushTo(membersOf, sets.find(index), index);
  }
  return membersOf.entries().map(([root, members]) => {
    const commitCount = members.reduce((sum, index) => sum + (uses[index] ?? 0), 0);
    return { root, members, commitCount };
  });
}

/**
 * Words of the usual full name of a group and of its other spellings (Jess beside Jessica), each with the name. Handles
 * beside it say nothing against a name, but it has to stand on more than one commit and on a twentieth of all.
 */
function namesOf({ members, commitCount }: Group, { people, uses }: Joining): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  for (const index of members) {
    const person = people[index];
    if (!person || person.kind === "web_flow" || person.kind === "bot" || !isFullName(person.name)) continue;
    const words = fullWords(person.name);
    addTo(counts, words, uses[index] ?? 0);
    names.set(words, person.name);
  }
  const stands = (words: string): boolean => {
    const count = counts.get(words) ?? 0;
    return count === commitCount || (count > 1 && count * MIN_NAME_SHARE >= commitCount);
  };
  const usual = names.size === 0 ? null : usualOf(counts);
  if (usual === null || !stands(usual)) return NO_NAMES;
  if (names.size === 1) return names;
  const name = names.get(usual) ?? "";
  return new Map([...names].filter(([words, other]) => stands(words) && nameRelation(name, other) !== "unrelated"));
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** The handle under which at least half of the commits of a group are, if it is long enough to be a name. */
function usualHandle({ members }: Group, { people, uses }: Joining): string | null {
  const counts = new Map<string, number>();
  for (const index of members) {
    const person = people[index];
    if (!person || person.kind === "web_flow" || person.kind === "bot") continue;
    addTo(counts, letterRun(person.name), uses[index] ?? 0);
  }
  const usual = usualOf(counts);
  return usual !== null && usual.length >= MIN_RUN ? usual : null;
}

/** The busiest first. Of too many, those with a single commit are left out, which anybody can add to a name. */
function namesakes(groups: readonly Group[]): readonly Group[] {
  if (groups.length < 2) return [];
  const busiest = groups.toSorted((a, b) => b.commitCount - a.commitCount || a.root - b.root);
  if (busiest.length <= MAX_NAMESAKES) return busiest;
  const repeated = busiest.filter(({ commitCount }) => commitCount > 1);
  return repeated.length <= MAX_NAMESAKES ? repeated : [];
}

/** Each group joins the busiest one, unless both have accounts, or lines of the mailmap, and its own are others. */
function* joinGroups([first, ...others]: readonly Group[], joining: Joining): Generator<number> {
  if (first === undefined) return;
  const { people, sets, accountOf, listedAs } = joining;
  const accountsOf = ({ members }: Group) => members.flatMap((index) => accountOf(index) ?? []);
  const linesOf = ({ members }: Group) => members.flatMap((index) => (people[index] && listedAs(people[index])) ?? []);
  const [accounts, lines] = [new Set(accountsOf(first)), new Set(linesOf(first))];
  for (const other of others) {
    const [itsAccounts, itsLines] = [accountsOf(other), linesOf(other)];
    if (differ(accounts, itsAccounts) || differ(lines, itsLines)) continue;
    for (const account of itsAccounts) accounts.add(account);
    for (const line of itsLines) lines.add(line);
    sets.union(first.root, other.root);
    yield first.root;
  }
}

const differ = <Value>(known: ReadonlySet<Value>, others: readonly Value[]): boolean =>
  known.size > 0 && others.some((other) => !known.has(other));

function pushTo<Key, Value>(groups: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = groups.get(key);
  if (known) known.push(value);
  else groups.set(key, [value]);
}
