import type { Severity } from "../change/severity.ts";
import { canWrite, higherRole, isPersonal, type Role, type Via } from "../dossier/role.ts";

/**
 * Write or more that an account from outside the organisation was given itself, the highest role per repository. The
 * one rule behind `acc-direct-outside-grant` and the weekly audit's lines; whether the account is from outside is the
 * caller's to know, by the list of members and not by what a source is called.
 */
export function outsideWrite<Repository>(
  grants: Iterable<{ readonly repository: Repository; readonly role: Role; readonly via: Via }>,
): ReadonlyMap<Repository, Role> {
  const highest = new Map<Repository, Role>();
  for (const { repository, role, via } of grants)
    if (isPersonal(via) && canWrite(role)) highest.set(repository, higherRole(role, highest.get(repository) ?? role));
  return highest;
}

/** An admin from outside can let others in. */
export const outsideSeverity = (role: Role): Severity => (role === "admin" ? "high" : "medium");
