import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Tables whose rows belong to one installation. */
export const tenants: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `create table installation (
    installation_id bigint primary key,
    account_id bigint not null,
    account_login text not null,
    account_type text not null,
    permissions json not null,
    paused boolean not null default false,
    publication text not null default 'shadow' check (publication in ('shadow', 'live')),
    created_at timestamptz not null
  )`,
  `create table policy (
    installation_id bigint not null,
    repository_id bigint not null,
    document json not null,
    primary key (installation_id, repository_id)
  )`,
  `create table door (
    ref text primary key,
    installation_id bigint not null,
    repository_id bigint not null,
    repository_owner text not null,
    repository_name text not null,
    head_sha text not null,
    pull_request_number bigint not null,
    check_run_id bigint,
    unique (installation_id, repository_id, head_sha)
  )`,
  `create table report (
    id text primary key,
    installation_id bigint not null,
    subject text not null,
    repository_id bigint not null,
    pull_request_number bigint,
    head_sha text,
    account_id bigint,
    created_at timestamptz not null,
    closed_at timestamptz,
    evidence_erased boolean not null default false,
    head json not null,
    assessment json not null,
    dossier json not null,
    reviewed json,
    unique (installation_id, subject)
  )`,
  `create index report_head on report (installation_id, repository_id, head_sha)`,
  `create index report_pull_request on report (installation_id, repository_id, pull_request_number)`,
  `create index report_account on report (installation_id, account_id, created_at)`,
  `create index report_recent on report (installation_id, created_at)`,
  `create table band_count (
    installation_id bigint not null,
    month text not null,
    persona text not null,
    change text not null,
    access text not null,
    count bigint not null,
    primary key (installation_id, month, persona, change, access)
  )`,
  `create table account_cache (
    installation_id bigint not null,
    account_id bigint not null,
    sections json not null,
    at timestamptz not null,
    primary key (installation_id, account_id)
  )`,
  `create table account_snapshot (
    installation_id bigint not null,
    account_id bigint not null,
    at timestamptz not null,
    login_hash text not null,
    owned_count bigint not null,
    primary key (installation_id, account_id, at)
  )`,
  `create table local_list (
    id bigint generated always as identity primary key,
    installation_id bigint not null,
    account_id bigint not null,
    disposition text not null check (disposition in ('vouched', 'denounced')),
    reason text not null,
    by_account_id bigint not null,
    at timestamptz not null,
    until timestamptz not null
  )`,
  `create index local_list_account on local_list (installation_id, account_id)`,
  `create table flag (
    id text primary key,
    installation_id bigint not null,
    repository_id bigint not null,
    repository_name text not null,
    account_id bigint not null,
    login text not null,
    role text not null,
    via text not null,
    because text not null,
    report_id text not null,
    raised_at timestamptz not null,
    stage text not null check (stage in ('open', 'acknowledged', 'grant_gone')),
    state json not null
  )`,
  `create unique index flag_open_once on flag (installation_id, repository_id, account_id, role) where stage = 'open'`,
  `create table audit (
    id text primary key,
    installation_id bigint not null,
    taken_at timestamptz not null,
    snapshot json not null,
    report json not null
  )`,
  `create index audit_recent on audit (installation_id, taken_at)`,
  `create table trail (
    installation_id bigint not null,
    seq bigint not null,
    at timestamptz not null,
    actor_id bigint,
    act text not null,
    target text not null,
    reason text,
    previous_hash text not null,
    hash text not null,
    primary key (installation_id, seq)
  )`,
];
