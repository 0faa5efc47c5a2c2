import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What the histories of an account's own repositories showed, behind the tenant's wall like all the rest. */
export const accountHistories: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  `create table account_history (
    installation_id bigint not null,
    account_id bigint not null,
    heads text not null,
    sections json not null,
    at timestamptz not null,
    primary key (installation_id, account_id)
  )`,
  "alter table account_history enable row level security",
  `create policy own_installation on account_history to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on account_history to sallyport_tenant",
];
