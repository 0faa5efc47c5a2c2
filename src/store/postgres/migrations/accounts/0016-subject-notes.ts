import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What owners say is wrong in what is kept about an account, behind the tenant's wall like all the rest. */
export const subjectNotes: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  `create table subject_note (
    id bigint generated always as identity primary key,
    installation_id bigint not null,
    account_id bigint not null,
    text text not null,
    by_account_id bigint not null,
    by_login text not null,
    at timestamptz not null
  )`,
  "create index subject_note_account on subject_note (installation_id, account_id)",
  "alter table subject_note enable row level security",
  `create policy own_installation on subject_note to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on subject_note to sallyport_tenant",
];
