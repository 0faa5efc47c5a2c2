import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What owners decided about lines of standing exposure, and how much each line reached then. */
export const exposureDecisions: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  `create table exposure_decision (
    id bigint generated always as identity primary key,
    installation_id bigint not null,
    kind text not null,
    account_id bigint,
    repository_id bigint,
    role text not null,
    account_count integer,
    repository_count integer,
    everywhere boolean not null,
    outcome text not null,
    reason text not null,
    by_account_id bigint not null,
    by_login text not null,
    at timestamptz not null,
    until timestamptz not null
  )`,
  "create index exposure_decision_tenant on exposure_decision (installation_id, until)",
  "alter table exposure_decision enable row level security",
  `create policy own_installation on exposure_decision to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on exposure_decision to sallyport_tenant",
];
