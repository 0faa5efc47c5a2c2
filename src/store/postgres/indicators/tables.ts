import type { Generated } from "kysely";
import type { Instant } from "../../../clock.ts";
import type { AccountId } from "../../../ids.ts";
import type { Tlp } from "../../../intel/entry.ts";
import type { TenantRow } from "../engine/columns.ts";

export interface IndicatorTable extends TenantRow {
  readonly id: Generated<number>;
  /** Of an address the account that was found to have it; null before. */
  readonly account_id: AccountId | null;
  /** Null for an entry that names an account. */
  readonly email_hash: string | null;
  readonly login: string | null;
  readonly source: string;
  readonly origin: string | null;
  readonly reference: string | null;
  readonly is_primary: boolean;
  readonly confidence: number | null;
  readonly tlp: Tlp;
  readonly reason: string | null;
  readonly at: Instant;
  readonly until: Instant;
  readonly imported_at: Instant;
  /** This and the next three are null until somebody here said that it is right; the last until a second one agreed. */
  readonly checked_by: AccountId | null;
  readonly checked_login: string | null;
  readonly checked_at: Instant | null;
  readonly check_reason: string | null;
  readonly confirmed_by: AccountId | null;
  /** A row that was taken back stays until its day, so that the same list does not bring it again. */
  readonly revoked_at: Instant | null;
  readonly revoke_reason: string | null;
}

export interface SignalCountTable extends TenantRow {
  readonly signal: string;
  /** `fired`, or what people said of the report. */
  readonly verdict: string;
  readonly count: number;
}
