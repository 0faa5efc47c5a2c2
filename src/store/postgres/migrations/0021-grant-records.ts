import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** The ledger of grants: who gave one, and what owners wrote about why and how long. */
export const grantRecords: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  `create table grant_record (
    installation_id bigint not null,
    account_id bigint not null,
    repository_id bigint not null,
    given_by bigint,
    given_login text,
    given_at timestamptz,
    given_role text,
    reason text,
    until timestamptz,
    noted_by bigint,
    noted_login text,
    noted_at timestamptz,
    seen_at timestamptz not null,
    primary key (installation_id, account_id, repository_id)
  )`,
  "create index grant_record_repository on grant_record (installation_id, repository_id)",
  "alter table grant_record enable row level security",
  `create policy own_installation on grant_record to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on grant_record to sallyport_tenant",
];
