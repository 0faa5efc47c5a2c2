import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** A job's rank tells who goes first: 0 checks and labels, 1 what somebody waits for, 2 what has time. */
export const jobRank: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  "alter table job add column rank smallint not null default 1",
  "update job set rank = 0 where kind in ('publish-sealed-check', 'label-pull-request')",
  `update job set rank = 2 where kind in ('assess-holder', 'audit-organization', 'deep-scan-account',
    'read-histories', 'reseal-repository', 'sweep-installation', 'sweep-retention')`,
  "drop index job_lane",
  "create index job_lane on job (lane, rank, due_at, id) where state = 'waiting'",
];
