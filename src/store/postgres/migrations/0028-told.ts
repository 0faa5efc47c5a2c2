import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** When those who are told at once were told of a flag, or of an alert's push; null while they were not. */
export const told: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  "alter table flag add column told_at timestamptz",
  "alter table unreviewed_push add column told_at timestamptz",
  // Of what there is nothing is told anew.
  "update flag set told_at = raised_at",
  "update unreviewed_push set told_at = seen_at",
];
