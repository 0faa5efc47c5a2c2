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
    title: "write or more without a commit, pull request, issue or review for half a year (admin: 90 days)",
    closes: "ask the account, then lower the role",
  },
  "org-base-permission": {
    title: "every member writes to every repository by the base permission",
    closes: "set the organisation's base permission to read or none",
  },
};

/** Days without an act after which a privilege counts as dormant (SIGNALS.md §4.8). */
const DORMANT_DAYS = { write: 180, admin: 90 } as const;

/** What is known of each account's last commit, pull request, issue or review in the organisation, by account id. */
export type LastActs = ReadonlyMap<string, LastActivity>;

/** Standing exposure, most severe first, then by kind and id. Without `lastActs` nobody is called dormant. */
export function standingExposure(access: EffectiveAccess, lastActs: LastActs | null): readonly Exposure[] {
  const holders = [...access.holders.values()];
  return [
    ...baseExposure(access),
    ...holders.flatMap(directOutside),
    ...(lastActs === null ? [] : holders.flatMap((holder) => dormant(holder, { access, lastActs }))),
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

function dormant(
  holder: Holder,
  { access, lastActs }: { readonly access: EffectiveAccess; readonly lastActs: LastActs },
): readonly Exposure[] {
  const known = lastActs.get(holder.account);
  if (known === undefined || !writesAnywhere(holder)) return [];
  const role = strongestRole(holder);
  // An account with no act found is only known to be quiet for as long as the search looked back.
  const quietDays = daysBetween(known.lastActAt ?? known.searchedSince, access.snapshot.takenAt);
  if (quietDays < (role === "admin" ? DORMANT_DAYS.admin : DORMANT_DAYS.write)) return [];
  return [{ kind: "acc-dormant-privilege", level: "medium", account: holder.account, repository: null, role }];
}
