import { daysBetween, type Instant } from "../clock.ts";
import type { LastActivity } from "../dossier/facts.ts";
import { canWrite, type Role } from "../dossier/role.ts";

/** Whether what an account may write goes unused; `because` says in words why nobody can tell. */
export type PrivilegeUse =
  | { readonly state: "used" }
  | { readonly state: "unused"; readonly quietDays: number }
  | { readonly state: "unknown"; readonly because: string };

/**
 * Judges the strongest role an account holds by its last act in the organisation; whoever cannot write has nothing to
 * leave unused, and admins get half the days. The one rule behind `acc-dormant-privilege` and the weekly audit's line.
 */
export function privilegeUse(
  held: Role | null,
  { lastActAt, searchedSince, actsUnseen }: LastActivity,
  { asOf, dormantAfterDays }: { readonly asOf: Instant; readonly dormantAfterDays: number },
): PrivilegeUse {
  if (held === null || !canWrite(held)) return USED;
  const limitDays = held === "admin" ? dormantAfterDays / 2 : dormantAfterDays;
  const quietDays = daysBetween(lastActAt ?? searchedSince, asOf);
  if (quietDays >= limitDays)
    return actsUnseen
      ? { state: "unknown", because: "GitHub counts acts here that it does not show this App" }
      : { state: "unused", quietDays: Math.floor(quietDays) };
  // An account with no act found is only known to be quiet for as long as the search looked back.
  return lastActAt === null ? { state: "unknown", because: "the search did not look back far enough" } : USED;
}

const USED: PrivilegeUse = { state: "used" };
