import type { Instant } from "../../../clock.ts";
import type { TenantRow } from "../engine/columns.ts";

interface CodeIndexTable extends TenantRow {
  /** Fingerprint of the key. */
  readonly key: string;
  readonly sealed_key: string;
  readonly hash_count: number;
  readonly digest: string;
  readonly made_at: Instant;
  readonly imported_at: Instant;
}

export interface CodeIndexTables {
  readonly code_index: CodeIndexTable;
  readonly code_index_piece: CodeIndexPieceTable;
}

interface CodeIndexPieceTable extends TenantRow {
  readonly key: string;
  /** Its place, from 0. */
  readonly nr: number;
  /** Sorted hashes, base 64. */
  readonly hashes: string;
}
