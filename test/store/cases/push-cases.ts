import { assess } from "../../../src/assessment/assess.ts";
import { plusDays } from "../../../src/clock.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import type { TenantStore } from "../../../src/store/store.ts";
import { expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { aReport, NOW, newTenant, nextNumber } from "../samples.ts";
import { sweepAt } from "../sweep-at.ts";

type Saved = Parameters<TenantStore["savePush"]>[0];

const PLACE = { repositoryOwner: "example-org", repositoryName: "demo", branch: "main \0" };
const FOUND = {
  before: null,
  level: "high",
  complete: true,
  findings: [],
  findingsLeftOut: 0,
  notChecked: [],
} as const;
const minutes = (count: number): string => plusDays(NOW, count / 1_440);

const aPush = (more: Partial<Saved> = {}): Saved => ({
  ...{ id: `push-${nextNumber()}`, repositoryId: repositoryId(5), ...PLACE, ...FOUND },
  headSha: String(nextNumber()).padStart(40, "0"),
  seenAt: NOW,
  ...more,
});
const LOOK = { asksForLook: true, marks: ["path", "text"], burstSince: minutes(-15) };
const NOTE = { ...LOOK, asksForLook: false, marks: [] };
const BY = { accountId: accountId(3), login: "grace-example", at: NOW, outcome: "meant", reason: "a hotfix" } as const;

const INSTALLATION = {
  ...{ accountId: accountId(6), accountLogin: "example-org", accountType: "Organization" },
  ...{ permissions: {}, createdAt: NOW },
};

export function describePushes(given: () => Subject): void {
  const tenant = (): TenantStore => newTenant(given().store);

  test("pushes: of a burst one alert, which is decided as one and never joined again", async () => {
    const it = tenant();
    const [first, second, other, late] = [
      aPush(),
      aPush({ seenAt: minutes(14) }),
      aPush(),
      aPush({ seenAt: minutes(30) }),
    ];
    expect(await it.savePush(first, LOOK)).toBe(true);
    expect(await it.savePush(second, { ...LOOK, marks: ["text", "else"], burstSince: minutes(-1) })).toBe(false);
    expect(await it.savePush(other, { ...LOOK, marks: ["nothing like it"] })).toBe(true);
    // A quarter of an hour after the newest of the burst it is over.
    expect(await it.savePush(late, { ...LOOK, marks: ["path"], burstSince: minutes(15) })).toBe(true);
    const alerts = (await it.alertedPushes()).map(({ id, alertId }) => [id, alertId]);
    expect(alerts.toSorted()).toEqual(
      [
        [first.id, first.id],
        [second.id, first.id],
        [other.id, other.id],
        [late.id, late.id],
      ].toSorted(),
    );
    expect(await it.openAlerts()).toEqual({ alerts: 3, repositories: 1 });
    expect((await it.untold()).alerts).toEqual([first.id, other.id, late.id].toSorted());
    await it.markTold({ flags: [], alerts: [first.id, late.id] }, NOW);
    expect((await it.untold()).alerts).toEqual([other.id]);
    expect(await it.savePush(aPush({ seenAt: minutes(14) }), { ...LOOK, marks: ["else"] })).toBe(false);
    expect((await it.untold()).alerts).toEqual([other.id]);
    expect(await it.decidePushes(first.id, BY)).toBe(true);
    expect(await it.decidePushes(first.id, BY)).toBe(false);
    expect(await it.openAlerts()).toEqual({ alerts: 2, repositories: 1 });
    const decided = (await it.alertedPushes()).find(({ id }) => id === second.id);
    expect(decided?.state).toMatchObject({ kind: "decided", outcome: "meant", byLogin: "grace-example" });
    expect(await it.savePush(aPush({ seenAt: minutes(15) }), { ...LOOK, marks: ["text"] })).toBe(true);
  });

  test("pushes: a head of a branch is kept once, and what nobody has to look at is no alert", async () => {
    const it = tenant();
    const push = aPush({ level: "unknown" });
    expect(await it.savePush(push, NOTE)).toBe(false);
    expect(await it.hasPush(push.repositoryId, push)).toBe(true);
    expect(await it.hasPush(push.repositoryId, { ...push, branch: "release" })).toBe(false);
    expect(await it.savePush({ ...push, id: "again" }, LOOK)).toBe(false);
    expect(await it.alertedPushes()).toEqual([]);
    await it.savePush(aPush(), NOTE);
    expect((await it.unseenPushes()).map(({ id, branch }) => [id, branch])).toEqual([[push.id, "main \u{fffd}"]]);
    expect(await tenant().unseenPushes()).toEqual([]);
  });

  test("pushes: follow a repository's name, go with it, and end with the times of the policy", async () => {
    const it = tenant();
    await it.saveInstallation(INSTALLATION);
    const [open, decided, noted] = [aPush(), aPush(), aPush({ level: "unknown" })];
    await it.savePush(decided, { ...LOOK, marks: ["a"] });
    await it.decidePushes(decided.id, BY);
    await it.savePush(open, { ...LOOK, marks: ["b"] });
    await it.savePush(noted, NOTE);
    await it.renameRepository(open.repositoryId, { owner: "example-org", name: "showcase" });
    await it.renameOwner("other-org");
    expect((await it.alertedPushes()).find(({ id }) => id === open.id)).toMatchObject({
      repositoryOwner: "other-org",
      repositoryName: "showcase",
    });
    await sweepAt(given().store, plusDays(NOW, 31));
    expect([(await it.unseenPushes()).length, (await it.alertedPushes()).length]).toEqual([0, 2]);
    await sweepAt(given().store, plusDays(NOW, 91));
    expect((await it.alertedPushes()).map(({ id }) => id)).toEqual([open.id]);
    await it.forgetRepositories([open.repositoryId]);
    expect(await it.alertedPushes()).toEqual([]);
  });

  describeOldReports(given);
}

function describeOldReports(given: () => Subject): void {
  test("a report of before a section was known reads as if nobody had asked for it", async () => {
    const { id, ...it } = newTenant(given().store);
    const report = aReport(id);
    const { "change.push": _, ...sections } = report.dossier.sections;
    await it.saveReport({
      ...report,
      dossier: { ...report.dossier, sections: sections as typeof report.dossier.sections },
    });
    const kept = await it.report(report.id);
    expect(kept?.dossier.sections["change.push"]).toEqual({
      state: "unavailable",
      reason: "not_requested",
      retryAt: null,
    });
    expect(kept && assess(kept.dossier).change.level).toBe(assess(report.dossier).change.level);
  });
}
