import { rankOf } from "../change/severity.ts";
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
import { forkRuns } from "./lines/fork-runs.ts";
import type { Exposure, ExposureKind } from "./lines/kinds.ts";
import { superfluousGrants } from "./lines/superfluous.ts";
import { openDoors } from "./reach/open-doors.ts";
import { compareIds } from "./text-order.ts";

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
  const superfluous: Exposure[] = [];
  let adminCount = 0;
  for (const holder of access.holders.values()) {
    for (const exposure of directOutside(holder)) direct.push(exposure);
    for (const exposure of superfluousGrants(holder)) superfluous.push(exposure);
    if (useOf(holder, access, dormancy).state === "unused") dormant.push(dormantPrivilege(holder, access));
    if (isAdminEverywhere(holder, access)) adminCount++;
    yield;
  }
  const archived = archivedOutside(access.snapshot);
  yield;
  const everywhere = [...baseExposure(access), ...adminsEverywhere(access, adminCount)];
  const doors = yield* openDoors(access);
  const byRules = [
    ...doors.flatMap(({ repository, releasing }) => doorOn("acc-write-on-release-path", repository, releasing)),
    ...doors.flatMap(({ repository, pushing }) => doorOn("acc-protection-gap", repository, pushing)),
    ...doors.flatMap(({ repository, reading }) => doorOn("acc-secret-reach-by-branch", repository, reading)),
  ];
  const all = [...everywhere, ...direct, ...archived, ...dormant, ...byRules, ...forkRuns(access), ...superfluous];
  return bySeverity(all);
}

/** Most severe first, else in their order. */
export const bySeverity = (lines: readonly Exposure[]): readonly Exposure[] =>
  lines.toSorted((a, b) => rankOf(b.level) - rankOf(a.level));

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
  const level = kind === "acc-write-on-release-path" ? "critical" : "high";
  return [{ kind, level, account: null, accountCount, repository, repositoryCount: 1, role: "write" }];
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
