import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Tables of the program itself: deliveries, jobs, schedules, sessions. No tenant reads them. */
export const inboxAndQueue: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  // The payload is text: nothing queries inside it, and parsing it here would halve the ingest speed.
  `create table delivery (
    guid text primary key,
    seq bigint generated always as identity,
    state text not null default 'waiting' check (state in ('waiting', 'planned', 'discarded')),
    attempt smallint not null default 0,
    due_at timestamptz not null default now(),
    received_at timestamptz not null,
    payload text
  )`,
  `create index delivery_waiting on delivery (seq) where state = 'waiting'`,
  `create index delivery_discarded on delivery (seq) where state = 'discarded'`,

  `create table job (
    id bigint generated always as identity primary key,
    kind text not null,
    lane bigint not null,
    key text,
    payload text not null,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'discarded')),
    attempt smallint not null default 0,
    attempts smallint not null,
    lease_seconds integer not null,
    claim integer not null default 0,
    snoozed boolean not null default false,
    because text,
    due_at timestamptz not null default now(),
    lease_until timestamptz,
    created_at timestamptz not null default now(),
    check ((state = 'running') = (lease_until is not null))
  )`,
  `create unique index job_waiting_once on job (key) where state = 'waiting' and key is not null`,
  `create index job_lane on job (lane, due_at, id) where state = 'waiting'`,
  `create index job_running on job (lane, lease_until) where state = 'running'`,
  `create index job_discarded on job (id) where state = 'discarded'`,

  `create table schedule (
    key text primary key,
    cron text not null,
    timezone text not null,
    payload text not null,
    cursor bigint not null
  )`,

  `create table session (
    id_hash text primary key,
    account_id bigint,
    data text not null,
    expires_at timestamptz not null
  )`,
  `create index session_account on session (account_id)`,
  `create index session_expiry on session (expires_at)`,

  `create table program_state (name text primary key, value text not null)`,
];
