import { plusDays } from "../../../src/clock.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import type { PullRequestSweep, TenantStore } from "../../../src/store/store.ts";
import { expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { aReport, NOW, nextInstallation } from "../samples.ts";

const DEMO = repositoryId(5);
const INSTALLATION = {
  accountId: accountId(6),
  accountLogin: "example-org",
  accountType: "Organization",
  permissions: { checks: "write" },
  createdAt: NOW,
};
const BEGUN: PullRequestSweep = {
  underWay: {
    startedAt: NOW,
    whole: true,
    from: { page: 2, repository: 5, after: "Y3Vyc29y" },
    openCount: 7,
    unread: 0,
    filed: 3,
  },
  openCount: 0,
  completeUntil: null,
  wholeAt: null,
};
const ENDED: PullRequestSweep = { underWay: null, openCount: 9, completeUntil: NOW, wholeAt: NOW };

export function describeSweeps(given: () => Subject): void {
  const installed = async (): Promise<TenantStore & { readonly id: ReturnType<typeof nextInstallation> }> => {
    const id = nextInstallation();
    const tenant = given().store.tenant(id);
    await tenant.saveInstallation(INSTALLATION);
    return { ...tenant, id };
  };
  const due = async (now: string) => given().store.dueForSweep(now, 1_000);

  test("sweeps: where one goes on is remembered until it ends", async () => {
    const it = await installed();
    expect(await it.pullRequestSweep()).toBeNull();
    await it.savePullRequestSweep(BEGUN, plusDays(NOW, 1 / 4));
    expect(await it.pullRequestSweep()).toEqual(BEGUN);
    await it.savePullRequestSweep(ENDED);
    expect(await it.pullRequestSweep()).toEqual(ENDED);
  });

  test("sweeps: due at once without one, then at its time, sooner when hastened, and never while paused", async () => {
    const it = await installed();
    const isDue = async (now: string) => (await due(now)).includes(it.id);
    expect(await isDue(NOW)).toBe(true);
    await it.savePullRequestSweep(BEGUN, plusDays(NOW, 1 / 4));
    expect([await isDue(NOW), await isDue(plusDays(NOW, 1 / 4))]).toEqual([false, true]);
    await given().store.hastenSweeps(plusDays(NOW, 1 / 24));
    expect([await isDue(NOW), await isDue(plusDays(NOW, 1 / 24))]).toEqual([false, true]);
    // The end of the one that was under way does not take the haste away.
    await it.savePullRequestSweep(ENDED);
    expect(await isDue(plusDays(NOW, 1 / 24))).toBe(true);
    await it.savePullRequestSweep(BEGUN, plusDays(NOW, 30));
    expect(await isDue(NOW)).toBe(true);
    await it.setPaused(true);
    expect(await isDue(plusDays(NOW, 40))).toBe(false);
  });

  test("sweeps: the installation that waits longest comes first, one that never had its turn before all", async () => {
    const [third, second, first] = [await installed(), await installed(), await installed()];
    await third.savePullRequestSweep(BEGUN, plusDays(NOW, 2));
    await second.savePullRequestSweep(BEGUN, plusDays(NOW, 1));
    const order = (await due(plusDays(NOW, 3))).filter((id) => [first.id, second.id, third.id].includes(id));
    expect(order).toEqual([first.id, second.id, third.id]);
  });

  test("sweeps: what is done for heads, and which pull requests are open as far as anybody told", async () => {
    const it = await installed();
    const [head, other] = ["a".repeat(40), "b".repeat(40)];
    const pullRequest = { number: 1, title: "Tidy", headSha: head, createdAt: NOW };
    await it.saveReport(aReport(it.id, { id: `first-${it.id}`, pullRequest }));
    await it.saveReport(aReport(it.id, { id: `second-${it.id}`, pullRequest: { ...pullRequest, headSha: other } }));
    const place = { repositoryOwner: "example-org", repositoryName: "demo", pullRequestNumber: 1, openedAt: NOW };
    const door = { ...place, repositoryId: DEMO, headSha: head };
    await it.openDoor({ ...door, ref: `posted-${it.id}` });
    await it.recordCheckRun(`posted-${it.id}`, 77);
    await it.openDoor({ ...door, headSha: other, ref: `cut-off-${it.id}` });
    expect(await it.headsDone(DEMO, [head, "c".repeat(40)])).toEqual({
      reports: [{ number: 1, headSha: head, at: NOW }],
      checks: [head],
    });
    expect((await it.headsDone(DEMO, [other])).checks).toEqual([]);
    expect(await it.headsDone(DEMO, [])).toEqual({ reports: [], checks: [] });
    expect(await it.openPullRequests()).toEqual([{ repository: DEMO, number: 1, firstReportAt: NOW }]);
    await it.closePullRequest(DEMO, 1, NOW);
    expect(await it.openPullRequests()).toEqual([]);
    expect((await it.headsDone(DEMO, [head])).reports).toEqual([]);
    expect(await it.reportsOfHolder(DEMO, accountId(11))).toEqual([]);
  });
}
