import type { Instant } from "../clock.ts";
import type { AccessAudit } from "./audit.ts";
import { isOpen } from "./exposure-decision.ts";

/** One audit in a line: what a trend over many of them needs. */
export interface AuditHead {
  readonly takenAt: Instant;
  readonly writers: number;
  /** This and the next are null when nobody looked. */
  readonly outside: number | null;
  readonly dormant: number | null;
}

/** A kept audit in a line, with the id that opens it. */
export interface KeptAudit extends AuditHead {
  readonly id: string;
}

export const headOf = (audit: AccessAudit): AuditHead => ({
  takenAt: audit.takenAt,
  writers: audit.summary.accountsWithWrite,
  outside: audit.summary.outsideAccountsWithWrite,
  dormant: dormantCount(audit),
});

/** Accounts called dormant of whom nobody has decided, or null when the audit could not tell. */
export function dormantCount({ notChecked, exposure }: AccessAudit): number | null {
  if (notChecked.some(({ what }) => what.includes("dormant"))) return null;
  return exposure.filter((line) => line.kind === "acc-dormant-privilege" && isOpen(line)).length;
}
