import type { Assessment } from "../assessment/assessment.ts";
import { BAND_BITS } from "../assessment/bands.ts";
import type { Dossier } from "../dossier/dossier.ts";
import { canWrite, type Role } from "../dossier/role.ts";
import type { DeepScan } from "./policy.ts";

/**
 * Whether the histories of the account's own repositories are worth reading: when the change is grave, when write is
 * held or about to be, or when what is known already is worth knowing (SIGNALS.md §6.10). Looking further at
 * everybody would be more than the question needs. False once they are known.
 */
export function wantsDeepScan(
  { subject, sections }: Dossier,
  { persona, change }: Pick<Assessment, "persona" | "change">,
  { when, role }: { readonly when: DeepScan; readonly role: Role | null },
): boolean {
  if (when === "never" || subject.kind !== "user" || subject.accountId === null) return false;
  if (sections["history.scan"].state === "present") return false;
  if (when === "always") return true;
  const grave = change.level === "high" || change.level === "critical";
  return grave || (role !== null && canWrite(role)) || persona.bits >= BAND_BITS.note;
}
