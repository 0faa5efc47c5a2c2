import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * The ledger of grants: who gave one, and what owners wrote about why and how long. And who holds anything by an audit, as
 * rows: a page that searches 10,000 of them read and checked the whole report.
 */
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
  `create table audit_holder (
    installation_id bigint not null,
    audit_id text references audit (id) on delete cascade,
    nr bigint,
    account bigint not null,
    login text not null,
    kind text not null,
    standing text not null,
    role_rank integer not null,
    writes integer not null,
    vias text not null,
    everywhere_rank integer not null,
    primary key (audit_id, nr)
  )`,
  "alter table audit_holder enable row level security",
  `create policy own_installation on audit_holder to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on audit_holder to sallyport_tenant",
];
