import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** One open flag per account and repository, which says how grave the persona was; when a door was opened. */
export const flagsAndDoors: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(ADD_BAND).execute(db);
    await fillBands(db);
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

// Of a report that is gone nobody can say how grave it was, so what was decided covers everything.
const ADD_BAND = `alter table flag add column band text not null default 'high'
  check (band in ('none', 'note', 'review', 'elevated', 'high'))`;

/** Here and not in SQL: a report may hold characters that the database's JSON functions refuse. */
async function fillBands(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ id: string; assessment: { persona: { band: string } } }>`
    select flag.id, report.assessment from flag join report on report.id = flag.report_id`.execute(db);
  for (const { id, assessment } of rows) {
    const { band } = assessment.persona;
    // Flags are raised from review on; a report can have been made again since.
    const raisedAt = band === "high" || band === "elevated" ? band : "review";
    await sql`update flag set band = ${raisedAt} where id = ${id}`.execute(db);
  }
}

const rank = (flag: string): string =>
  `array_position(array['read', 'triage', 'write', 'maintain', 'admin'], ${flag}.role)`;

const STATEMENTS = [
  "alter table flag alter column band drop default",
  `delete from flag weaker using flag stronger
    where weaker.stage = 'open' and stronger.stage = 'open' and weaker.installation_id = stronger.installation_id
      and weaker.repository_id = stronger.repository_id and weaker.account_id = stronger.account_id
      and ${rank("weaker")} < ${rank("stronger")}`,
  "drop index flag_open_once",
  "create unique index flag_open_once on flag (installation_id, repository_id, account_id) where stage = 'open'",
  "alter table door add column opened_at timestamptz not null default now()",
];
