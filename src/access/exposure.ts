import { daysBetween } from "../clock.ts";
import type { LastActivity } from "../dossier/facts.ts";
import { SEVERITIES, type Severity } from "../signals/signal.ts";
import { type EffectiveAccess, type Holder, isPersonal, strongestRole, writesAnywhere } from "./effective.ts";
import { canWrite, higherRole, type Role } from "./grant.ts";

/** A door that stands open whoever uses it; a fact about the organisation's settings, not about a person. */
export interface Exposure {
  readonly kind: ExposureKind;
  readonly level: Severity;
  /** Null when it concerns every member. */
  readonly account: string | null;
  /** Null when it concerns every repository. */
  readonly repository: string | null;
  readonly role: Role;
}

/** The first two are the signals of the same name (SIGNALS.md §4.8). */
export const EXPOSURE_KINDS = ["acc-direct-outside-grant", "acc-dormant-privilege", "org-base-permission"] as const;
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
};

/** What is known of each account's last commit, pull request, issue or review in the organisation, by account id. */
export type LastActs = ReadonlyMap<string, LastActivity>;

/** What decides whether a privilege is dormant; null for acts nobody asked for. */
export interface Dormancy {
  readonly lastActs: LastActs | null;
  /** Days without an act after which write counts as dormant; admin counts from half of them (SIGNALS.md §4.8). */
  readonly dormantAfterDays: number;
}

/** Standing exposure, most severe first, then by kind and id. Nobody is called dormant of whom it is not known. */
export function standingExposure(access: EffectiveAccess, dormancy: Dormancy): readonly Exposure[] {
  const holders = [...access.holders.values()];
  return [
    ...baseExposure(access),
    ...holders.flatMap(directOutside),
    ...holders.filter((holder) => isDormant(holder, access, dormancy) === true).map(dormantPrivilege),
  ].sort((a, b) => SEVERITIES.indexOf(b.level) - SEVERITIES.indexOf(a.level));
}

function baseExposure({ snapshot, active }: EffectiveAccess): readonly Exposure[] {
  const base = snapshot.organization.basePermission;
  if (active.size === 0 || (base !== "write" && base !== "admin")) return [];
  const level = base === "admin" ? "critical" : "high";
  return [{ kind: "org-base-permission", level, account: null, repository: null, role: base }];
}

function directOutside({ account, standing, pairs }: Holder): readonly Exposure[] {
  if (standing !== "outside") return [];
  return [...pairs].flatMap(([repository, { sources }]) => {
    const roles = sources.filter(({ source }) => isPersonal(source)).map(({ role }) => role);
    if (!roles.some(canWrite)) return [];
    const role = roles.reduce(higherRole);
    const level = role === "admin" ? "high" : "medium";
    return [{ kind: "acc-direct-outside-grant", level, account, repository, role }];
  });
}

/** Whether what a write holder may do has gone unused; null when that is not known. */
export function isDormant(
  holder: Holder,
  { snapshot }: EffectiveAccess,
  { lastActs, dormantAfterDays }: Dormancy,
): boolean | null {
  if (!writesAnywhere(holder)) return false;
  const known = lastActs?.get(holder.account);
  if (known === undefined) return null;
  const limitDays = strongestRole(holder) === "admin" ? dormantAfterDays / 2 : dormantAfterDays;
  if (daysBetween(known.lastActAt ?? known.searchedSince, snapshot.takenAt) >= limitDays) return true;
  // An account with no act found is only known to be quiet for as long as the search looked back.
  return known.lastActAt === null ? null : false;
}

const dormantPrivilege = (holder: Holder): Exposure => ({
  kind: "acc-dormant-privilege",
  level: "medium",
  account: holder.account,
  repository: null,
  role: strongestRole(holder),
});
