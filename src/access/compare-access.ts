import type { Instant } from "../clock.ts";
import type { Steps } from "../slices.ts";
import { type ChangeCause, causesOf } from "./causes.ts";
import { type ChangedPair, changedPairs, type UnlistedRows } from "./changed-pairs.ts";
import { type EffectiveAccess, membersRead, type Standing, standingIn, writesAnywhere } from "./effective.ts";
import { type AccessSnapshot, type Role, roleRank } from "./grant.ts";
import type { AccountKey, RepositoryKey } from "./keys.ts";
import { type GuardLoosened, guardsLoosened } from "./reach/guards-loosened.ts";
import { compareIds } from "./text-order.ts";

/** What one account holds on one repository, or held. */
export interface RoleRow {
  readonly account: AccountKey;
  readonly repository: RepositoryKey;
  readonly role: Role;
}

export interface RoleChange {
  readonly account: AccountKey;
  readonly repository: RepositoryKey;
  readonly from: Role;
  readonly to: Role;
}

/** The difference of two snapshots over effective roles; rows by account and repository, accounts by id. */
export interface AccessChanges {
  /** When the earlier snapshot was taken. */
  readonly since: Instant;
  readonly added: readonly RoleRow[];
  readonly removed: readonly RoleRow[];
  readonly changed: readonly RoleChange[];
  /** This and the next four are null when GitHub did not show who belongs to the organisation. */
  readonly newOwners: readonly AccountKey[] | null;
  readonly lostOwners: readonly AccountKey[] | null;
  /** Owners are members too. */
  readonly newMembers: readonly AccountKey[] | null;
  readonly leftMembers: readonly AccountKey[] | null;
  /** Accounts that write somewhere from outside, and did not before: newly granted, or members that left and kept it. */
  readonly newOutsideWrite: readonly AccountKey[] | null;
  /** Accounts that write somewhere and wrote nowhere before. */
  readonly firstWriteAccounts: readonly AccountKey[];
  readonly lostAllWrite: readonly AccountKey[];
  /** The rows of `changed` that rose. */
  readonly escalations: readonly RoleChange[];
  /** What explains the listed rows, most rows first. */
  readonly causes: readonly ChangeCause[];
  /** What rules let through that they did not before; null when they were not read both times. */
  readonly guardsLoosened: readonly GuardLoosened[] | null;
  /** Rows made by ownership or base permission alone when they are too many to list; all zero when all are listed. */
  readonly unlisted: UnlistedRows;
}

/** What changed between two snapshots of one organisation; with its arguments swapped, the mirror image. */
export function* compareSteps(before: EffectiveAccess, after: EffectiveAccess): Steps<AccessChanges> {
  const { pairs, unlisted } = yield* changedPairs(before, after);
  const changed = pairs.flatMap(roleChange);
  yield;
  const added = pairs.flatMap((pair) => (pair.before === null ? rowOf(pair, "after") : []));
  const removed = pairs.flatMap((pair) => (pair.after === null ? rowOf(pair, "before") : []));
  yield;
  const standing = yield* standingChanges(before.snapshot, after.snapshot);
  const write = yield* writeChanges(before, after);
  const causes = yield* causesOf(pairs, before.active, after.active);
  const loosened = yield* guardsLoosened(before, after);
  return {
    since: before.snapshot.takenAt,
    added,
    removed,
    changed,
    ...standing,
    ...write,
    escalations: changed.filter(({ from, to }) => roleRank(to) > roleRank(from)),
    causes,
    guardsLoosened: loosened,
    unlisted,
  };
}

function rowOf(pair: ChangedPair, side: "before" | "after"): readonly RoleRow[] {
  const held = pair[side];
  return held === null ? [] : [{ account: pair.account, repository: pair.repository, role: held.role }];
}

function roleChange({ account, repository, before, after }: ChangedPair): readonly RoleChange[] {
  return before === null || after === null ? [] : [{ account, repository, from: before.role, to: after.role }];
}

type StandingChanges = Pick<AccessChanges, "newOwners" | "lostOwners" | "newMembers" | "leftMembers">;

const bothRead = (before: AccessSnapshot, after: AccessSnapshot): boolean => membersRead(before) && membersRead(after);

const UNREAD: StandingChanges = { newOwners: null, lostOwners: null, newMembers: null, leftMembers: null };

function* standingChanges(before: AccessSnapshot, after: AccessSnapshot): Steps<StandingChanges> {
  if (!bothRead(before, after)) return UNREAD;
  const members = (snapshot: AccessSnapshot): readonly AccountKey[] => [...snapshot.owners, ...snapshot.members];
  const newOwners = minus(after.owners, before.owners);
  const lostOwners = minus(before.owners, after.owners);
  yield;
  const newMembers = minus(members(after), members(before));
  yield;
  return { newOwners, lostOwners, newMembers, leftMembers: minus(members(before), members(after)) };
}

type WriteChanges = Pick<AccessChanges, "newOutsideWrite" | "firstWriteAccounts" | "lostAllWrite">;

function* writeChanges(before: EffectiveAccess, after: EffectiveAccess): Steps<WriteChanges> {
  const writersBefore = writersOf(before);
  yield;
  const writersAfter = writersOf(after);
  yield;
  const outsideBefore = outsideOf(writersBefore, before);
  yield;
  const newOutsideWrite = bothRead(before.snapshot, after.snapshot)
    ? minus(outsideOf(writersAfter, after), outsideBefore)
    : null;
  yield;
  const firstWriteAccounts = minus(writersAfter, writersBefore);
  yield;
  return { newOutsideWrite, firstWriteAccounts, lostAllWrite: minus(writersBefore, writersAfter) };
}

const writersOf = ({ holders }: EffectiveAccess): readonly AccountKey[] =>
  [...holders.values()].filter(writesAnywhere).map(({ account }) => account);

function outsideOf(accounts: readonly AccountKey[], { snapshot }: EffectiveAccess): readonly AccountKey[] {
  const standing: (account: AccountKey) => Standing = standingIn(snapshot);
  return accounts.filter((account) => standing(account) === "outside");
}

function minus(ids: readonly AccountKey[], others: readonly AccountKey[]): readonly AccountKey[] {
  const known = new Set(others);
  return [...new Set(ids)].filter((id) => !known.has(id)).sort(compareIds);
}
