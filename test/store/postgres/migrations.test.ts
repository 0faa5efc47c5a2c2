import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import { plusDays } from "../../../src/clock.ts";
import { installationId } from "../../../src/ids.ts";
import { JOBS } from "../../../src/job/job.ts";
import { silentLog } from "../../../src/log.ts";
import type { Database } from "../../../src/store/postgres/engine/database.ts";
import { MIGRATIONS, migrate } from "../../../src/store/postgres/migrate.ts";
import { storeOver } from "../../../src/store/postgres/open.ts";
import { databaseToChange } from "../../support/database.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { afterAll, beforeAll, expect, test } from "../../support/jest.ts";
import { inCampaigns } from "../../support/rows.ts";
import { anAudit } from "../samples.ts";

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(() => database.close());

/** One without a table: to make a cluster takes longer than to empty a copy. */
async function emptyDatabase(): Promise<Database> {
  const made = await databaseToChange();
  await made.query((db) => sql`drop schema public cascade`.execute(db));
  await made.query((db) => sql`create schema public`.execute(db));
  return made;
}

/** Brings the database to what a release before some migration left behind. */
async function migrateBefore(name: string, on: Database = database): Promise<void> {
  const earlier = Object.fromEntries(Object.entries(MIGRATIONS).filter(([known]) => known < name));
  const provider = { getMigrations: async () => earlier };
  const { error } = await on.query((db) => new Migrator({ db, provider }).migrateToLatest());
  expect(error).toBeUndefined();
}

const startedAt = Date.now();

inCampaigns("0007 and 0010: what counted claims until then is no attempt of a delivery that still waits", async () => {
  const older = await emptyDatabase();
  await migrateBefore("0007", older);
  await older.query((db) =>
    sql`insert into delivery (guid, received_at, payload, attempt, state)
      values ('waits', now(), '{}', 4, 'waiting'), ('given-up', now(), '{}', 5, 'discarded')`.execute(db),
  );
  // 0010 gives every kind of job that waits the rank that it would be added with; these came later.
  const later = ["send-notice", "look-again", "publish-change-findings", "assess-invited", "follow-access"];
  const known = Object.entries(JOBS).filter(([kind]) => !later.includes(kind));
  for (const [kind] of known)
    await older.query((db) =>
      sql`insert into job (kind, lane, payload, attempts, lease_seconds) values (${kind}, 1, '{}', 1, 1)`.execute(db),
    );
  await older.query(migrate);
  const ranked = await older.query((db) => db.selectFrom("job").select(["kind", "rank"]).execute());
  expect(Object.fromEntries(ranked.map(({ kind, rank }) => [kind, rank]))).toEqual(
    Object.fromEntries(known.map(([kind, { rank }]) => [kind, rank])),
  );
  const rows = await older.query((db) =>
    db.selectFrom("delivery").select(["guid", "attempt", "unfinished"]).orderBy("guid").execute(),
  );
  await older.close();
  expect(rows).toEqual([
    { guid: "given-up", attempt: 5, unfinished: 0 },
    { guid: "waits", attempt: 0, unfinished: 0 },
  ]);
});

test("0013: schedules that earlier versions stored keep their times and what they have run", async () => {
  const older = await emptyDatabase();
  await migrateBefore("0013", older);
  await older.query((db) =>
    sql`insert into schedule (key, cron, timezone, payload, cursor) values
      ('reconcile-deliveries', '3-58/5 * * * *', 'UTC', '{}', 1), ('sweep-retention', '41 0 * * *', 'UTC', '{}', 2),
      ('audit-7', '7 6 * * 1', 'Europe/Vienna', '{}', 3), ('audit-8', '59 23 * * 0', 'UTC', '{}', 4),
      ('audit-9', 'every day', 'UTC', '{}', 5)`.execute(db),
  );
  await older.query(migrate);
  const rows = await older.query((db) => db.selectFrom("schedule").selectAll().orderBy("cursor").execute());
  await older.close();
  expect(rows.map(({ key, period, minute, timezone, cursor }) => [key, period, minute, timezone, cursor])).toEqual([
    ["reconcile-deliveries", "five_minutes", 3, "UTC", 1],
    ["sweep-retention", "day", 41, "UTC", 2],
    ["audit-7", "week", 6 * 60 + 7, "Europe/Vienna", 3],
    ["audit-8", "week", 7 * 1_440 - 1, "UTC", 4],
  ]);
});

