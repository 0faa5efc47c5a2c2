import type { LastActivity } from "../../dossier/facts.ts";
import type { Steps } from "../../slices.ts";
import type { EffectiveAccess, Held, Holder } from "../effective.ts";
import { higherRole, type Role, roleRank } from "../grant.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import type { Exposure } from "./kinds.ts";

/** The line that asks, once in a long while, whether somebody still has to hold what only few hold. */
export const DUE_LOOK = "access-due-look";

export interface DueLook {
  /** Months between two looks at one account; null for never. */
  readonly everyMonths: number | null;
  /** What is known of each account's last act here; null when nobody asked. */
  readonly lastActs: ReadonlyMap<AccountKey, LastActivity> | null;
}

/**
 * One line for everybody who holds maintain or admin, in the order of their ids. A decision to keep it covers it for the
 * months of the policy at most, so that it comes back. What every member holds by the base permission is no one's line.
 */
export function* dueLooks(access: EffectiveAccess, { everyMonths, lastActs }: DueLook): Steps<readonly Exposure[]> {
  const due: Exposure[] = [];
  if (everyMonths === null) return due;
  for (const holder of access.holders.values()) {
    yield;
    const led = ledBy(holder);
    if (led === null) continue;
    const last = lastActs?.get(holder.account);
    const repositories = led.everywhere ? [...access.active.keys()] : led.repositories;
    due.push({
      ...{ kind: DUE_LOOK, level: "low", account: holder.account, role: led.role, dueEvery: everyMonths },
      repository: repositories.length === 1 ? (repositories[0] ?? null) : null,
      repositoryCount: repositories.length,
      ...(led.everywhere && { everywhere: true }),
      ...(last && { lastActAt: last.lastActAt }),
    });
  }
  return due;
}

/** Whether an account holds what is looked at again and again. */
export const leads = (holder: Holder): boolean => ledBy(holder) !== null;

interface Led {
  readonly role: Role;
  readonly everywhere: boolean;
  readonly repositories: readonly RepositoryKey[];
}

/** Where a holder is maintainer or admin by anything but the base permission; null for nowhere. */
function ledBy({ everywhere, pairs }: Holder): Led | null {
  const all = everywhere && leadingRole(everywhere);
  const repositories = [...pairs].flatMap(([repository, held]) => (leadingRole(held) ? [repository] : []));
  if (!all && repositories.length === 0) return null;
  const roles = [all, ...pairs.values().map(leadingRole)].filter((role) => role !== null);
  return { role: roles.reduce<Role>(higherRole, "maintain"), everywhere: all !== null, repositories };
}

function leadingRole({ sources }: Held): Role | null {
  const roles = sources.filter(({ source, role }) => source.kind !== "base" && roleRank(role) >= LEADING);
  return roles.length === 0 ? null : roles.map(({ role }) => role).reduce(higherRole);
}

const LEADING = roleRank("maintain");
