import { rankOf, type Severity } from "../change/severity.ts";
import type { Instant } from "../clock.ts";
import type { LastActivity } from "../dossier/facts.ts";
import { outsideSeverity, outsideWrite } from "../signals/outside-write.ts";
import { type PrivilegeUse, privilegeUse } from "../signals/privilege-use.ts";
import type { Steps } from "../slices.ts";
import {
  type EffectiveAccess,
  type Holder,
  membersRead,
  standingIn,
  strongestRole,
  writesAnywhere,
} from "./effective.ts";
import { type AccessSnapshot, canWrite, type Role, type Via } from "./grant.ts";
import type { AccountKey, RepositoryKey } from "./keys.ts";
import { openDoors } from "./reach/open-doors.ts";
import { compareIds } from "./text-order.ts";

/** A door that stands open whoever uses it; a fact about the organisation's settings, not about a person. */
export interface Exposure {
  readonly kind: ExposureKind;
  readonly level: Severity;
  /** Null when it concerns several; `accountCount` says how many. */
  readonly account: AccountKey | null;
  /** Null when it concerns several; `repositoryCount` says how many. */
  readonly repository: RepositoryKey | null;
  readonly role: Role;
  /** Both are absent in audits that were stored before they were counted; null when the members were not read. */
  readonly accountCount?: number | null;
  readonly repositoryCount?: number;
  /** Held on every repository by ownership or the base permission, so that a new one counts too. */
  readonly everywhere?: true;
  /** When it is asked about again; only on a line that somebody decided on, which waits for nobody before. */
  readonly keptUntil?: Instant;
  /** The first audit of the unbroken row that saw it open; absent where nobody keeps audits, and on a decided line. */
  readonly openSince?: Instant;
  /** Of a line that comes back by itself: the most months that a decision to keep it counts. */
  readonly dueEvery?: number;
  /** The last act in the organisation; null where none was found, absent where nobody asked. */
  readonly lastActAt?: Instant | null;
}

/** The first two are the signals of the same name (SIGNALS.md §4.8), judged by the same functions. */
export const EXPOSURE_KINDS = [
  "acc-direct-outside-grant",
  "acc-dormant-privilege",
  "org-base-permission",
  "org-admins-everywhere",
  "org-archived-outside-write",
  "acc-protection-gap",
  "acc-secret-reach-by-branch",
  "grant-expired",
  "access-due-look",
] as const;
export type ExposureKind = (typeof EXPOSURE_KINDS)[number];

/** What each kind means and the switch that closes it. */
export const EXPOSURES: Readonly<Record<ExposureKind, { readonly title: string; readonly closes: string }>> = {
  "acc-direct-outside-grant": {
    title: "write or more granted directly to an outside account",
    closes: "move the account into a team, lower its role, or remove it",
  },
  "acc-dormant-privilege": {
    title: "write or more, without an act for longer than your policy allows (admin: half as long)",
    closes: "ask the account, then lower the role",
  },
  "org-base-permission": {
    title: "every member writes to every repository by the base permission",
    closes: "set the organisation's base permission to read or none",
  },
  "org-admins-everywhere": {
    title: "admin on every repository, held by more people and bots than an organisation needs",
    closes: "keep two or three owners, and give the others a role on what they work on",
  },
  "org-archived-outside-write": {
    title: "write or more from outside on an archived repository: asleep, not gone",
    closes: "remove the account; only an admin can unarchive the repository, and then the role works again",
  },
  "acc-protection-gap": {
    title: "accounts that own nothing push to a default or release branch that no rule guards",
    closes: "protect the branch: a pull request with an approval, and nobody on its bypass lists",
  },
  "acc-secret-reach-by-branch": {
    title: "accounts that own nothing read secrets by a branch of their own; reviews do not stop it",
    closes: "move the secrets into environments with reviewers, or keep branches from being made",
  },
  "grant-expired": {
    title: "a grant that stands past the day an owner wrote down for it",
    closes: "remove it, or write down a new day and why",
  },
  "access-due-look": {
    title: "maintain or admin, to be looked at again as your policy asks",
    closes: "keep it until the next look, lower the role, or remove it",
  },
};

/** What is known of each account's last commit, pull request, issue or review in the organisation, by account id. */
export type LastActs = ReadonlyMap<AccountKey, LastActivity>;

/** What decides whether a privilege is dormant; null for acts nobody asked for. */
export interface Dormancy {
  readonly lastActs: LastActs | null;
  /** The policy's days without an act; `privilegeUse` says what follows from them. */
  readonly dormantAfterDays: number;
}

/** Standing exposure, most severe first, then by kind and id. Nobody is called dormant of whom it is not known. */
export function* standingExposure(access: EffectiveAccess, dormancy: Dormancy): Steps<readonly Exposure[]> {
  const direct: Exposure[] = [];
  const dormant: Exposure[] = [];
  let adminCount = 0;
  for (const holder of access.holders.values()) {
    for (const exposure of directOutside(holder)) direct.push(exposure);
    if (useOf(holder, access, dormancy).state === "unused") dormant.push(dormantPrivilege(holder, access));
    if (isAdminEverywhere(holder, access)) adminCount++;
    yield;
  }
  const archived = archivedOutside(access.snapshot);
  yield;
  const everywhere = [...baseExposure(access), ...adminsEverywhere(access, adminCount)];
  const doors = yield* openDoors(access);
  const byRules = [
    ...doors.flatMap(({ repository, pushing }) => doorOn("acc-protection-gap", repository, pushing)),
    ...doors.flatMap(({ repository, reading }) => doorOn("acc-secret-reach-by-branch", repository, reading)),
  ];
  const all = [...everywhere, ...direct, ...archived, ...dormant, ...byRules];
  return all.sort((a, b) => rankOf(b.level) - rankOf(a.level));
}

