import type { Instant } from "../clock.ts";
import type { BesideGrants } from "./beside-grants/schema.ts";
import type { AccessChanges } from "./compare-access.ts";
import type { Source, Standing } from "./effective.ts";
import type { AccessRepository, AccessSnapshot, NotChecked, Role } from "./grant.ts";
import type { Invitation } from "./invitation.ts";
import type { AccountKey, RepositoryKey } from "./keys.ts";
import type { Exposure } from "./lines/kinds.ts";
import type { AuditSummary } from "./summary.ts";

/** How long an audit is kept, and how far back its page draws the weeks. */
export const AUDIT_WEEKS = 26;

/** Who can change what in one organisation, what changed, what waits for a decision and what nobody looked at. */
export interface AccessAudit {
  readonly schema: "sallyport.audit/1";
  readonly organization: AccessSnapshot["organization"];
  readonly takenAt: Instant;
  readonly summary: AuditSummary;
  /** Accounts that hold anything, by id. */
  readonly accounts: readonly AuditedAccount[];
  /** Null when there was no earlier snapshot to compare with; `notChecked` says so when there was one that shows other parts. */
  readonly changes: AccessChanges | null;
  /** Standing exposure, most severe first. */
  readonly exposure: readonly Exposure[];
  /** Flags of grants that exist or existed; open ones wait for a decision. */
  readonly flags: readonly AuditFlag[];
  /** Invitations to the organisation that wait, gravest role first; null when nobody looked. */
  readonly invitations: readonly Invitation[] | null;
  /**
   * What can write, or will, without being a grant of an account: deploy keys, Apps, tokens, invitations to single
   * repositories, roles of the organisation. A list that nobody read is absent, and so is all of it in older audits.
   */
  readonly beside?: BesideGrants;
  readonly notChecked: readonly NotChecked[];
  /** What the ids in this report are called, every id once, by id; a name is a label and can change hands. */
  readonly labels: {
    readonly accounts: readonly { readonly id: AccountKey; readonly login: string }[];
    readonly repositories: readonly AccessRepository[];
  };
}

export interface AuditedAccount {
  readonly account: AccountKey;
  readonly login: string;
  readonly kind: "user" | "bot";
  readonly standing: Standing;
  /** What ownership or the base permission gives on every active repository; null for neither. */
  readonly everywhere: { readonly role: Role; readonly via: readonly Source[] } | null;
  /** Effective roles by repository id; see `summary.listedGrants` for when `everywhere` stands for rows. */
  readonly effective: readonly {
    readonly repository: RepositoryKey;
    readonly role: Role;
    readonly via: readonly Source[];
  }[];
}

/** One flag as the audit shows it. */
export interface AuditFlag {
  readonly id: string;
  readonly account: AccountKey;
  readonly login: string;
  readonly repository: RepositoryKey;
  readonly repositoryName: string;
  readonly role: Role;
  readonly via: Source["kind"];
  readonly because: string;
  readonly raisedAt: Instant;
  readonly state: "open" | "acknowledged" | "grant_gone";
}
