import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What the reading of an account's own repositories ties it by: keyed hashes of its signing keys, merges of a ring. They go with the history that showed them. */
export const accountTies: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  `create table account_tie (
    installation_id bigint not null,
    account_id bigint not null,
    reader text not null,
    kind text not null,
    mark text not null,
    author_id bigint,
    merger_id bigint,
    count integer not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (installation_id, account_id, reader, kind, mark),
    foreign key (installation_id, account_id, reader)
      references account_history (installation_id, account_id, reader) on delete cascade
  )`,
  "create index account_tie_mark on account_tie (installation_id, kind, mark)",
  "alter table account_tie enable row level security",
  `create policy own_installation on account_tie to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on account_tie to sallyport_tenant",
];
