import type { AuditHead } from "../../../access/audit-head.ts";
import type { Standing } from "../../../access/effective.ts";
import type { AccessRepository, AccessSettings, AccessSnapshot, Role, Via } from "../../../access/grant.ts";
import type { Referral } from "../../../access/lines/grant-record.ts";
import type { Instant } from "../../../clock.ts";
import type { AccountId, RepositoryId } from "../../../ids.ts";
import type { Document, TenantRow } from "../engine/columns.ts";

export type SettingList = keyof AccessSettings;

/** What a snapshot says besides its lists, which are rows. */
export type SnapshotHead = Omit<
  AccessSnapshot,
  "accounts" | "owners" | "members" | "repositories" | "grants" | SettingList
> & {
  /** Which lists of settings were read; absent in audits that were stored before any was. */
  readonly read?: readonly SettingList[];
};

export interface AuditTable extends TenantRow {
  readonly id: string;
  readonly taken_at: Instant;
  readonly about: Document<SnapshotHead>;
  readonly head: Document<Omit<AuditHead, "takenAt">>;
  /** While it is being stored nobody sees it; of an old one the snapshot's rows are gone. */
  readonly stage: "storing" | "whole" | "report";
}

interface AuditRow extends TenantRow {
  readonly audit_id: string;
  /** Its place in its list, from 0. */
  readonly nr: number;
}

/** One text of a report; see `piecesOf`. */
interface AuditPieceTable extends AuditRow {
  readonly piece: string;
}

export interface AuditAccount {
  readonly id: AccountId;
  readonly login: string;
  readonly kind: "user" | "bot";
  readonly owner: boolean;
  readonly member: boolean;
}

export type AuditRepository = Omit<AccessRepository, "id" | "defaultBranch"> & {
  readonly id: RepositoryId;
  readonly default_branch: string | null;
};

/** One entry of a list beside roles, as its JSON. */
export interface AuditSetting {
  readonly list: SettingList;
  /** Null where it is about none, or about several. */
  readonly repository: RepositoryId | null;
  readonly account: AccountId | null;
  readonly entry: string;
}

export interface AuditGrant {
  readonly account: AccountId;
  readonly repository: RepositoryId;
  readonly role: Role;
  readonly via: Via;
  readonly team: string | null;
}

/** An account that holds anything, as lists are searched and sorted by it. */
export interface AuditHolder {
  readonly account: AccountId;
  readonly login: string;
  readonly kind: "user" | "bot";
  readonly standing: Standing;
  /** `roleRank` of the strongest role. */
  readonly role_rank: number;
  readonly writes: number;
  /** Kinds of paths, each between commas. */
  readonly vias: string;
  /** The same of what it holds everywhere; 0 for nothing. */
  readonly everywhere_rank: number;
}

/** An audit that is being read. */
interface AuditReadingTable extends TenantRow {
  readonly id: string;
  readonly started_at: Instant;
  readonly repositories: number;
  readonly of_repositories: number | null;
  readonly paused_until: Instant | null;
}

/** What GitHub answered to it. */
interface AuditAnswerTable extends TenantRow {
  /** A hash of what was asked. */
  readonly question: string;
  readonly answer: string;
}

/** See `Referral`; repository 0 is the organisation itself. */
interface ReferralTable extends TenantRow {
  readonly account_id: AccountId;
  readonly by_account_id: AccountId;
  readonly repository_id: RepositoryId | 0;
  readonly role: Referral["role"];
  readonly at: Instant;
}

type AuditHolderTable = AuditRow & AuditHolder;
type AuditAccountTable = AuditRow & AuditAccount;
type AuditRepositoryTable = AuditRow & AuditRepository;
type AuditGrantTable = AuditRow & AuditGrant;
type AuditSettingTable = AuditRow & AuditSetting;

/** Tables of this folder, by name. */
export interface AuditTables {
  readonly audit: AuditTable;
  readonly audit_piece: AuditPieceTable;
  readonly audit_holder: AuditHolderTable;
  readonly audit_account: AuditAccountTable;
  readonly audit_repository: AuditRepositoryTable;
  readonly audit_grant: AuditGrantTable;
  readonly audit_setting: AuditSettingTable;
  readonly audit_reading: AuditReadingTable;
  readonly audit_answer: AuditAnswerTable;
  readonly referral: ReferralTable;
}
