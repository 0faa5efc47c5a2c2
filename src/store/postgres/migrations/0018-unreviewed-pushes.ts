import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Pushes that no merged pull request brought, one row a head of a branch. Those of one burst share an alert. */
export const unreviewedPushes: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  `create table unreviewed_push (
    id text primary key,
    installation_id bigint not null,
    repository_id bigint not null,
    repository_owner text not null,
    repository_name text not null,
    branch text not null,
    head_sha text not null,
    alert_id text,
    stage text not null,
    state json not null,
    marks json not null,
    document json not null,
    seen_at timestamptz not null,
    unique (installation_id, repository_id, branch, head_sha)
  )`,
  "create index unreviewed_push_alert on unreviewed_push (installation_id, stage, seen_at)",
  "alter table unreviewed_push enable row level security",
  `create policy own_installation on unreviewed_push to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on unreviewed_push to sallyport_tenant",
];
