import type { AuditHead } from "../../../access/audit-head.ts";
import type { AccessSnapshot, Role, Via } from "../../../access/grant.ts";
import type { AccountKey, RepositoryKey } from "../../../access/keys.ts";
import type { Instant } from "../../../clock.ts";
import type { Document, TenantRow } from "../engine/columns.ts";

/** What a snapshot says besides its lists, which are rows. */
export type SnapshotHead = Omit<AccessSnapshot, "accounts" | "owners" | "members" | "repositories" | "grants">;

export interface AuditTable extends TenantRow {
  readonly id: string;
  readonly taken_at: Instant;
  readonly about: Document<SnapshotHead>;
  readonly head: Document<Omit<AuditHead, "takenAt">>;
  /** While it is being stored nobody sees it; of an old one the snapshot's rows are gone. */
  readonly stage: "storing" | "whole" | "report";
}

/** An entry of a list; the other columns are read and written as JSON. */
export interface AuditRow extends TenantRow {
  readonly audit_id: string;
  /** Its place in its list, from 0. */
  readonly nr: number;
}

/** One text of a report; see `piecesOf`. */
export interface AuditPieceTable extends AuditRow {
  readonly piece: string;
}

/** The columns as JSON: ids are the keys of the graph. */
export interface AuditAccount {
  readonly id: AccountKey;
  readonly login: string;
  readonly kind: "user" | "bot";
  readonly owner: boolean;
  readonly member: boolean;
}

export interface AuditGrant {
  readonly account: AccountKey;
  readonly repository: RepositoryKey;
  readonly role: Role;
  readonly via: Via;
  readonly team: string | null;
}
