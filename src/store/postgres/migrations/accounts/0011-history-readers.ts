import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What git and what the API showed of an account's histories stand beside one another; so far it was git alone. */
export const historyReaders: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  "alter table account_history add column reader text not null default 'git' check (reader in ('git', 'api'))",
  "alter table account_history alter column reader drop default",
  "alter table account_history drop constraint account_history_pkey",
  "alter table account_history add primary key (installation_id, account_id, reader)",
];
