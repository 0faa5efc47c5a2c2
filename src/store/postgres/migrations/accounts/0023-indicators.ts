import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * What lists that an organisation took in say of accounts, each entry with whose word it is and until when; and how often
 * each signal was right, by what people said of reports that are deleted since.
 */
export const indicators: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...TABLES, ...["indicator", "signal_count"].flatMap(wall)])
      await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const TABLES = [
  `create table indicator (
    id bigint generated always as identity primary key,
    installation_id bigint not null,
    account_id bigint,
    email_hash text,
    login text,
    source text not null,
    origin text,
    reference text,
    is_primary boolean not null,
    confidence integer,
    tlp text not null,
    reason text,
    at timestamptz not null,
    until timestamptz not null,
    imported_at timestamptz not null,
    checked_by bigint,
    checked_login text,
    checked_at timestamptz,
    check_reason text,
    confirmed_by bigint,
    revoked_at timestamptz,
    revoke_reason text
  )`,
  `create unique index indicator_account on indicator (installation_id, source, account_id) where email_hash is null`,
  `create unique index indicator_address on indicator (installation_id, source, email_hash) where email_hash is not null`,
  `create index indicator_subject on indicator (installation_id, account_id)`,
  `create table signal_count (
    installation_id bigint not null,
    signal text not null,
    verdict text not null,
    count integer not null,
    primary key (installation_id, signal, verdict)
  )`,
];

const wall = (table: string): readonly string[] => [
  `alter table ${table} enable row level security`,
  `create policy own_installation on ${table} to sallyport_tenant using (${OWN}) with check (${OWN})`,
  `grant select, insert, update, delete on ${table} to sallyport_tenant`,
];
