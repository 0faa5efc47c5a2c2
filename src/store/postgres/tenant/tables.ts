import type { Generated } from "kysely";
import type { Outcome } from "../../../access/flag.ts";
import type { ExposureKind } from "../../../access/lines/kinds.ts";
import type { Instant } from "../../../clock.ts";
import type { PushState, UnreviewedPush } from "../../../decision/unreviewed-push.ts";
import type { LocalList } from "../../../dossier/facts.ts";
import type { Role } from "../../../dossier/role.ts";
import type { AccountId, RepositoryId } from "../../../ids.ts";
import type { Document, TenantRow } from "../engine/columns.ts";

export interface UnreviewedPushTable extends TenantRow {
  readonly id: string;
  readonly repository_id: RepositoryId;
  readonly repository_owner: string;
  readonly repository_name: string;
  readonly branch: string;
  readonly head_sha: string;
  /** Null where nobody has to look. */
  readonly alert_id: string | null;
  readonly stage: PushState["kind"];
  readonly state: Document<PushState>;
  readonly marks: Document<readonly string[]>;
  /** What the push brought, besides its columns. */
  readonly document: Document<
    Pick<UnreviewedPush, "before" | "level" | "complete" | "findings" | "findingsLeftOut" | "notChecked">
  >;
  readonly seen_at: Instant;
  readonly told_at: Generated<Instant | null>;
}

export interface GrantRecordTable extends TenantRow {
  readonly account_id: AccountId;
  readonly repository_id: RepositoryId;
  /** This and the next three are null where no delivery told who gave it. */
  readonly given_by: AccountId | null;
  readonly given_login: string | null;
  readonly given_at: Instant | null;
  readonly given_role: Role | null;
  /** This and the next four are null where no owner wrote anything; `until` for no end, too. */
  readonly reason: string | null;
  readonly until: Instant | null;
  readonly noted_by: AccountId | null;
  readonly noted_login: string | null;
  readonly noted_at: Instant | null;
  /** When it was last known to stand. */
  readonly seen_at: Instant;
}

export interface ExposureDecisionTable extends TenantRow {
  readonly id: Generated<number>;
  readonly kind: ExposureKind;
  /** This and the next are null where the line is about several. */
  readonly account_id: AccountId | null;
  readonly repository_id: RepositoryId | null;
  readonly role: Role;
  readonly account_count: number | null;
  readonly repository_count: number | null;
  readonly everywhere: boolean;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly by_account_id: AccountId;
  readonly by_login: string;
  readonly at: Instant;
  readonly until: Instant;
}

export interface LocalListTable extends TenantRow {
  readonly id: Generated<number>;
  readonly account_id: AccountId;
  readonly disposition: LocalList["entries"][number]["disposition"];
  readonly reason: string;
  readonly by_account_id: AccountId;
  readonly by_login: string;
  /** Null for all of the organisation. */
  readonly repository_id: RepositoryId | null;
  readonly at: Instant;
  readonly until: Instant;
  /** The second person behind a warning; null for none yet, and for a vouch. */
  readonly confirmed_by: AccountId | null;
  readonly withdrawn_at: Instant | null;
}

export interface SubjectNoteTable extends TenantRow {
  readonly id: Generated<number>;
  readonly account_id: AccountId;
  readonly text: string;
  readonly by_account_id: AccountId;
  readonly by_login: string;
  readonly at: Instant;
}