function baseExposure({ snapshot, active }: EffectiveAccess): readonly Exposure[] {
  const base = snapshot.organization.basePermission;
  if (active.size === 0 || (base !== "write" && base !== "admin")) return [];
  const level = base === "admin" ? "critical" : "high";
  const accountCount = membersRead(snapshot) ? snapshot.members.length : null;
  const reach = { account: null, accountCount, ...reachOf([...active.keys()]) };
  return [{ kind: "org-base-permission", level, ...reach, role: base }];
}

/** Owners come in twos and threes, so that one can be away; with more than this each is one more account to steal. */
const MAX_ADMINS_EVERYWHERE = 5;

function adminsEverywhere({ snapshot, active }: EffectiveAccess, accountCount: number): readonly Exposure[] {
  // The base permission that makes admins of all is a line of its own.
  if (accountCount <= MAX_ADMINS_EVERYWHERE || snapshot.organization.basePermission === "admin") return [];
  const reach = { account: null, accountCount, ...reachOf([...active.keys()]) };
  return [{ kind: "org-admins-everywhere", level: "medium", ...reach, role: "admin" }];
}

const isAdminEverywhere = ({ everywhere, pairs }: Holder, { active }: EffectiveAccess): boolean =>
  everywhere?.role === "admin" ||
  (active.size > 0 && pairs.size === active.size && pairs.values().every(({ role }) => role === "admin"));

/** One line for each repository: it is closed there, whoever writes. The count is null where every member does. */
function doorOn(
  kind: ExposureKind,
  repository: RepositoryKey,
  accounts: ReadonlySet<AccountKey | null>,
): readonly Exposure[] {
  if (accounts.size === 0) return [];
  const accountCount = accounts.has(null) ? null : accounts.size;
  return [{ kind, level: "high", account: null, accountCount, repository, repositoryCount: 1, role: "write" }];
}

/** Which repositories, and how many: a single one is named. */
const reachOf = (
  repositories: readonly RepositoryKey[],
): Required<Pick<Exposure, "repository" | "repositoryCount">> => ({
  repository: repositories.length === 1 ? (repositories[0] ?? null) : null,
  repositoryCount: repositories.length,
});

function directOutside({ account, standing, pairs }: Holder): readonly Exposure[] {
  if (standing !== "outside") return [];
  const grants = [...pairs].flatMap(([repository, { sources }]) =>
    sources.map(({ source, role }) => ({ repository, role, via: source.kind })),
  );
  return [...outsideWrite(grants)].map(([repository, role]) => ({
    kind: "acc-direct-outside-grant",
    level: outsideSeverity(role),
    account,
    repository,
    role,
  }));
}

/** Nobody writes to an archived repository, but an admin can wake it, and with it every role that was given there. */
function archivedOutside(snapshot: AccessSnapshot): readonly Exposure[] {
  const archived = new Set(snapshot.repositories.flatMap(({ id, archived: asleep }) => (asleep ? [id] : [])));
  const standing = standingIn(snapshot);
  const granted = new Map<AccountKey, { repository: RepositoryKey; role: Role; via: Via }[]>();
  for (const { account, repository, role, via } of snapshot.grants) {
    if (!archived.has(repository) || standing(account) !== "outside") continue;
    const grants = granted.get(account) ?? [];
    grants.push({ repository, role, via: via.kind });
    granted.set(account, grants);
  }
  return [...granted]
    .flatMap(([account, grants]) =>
      [...outsideWrite(grants)].map(([repository, role]) => ({ account, repository, role })),
    )
    .sort((a, b) => compareIds(a.account, b.account) || compareIds(a.repository, b.repository))
    .map((asleep) => ({
      kind: "org-archived-outside-write",
      level: asleep.role === "admin" ? "medium" : "low",
      ...asleep,
    }));
}

/** Whether what an account may write goes unused, by what is known of its last act. */
export function useOf(
  holder: Holder,
  { snapshot }: EffectiveAccess,
  { lastActs, dormantAfterDays }: Dormancy,
): PrivilegeUse {
  if (!writesAnywhere(holder)) return { state: "used" };
  const known = lastActs?.get(holder.account);
  if (known === undefined) return { state: "unknown", because: "when they last acted here was not asked" };
  return privilegeUse(strongestRole(holder), known, { asOf: snapshot.takenAt, dormantAfterDays });
}

function dormantPrivilege(holder: Holder, { active }: EffectiveAccess): Exposure {
  const everywhere = holder.everywhere !== null && canWrite(holder.everywhere.role);
  const written = everywhere ? active.keys() : writtenBy(holder);
  return {
    kind: "acc-dormant-privilege",
    level: "medium",
    account: holder.account,
    ...reachOf([...written]),
    ...(everywhere && { everywhere }),
    role: strongestRole(holder),
  };
}

const writtenBy = ({ pairs }: Holder): readonly RepositoryKey[] =>
  [...pairs].flatMap(([repository, { role }]) => (canWrite(role) ? [repository] : []));
