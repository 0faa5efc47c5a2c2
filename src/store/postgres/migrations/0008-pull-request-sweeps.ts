import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** How far the look at an installation's open pull requests is, when the next is due, and since when nothing was missed. */
export const pullRequestSweeps: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  `create table pull_request_sweep (
    installation_id bigint primary key,
    due_at timestamptz not null,
    under_way json,
    open_count bigint not null,
    complete_until timestamptz,
    whole_at timestamptz
  )`,
  "alter table pull_request_sweep enable row level security",
  `create policy own_installation on pull_request_sweep to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on pull_request_sweep to sallyport_tenant",
  "create index report_open on report (installation_id, repository_id, pull_request_number) where closed_at is null",
];
