import { ROLES, VIAS } from "../dossier/role.ts";
import { atOnce, type Steps } from "../slices.ts";
import type { OrganizationRole } from "./beside-grants/schema.ts";
import {
  type AccessRepository,
  type AccessSnapshot,
  canWrite,
  type Grant,
  higherRole,
  MEMBERS_NOT_CHECKED,
  type Role,
} from "./grant.ts";
import type { AccountKey, RepositoryKey } from "./keys.ts";
import { compareIds, compareText } from "./text-order.ts";

/**
 * Most rows that ownership and base permission alone may add to a list; above it they are counted and stated as a rule.
 * 5,000 members x 1,000 repositories would be five million rows that say one thing.
 */
export const LISTED_EVERYWHERE_ROWS = 50_000;

/** How an account belongs to the organisation; owners are members too. Unless the members were read nobody is outside. */
export const STANDINGS = ["owner", "member", "outside", "not checked"] as const;
export type Standing = (typeof STANDINGS)[number];

/** Where a role comes from. */
export type Source = Grant["via"];

/** A role and every source it has, one entry per source, in the order of `VIAS` and then by team. */
export interface Held {
  readonly role: Role;
  readonly sources: readonly { readonly source: Source; readonly role: Role }[];
}

/** One account that holds something. */
export interface Holder {
  readonly account: AccountKey;
  readonly standing: Standing;
  /** What ownership, the base permission or a role of the organisation gives on every active repository; kept as a rule, never as pairs. */
  readonly everywhere: Held | null;
  /** Active repositories with a grant of their own, `everywhere` included in each; in id order. */
  readonly pairs: ReadonlyMap<RepositoryKey, Held>;
}

/** Who can do what: the highest role over all sources, archived repositories left out. */
export interface EffectiveAccess {
  readonly snapshot: AccessSnapshot;
  /** Repositories that are not archived, in id order. */
  readonly active: ReadonlyMap<RepositoryKey, AccessRepository>;
  /** Accounts that hold anything, in id order. */
  readonly holders: ReadonlyMap<AccountKey, Holder>;
}

/**
 * Joins grants, ownership and base permission. Time and memory are linear in the file: an owner of 100,000
 * repositories and a base permission for 5,000 members cost one entry each.
 */
export const effectiveAccess = (snapshot: AccessSnapshot): EffectiveAccess => atOnce(effectiveSteps(snapshot));

/** The same in steps, for whoever shares the loop. */
export function* effectiveSteps(snapshot: AccessSnapshot): Steps<EffectiveAccess> {
  const active = new Map(
    snapshot.repositories
      .filter(({ archived }) => !archived)
      .toSorted((a, b) => compareIds(a.id, b.id))
      .map((repository) => [repository.id, repository]),
  );
  yield;
  const standing = standingIn(snapshot);
  const granted = yield* sourcesByPair(snapshot.grants, active);
  const roles = Map.groupBy(snapshot.organizationRoles ?? [], ({ account }) => account);
  const holders = new Map<AccountKey, Holder>();
  for (const { id } of snapshot.accounts.toSorted((a, b) => compareIds(a.id, b.id))) {
    const held = { granted: granted.get(id), roles: roles.get(id) ?? [] };
    const holder = yield* holderOf(id, { standing: standing(id), ...held, snapshot, active });
    if (holder !== null) holders.set(id, holder);
    yield;
  }
  return { snapshot, active, holders };
}

/** What an account holds on an active repository and through what; null for nothing. */
export function heldOn(access: EffectiveAccess, account: AccountKey, repository: RepositoryKey): Held | null {
  if (!access.active.has(repository)) return null;
  const holder = access.holders.get(account);
  return holder?.pairs.get(repository) ?? holder?.everywhere ?? null;
}

/** The effective role of an account on an active repository; null when it has none. */
export const effectiveRole = (access: EffectiveAccess, account: AccountKey, repository: RepositoryKey): Role | null =>
  heldOn(access, account, repository)?.role ?? null;

/** True when the account holds write or more on any active repository. */
export const writesAnywhere = (holder: Holder | undefined): boolean =>
  holder !== undefined && canWrite(strongestRole(holder));

/** The highest role of a holder on any active repository. */
export function strongestRole({ everywhere, pairs }: Holder): Role {
  const all = everywhere === null ? [...pairs.values()] : [everywhere, ...pairs.values()];
  return all.reduce<Role>((role, held) => higherRole(role, held.role), ROLES[0]);
}