inCampaigns(
  "0004: one open flag of an account and repository stays, the strongest, with the band of its report",
  async () => {
    await migrateBefore("0004");
    // The text of a report may hold what the database's JSON functions refuse.
    const assessment = JSON.stringify({ findings: ["\0"], persona: { band: "elevated" } });
    const flag = (id: string, repository: number, role: string, stage = "open", report = "r1") =>
      sql`insert into flag values (${id}, 1, ${repository}, 'demo', 11, 'ada-example', ${role}, 'direct', 'because', ${report},
      now(), ${stage}, '{}')`;
    await database.transaction(async (db) => {
      await sql`insert into report (id, installation_id, subject, repository_id, created_at, head, assessment, dossier)
      values ('r1', 1, 's', 5, now(), '{}', ${assessment}, '{}')`.execute(db);
      for (const [id, role] of [
        ["a", "write"],
        ["b", "admin"],
        ["c", "maintain"],
      ] as const)
        await flag(id, 5, role).execute(db);
      await flag("d", 5, "write", "acknowledged").execute(db);
      await flag("e", 6, "write", "open", "r-gone").execute(db);
      await sql`insert into door values ('ref', 1, 5, 'octo-org', 'demo', 'abc', 1, null)`.execute(db);
    });
    await database.query(migrate);
    const flags = await database.query((db) => db.selectFrom("flag").select(["id", "band"]).orderBy("id").execute());
    expect(flags).toEqual([
      { id: "b", band: "elevated" },
      { id: "d", band: "elevated" },
      { id: "e", band: "high" },
    ]);
    const doors = await database.query((db) => db.selectFrom("door").select("opened_at").execute());
    expect(Date.parse(doors[0]?.opened_at ?? "")).toBeGreaterThanOrEqual(startedAt);
  },
);

test("0012: an audit that was two texts is read as before: its report, its snapshot and its line of the trend", async () => {
  const older = await emptyDatabase();
  await migrateBefore("0012", older);
  const { id, takenAt, snapshot, report } = anAudit("2026-11-01T06:00:00.000Z");
  // A label may hold what the database's JSON functions refuse.
  const odd = { ...report, labels: { ...report.labels, accounts: [{ id: "1", login: "\0" }] } };
  const unread = { ...report, notChecked: [{ what: "owners and members", because: "", opensWith: null }] };
  const earlier = plusDays(takenAt, -7);
  await older.query((db) =>
    sql`insert into audit (id, installation_id, taken_at, snapshot, report) values
      (${id}, 1, ${takenAt}, ${JSON.stringify(snapshot)}, ${JSON.stringify(odd)}),
      ('earlier', 1, ${earlier}, ${JSON.stringify(snapshot)}, ${JSON.stringify(unread)})`.execute(db),
  );
  await older.query(migrate);
  const { tenant, stop } = storeOver(older, { clock: fixedClock(takenAt), log: silentLog });
  const stored = tenant(installationId(1));
  expect(await stored.latestReport()).toEqual({ id, report: odd });
  expect(await stored.latestSnapshot(takenAt)).toEqual(snapshot);
  const { accountsWithWrite: writers, outsideAccountsWithWrite: outside } = report.summary;
  expect(await stored.auditHeads(9)).toEqual([
    { id, takenAt, writers, outside, dormant: null },
    { id: "earlier", takenAt: earlier, writers, outside: null, dormant: 0 },
  ]);
  await stop();
});
