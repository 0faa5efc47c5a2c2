import type { Generated } from "kysely";
import type { Flag, FlagState } from "../../access/flag.ts";
import type { Assessment } from "../../assessment/assessment.ts";
import type { Instant } from "../../clock.ts";
import type { HistorySections } from "../../dossier/collect-histories.ts";
import type { Dossier } from "../../dossier/dossier.ts";
import type { Role, Via } from "../../dossier/role.ts";
import type { Reader } from "../../history/traces/scan.ts";
import type { AccountId, RepositoryId } from "../../ids.ts";
import type { Installation, PullRequestSweep, Report, StoredPolicy, TrailEntry } from "../store.ts";
import type { AuditTables } from "./audits/tables.ts";
import type { CodeIndexTables } from "./code-index/tables.ts";
import type { Document, TenantRow } from "./engine/columns.ts";
import type { IndicatorTable, SignalCountTable } from "./indicators/tables.ts";
import type { LiveEntryTable, LiveSourceTable } from "./live/tables.ts";
import type { CircuitTable, DeliveryTable, JobTable, ScheduleTable } from "./queue/work-tables.ts";
import type {
  ExposureDecisionTable,
  GrantRecordTable,
  LocalListTable,
  SubjectNoteTable,
  UnreviewedPushTable,
} from "./tenant/tables.ts";
import type { AccountTieTable } from "./ties/tables.ts";

export interface SessionTable {
  readonly id_hash: string;
  readonly account_id: AccountId | null;
  readonly data: string;
  readonly expires_at: Instant;
}

export interface InstallationTable extends TenantRow {
  readonly account_id: AccountId;
  readonly account_login: string;
  readonly account_type: string;
  readonly permissions: Document<Installation["permissions"]>;
  readonly paused: Generated<boolean>;
  readonly rights_generation: Generated<number>;
  readonly publication: Generated<"shadow" | "live">;
  readonly created_at: Instant;
}

export interface PolicyTable extends TenantRow {
  /** 0 for the organisation's own. */
  readonly repository_id: number;
  readonly document: Document<StoredPolicy>;
}

export interface DoorTable extends TenantRow {
  readonly ref: string;
  readonly repository_id: RepositoryId;
  readonly repository_owner: string;
  readonly repository_name: string;
  readonly head_sha: string;
  readonly pull_request_number: number;
  readonly check_run_id: number | null;
  readonly opened_at: Generated<Instant>;
}

export interface ReportTable extends TenantRow {
  readonly id: string;
  /** What a later report of the same kind replaces: subject, head and engine. */
  readonly subject: string;
  readonly repository_id: RepositoryId;
  readonly pull_request_number: number | null;
  readonly head_sha: string | null;
  readonly account_id: AccountId | null;
  readonly created_at: Instant;
  readonly closed_at: Instant | null;
  readonly evidence_erased: Generated<boolean>;
  readonly head: Document<ReportHead>;
  readonly assessment: Document<Assessment>;
  readonly dossier: Document<Dossier>;
  readonly reviewed: Document<NonNullable<Report["reviewed"]>> | null;
}

/** What a report says besides its columns. */
export type ReportHead = Pick<
  Report,
  "kind" | "repositoryOwner" | "repositoryName" | "pullRequest" | "login" | "engine" | "decision"
>;

export interface BandCountTable extends TenantRow {
  readonly month: string;
  readonly persona: string;
  readonly change: string;
  readonly access: string;
  readonly count: number;
}

export interface AccountCacheTable extends TenantRow {
  readonly account_id: AccountId;
  readonly sections: Document<Partial<Dossier["sections"]>>;
  readonly at: Instant;
}

export interface TriageRunTable extends TenantRow {
  readonly repository_id: RepositoryId;
  readonly pull_request_number: number;
  readonly account_id: AccountId | null;
  readonly at: Instant;
}

export interface PullRequestSweepTable extends TenantRow {
  readonly due_at: Instant;
  readonly under_way: Document<NonNullable<PullRequestSweep["underWay"]>> | null;
  readonly open_count: number;
  readonly complete_until: Instant | null;
  readonly whole_at: Instant | null;
}

export interface AccountHistoryTable extends TenantRow {
  readonly account_id: AccountId;
  /** What read them. Beside one another, so that what the API was asked never decides what git asks. */
  readonly reader: Reader;
  /** The repositories and heads that were read; the same ones are not read again. */
  readonly heads: string;
  readonly sections: Document<HistorySections>;
  readonly at: Instant;
}

export interface AccountSnapshotTable extends TenantRow {
  readonly account_id: AccountId;
  readonly at: Instant;
  readonly login_hash: string;
  readonly owned_count: number;
}

export interface FlagTable extends TenantRow {
  readonly id: string;
  readonly repository_id: RepositoryId;
  readonly repository_name: string;
  readonly account_id: AccountId;
  readonly login: string;
  readonly role: Role;
  readonly via: Via;
  readonly band: Flag["band"];
  readonly because: string;
  readonly report_id: string;
  readonly raised_at: Instant;
  readonly stage: FlagState["kind"];
  readonly state: Document<FlagState>;
  readonly told_at: Generated<Instant | null>;
}

export interface TrailTable extends TenantRow {
  readonly seq: number;
  readonly at: Instant;
  readonly actor_id: AccountId | null;
  readonly act: TrailEntry["act"];
  readonly target: string;
  readonly reason: string | null;
  readonly previous_hash: string;
  readonly hash: string;
}

/** Every table, by name. */
export interface Tables extends AuditTables, CodeIndexTables {
  readonly delivery: DeliveryTable;
  readonly job: JobTable;
  readonly circuit: CircuitTable;
  readonly schedule: ScheduleTable;
  readonly session: SessionTable;
  readonly program_state: { readonly name: string; readonly value: string };
  readonly installation: InstallationTable;
  readonly policy: PolicyTable;
  readonly door: DoorTable;
  readonly report: ReportTable;
  readonly band_count: BandCountTable;
  readonly account_cache: AccountCacheTable;
  readonly triage_run: TriageRunTable;
  readonly pull_request_sweep: PullRequestSweepTable;
  readonly account_history: AccountHistoryTable;
  readonly account_tie: AccountTieTable;
  readonly account_snapshot: AccountSnapshotTable;
  readonly local_list: LocalListTable;
  readonly indicator: IndicatorTable;
  readonly signal_count: SignalCountTable;
  readonly subject_note: SubjectNoteTable;
  readonly exposure_decision: ExposureDecisionTable;
  readonly grant_record: GrantRecordTable;
  readonly flag: FlagTable;
  readonly unreviewed_push: UnreviewedPushTable;
  readonly live_source: LiveSourceTable;
  readonly live_entry: LiveEntryTable;
  readonly trail: TrailTable;
}

/** Tables whose rows belong to one installation, the trail last. Row-level security guards each. */
export const TENANT_TABLES = [
  "installation",
  "policy",
  "door",
  "report",
  "band_count",
  "triage_run",
  "pull_request_sweep",
  "account_cache",
  "account_tie",
  "account_history",
  "account_snapshot",
  "local_list",
  "indicator",
  "signal_count",
  "subject_note",
  "exposure_decision",
  "grant_record",
  "referral",
  "flag",
  "unreviewed_push",
  "audit_piece",
  "audit_holder",
  "audit_account",
  "audit_repository",
  "audit_grant",
  "audit_setting",
  "audit",
  "audit_answer",
  "audit_reading",
  "live_entry",
  "live_source",
  "code_index_piece",
  "code_index",
  "trail",
] as const satisfies readonly (keyof Tables)[];
