import { createHmac, createSecretKey } from "node:crypto";
import type { Steps } from "../../slices.ts";
import type { AccountMap } from "./account-map.ts";
import type { MailmapEntry } from "./mailmap.ts";
import { isFullName, wordsOf } from "./names.ts";
import type { Person } from "./person.ts";

/** People who are one identity as far as addresses, accounts, the project's mailmap and full names tell. */
export interface Identity {
  /** Indices into the people, ascending. */
  readonly members: readonly number[];
  /** GitHub accounts its addresses name, ascending. */
  readonly accountIds: readonly number[];
  /** True for automations and for GitHub's own web commits. */
  readonly automated: boolean;
  /** What joined it beyond equal addresses and accounts. */
  readonly joinedBy: readonly ("mailmap" | "name")[];
}

export interface Identities {
  readonly list: readonly Identity[];
  /** Index into `list` by index of person. */
  readonly of: Int32Array;
}

export interface Statements {
  readonly accounts: AccountMap["accounts"];
  readonly mailmap: readonly MailmapEntry[];
}

/**
 * Joins people into identities: equal addresses, equal account ids and logins in noreply addresses, addresses that the
 * caller or the mailmap says belong together; then, as the weak edge, equal full names, unless that would join two
 * different accounts.
 */
export function* identitySteps(people: readonly Person[], { accounts, mailmap }: Statements): Steps<Identities> {
  const sets = unionFind(people.length);
  const accountOf = accountLookup(people, accounts);
  yield;
  const seen = new Map<string, number>();
  const join = (key: string, index: number): void => {
    const other = seen.get(key);
    if (other === undefined) seen.set(key, index);
    else sets.union(other, index);
  };
  for (const [index, person] of people.entries()) {
    yield;
    if (tiesNobody(person)) continue;
    join(`address ${person.address}`, index);
    const account = accountOf(person);
    if (account !== null) join(`account ${account}`, index);
    else if (person.noreply) join(`login ${person.noreply.login}`, index);
  }
  const byMailmap = new Set<number>();
  for (const [a, b] of mailmapPairs(people, mailmap)) {
    yield;
    if (sets.find(a) === sets.find(b)) continue;
    sets.union(a, b);
    byMailmap.add(a);
  }
  const byName = yield* joinByName(people, { ...sets, accountOf });
  return yield* collect(people, { ...sets, accountOf, byMailmap, byName });
}

const tiesNobody = ({ kind }: Person): boolean => kind === "nobody" || kind === "web_flow";

/** The account a person's address names: by its id, by the caller's word, or by a login that only one id had. */
function accountLookup(people: readonly Person[], accounts: Statements["accounts"]): (person: Person) => number | null {
  const byAddress = new Map(accounts.flatMap(({ id, emails }) => emails.map((address) => [address.toLowerCase(), id])));
  const byLogin = new Map<string, number | null>();
  const note = (login: string, id: number): void => {
    const known = byLogin.get(login);
    // A login that two accounts had, one after the other, tells nothing.
    byLogin.set(login, known === undefined || known === id ? id : null);
  };
  for (const { noreply } of people) if (noreply?.accountId != null) note(noreply.login, noreply.accountId);
  for (const { id, login } of accounts) if (login !== undefined) note(login.toLowerCase(), id);
  return ({ address, noreply }) =>
    noreply?.accountId ?? byAddress.get(address) ?? (noreply && byLogin.get(noreply.login)) ?? null;
}

function* mailmapPairs(
  people: readonly Person[],
  mailmap: readonly MailmapEntry[],
): Generator<readonly [number, number]> {
  if (mailmap.length === 0) return;
  const byAddress = new Map<string, number[]>();
  for (const [index, { address }] of people.entries()) {
    const known = byAddress.get(address);
    if (known) known.push(index);
    else byAddress.set(address, [index]);
  }
  for (const { commitName, commitAddress, properAddress } of mailmap) {
    const [proper] = byAddress.get(properAddress) ?? [];
    if (proper === undefined) continue;
    for (const index of byAddress.get(commitAddress) ?? [])
      if (commitName === null || commitName === people[index]?.name) yield [index, proper];
  }
}

