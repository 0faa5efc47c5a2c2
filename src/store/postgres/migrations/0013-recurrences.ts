import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Schedules are one of three periods and a minute in it. Until now they were cron expressions, of three forms only. */
export const recurrences: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `alter table schedule add column period text check (period in ('five_minutes', 'day', 'week')),
    add column minute integer`,
  "update schedule set period = 'five_minutes', minute = 3 where key = 'reconcile-deliveries'",
  "update schedule set period = 'day', minute = 41 where key = 'sweep-retention'",
  // Cron counts days from Sunday, a week here begins on Monday.
  `update schedule set period = 'week', minute = (split_part(cron, ' ', 5)::integer + 6) % 7 * 1440
      + split_part(cron, ' ', 2)::integer * 60 + split_part(cron, ' ', 1)::integer
    where key like 'audit-%' and cron ~ '^[0-9]+ [0-9]+ [*] [*] [0-6]$'`,
  // Nothing wrote another form; a row that somebody put there by hand would run never.
  "delete from schedule where period is null",
  "alter table schedule alter column period set not null, alter column minute set not null, drop column cron",
];
