import { plusDays } from "../../../src/clock.ts";
import { OperatingError } from "../../../src/errors.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import { migrate } from "../../../src/store/postgres/migrate.ts";
import { expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { eventually } from "../eventually.ts";
import { aDelivery, anAudit, aReport, NOW, nextInstallation, nextNumber } from "../samples.ts";
import { sweepAt } from "../sweep-at.ts";

const later = (days: number): string => plusDays(NOW, days);

export function describeProgram(given: () => Subject): void {
  describeValues(given);
  describeOwnRetention(given);
  describeOtherRetention(given);
  describeSchema(given);
}

function describeValues(given: () => Subject): void {
  test("session: it ends at its time or when it is removed, and its id is not in the table", async () => {
    const { sessions } = given().store;
    const id = `session-${nextNumber()}`;
    const options = { accountId: accountId(3), expiresAt: later(1) };
    await sessions.write(id, "first", { ...options, accountId: null });
    await sessions.write(id, "second", options);
    expect(await sessions.read(id, later(0.9))).toBe("second");
    expect(await sessions.read(id, later(1))).toBeNull();
    const rows = await given().database.query((db) => db.selectFrom("session").selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(id);
    expect(await sessions.renew(id, "third", later(2))).toBe(true);
    expect(await sessions.read(id, later(1.5))).toBe("third");
    await sessions.remove(id);
    expect(await sessions.renew(id, "fourth", later(2))).toBe(false);
    expect(await sessions.read(id, NOW)).toBeNull();
    await sessions.write(id, "third", options);
    await sessions.removeOfAccount(accountId(3));
    expect(await sessions.read(id, NOW)).toBeNull();
  });

  test("reconciler: how far it came is remembered", async () => {
    const { store } = given();
    expect(await store.reconciled()).toBeNull();
    await store.setReconciled({ until: NOW, lookedAt: NOW });
    const further = { until: later(1), lookedAt: later(2) };
    await store.setReconciled(further);
    expect(await store.reconciled()).toEqual(further);
  });

  test("ping: it resolves while the database answers", async () => {
    await expect(given().store.ping()).resolves.toBeUndefined();
  });

  test("values: counts and moments come back the same from both databases", async () => {
    const id = nextInstallation();
    const tenant = given().store.tenant(id);
    await tenant.addSnapshot(accountId(9_007_199_254_740_991), { at: NOW, loginHash: "h", ownedCount: 2 ** 40 });
    expect(await tenant.snapshotsOf(accountId(9_007_199_254_740_991))).toEqual([
      { at: NOW, loginHash: "h", ownedCount: 2 ** 40 },
    ]);
  });

  test("transaction: what was written before an error is not there after it", async () => {
    const { database, store } = given();
    const failing = database.transaction(async (db) => {
      await db.insertInto("program_state").values({ name: "half", value: "written" }).execute();
      throw new Error("stop here");
    });
    await Promise.all([expect(failing).rejects.toThrow("stop here"), store.ping()]);
    const rows = await database.query((db) =>
      db.selectFrom("program_state").select("name").where("name", "=", "half").execute(),
    );
    expect(rows).toEqual([]);
  });
}

function describeOwnRetention(given: () => Subject): void {
  test("retention: evidence goes after 30 days, bands after 90 are only counted, the policy may shorten both", async () => {
    const { store } = given();
    const [standard, strict] = [nextInstallation(), nextInstallation()];
    for (const id of [standard, strict]) {
      const tenant = store.tenant(id);
      await tenant.saveInstallation({
        accountId: accountId(6),
        accountLogin: "example-org",
        accountType: "Organization",
        permissions: {},
        createdAt: NOW,
      });
      const report = aReport(id);
      // A sentence of advice names the place it is about.
      const decision = { ...report.decision, advice: ["Ask the author about scripts/setup.sh:12."] };
      await tenant.saveReport({ ...report, decision });
      await tenant.cacheAccount(accountId(11), {}, NOW);
    }
    const file = { retention: { evidence_days: 5, bands_days: 10 } };
    const policy = { sourceSha: null, source: null, problems: [], fetchedAt: NOW };
    await store.tenant(strict).savePolicy(null, { file, ...policy });

    const evidence = async (id: typeof standard) =>
      (await store.tenant(id).recentReports(1)).map((report) => report.dossier.sections["account.profile"].state);
    await sweepAt(store, later(6));
    expect([await evidence(standard), await evidence(strict)]).toEqual([["present"], ["unavailable"]]);
    await sweepAt(store, later(31));
    expect([await evidence(standard), await evidence(strict)]).toEqual([["unavailable"], []]);
    const [kept] = await store.tenant(standard).recentReports(1);
    expect([kept?.assessment.persona.band, kept?.pullRequest?.title]).toEqual(["review", ""]);
    expect([kept?.decision.advice, kept?.evidenceErased]).toEqual([[], true]);
    expect(await store.tenant(standard).cachedAccount(accountId(11), NOW, 24)).toBeNull();
    await sweepAt(store, later(91));
    expect(await evidence(standard)).toEqual([]);
    const counted = await given().database.asTenant(standard, (db) =>
      db.selectFrom("band_count").selectAll().execute(),
    );
    expect(counted).toEqual([
      { installation_id: standard, month: "2026-03", persona: "review", change: "low", access: "unknown", count: 1 },
    ]);
  });

  test("retention: bands that go before the evidence are counted, whatever characters the evidence holds", async () => {
    const { store } = given();
    const id = nextInstallation();
    const tenant = store.tenant(id);
    const account = { accountId: accountId(6), accountLogin: "example-org", accountType: "Organization" };
    await tenant.saveInstallation({ ...account, permissions: {}, createdAt: NOW });
    const policy = { sourceSha: null, source: null, problems: [], fetchedAt: NOW };
    await tenant.savePolicy(null, { file: { retention: { bands_days: 10 } }, ...policy });
    for (const number of [1, 2, 3]) {
      const report = aReport(id, { pullRequest: { number, title: "t", headSha: "a".repeat(40), createdAt: NOW } });
      const couldNotSee = [{ section: "change.files", reason: "too_large", retryAt: "\0 and \ud800" }] as const;
      await tenant.saveReport({ ...report, assessment: { ...report.assessment, couldNotSee } });
    }
    await sweepAt(store, later(11));
    expect(await tenant.recentReports(9)).toEqual([]);
    const counted = await given().database.asTenant(id, (db) => db.selectFrom("band_count").select("count").execute());
    expect(counted).toEqual([{ count: 3 }]);
  });
}

function describeOtherRetention(given: () => Subject): void {
  test("retention: audits are kept for the half year that the page draws, and the newest for as long as it takes", async () => {
    const { store } = given();
    const id = nextInstallation();
    const tenant = store.tenant(id);
    const account = { accountId: accountId(6), accountLogin: "example-org", accountType: "Organization" };
    await tenant.saveInstallation({ ...account, permissions: {}, createdAt: NOW });
    for (const days of [0, 7]) await tenant.saveAudit(anAudit(later(days)));
    await sweepAt(store, later(181));
    expect(await tenant.auditHeads(9)).toHaveLength(2);
    await sweepAt(store, later(183));
    expect((await tenant.auditHeads(9)).map(({ takenAt }) => takenAt)).toEqual([later(7)]);
    await sweepAt(store, later(900));
    expect(await tenant.auditHeads(9)).toHaveLength(1);
  });

  test("retention: a repository's file may keep its own reports for less time", async () => {
    const { store } = given();
    const id = nextInstallation();
    const tenant = store.tenant(id);
    await tenant.saveInstallation({
      accountId: accountId(6),
      accountLogin: "example-org",
      accountType: "Organization",
      permissions: {},
      createdAt: NOW,
    });
    await tenant.saveReport(aReport(id));
    await tenant.saveReport(aReport(id, { repositoryId: repositoryId(8) }));
    const policy = { sourceSha: null, source: null, problems: [], fetchedAt: NOW };
    await tenant.savePolicy(repositoryId(8), { file: { retention: { evidence_days: 2, bands_days: 3 } }, ...policy });
    await sweepAt(store, later(4));
    expect((await tenant.recentReports(9)).map((report) => report.repositoryId)).toEqual([5]);
  });

  test("retention: planned deliveries go after 30 days, waiting ones never, ended sessions at once", async () => {
    const { store } = given();
    await store.inbox.accept(aDelivery("planned"));
    const work = await store.inbox.work(async () => []);
    await eventually(async () => (await store.inbox.counts()).waiting === 0);
    await work.stop(5_000);
    await store.inbox.accept(aDelivery("waiting"));
    await store.sessions.write("ended", "data", { accountId: null, expiresAt: later(1) });
    expect(await store.sweep(later(29))).toMatchObject({ delivery: 0, session: 1 });
    expect(await store.inbox.accept(aDelivery("planned"))).toBe("duplicate");
    expect(await store.sweep(later(31))).toMatchObject({ delivery: 1, session: 0 });
    expect(await store.inbox.counts()).toEqual({ waiting: 1, discarded: 0 });
    await given().database.query((db) => db.deleteFrom("delivery").execute());
  });
}

function describeSchema(given: () => Subject): void {
  test("schema: migrating again changes nothing, and the schema of a newer program is refused", async () => {
    const { database } = given();
    await database.query(migrate);
    const future = { name: "9999-future", timestamp: NOW };
    await database.query((db) => db.withTables<Migrations>().insertInto("kysely_migration").values(future).execute());
    await expect(database.query(migrate)).rejects.toThrow(/newer Sallyport \(9999-future\)/);
    await database.query((db) =>
      db.withTables<Migrations>().deleteFrom("kysely_migration").where("name", "=", future.name).execute(),
    );
  });

  test("errors: a wrong statement is a programmer error and not an operating one", async () => {
    const wrong = given().database.query((db) =>
      db
        .insertInto("policy")
        .values({ installation_id: nextInstallation(), repository_id: 0, document: "{" })
        .execute(),
    );
    await expect(wrong).rejects.not.toBeInstanceOf(OperatingError);
  });
}

type Migrations = { kysely_migration: { name: string; timestamp: string } };
