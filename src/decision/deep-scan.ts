import type { Dossier } from "../dossier/dossier.ts";
import { canWrite, type Role } from "../dossier/role.ts";
import type { DeepScan } from "./policy.ts";

/** What anybody concerned knows: neither an assessment nor a finding can be passed in. */
export interface ScanCriteria {
  readonly when: DeepScan;
  /** The strongest role that the account holds here or is given; null for none. */
  readonly role: Role | null;
  /** The pull request is the account's first one here. */
  readonly firstHere: boolean;
}

/**
 * Whether git asks for the account's own repositories. GitHub shows every owner the clones of his repositories day by
 * day, so this follows from public criteria alone: a first contribution, or write access held or given. Who was found
 * notable is not asked more, nor more often, than anybody else. False once the histories are known.
 */
export function wantsDeepScan({ subject, sections }: Dossier, { when, role, firstHere }: ScanCriteria): boolean {
  if (when === "never" || subject.kind !== "user" || subject.accountId === null) return false;
  if (sections["history.scan"].state === "present") return false;
  return when === "always" || firstHere || (role !== null && canWrite(role));
}