/** Active repositories per effective role; `everywhere` stands for those that are not listed. */
export function countByRole(
  listed: Iterable<{ readonly role: Role }>,
  everywhere: { readonly role: Role } | null,
  activeCount: number,
): Readonly<Record<Role, number>> {
  const counts = { read: 0, triage: 0, write: 0, maintain: 0, admin: 0 };
  let unlisted = activeCount;
  for (const { role } of listed) {
    counts[role] += 1;
    unlisted -= 1;
  }
  if (everywhere !== null) counts[everywhere.role] += unlisted;
  return counts;
}

/** Repositories with write or more. */
export const writable = ({ write, maintain, admin }: Readonly<Record<Role, number>>): number =>
  write + maintain + admin;

/** True when it is known who belongs to the organisation; of a snapshot or of its audit. */
export const membersRead = ({ notChecked = [] }: Pick<AccessSnapshot, "notChecked">): boolean =>
  notChecked.every(({ what }) => what !== MEMBERS_NOT_CHECKED);

/** The standing of any account id: whoever is neither owner nor member is outside, if that was read. */
export function standingIn(snapshot: AccessSnapshot): (account: AccountKey) => Standing {
  const ownerIds = new Set(snapshot.owners);
  const memberIds = new Set(snapshot.members);
  const others = membersRead(snapshot) ? "outside" : "not checked";
  return (account) => (ownerIds.has(account) ? "owner" : memberIds.has(account) ? "member" : others);
}

/** Sources by account and repository, as they are listed: `held` makes one of each. */
type Granted = ReadonlyMap<AccountKey, ReadonlyMap<RepositoryKey, Held["sources"]>>;

function* sourcesByPair(
  grants: readonly Grant[],
  active: ReadonlyMap<RepositoryKey, AccessRepository>,
): Steps<Granted> {
  const byAccount = new Map<AccountKey, Map<RepositoryKey, { source: Source; role: Role }[]>>();
  for (const { account, repository, role, via } of grants) {
    yield;
    if (!active.has(repository)) continue;
    const byRepository = entry(byAccount, account, () => new Map());
    entry(byRepository, repository, () => []).push({ source: via, role });
  }
  return byAccount;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

interface HolderInput {
  readonly standing: Standing;
  readonly granted: ReadonlyMap<RepositoryKey, Held["sources"]> | undefined;
  readonly roles: readonly OrganizationRole[];
  readonly snapshot: AccessSnapshot;
  readonly active: ReadonlyMap<RepositoryKey, AccessRepository>;
}

function* holderOf(
  account: AccountKey,
  { standing, granted, roles, snapshot, active }: HolderInput,
): Steps<Holder | null> {
  const everywhere = active.size > 0 ? everywhereOf(standing, snapshot.organization.basePermission, roles) : null;
  const pairs = new Map<RepositoryKey, Held>();
  for (const repository of [...(granted?.keys() ?? [])].sort(compareIds)) {
    pairs.set(repository, held([...(everywhere?.sources ?? []), ...(granted?.get(repository) ?? [])]));
    yield;
  }
  return everywhere === null && pairs.size === 0 ? null : { account, standing, everywhere, pairs };
}

type Base = AccessSnapshot["organization"]["basePermission"];

function everywhereOf(standing: Standing, base: Base, roles: readonly OrganizationRole[]): Held | null {
  const belongs = standing === "owner" || standing === "member";
  const sources: { source: Source; role: Role }[] = roles.map(({ role, team }) => ({
    source: { kind: "organization_role", ...(team !== undefined && { team }) },
    role,
  }));
  if (standing === "owner") sources.push({ source: { kind: "owner" }, role: "admin" });
  if (belongs && base !== "none") sources.push({ source: { kind: "base" }, role: base });
  return sources.length === 0 ? null : held(sources);
}

function held(sources: Held["sources"]): Held {
  const single: { source: Source; role: Role }[] = [];
  for (const next of sources.toSorted((a, b) => compareSources(a.source, b.source))) {
    const last = single.at(-1);
    if (last === undefined || compareSources(last.source, next.source) !== 0) single.push(next);
    else single[single.length - 1] = { source: last.source, role: higherRole(last.role, next.role) };
  }
  return { role: single.reduce<Role>((role, source) => higherRole(role, source.role), ROLES[0]), sources: single };
}

/** Order of sources: kinds as `VIAS` lists them, then teams by name. */
const compareSources = (a: Grant["via"], b: Grant["via"]): number =>
  VIAS.indexOf(a.kind) - VIAS.indexOf(b.kind) || compareText(a.team ?? "", b.team ?? "");
