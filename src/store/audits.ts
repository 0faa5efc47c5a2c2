import type { AuditedAccount } from "../access/audit.ts";
import type { KeptAudit } from "../access/audit-head.ts";
import type { AccessSettings, AccessSnapshot } from "../access/grant.ts";
import type { HolderPage, HolderQuery } from "../access/holders/listed.ts";
import type { Instant } from "../clock.ts";
import type { AccountId, RepositoryId } from "../ids.ts";
import type { StoredAudit } from "./records.ts";

/** A long list of accounts, most of a large report, is empty then; what some of them hold is `holdings`' to say. */
export type ReportPart = "without accounts";

/** The weekly audits of one installation. Nobody sees one before the whole of it is stored. */
export interface TenantAudits {
  /** Keeps the snapshots that a later audit may be compared with; of older audits the reports alone. */
  saveAudit(audit: StoredAudit): Promise<void>;
  /** The report of the newest one, in the shape that the release which stored it gave it. */
  latestReport(part?: ReportPart): Promise<{ readonly id: string; readonly report: unknown } | null>;
  /** The same of one that `auditHeads` names; null when it is gone. */
  auditReport(id: string, part?: ReportPart): Promise<{ readonly id: string; readonly report: unknown } | null>;
  latestAuditAt(): Promise<Instant | null>;
  /** Newest first. */
  auditHeads(limit: number): Promise<readonly KeptAudit[]>;
  /** The newest snapshot that was taken at or before a moment. */
  latestSnapshot(takenBy: Instant): Promise<AccessSnapshot | null>;
  /**
   * Those who hold anything by the newest audit, or by the one that `of` names, a page of them; null where there is none,
   * where it was stored by a release that did not keep them apart, and where it is so old that only its report is left. The answer is that of `holdersIn`, without the report being read, and
   * without the single roles that ownership or the base permission alone gives, which `everywhere` says.
   */
  holders(query: HolderQuery, of?: string): Promise<(HolderPage & { readonly audit: string }) | null>;
  /** What some accounts hold by the newest audit, and the owners with them; rows of `everywhere` alone are not listed. */
  holdings(accounts: readonly AccountId[]): Promise<readonly AuditedAccount[]>;
  /**
   * What the newest snapshot says of one account, and what GitHub said since (`TenantLive`): its standing, every source of its roles, and the repositories those
   * are on, `repository` with them; of one that writes to every repository the first `MAX_FLAGS_PER_ACCOUNT`, and of one
   * that would, where `becomes` says how it will belong to the organisation. Null before the first audit.
   */
  rolesOf(
    account: AccountId,
    repository: RepositoryId | null,
    becomes?: "owner" | "member",
  ): Promise<AccessSnapshot | null>;
  /**
   * What the newest snapshot says of one repository, and what GitHub said since: who holds a role there of its own, with the owners, at most 1,000
   * accounts; whoever has one by the base permission alone is left out. Null when neither knows the repository.
   */
  rolesOn(repository: RepositoryId): Promise<AccessSnapshot | null>;
  /**
   * What the newest snapshot says beside roles about some repositories, and about none in particular: rules, secrets by
   * name, teams, Apps. A list that was not read is absent. Null before the first audit.
   */
  settingsOn(repositories: readonly RepositoryId[]): Promise<AccessSettings | null>;
}
