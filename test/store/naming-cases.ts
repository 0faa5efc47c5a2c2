import { historySections } from "../../src/cli/commands/assess/example-histories.ts";
import { dossier, present } from "../../src/dossier/dossier.ts";
import type { NetworkTies } from "../../src/dossier/network.ts";
import type { ScanSummary } from "../../src/history/traces/scan.ts";
import { type AccountId, accountId } from "../../src/ids.ts";
import type { TenantStore } from "../../src/store/store.ts";
import { commit, commits } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import type { Subject } from "./conformance.ts";
import { aReport, NOW, newTenant, nextNumber } from "./samples.ts";

const ERASED = accountId(887_654_321_012);
const OTHER = accountId(887_654_321_013);
/** A longer number that begins with the same digits is somebody else. */
const LONGER = accountId(8_876_543_210_121);

const edge = { count: 1, firstAt: NOW, lastAt: NOW };
const tiesWith = (account: AccountId): NetworkTies => ({
  accounts: [OTHER, account].map((id) => ({ id, createdAt: NOW, mergedCount: 3, goneCount: 0 })),
  edges: [
    { author: OTHER, merger: account, ...edge },
    { author: account, merger: OTHER, ...edge },
    { author: OTHER, merger: accountId(5), ...edge },
  ],
  unreadCount: 0,
  forks: { count: 4, orphanCount: 1 },
  followedIds: [account, accountId(5)],
});
const scanWith = (account: AccountId): ScanSummary => ({
  repositories: [],
  copies: null,
  shared: [
    {
      repository: 9,
      ownerCount: 3,
      earlierIds: [account, 5],
      ref: { commit: "a".repeat(40), at: NOW, attested: true },
    },
  ],
  ...{ requests: 3, points: 2, seconds: 1.5 },
});

/** What is kept about somebody else and names the account wherever facts about others can; the id of the report. */
async function seed(
  it: TenantStore & { readonly id: Parameters<typeof aReport>[0] },
  account: AccountId,
): Promise<string> {
  const ties = { "network.ties": present(tiesWith(account), NOW), "history.scan": present(scanWith(account), NOW) };
  await it.keepHistories(OTHER, { heads: "9:aaa", sections: { ...historySections(NOW), ...ties }, by: "git" }, NOW);
  await it.cacheAccount(OTHER, ties, NOW);
  const made = commit({ authorAccountId: account, committerAccountId: account, authorAccountIds: [account, OTHER] });
  const signed = commit({ signature: "valid", signerAccountId: account });
  const pullRequest = { number: nextNumber(), title: "Fix", headSha: "a".repeat(40), createdAt: NOW };
  const report = aReport(it.id, { accountId: OTHER, id: `report-${nextNumber()}`, pullRequest });
  const sections = { ...report.dossier.sections, ...ties, "change.commits": present(commits(made, signed), NOW) };
  await it.saveReport({ ...report, dossier: dossier(report.dossier, sections) });
  return report.id;
}

export function describeNaming(given: () => Subject): void {
  test("subject: erased, an account is not named in what is kept about others, which stays theirs", async () => {
    const [it, neighbour] = [newTenant(given().store), newTenant(given().store)];
    const report = await seed(it, ERASED);
    await seed(neighbour, ERASED);
    const before = await it.report(report);
    const named = { "network.ties": { value: tiesWith(ERASED) }, "history.scan": { value: scanWith(ERASED) } };
    expect(before?.dossier.sections).toMatchObject(named);
    const ofLonger = await seed(it, LONGER);

    await it.eraseSubject(ERASED, { actorId: null, at: NOW });
    const after = await it.report(report);
    expect(JSON.stringify(after)).not.toContain(String(ERASED));
    expect([after?.assessment, after?.decision]).toEqual([before?.assessment, before?.decision]);
    const [self] = tiesWith(ERASED).accounts;
    expect(after?.dossier.sections).toMatchObject({
      "network.ties": {
        value: {
          accounts: [self],
          edges: [{ author: OTHER, merger: 5 }],
          // What the graph no longer shows is unknown.
          unreadCount: 1,
          followedIds: [5],
        },
      },
      "history.scan": { value: { shared: [{ earlierIds: [5] }] } },
      "change.commits": {
        value: {
          commits: [
            { authorAccountId: null, committerAccountId: null, authorAccountIds: [OTHER] },
            { signerAccountId: null },
          ],
        },
      },
    });
    // Whose digits only begin alike, and what others keep, is not touched.
    expect(JSON.stringify(await it.report(ofLonger))).toContain(String(LONGER));
    expect(await it.historiesOf(OTHER, "git")).not.toBeNull();
    expect(JSON.stringify(await neighbour.historiesOf(OTHER, "git"))).toContain(String(ERASED));
    await it.eraseSubject(LONGER, { actorId: null, at: NOW });
    expect([await it.historiesOf(OTHER, "git"), await it.cachedAccount(OTHER, NOW, 24)]).toEqual([null, null]);
  });
}
