import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** An audit that is being read, and what GitHub has answered to it so far. */
export const auditReadings: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...TABLES, ...["audit_reading", "audit_answer"].flatMap(wall)])
      await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const TABLES = [
  `create table audit_reading (
    installation_id bigint primary key,
    id text not null,
    started_at timestamptz not null,
    repositories integer not null,
    of_repositories integer,
    paused_until timestamptz
  )`,
  // A question is a hash, because questions may be longer than an index holds.
  `create table audit_answer (
    installation_id bigint not null references audit_reading (installation_id) on delete cascade,
    question text not null,
    answer text not null,
    primary key (installation_id, question)
  )`,
];

const wall = (table: string): readonly string[] => [
  `alter table ${table} enable row level security`,
  `create policy own_installation on ${table} to sallyport_tenant using (${OWN}) with check (${OWN})`,
  `grant select, insert, update, delete on ${table} to sallyport_tenant`,
];
