import type { ColumnType } from "kysely";
import type { InstallationId } from "../../../ids.ts";

/** A document column: read parsed, written as text. `json` and not `jsonb`, which refuses the NUL escapes people may send. */
export type Document<T> = ColumnType<T, string, string>;

/** A row of one installation. */
export interface TenantRow {
  readonly installation_id: InstallationId;
}
