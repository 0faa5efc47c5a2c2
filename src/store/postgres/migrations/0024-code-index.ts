import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Keyed hashes of an organisation's own code. They name no account and no file; the key is sealed. */
export const codeIndex: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  `create table code_index (
    installation_id bigint not null,
    key text not null,
    sealed_key text not null,
    hash_count integer not null,
    digest text not null,
    made_at timestamptz not null,
    imported_at timestamptz not null,
    primary key (installation_id, key)
  )`,
  "alter table code_index enable row level security",
  `create policy own_installation on code_index to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on code_index to sallyport_tenant",
  `create table code_index_piece (
    installation_id bigint not null,
    key text not null,
    nr integer not null,
    hashes text not null,
    primary key (installation_id, key, nr),
    foreign key (installation_id, key) references code_index (installation_id, key) on delete cascade
  )`,
  // Random bytes do not get smaller, and trying takes longer than reading them.
  "alter table code_index_piece alter column hashes set storage external",
  "alter table code_index_piece enable row level security",
  `create policy own_installation on code_index_piece to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on code_index_piece to sallyport_tenant",
];
