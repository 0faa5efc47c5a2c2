import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * What people write about accounts on pages: where it counts, who wrote it by the login of then, who agreed to a warning
 * and who took an entry back. Until now only tests wrote entries; a warning without a second person counts for nothing.
 */
export const localListEntries: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table local_list
      add column repository_id bigint,
      add column by_login text not null default '',
      add column confirmed_by bigint,
      add column withdrawn_at timestamptz`.execute(db);
  },
};
