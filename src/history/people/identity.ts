import { createHmac, createSecretKey } from "node:crypto";
import type { Steps } from "../../slices.ts";
import type { AccountMap } from "./account-map.ts";
import { accountSteps } from "./accounts.ts";
import { joinByName } from "./join-by-name.ts";
import { type Mailmap, type MailmapEntry, mailmapOf } from "./mailmap.ts";
import type { Person } from "./person.ts";
import { type UnionFind, unionFind } from "./union-find.ts";
import { addTo, type Counts, usualOf } from "./usual.ts";

/** People who are one identity as far as addresses, accounts, the project's mailmap and full names tell. */
export interface Identity {
  /** Indices into the people, ascending. */
  readonly members: readonly number[];
  /** GitHub accounts its addresses name, ascending. */
  readonly accountIds: readonly number[];
  /** True when more than half of its commits are an automation's, or GitHub's own on the web. */
  readonly automated: boolean;
  /** What joined it beyond equal addresses and accounts. */
  readonly joinedBy: readonly ("mailmap" | "name")[];
}

export interface Identities {
  readonly list: readonly Identity[];
  /** Index into `list` by index of person. */
  readonly of: Int32Array;
  /** The account that a person's address names, by index of person; what else joined them names none. */
  accountOf(person: number): number | null;
}

export interface Statements {
  readonly accounts: AccountMap["accounts"];
  readonly mailmap: readonly MailmapEntry[];
}

/**
 * Joins people into identities: equal account ids and logins in noreply addresses, addresses that the caller says belong
 * together, and equal addresses, each as the mailmap gives it; then, as the weak edge, equal full names that are usual
 * on both sides. `uses` are commits by person: nothing is joined, and nobody is an automation, by one commit alone.
 */
export function* identitySteps(
  people: readonly Person[],
  { accounts, mailmap }: Statements,
  uses: ArrayLike<number>,
): Steps<Identities> {
  const map = mailmapOf(mailmap);
  const accountOf = yield* bearerSteps(people, yield* accountSteps(people, accounts, uses), { map, uses });
  const sets = unionFind(people.length);
  const seen = new Map<string | number, number>();
  const join = (key: string | number, index: number): number => {
    const other = seen.get(key) ?? index;
    seen.set(key, other);
    return sets.union(other, index) ? other : index;
  };
  for (const index of people.keys()) {
    yield;
    const account = accountOf(index);
    if (account !== null) join(account, index);
  }
  const byMailmap = new Set<number>();
  for (const [index, person] of people.entries()) {
    yield;
    const key = keyOf(person, map);
    if (key !== null && people[join(key, index)]?.address !== person.address) byMailmap.add(index);
  }
  const listedAs = ({ name, address }: Person): string | null => map.properAddress(name, address);
  const byName = yield* joinByName({ people, uses, sets, accountOf, listedAs });
  const list = yield* collect(people, { uses, sets, accountOf, byMailmap, byName });
  return { ...list, accountOf };
}

/** The one address by which somebody is joined: the one the mailmap gives, else the own one; null for nobody's. */
const keyOf = (person: Person, map: Mailmap): string | null =>
  map.properAddress(person.name, person.address) ?? (tiesNobody(person) ? null : person.address);

const tiesNobody = ({ kind }: Person): boolean => kind === "nobody" || kind === "web_flow";

/**
 * The account that a person bears, by index. Where the mailmap splits an address by name, its account is that of
 * whoever has most of its commits, and more than one.
 */
function* bearerSteps(
  people: readonly Person[],
  accountOf: (person: Person) => number | null,
  { map, uses }: { readonly map: Mailmap; readonly uses: ArrayLike<number> },
): Steps<Identities["accountOf"]> {
  const users = new Map<string, Counts<string | null>>();
  for (const [index, person] of people.entries()) {
    yield;
    if (!map.splits(person.address)) continue;
    const counts = users.get(person.address) ?? new Map();
    users.set(person.address, counts);
    addTo(counts, keyOf(person, map), uses[index] ?? 0);
  }
  const bearers = new Map<string, string | null>();
  for (const [address, counts] of users) {
    const usual = usualOf(counts);
    bearers.set(address, (counts.get(usual) ?? 0) > 1 ? usual : null);
  }
  return (index) => {
    const person = people[index];
    if (person === undefined || tiesNobody(person)) return null;
    const bearer = bearers.get(person.address);
    return bearer === undefined || bearer === keyOf(person, map) ? accountOf(person) : null;
  };
}

function* collect(
  people: readonly Person[],
  joined: {
    readonly uses: ArrayLike<number>;
    readonly sets: UnionFind;
    readonly accountOf: Identities["accountOf"];
    readonly byMailmap: ReadonlySet<number>;
    readonly byName: ReadonlySet<number>;
  },
): Steps<Pick<Identities, "list" | "of">> {
  const of = new Int32Array(people.length);
  const indexOfRoot = new Map<number, number>();
  const list: Collected[] = [];
  for (const [index, person] of people.entries()) {
    yield;
    const root = joined.sets.find(index);
    const place = indexOfRoot.get(root) ?? list.push({ ...NOBODY, members: [] }) - 1;
    indexOfRoot.set(root, place);
    of[index] = place;
    const identity = list[place];
    if (!identity) continue;
    identity.members.push(index);
    const account = joined.accountOf(index);
    if (account !== null) identity.accounts = (identity.accounts ?? new Set()).add(account);
    const count = joined.uses[index] ?? 0;
    identity.people += person.kind === "bot" || person.kind === "web_flow" ? -count : count;
    identity.byMailmap ||= joined.byMailmap.has(index);
    identity.byName ||= joined.byName.has(index);
  }
  return {
    of,
    list: list.map(({ members, accounts, byMailmap, byName, people }) => ({
      // A copy has no room to grow, of which a list that grew keeps seventeen places.
      members: members.slice(),
      accountIds: [...(accounts ?? [])].sort((a, b) => a - b),
      joinedBy: JOINED_BY[Number(byMailmap) + 2 * Number(byName)] ?? [],
      automated: people < 0,
    })),
  };
}

interface Collected {
  readonly members: number[];
  accounts: Set<number> | null;
  byMailmap: boolean;
  byName: boolean;
  /** Commits of people, less those of automations. */
  people: number;
}

const NOBODY = { accounts: null, byMailmap: false, byName: false, people: 0 };

const JOINED_BY: readonly Identity["joinedBy"][] = [[], ["mailmap"], ["name"], ["mailmap", "name"]];

const ID_CHARACTERS = 16;

/** Ids under one key, one-way: a text has one id, and without the key nobody can try addresses. */
export function keyedIds(key: string): (text: string) => string {
  const secret = createSecretKey(Buffer.from(key));
  return (text) => createHmac("sha256", secret).update(text).digest("hex").slice(0, ID_CHARACTERS);
}

/** What names an identity for good: its first account, else the least of its addresses, else its first name. */
export function identityKey({ members, accountIds }: Identity, people: readonly Person[]): string {
  if (accountIds.length > 0) return `account ${accountIds[0]}`;
  const addresses = members.flatMap((index) =>
    people[index] && !tiesNobody(people[index]) ? [people[index].address] : [],
  );
  if (addresses.length > 0) return `address ${addresses.sort()[0]}`;
  const first = people[members[0] ?? 0];
  return `person ${first?.name} ${first?.address}`;
}
