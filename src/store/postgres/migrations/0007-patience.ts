import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Attempts count what a job does wrong. What took the process down, and what the world kept from being done, is counted
 * beside them; a circuit is open while GitHub does not answer, for everybody (0) or for one installation.
 */
export const patience: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  "alter table job add column crashes smallint not null default 0",
  "alter table job add column waits smallint not null default 0",
  "alter table job add column contested boolean not null default false",
  "create index job_held on job (lane, id) where state = 'waiting' and due_at = 'infinity'",
  "create index job_crashed on job (due_at) where state = 'waiting' and crashes > 0",
  "alter table delivery add column claim integer not null default 0",
  "alter table delivery add column unfinished smallint not null default 0",
  "alter table delivery add column because text",
  // Until now the attempts of a delivery counted its claims.
  "update delivery set attempt = 0 where state = 'waiting'",
  `create table circuit (
    scope bigint primary key,
    because text not null,
    opened_at timestamptz not null default now(),
    probes smallint not null default 0,
    probe_at timestamptz not null
  )`,
];
