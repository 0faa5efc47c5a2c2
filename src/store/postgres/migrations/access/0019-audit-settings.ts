import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What an audit read beside roles (rules, secrets by name, Apps, tokens), a row an entry; and default branches. */
export const auditSettings: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  `create table audit_setting (
    installation_id bigint not null,
    audit_id text references audit (id) on delete cascade,
    nr bigint,
    list text not null,
    repository bigint,
    account bigint,
    entry text not null,
    primary key (audit_id, nr)
  )`,
  "create index audit_setting_repository on audit_setting (audit_id, repository)",
  "create index audit_setting_account on audit_setting (account, audit_id)",
  "alter table audit_setting enable row level security",
  `create policy own_installation on audit_setting to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on audit_setting to sallyport_tenant",
  "alter table audit_repository add column default_branch text",
];
