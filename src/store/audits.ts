import type { Instant } from "../clock.ts";
import type { StoredAudit } from "./records.ts";

/** The weekly audits of one installation. */
export interface TenantAudits {
  saveAudit(audit: StoredAudit): Promise<void>;
  /** The newest one, or the newest taken at or before a moment; each is large, so whoever needs a part reads that. */
  latestAudit(takenBy?: Instant): Promise<StoredAudit | null>;
  latestSnapshot(takenBy?: Instant): Promise<Pick<StoredAudit, "takenAt" | "snapshot"> | null>;
  latestAuditAt(): Promise<Instant | null>;
  audits(limit: number): Promise<readonly Omit<StoredAudit, "snapshot">[]>;
}
