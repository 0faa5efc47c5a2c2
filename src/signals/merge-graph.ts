import { daysBetween, type Instant } from "../clock.ts";
import type { MergeEdge, NetworkTies, TiedAccount } from "../dossier/network.ts";

/** A group of people who merge one another's pull requests and hardly anybody else's. */
export interface Ring {
  readonly memberIds: ReadonlySet<number>;
  /** Merges within it. */
  readonly edges: readonly MergeEdge[];
}

const MIN_MEMBERS = 3;
/** More are a community. */
const MAX_MEMBERS = 15;
/** Of each member's merged pull requests: fewer are a favour. */
const MIN_MERGES = 5;
/** Of each member's merged pull requests those that members merged. */
const MIN_SHARE = 0.9;

/**
 * The ring around an account, null when there is none. Both ways lead from it: along its own pull requests to whoever
 * merged them, and along theirs back to it; SIGNALS.md asks for pairs that merge each other, which a group avoids by
 * merging one way around. Whoever is merged elsewhere as well belongs to none, and is left out until
 * all who remain are merged within.
 */
export function ringAround({ accounts, edges }: NetworkTies, subject: number): Ring | null {
  let left: readonly TiedAccount[] = accounts;
  for (;;) {
    const members = strongly(left, edges, subject);
    const within = edges.filter(({ author, merger }) => members.has(author) && members.has(merger));
    const closed = left.filter((account) => members.has(account.id) && isMergedWithin(account, within));
    if (closed.length < MIN_MEMBERS || !closed.some(({ id }) => id === subject)) return null;
    if (closed.length === members.size)
      return closed.length <= MAX_MEMBERS ? { memberIds: members, edges: within } : null;
    left = closed;
  }
}

/** Accounts that the subject leads to and that lead back to it. */
function strongly(accounts: readonly TiedAccount[], edges: readonly MergeEdge[], subject: number): ReadonlySet<number> {
  const ids = new Set<number>(accounts.map(({ id }) => id));
  const known = edges.filter(({ author, merger }) => ids.has(author) && ids.has(merger));
  const ahead = reached(subject, known, ({ author, merger }) => [author, merger]);
  const back = reached(subject, known, ({ author, merger }) => [merger, author]);
  return new Set(accounts.flatMap(({ id }) => (ahead.has(id) && back.has(id) ? [id] : [])));
}

function reached(
  start: number,
  edges: readonly MergeEdge[],
  way: (edge: MergeEdge) => readonly [number, number],
): ReadonlySet<number> {
  const next = Map.groupBy(edges.map(way), ([from]) => from);
  const found = new Set([start]);
  // A set goes on to what is added while it is walked.
  for (const at of found) for (const [, to] of next.get(at) ?? []) found.add(to);
  return found;
}

function isMergedWithin({ id, mergedCount }: TiedAccount, within: readonly MergeEdge[]): boolean {
  const count = within.reduce((sum, edge) => sum + (edge.author === id ? edge.count : 0), 0);
  return count >= MIN_MERGES && count >= MIN_SHARE * mergedCount;
}

const COHORT_DAYS = 7;

/** Accounts that merged the subject's pull requests, or stand in a ring with it, and were made within a week of it, by number. */
export function cohortOf(ties: NetworkTies, subject: number): readonly TiedAccount[] {
  const { accounts, edges } = ties;
  const self = accounts.find(({ id }) => id === subject);
  if (self === undefined) return [];
  const tied = new Set<number>(edges.flatMap(({ author, merger }) => (author === subject ? [merger] : [])));
  for (const id of ringAround(ties, subject)?.memberIds ?? []) tied.add(id);
  return accounts
    .filter(({ id, createdAt }) => id !== subject && tied.has(id) && isSameWeek(self.createdAt, createdAt))
    .toSorted((a, b) => a.id - b.id);
}

const isSameWeek = (a: Instant, b: Instant): boolean => Math.abs(daysBetween(a, b)) <= COHORT_DAYS;

/** Fewer of the same week are chance, or two friends. */
export const MIN_COHORT = 4;
