import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Of the heads of a pull request only the newest waits, and how many were done lately is known. */
export const pushBrake: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  "alter table job add column version text not null default ''",
  "create index door_pull_request on door (installation_id, repository_id, pull_request_number, opened_at)",
  `create table triage_run (
    installation_id bigint not null,
    repository_id bigint not null,
    pull_request_number bigint not null,
    account_id bigint,
    at timestamptz not null
  )`,
  "create index triage_run_recent on triage_run (installation_id, at)",
  "alter table triage_run enable row level security",
  `create policy own_installation on triage_run to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on triage_run to sallyport_tenant",
];