interface Joining {
  find(index: number): number;
  union(a: number, b: number): void;
  accountOf(person: Person): number | null;
}

/** A full name that more addresses than this carry is a common name or a placeholder. */
const MAX_NAMESAKES = 8;

function* joinByName(people: readonly Person[], { find, union, accountOf }: Joining): Steps<ReadonlySet<number>> {
  const accountsOfRoot = new Map<number, Set<number>>();
  const named = new Map<string, number[]>();
  for (const [index, person] of people.entries()) {
    yield;
    const account = accountOf(person);
    if (account !== null) {
      const known = accountsOfRoot.get(find(index)) ?? new Set();
      accountsOfRoot.set(find(index), known.add(account));
    }
    if (person.kind === "web_flow" || person.kind === "bot" || !isFullName(person.name)) continue;
    const key = wordsOf(person.name).join(" ");
    const same = named.get(key);
    if (same) same.push(index);
    else named.set(key, [index]);
  }
  const joined = new Set<number>();
  for (const indices of named.values()) {
    yield;
    if (indices.length < 2 || indices.length > MAX_NAMESAKES) continue;
    const [first = 0, ...others] = indices;
    for (const other of others) {
      const [a, b] = [find(first), find(other)];
      if (a === b) continue;
      const [ofA, ofB] = [accountsOfRoot.get(a) ?? NO_ACCOUNTS, accountsOfRoot.get(b) ?? NO_ACCOUNTS];
      // A mailmap may have joined thousands: sets are only copied while they are small.
      if (ofA.size > 1 || ofB.size > 1) continue;
      const accounts = new Set([...ofA, ...ofB]);
      if (accounts.size > 1) continue;
      union(first, other);
      accountsOfRoot.set(find(first), accounts);
      joined.add(first);
    }
  }
  return joined;
}

const NO_ACCOUNTS: ReadonlySet<number> = new Set();

function* collect(
  people: readonly Person[],
  joining: Joining & { readonly byMailmap: ReadonlySet<number>; readonly byName: ReadonlySet<number> },
): Steps<Identities> {
  const of = new Int32Array(people.length);
  const indexOfRoot = new Map<number, number>();
  const list: {
    members: number[];
    accounts: Set<number> | null;
    byMailmap: boolean;
    byName: boolean;
    automated: boolean;
  }[] = [];
  for (const [index, person] of people.entries()) {
    yield;
    const root = joining.find(index);
    let place = indexOfRoot.get(root);
    if (place === undefined) {
      place = list.push({ members: [], accounts: null, byMailmap: false, byName: false, automated: false }) - 1;
      indexOfRoot.set(root, place);
    }
    of[index] = place;
    const identity = list[place];
    if (!identity) continue;
    identity.members.push(index);
    const account = joining.accountOf(person);
    if (account !== null) identity.accounts = (identity.accounts ?? new Set()).add(account);
    if (person.kind === "bot" || person.kind === "web_flow") identity.automated = true;
    identity.byMailmap ||= joining.byMailmap.has(index);
    identity.byName ||= joining.byName.has(index);
  }
  return {
    of,
    list: list.map(({ members, accounts, byMailmap, byName, automated }) => ({
      // A copy has no room to grow, of which a list that grew keeps seventeen places.
      members: members.slice(),
      accountIds: [...(accounts ?? [])].sort((a, b) => a - b),
      joinedBy: JOINED_BY[Number(byMailmap) + 2 * Number(byName)] ?? [],
      automated,
    })),
  };
}

const JOINED_BY: readonly Identity["joinedBy"][] = [[], ["mailmap"], ["name"], ["mailmap", "name"]];

function unionFind(count: number): Pick<Joining, "find" | "union"> {
  const parent = Int32Array.from({ length: count }, (_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  return {
    find,
    // The smaller index leads, so that the order of joining changes nothing.
    union(a, b) {
      const [x, y] = [find(a), find(b)];
      parent[Math.max(x, y)] = Math.min(x, y);
    },
  };
}

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
