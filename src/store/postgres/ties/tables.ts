import type { Instant } from "../../../clock.ts";
import type { TieKind } from "../../../clusters/tie.ts";
import type { Reader } from "../../../history/traces/scan.ts";
import type { AccountId } from "../../../ids.ts";
import type { TenantRow } from "../engine/columns.ts";

export interface AccountTieTable extends TenantRow {
  /** Whose repositories were read. */
  readonly account_id: AccountId;
  readonly reader: Reader;
  readonly kind: TieKind;
  /** Of a key a keyed hash; of a merge who merged whose, as text. */
  readonly mark: string;
  /** Null for a key. */
  readonly author_id: AccountId | null;
  readonly merger_id: AccountId | null;
  readonly count: number;
  readonly first_at: Instant;
  readonly last_at: Instant;
}
