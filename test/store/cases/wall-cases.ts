import { sql } from "kysely";
import { accountId } from "../../../src/ids.ts";
import { TENANT_TABLES } from "../../../src/store/postgres/schema.ts";
import type { TrailEntry } from "../../../src/store/store.ts";
import { expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { aReport, NOW, nextInstallation } from "../samples.ts";

const VIEWED: TrailEntry = {
  at: NOW,
  actorId: accountId(3),
  act: "report.viewed",
  target: "report:1",
  reason: "because \0 of \ud800 it",
};

export function describeWalls(given: () => Subject): void {
  test("walls: a query that forgets whose rows it wants sees none of another tenant", async () => {
    const { store, database } = given();
    const [mine, foreign] = [nextInstallation(), nextInstallation()];
    for (const id of [mine, foreign]) {
      await store.tenant(id).saveReport(aReport(id));
      await store.tenant(id).addToTrail(VIEWED);
    }
    await database.asTenant(mine, async (db) => {
      for (const table of ["report", "trail"] as const) {
        const rows = await db.selectFrom(table).select("installation_id").execute();
        expect(new Set(rows.map((row) => row.installation_id))).toEqual(new Set([mine]));
      }
      const changed = await db.updateTable("report").set({ subject: "taken" }).executeTakeFirst();
      expect(changed.numUpdatedRows).toBe(1n);
    });
    expect(await store.tenant(foreign).recentReports(10)).toHaveLength(1);
  });

  test("walls: a tenant cannot write a row for another one", async () => {
    const { database } = given();
    const [mine, foreign] = [nextInstallation(), nextInstallation()];
    const smuggled = database.asTenant(mine, (db) =>
      db.insertInto("policy").values({ installation_id: foreign, repository_id: 0, document: "{}" }).execute(),
    );
    await expect(smuggled).rejects.toThrow(/row-level security/);
  });

  test("walls: a tenant reaches no table of the program and cannot become somebody else", async () => {
    const { database } = given();
    const tenant = nextInstallation();
    for (const table of ["delivery", "job", "session", "program_state", "schedule"])
      await expect(
        database.asTenant(tenant, (db) => sql`select * from ${sql.table(table)}`.execute(db)),
      ).rejects.toThrow(/permission denied/);
  });

  test("walls: the role of a tenant ends with its transaction", async () => {
    const { database } = given();
    const whoami = sql<{ role: string }>`select current_user as role`;
    const inside = await database.asTenant(nextInstallation(), async (db) => (await whoami.execute(db)).rows[0]);
    const after = await database.transaction(async (db) => (await whoami.execute(db)).rows[0]);
    expect(inside).toEqual({ role: "sallyport_tenant" });
    expect(after).not.toEqual(inside);
  });

  test("walls: every table with an installation's rows has row-level security, and purge knows it", async () => {
    const { rows } = await given().database.query((db) =>
      sql<{ name: string; walled: boolean; policies: number }>`
        select relname as name, relrowsecurity as walled,
          (select count(*) from pg_policy where polrelid = pg_class.oid) as policies
        from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'installation_id'
        where relkind = 'r' and relnamespace = current_schema()::regnamespace order by relname`.execute(db),
    );
    expect(rows.map(({ name }) => name)).toEqual([...TENANT_TABLES].sort());
    expect(rows.filter(({ walled, policies }) => !walled || policies !== 1)).toEqual([]);
  });

  describeTrail(given);
}

function describeTrail(given: () => Subject): void {
  test("trail: entries come newest first, and nobody behind the wall can change or remove one", async () => {
    const { store, database } = given();
    const id = nextInstallation();
    const tenant = store.tenant(id);
    await tenant.addToTrail(VIEWED);
    await tenant.addToTrail({ ...VIEWED, act: "report.reviewed", reason: null });
    expect(await tenant.trail(10)).toEqual([
      { ...VIEWED, act: "report.reviewed", reason: null },
      { ...VIEWED, reason: "because \u{fffd} of \u{fffd} it" },
    ]);
    const change = database.asTenant(id, (db) => db.updateTable("trail").set({ target: "else" }).execute());
    await expect(change).rejects.toThrow(/permission denied/);
    const removal = database.asTenant(id, (db) => db.deleteFrom("trail").execute());
    await expect(removal).rejects.toThrow(/permission denied/);
  });

  test("trail: read by act, by person and page by page, with those who acted and what they are called", async () => {
    const { store } = given();
    const id = nextInstallation();
    const tenant = store.tenant(id);
    const other = accountId(4_242);
    for (const entry of [VIEWED, { ...VIEWED, act: "audit.viewed" as const }, { ...VIEWED, actorId: other }])
      await tenant.addToTrail(entry);
    const all = { act: null, actorId: null, before: null, limit: 9 };
    const read = async (asked: Partial<Parameters<typeof tenant.readTrail>[0]>) =>
      (await tenant.readTrail({ ...all, ...asked })).map(({ seq }) => seq);
    expect(await read({})).toEqual([3, 2, 1]);
    expect([await read({ act: "audit.viewed" }), await read({ actorId: other }), await read({ before: 3 })]).toEqual([
      [2],
      [3],
      [2, 1],
    ]);
    expect(await read({ limit: 1 })).toEqual([3]);
    expect(await tenant.actors()).toEqual([other, VIEWED.actorId]);
    const report = aReport(id, { accountId: other });
    await tenant.saveReport(report);
    expect([...(await tenant.loginsOf([other, accountId(4_243)]))]).toEqual([[other, report.login]]);
    expect((await store.tenant(nextInstallation()).loginsOf([other])).size).toBe(0);
  });

  test("trail: the chain holds under concurrent writers and names the first link that an operator touched", async () => {
    const { store, database } = given();
    const id = nextInstallation();
    await Promise.all(Array.from({ length: 12 }, () => store.tenant(id).addToTrail(VIEWED)));
    expect(await store.tenant(id).trail(20)).toHaveLength(12);
    const broken = async () => (await store.brokenTrails()).filter(({ installationId }) => installationId === id);
    expect(await broken()).toEqual([]);
    await database.query((db) =>
      sql`update trail set reason = 'another' where installation_id = ${id} and seq = 5`.execute(db),
    );
    expect(await broken()).toEqual([{ installationId: id, seq: 5 }]);
    await database.query((db) => sql`delete from trail where installation_id = ${id} and seq = 3`.execute(db));
    expect(await broken()).toEqual([{ installationId: id, seq: 3 }]);
  });
}
