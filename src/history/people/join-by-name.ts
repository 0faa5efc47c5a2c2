import type { Steps } from "../../slices.ts";
import { isCommonHost } from "./machine.ts";
import { fullWords, isFullName, isPlaceholderName, isSpelling, letterRun } from "./names.ts";
import type { Person } from "./person.ts";
import type { UnionFind } from "./union-find.ts";
import { addTo, usualOf } from "./usual.ts";

/** A name that more than this are called is a common name or a placeholder. */
const MAX_NAMESAKES = 8;
/** The least share of the commits of an address, as a divisor, that a name has to have there. */
const MIN_NAME_SHARE = 20;
/** A shorter handle is a given name, or what many call themselves. */
const MIN_HANDLE_LETTERS = 8;

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
 * Joins those who usually go by one full name, or by a handle that is such a name written together or is the other's
 * too; unless that would join two accounts, or two whom the mailmap lists apart. A single commit gives nobody a name
 * who has more. Returns one person of each pair that was joined.
 */
export function* joinByName(joining: Joining): Steps<ReadonlySet<number>> {
  const named = new Map<string, Group[]>();
  const handles: { readonly run: string; readonly group: Group }[] = [];
  const nameOfRun = new Map<string, string | null>();
  for (const group of yield* groupsOf(joining)) {
    yield;
    const names = yield* namesOf(group, joining);
    for (const [words, name] of names) {
      pushTo(named, words, group);
      if (group.commitCount < 2) continue;
      const run = letterRun(name);
      nameOfRun.set(run, (nameOfRun.get(run) ?? words) === words ? words : null);
    }
    const run = names.length === 0 ? yield* usualHandle(group, joining) : null;
    if (run !== null) handles.push({ run, group });
  }
  for (const { run, group } of handles) {
    yield;
    pushTo(named, nameOfRun.get(run) ?? run, group);
  }
  const join = joinerOf(joining);
  const joined = new Set<number>();
  for (const groups of named.values()) {
    yield;
    const [first, ...others] = namesakes(groups);
    for (const other of others) if (first && join(first, other)) joined.add(first.root);
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
 * Full names a group usually goes by, by their words: the most used one and its spellings (Jess beside Jessica), if more
 * than half of the commits under full names are theirs. Handles say nothing against a name, but each has to stand on
 * more than one commit and on a twentieth of all.
 */
function* namesOf(
  { members, commitCount }: Group,
  { people, uses }: Joining,
): Steps<readonly (readonly [words: string, name: string])[]> {
  const found = new Map<string, { readonly name: string; count: number }>();
  let all = 0;
  for (const index of members) {
    yield;
    const person = people[index];
    if (person === undefined || !isPerson(person) || !isFullName(person.name)) continue;
    const words = fullWords(person.name);
    const count = uses[index] ?? 0;
    all += count;
    const known = found.get(words);
    if (known) known.count += count;
    else found.set(words, { name: person.name, count });
  }
  const stand = [...found]
    .filter(([, { count }]) => count === commitCount || (count > 1 && count * MIN_NAME_SHARE >= commitCount))
    .sort(([a, { count }], [b, other]) => other.count - count || (a < b ? -1 : 1));
  const usual = stand.filter(([, { name }]) => isSpelling(stand[0]?.[1].name ?? "", name));
  const sum = usual.reduce((total, [, { count }]) => total + count, 0);
  return 2 * sum > all ? usual.map(([words, { name }]) => [words, name]) : [];
}

/** Letters of the handle under which at least half of the commits of a group are; null for one that many may have. */
function* usualHandle({ members }: Group, { people, uses }: Joining): Steps<string | null> {
  const counts = new Map<string, number>();
  for (const index of members) {
    yield;
    const person = people[index];
    if (person === undefined) continue;
    addTo(counts, isPerson(person) && isHandle(person.name) ? letterRun(person.name) : "", uses[index] ?? 0);
  }
  const usual = usualOf(counts);
  return usual !== null && usual.length >= MIN_HANDLE_LETTERS ? usual : null;
}

const isHandle = (name: string): boolean =>
  !GIVEN_NAME.test(name) && !isPlaceholderName(name) && !isCommonHost(name.toLowerCase());

/** One word as names are written: Christopher is no handle, christopher may be one. */
const GIVEN_NAME = /^\p{Lu}\p{Ll}+$/u;

const isPerson = ({ kind }: Person): boolean => kind !== "web_flow" && kind !== "bot";

/** The busiest first. Of too many, those with a single commit are left out, which anybody can add to a name. */
function namesakes(groups: readonly Group[]): readonly Group[] {
  const few = groups.length <= MAX_NAMESAKES ? groups : groups.filter(({ commitCount }) => commitCount > 1);
  if (few.length < 2 || few.length > MAX_NAMESAKES) return [];
  return few.toSorted((a, b) => b.commitCount - a.commitCount || a.root - b.root);
}

/** What tells two sets of people apart. */
interface Marks {
  readonly accounts: Set<number>;
  /** Addresses that the mailmap gives them. */
  readonly listed: Set<string>;
}

/**
 * Returns what joins two groups, as they have become by then, and says whether they are one; they stay apart where
 * both have accounts, or lines of the mailmap, and the second one's are others.
 */
function joinerOf({ people, sets, accountOf, listedAs }: Joining): (a: Group, b: Group) => boolean {
  const marks = new Map<number, Marks>();
  const marksOf = ({ members }: Group, root: number): Marks => {
    const known = marks.get(root);
    if (known) return known;
    const accounts = new Set(members.flatMap((index) => accountOf(index) ?? []));
    const listed = new Set(members.flatMap((index) => (people[index] && listedAs(people[index])) ?? []));
    marks.set(root, { accounts, listed });
    return { accounts, listed };
  };
  return (a, b) => {
    const [one, other] = [sets.find(a.root), sets.find(b.root)];
    if (one === other) return true;
    const [its, others] = [marksOf(a, one), marksOf(b, other)];
    if (differ(its.accounts, others.accounts) || differ(its.listed, others.listed)) return false;
    for (const account of others.accounts) its.accounts.add(account);
    for (const address of others.listed) its.listed.add(address);
    sets.union(one, other);
    marks.set(sets.find(one), its);
    return true;
  };
}

const differ = <Value>(known: ReadonlySet<Value>, others: ReadonlySet<Value>): boolean =>
  known.size > 0 && [...others].some((other) => !known.has(other));

function pushTo<Key, Value>(groups: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = groups.get(key);
  if (known) known.push(value);
  else groups.set(key, [value]);
}
