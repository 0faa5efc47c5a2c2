import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * What GitHub said of access since the newest audit: a row for each source that was asked about, and one for each person
 * and each role that it named.
 */
export const liveAccess: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...TABLES, ...["live_source", "live_entry"].flatMap(wall)])
      await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const TABLES = [
  `create table live_source (
    installation_id bigint not null,
    kind text not null check (kind in ('team', 'repository', 'account', 'rules')),
    id bigint not null,
    asked_at timestamptz not null,
    label text not null,
    facts json not null,
    primary key (installation_id, kind, id)
  )`,
  `create table live_entry (
    installation_id bigint not null,
    kind text not null,
    source_id bigint not null,
    account bigint,
    repository bigint,
    label text not null,
    role text,
    facts json,
    foreign key (installation_id, kind, source_id) references live_source (installation_id, kind, id) on delete cascade
  )`,
  "create index live_entry_source on live_entry (installation_id, kind, source_id)",
  "create index live_entry_role on live_entry (installation_id, source_id) where repository is not null",
  "create index live_entry_account on live_entry (account, installation_id)",
  "create index live_entry_repository on live_entry (repository, installation_id)",
];

const wall = (table: string): readonly string[] => [
  `alter table ${table} enable row level security`,
  `create policy own_installation on ${table} to sallyport_tenant using (${OWN}) with check (${OWN})`,
  `grant select, insert, update, delete on ${table} to sallyport_tenant`,
];
