import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import { systemClock } from "../../src/clock.ts";
import { type Database, databaseOver } from "../../src/store/postgres/database.ts";
import { openEmbedded } from "../../src/store/postgres/embedded.ts";
import { MIGRATIONS, migrate } from "../../src/store/postgres/migrate.ts";

let database: Database;
beforeAll(async () => {
  database = databaseOver(await openEmbedded("memory://", { startedAt: systemClock.now() }));
});
afterAll(() => database.close());

/** Brings the database to what a release before some migration left behind. */
async function migrateBefore(name: string): Promise<void> {
  const earlier = Object.fromEntries(Object.entries(MIGRATIONS).filter(([known]) => known < name));
  const provider = { getMigrations: async () => earlier };
  const { error } = await database.query((db) => new Migrator({ db, provider }).migrateToLatest());
  expect(error).toBeUndefined();
}

const startedAt = Date.now();

test("0004: one open flag of an account and repository stays, the strongest, with the band of its report", async () => {
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
});
