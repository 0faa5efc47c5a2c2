import { keyOf } from "../../../src/access/keys.ts";
import { historySections } from "../../../src/cli/commands/assess/example-histories.ts";
import { plusDays } from "../../../src/clock.ts";
import { present } from "../../../src/dossier/dossier.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import type { StoredPolicy } from "../../../src/store/store.ts";
import { expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { aReport, NOW, newTenant, nextNumber } from "../samples.ts";
import { sweepAt } from "../sweep-at.ts";

const ADA = accountId(11);
const DEMO = repositoryId(5);
const BY = { accountId: accountId(3), login: "grace-example", at: NOW };
const later = (days: number): string => plusDays(NOW, days);

const INSTALLATION = {
  accountId: accountId(6),
  accountLogin: "example-org",
  accountType: "Organization",
  permissions: { checks: "write" },
  createdAt: NOW,
};

const DOOR = {
  repositoryId: DEMO,
  repositoryOwner: "example-org",
  repositoryName: "demo",
  headSha: "a".repeat(40),
  pullRequestNumber: 1,
  openedAt: NOW,
};

const FLAG = {
  repositoryId: DEMO,
  repositoryName: "demo",
  accountId: ADA,
  login: "ada-example",
  role: "write",
  via: "direct",
  band: "review",
  because: "first",
  reportId: "report-1",
  raisedAt: NOW,
} as const;

const aPolicy = (file: StoredPolicy["file"]): StoredPolicy => ({
  file,
  sourceSha: "c".repeat(40),
  source: ".github/sallyport.yml",
  problems: [{ where: "line 1", what: "a problem", mend: "mend it" }],
  fetchedAt: NOW,
});

export function describeTenants(given: () => Subject): void {
  describeInstallations(given);
  describeReports(given);
  describeComparedLooks(given);
  describeReportLists(given);
  describeAccounts(given);
  describeCachedAccounts(given);
  describeExposures(given);
  describeLedger(given);
  describeReferrals(given);
  describeFlags(given);
  describeRemovals(given);
}

function describeInstallations(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("installation: it starts in shadow mode, and learning of it again changes neither pause nor publication", async () => {
    const it = tenant();
    expect(await it.installation()).toBeNull();
    await it.saveInstallation(INSTALLATION);
    expect(await it.installation()).toEqual({
      id: it.id,
      ...INSTALLATION,
      paused: false,
      publication: "shadow",
      rightsGeneration: 0,
    });
    await it.voidRights();
    await it.setPaused(true);
    await it.setPublication("live");
    await it.saveInstallation({ ...INSTALLATION, accountLogin: "renamed-org" });
    const changed = { accountLogin: "renamed-org", paused: true, publication: "live", rightsGeneration: 1 };
    const known = { id: it.id, ...INSTALLATION, ...changed };
    expect(await it.installation()).toEqual(known);
    expect(await given().store.installations()).toContainEqual(known);
  });

  test("policy: the organisation's and each repository's are apart", async () => {
    const it = tenant();
    expect(await it.policy(null)).toBeNull();
    await it.savePolicy(null, aPolicy({ mode: "live" }));
    await it.savePolicy(DEMO, aPolicy({}));
    await it.savePolicy(DEMO, aPolicy({ mode: "shadow" }));
    expect(await it.policy(null)).toEqual(aPolicy({ mode: "live" }));
    expect(await it.repositoryPolicies()).toEqual(new Map([[DEMO, aPolicy({ mode: "shadow" })]]));
    expect(await it.policy(DEMO)).toEqual(aPolicy({ mode: "shadow" }));
  });

  test("door: a head has one, whoever opens it first", async () => {
    const it = tenant();
    const refs = Array.from({ length: 5 }, () => `ref-${nextNumber()}`);
    const opened = await Promise.all(refs.map((ref) => it.openDoor({ ...DOOR, ref })));
    expect(opened.filter((one) => one.opened)).toHaveLength(1);
    expect(new Set(opened.map((one) => one.door.ref)).size).toBe(1);
    const ref = opened[0]?.door.ref ?? "";
    await it.recordCheckRun(ref, 99);
    const known = { ...DOOR, ref, installationId: it.id, checkRunId: 99 };
    expect(await it.doorsOfRepository(DEMO)).toEqual([known]);
    expect(await it.doorsOfRepository(DEMO, { after: "", limit: 1 })).toEqual([known]);
    expect(await it.doorsOfRepository(DEMO, { after: ref, limit: 1 })).toEqual([]);
    expect(await given().store.findDoor(ref)).toEqual(known);
    expect(await given().store.findDoor("no-such-ref")).toBeNull();
  });

  test("door: of a pull request's other heads those count that have a check and are not older", async () => {
    const it = tenant();
    const opened = async (head: string, days: number, checkRunId: number | null, number = 1): Promise<void> => {
      const ref = `ref-${nextNumber()}`;
      const headSha = head.repeat(40);
      await it.openDoor({ ...DOOR, ref, headSha, pullRequestNumber: number, openedAt: later(days) });
      if (checkRunId !== null) await it.recordCheckRun(ref, checkRunId);
    };
    await opened("a", 0, 1);
    await opened("b", 1, 2);
    await opened("c", 2, 3);
    await opened("d", 3, null);
    await opened("e", 3, 4, 2);
    const since = (headSha: string) => it.checksSince({ ...DOOR, headSha }, later(1));
    expect((await since("d".repeat(40))).ofPullRequest.toSorted()).toEqual([later(1), later(2)]);
    expect(await since("c".repeat(40))).toEqual({ ofPullRequest: [later(1)], ofAuthor: [] });
  });
}

function describeReports(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("triage: it is known when a pull request and its author's others were assessed, for a day", async () => {
    const it = tenant();
    await it.saveInstallation(INSTALLATION);
    const about = (number: number, author: number | null) => ({
      ...{ repository: DEMO, number },
      author: author === null ? null : accountId(author),
    });
    await it.noteTriage(about(1, 11), NOW);
    await it.noteTriage(about(1, 11), later(1));
    await it.noteTriage(about(2, 11), later(2));
    await it.noteTriage(about(1, null), later(3));
    expect(await it.triagesSince(about(1, 11), later(1))).toEqual({
      ofPullRequest: [later(1), later(3)],
      ofAuthor: [later(1), later(2)],
    });
    expect(await it.triagesSince(about(1, null), NOW)).toMatchObject({ ofAuthor: [] });
    expect(await tenant().triagesSince(about(1, 11), NOW)).toEqual({ ofPullRequest: [], ofAuthor: [] });
    await sweepAt(given().store, later(3));
    expect((await it.triagesSince(about(1, 11), NOW)).ofPullRequest).toEqual([later(3)]);
    await it.forgetRepositories([DEMO]);
    expect(await it.triagesSince(about(1, 11), NOW)).toEqual({ ofPullRequest: [], ofAuthor: [] });
  });

  test("report: it comes back as it was given, odd characters included", async () => {
    const it = tenant();
    const report = aReport(it.id);
    await it.saveReport(report);
    expect(await it.report(report.id)).toEqual(report);
    expect(await it.report("no-such-report")).toBeNull();
    expect(await tenant().report(report.id)).toBeNull();
  });

  test("report: a later one of the same subject, head and engine replaces, other heads stay, review is kept", async () => {
    const it = tenant();
    const first = aReport(it.id);
    const otherHead = aReport(it.id, {
      createdAt: later(1),
      pullRequest: { number: 1, title: "t", headSha: "b".repeat(40), createdAt: NOW },
    });
    await it.saveReport(first);
    await it.saveReport(otherHead);
    expect(await it.markReviewed(DEMO, "a".repeat(40), BY)).toEqual([first.id]);
    expect(await it.markReviewed(DEMO, "a".repeat(40), { ...BY, login: "hana-example" })).toEqual([]);
    const again = aReport(it.id, { createdAt: later(2) });
    await it.saveReport(again);
    const reviewed = { byAccountId: BY.accountId, byLogin: BY.login, at: BY.at };
    expect(await it.reportsOfHead(DEMO, "a".repeat(40))).toEqual([{ ...again, reviewed }]);
    await it.saveReport(again, { lookAgain: true });
    expect((await it.report(again.id))?.reviewed).toBeNull();
    expect((await it.reportsOfPullRequest(DEMO, 1)).map(({ id }) => id)).toEqual([again.id, otherHead.id]);
    expect((await it.latestReportOf(ADA))?.id).toBe(again.id);
    expect((await it.recentReports(1)).map(({ id }) => id)).toEqual([again.id]);
    await it.closePullRequest(DEMO, 1, later(3));
    expect((await it.recentReports(10)).map(({ closedAt }) => closedAt)).toEqual([later(3), later(3)]);
    // Opened again, it is read again.
    await it.saveReport(again);
    expect((await it.report(again.id))?.closedAt).toBeNull();
  });
}

function describeComparedLooks(given: () => Subject): void {
  test("compared look: the one marked reviewed last, else the first that is kept", async () => {
    const it = newTenant(given().store);
    const heads = ["a", "b", "c"].map((letter, index) =>
      aReport(it.id, {
        id: `compared-${it.id}-${letter}`,
        createdAt: later(index),
        pullRequest: { number: 7, title: "t", headSha: letter.repeat(40), createdAt: NOW },
      }),
    );
    const compared = async () => (await it.lookToCompare(DEMO, 7))?.pullRequest?.headSha[0] ?? null;
    expect(await compared()).toBeNull();
    for (const report of heads.toReversed()) await it.saveReport(report);
    expect(await compared()).toBe("a");
    await it.markReviewed(DEMO, "b".repeat(40), BY);
    expect(await compared()).toBe("b");
    expect((await it.reportsOfPullRequest(DEMO, 7)).map(({ reviewed }) => reviewed?.byLogin ?? null)).toEqual([
      null,
      BY.login,
      null,
    ]);
    expect(await newTenant(given().store).lookToCompare(DEMO, 7)).toBeNull();
  });
}

function describeReportLists(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("report: of one account, newest first and without dossiers; one on its access is closed by its id alone", async () => {
    const it = tenant();
    const onChange = aReport(it.id);
    const onAccess = aReport(it.id, {
      id: `access-${it.id}`,
      kind: "collaborator",
      pullRequest: null,
      createdAt: later(1),
    });
    for (const report of [onChange, onAccess]) await it.saveReport(report);
    await it.saveReport(
      aReport(it.id, { id: `other-${it.id}`, accountId: accountId(77), kind: "collaborator", pullRequest: null }),
    );
    const { dossier: _, ...listed } = onAccess;
    const found = await it.reportsOfAccount(ADA, 9);
    expect(found.map(({ id }) => id)).toEqual([onAccess.id, onChange.id]);
    expect(found[0]).toEqual(listed);
    expect(await it.reportsOfAccount(ADA, 1)).toHaveLength(1);
    expect(await tenant().reportsOfAccount(ADA, 9)).toEqual([]);
    expect(await tenant().markAccessReviewed(onAccess.id, BY)).toBe(false);
    expect(await it.markAccessReviewed(onChange.id, BY)).toBe(false);
    expect(await it.markAccessReviewed(onAccess.id, BY)).toBe(true);
    expect(await it.markAccessReviewed(onAccess.id, { ...BY, login: "hana-example" })).toBe(false);
    expect((await it.report(onAccess.id))?.reviewed?.byLogin).toBe(BY.login);
  });

  test("report: collaborators and pull requests that share a commit stand side by side", async () => {
    const it = tenant();
    await it.saveReport(aReport(it.id));
    await it.saveReport(
      aReport(it.id, { pullRequest: { number: 2, title: "t", headSha: "a".repeat(40), createdAt: NOW } }),
    );
    await it.saveReport(aReport(it.id, { kind: "collaborator", pullRequest: null }));
    expect(await it.reportsOfHead(DEMO, "a".repeat(40))).toHaveLength(2);
    const recent = await it.recentReports(10);
    expect(recent).toHaveLength(3);
    expect(await it.recentPlaces(10)).toEqual(
      recent.map(
        ({ id, installationId, repositoryId: repository, repositoryOwner, repositoryName, accountId: account }) => ({
          ...{ id, installationId, repositoryId: repository, repositoryOwner, repositoryName, accountId: account },
        }),
      ),
    );
    const listed = recent.map(({ dossier: _, ...rest }) => rest);
    const ids = recent.slice(1).map(({ id }) => id);
    expect(await it.reports(ids)).toEqual(recent.slice(1));
    expect(await it.listReports({ ids })).toEqual(listed.slice(1));
    expect([await it.reports([]), await it.listReports({ ids: [] })]).toEqual([[], []]);
    expect(await it.listReports({ waiting: false, limit: 2 })).toEqual(listed.slice(0, 2));
    await it.markReviewed(DEMO, "a".repeat(40), BY);
    expect((await it.listReports({ waiting: true, limit: 9 })).map(({ kind }) => kind)).toEqual(["collaborator"]);
  });
}

function describeAccounts(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("account: cached sections are given while they are young", async () => {
    const it = tenant();
    const sections = { "account.profile": present({ accountId: ADA, createdAt: NOW }, NOW) };
    expect(await it.cachedAccount(ADA, NOW, 24)).toBeNull();
    await it.cacheAccount(ADA, sections, NOW);
    await it.cacheAccount(ADA, sections, later(1));
    expect(await it.cachedAccount(ADA, later(1.5), 24)).toEqual(sections);
    expect(await it.cachedAccount(ADA, later(2), 24)).toBeNull();
  });

  test("account: what a deep scan found stands until the next one", async () => {
    const it = tenant();
    const sections = historySections(NOW);
    expect(await it.historiesOf(ADA, "git")).toBeNull();
    await it.keepHistories(ADA, { heads: "9:aaa", sections, by: "git" }, NOW);
    await it.keepHistories(ADA, { heads: "9:bbb", sections, by: "git" }, later(1));
    await it.keepHistories(ADA, { heads: "9:ccc", sections, by: "api" }, later(2));
    expect(await it.historiesOf(ADA, "git")).toEqual({ heads: "9:bbb", sections, at: later(1) });
    expect(await it.historiesOf(ADA, "api")).toEqual({ heads: "9:ccc", sections, at: later(2) });
  });

  test("account: snapshots come oldest first, one per moment", async () => {
    const it = tenant();
    const [first, second] = [
      { at: NOW, loginHash: "h1", ownedCount: 3 },
      { at: later(1), loginHash: "h2", ownedCount: 4 },
    ] as const;
    for (const snapshot of [second, first, first]) await it.addSnapshot(ADA, snapshot);
    expect(await it.snapshotsOf(ADA)).toEqual([first, second]);
  });

  const by = { accountId: BY.accountId, login: BY.login };
  const vouch = {
    ...({ disposition: "vouched", reason: "we met" } as const),
    ...{ by, repository: null, at: NOW, until: later(9) },
  };
  const about = (days: number, repository = DEMO) => ({ repository, now: later(days) });

  test("local list: entries count until they end, where they were written for", async () => {
    const it = tenant();
    await it.addToLocalList(ADA, vouch);
    await it.addToLocalList(ADA, { ...vouch, reason: "there alone", repository: DEMO });
    const counted = async (...asked: Parameters<typeof about>) =>
      (await it.localList(ADA, about(...asked))).entries.map(({ reason }) => reason);
    expect((await it.localList(ADA, about(8))).entries[0]).toEqual({
      ...{ disposition: "vouched", reason: "we met", byAccountId: BY.accountId, at: NOW, until: later(9) },
    });
    expect(await counted(8)).toEqual(["we met", "there alone"]);
    expect(await counted(8, repositoryId(77))).toEqual(["we met"]);
    expect(await counted(9)).toEqual([]);
    expect(await it.listEntries(ADA, later(9))).toEqual([]);
    expect((await it.endedEntries(later(9))).map(({ reason }) => reason)).toEqual(["we met", "there alone"]);
    expect(await it.endedEntries(later(8))).toEqual([]);
    expect(await tenant().endedEntries(later(9))).toEqual([]);
  });

  test("local list: a warning counts once a second person agrees, and nothing that was taken back does", async () => {
    const it = tenant();
    await it.addToLocalList(ADA, { ...vouch, disposition: "denounced" });
    await it.addToLocalList(ADA, vouch);
    const [known, warning] = await it.listEntries(ADA, NOW);
    expect(warning).toMatchObject({ ...vouch, disposition: "denounced", account: ADA, confirmedBy: null });
    const dispositions = async () => (await it.localList(ADA, about(1))).entries.map(({ disposition }) => disposition);
    expect(await dispositions()).toEqual(["vouched"]);
    expect(await it.confirmEntry(warning!.id, BY.accountId, NOW)).toBe(false);
    expect(await it.confirmEntry(known!.id, accountId(78), NOW)).toBe(false);
    expect(await it.confirmEntry(warning!.id, accountId(78), later(9))).toBe(false);
    expect(await tenant().confirmEntry(warning!.id, accountId(78), NOW)).toBe(false);
    expect(await it.confirmEntry(warning!.id, accountId(78), NOW)).toBe(true);
    expect(await it.confirmEntry(warning!.id, accountId(79), NOW)).toBe(false);
    expect(await dispositions()).toEqual(["denounced", "vouched"]);
    await it.addToLocalList(ADA, { ...vouch, disposition: "denounced", reason: "unconfirmed" });
    expect(await it.withdrawEntry(known!.id, later(1))).toMatchObject({ id: known!.id });
    expect(await it.withdrawEntry(known!.id, later(1))).toBeNull();
    expect(await tenant().withdrawEntry(warning!.id, later(1))).toBeNull();
    expect(await dispositions()).toEqual(["denounced"]);
    expect((await it.endedEntries(later(9))).map(({ id }) => id)).toEqual([warning!.id]);
  });
}

function describeCachedAccounts(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("account: cached sections are deleted a week after they were read, or with evidence before that", async () => {
    const it = tenant();
    await it.cacheAccount(ADA, {}, later(1));
    const swept = (day: number, evidence_days = 30) =>
      it.deleteExpired(later(day), { organization: { evidence_days, bands_days: 90 }, repositories: new Map() });
    expect(await swept(8)).toMatchObject({ account_cache: 0 });
    expect(await swept(8.1)).toMatchObject({ account_cache: 1 });
    await it.cacheAccount(ADA, {}, NOW);
    expect(await swept(5.1, 5)).toMatchObject({ account_cache: 1 });
  });
}

function describeLedger(given: () => Subject): void {
  const tenant = () => newTenant(given().store);
  const pair = { account: ADA, repository: DEMO };
  const by = { accountId: BY.accountId, login: BY.login };
  const gave = { by, at: NOW, role: "write" } as const;
  const note = { reason: "keeps the mirror", until: later(9), by, at: NOW };

  test("ledger: who gave a grant and why it stands are one line, whichever comes first", async () => {
    const it = tenant();
    await it.recordGrant(pair, gave);
    await it.noteGrant(pair, note);
    expect(await it.grantRecords()).toEqual([{ ...pair, given: gave, noted: note }]);
    const other = { account: ADA, repository: repositoryId(8) };
    await it.noteGrant(other, { ...note, until: null });
    await it.recordGrant(other, gave);
    expect(await it.grantRecords({ account: ADA })).toHaveLength(2);
    expect(await it.grantRecords({ repository: other.repository })).toEqual([
      { ...other, given: gave, noted: { ...note, until: null } },
    ]);
    expect(await it.grantRecords({ account: accountId(4) })).toEqual([]);
    expect(await tenant().grantRecords()).toEqual([]);
  });

  test("ledger: of two deliveries the later one counts, whichever comes first", async () => {
    const it = tenant();
    const raised = { ...gave, at: later(1), role: "admin" } as const;
    await it.recordGrant(pair, raised);
    await it.recordGrant(pair, gave);
    expect(await it.grantRecords()).toMatchObject([{ given: raised }]);
    await it.recordGrant(pair, { ...gave, at: later(2) });
    expect(await it.grantRecords()).toMatchObject([{ given: { ...gave, at: later(2) } }]);
  });

  test("ledger: a grant that is gone is forgotten, one that was given after that is not", async () => {
    const it = tenant();
    await it.recordGrant(pair, { ...gave, at: later(2) });
    await it.forgetGrant(pair, later(1));
    expect(await it.grantRecords()).toHaveLength(1);
    await it.forgetGrant(pair, later(2));
    expect(await it.grantRecords()).toEqual([]);
  });

  test("ledger: what no audit has seen for half a year goes, what one saw stays", async () => {
    const it = tenant();
    const seen = { account: ADA, repository: repositoryId(8) };
    for (const each of [pair, seen]) await it.recordGrant(each, gave);
    await it.grantsSeen([seen], later(7));
    const days = { organization: { evidence_days: 30, bands_days: 90 }, repositories: new Map() };
    expect(await it.deleteExpired(later(182), days)).toMatchObject({ grant_record: 0 });
    expect(await it.deleteExpired(later(183), days)).toMatchObject({ grant_record: 1 });
    expect(await it.grantRecords()).toMatchObject([seen]);
  });
}

function describeReferrals(given: () => Subject): void {
  const tenant = () => newTenant(given().store);
  const act = { account: ADA, by: BY.accountId, repository: DEMO, role: "write", at: NOW } as const;

  test("referrals: whom an account let in, each once with the last time, of this organisation alone", async () => {
    const it = tenant();
    const invited = { ...act, repository: null, role: "owner", at: later(2) } as const;
    for (const one of [invited, act, { ...act, at: later(-1) }]) await it.recordReferral(one);
    await it.recordReferral({ ...act, account: accountId(4), at: later(1) });
    expect(await it.letInBy(act.by)).toEqual([
      { accountId: accountId(4), at: later(1) },
      { accountId: ADA, at: later(2) },
    ]);
    expect(await it.letInBy(ADA)).toEqual([]);
    expect(await tenant().letInBy(act.by)).toEqual([]);
    expect((await it.subject(ADA, NOW)).referrals).toEqual([act, invited]);
  });

  test("referrals: they go with bands and with their repository, and not with the grant", async () => {
    const it = tenant();
    await it.recordReferral(act);
    await it.recordReferral({ ...act, repository: null });
    await it.forgetGrant({ account: ADA, repository: DEMO }, NOW);
    expect((await it.subject(ADA, NOW)).referrals).toHaveLength(2);
    await it.forgetRepositories([DEMO]);
    expect((await it.subject(ADA, NOW)).referrals).toMatchObject([{ repository: null }]);
    const days = { organization: { evidence_days: 30, bands_days: 90 }, repositories: new Map() };
    expect(await it.deleteExpired(later(90), days)).toMatchObject({ referral: 0 });
    expect(await it.deleteExpired(later(91), days)).toMatchObject({ referral: 1 });
    expect(await it.letInBy(act.by)).toEqual([]);
  });
}

function describeExposures(given: () => Subject): void {
  const tenant = () => newTenant(given().store);
  const by = { accountId: BY.accountId, login: BY.login };
  test("exposure: decisions are kept as they were made, newest first, until they end", async () => {
    const it = tenant();
    const line = {
      kind: "acc-dormant-privilege",
      account: keyOf(ADA),
      repository: keyOf(DEMO),
      role: "admin",
    } as const;
    const decision = { ...({ outcome: "keep", reason: "on leave" } as const), ...{ by, at: NOW, until: later(9) } };
    const first = { line: { ...line, accountCount: null, repositoryCount: 1, everywhere: true as const }, ...decision };
    const admins = { kind: "org-admins-everywhere", account: null, repository: null, role: "admin" } as const;
    const second = { ...decision, line: { ...admins, accountCount: 7 }, until: later(20) };
    await it.decideExposure(first);
    await it.decideExposure(second);
    expect(await it.exposureDecisions(later(8))).toEqual([second, first]);
    expect(await it.exposureDecisions(later(9))).toEqual([second]);
    expect(await tenant().exposureDecisions(NOW)).toEqual([]);
    const days = { evidence_days: 30, bands_days: 90 };
    expect(await it.deleteExpired(later(9), { organization: days, repositories: new Map() })).toMatchObject({
      exposure_decision: 1,
    });
  });
}

function describeFlags(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("flag: an open one is renewed, acknowledged once, and closed when the grant goes", async () => {
    const it = tenant();
    const flag = { ...FLAG, id: `flag-${nextNumber()}` };
    expect(await it.raiseFlag(flag)).toMatchObject({ told: false });
    expect((await it.untold()).flags).toEqual([flag.id]);
    await it.markTold({ flags: [flag.id], alerts: [] }, NOW);
    await tenant().markTold({ flags: [flag.id], alerts: [] }, NOW);
    expect((await it.untold()).flags).toEqual([]);
    const raised = await it.raiseFlag({
      ...flag,
      id: `flag-${nextNumber()}`,
      role: "maintain",
      band: "elevated",
      because: "second",
      reportId: "report-2",
    });
    expect(raised).toMatchObject({ told: true });
    const { told: _, ...renewed } = raised ?? { told: null };
    expect(renewed).toEqual({
      ...flag,
      role: "maintain",
      band: "elevated",
      because: "second",
      reportId: "report-2",
      installationId: it.id,
      state: { kind: "open" },
    });
    expect(await it.flags("open")).toEqual([renewed]);
    expect(await it.acknowledgeFlag(flag.id, { ...BY, reason: "known to us", outcome: "keep", until: later(50) })).toBe(
      true,
    );
    expect(await it.acknowledgeFlag(flag.id, { ...BY, reason: "again", outcome: "keep", until: null })).toBe(false);
    expect(await it.flags("open")).toEqual([]);
    expect((await it.flag(flag.id))?.state).toMatchObject({
      kind: "acknowledged",
      reason: "known to us",
      until: later(50),
    });
    // What a person has decided stays decided, for this role and band and all below.
    for (const known of [{}, { role: "maintain", band: "elevated" }] as const)
      expect(await it.raiseFlag({ ...flag, ...known, id: `flag-${nextNumber()}` })).toBeNull();
    const stronger = await it.raiseFlag({ ...flag, role: "admin", id: `flag-${nextNumber()}`, raisedAt: later(1) });
    // What was acknowledged is renewed by nothing: the stronger one is new.
    expect(stronger).toMatchObject({ told: false });
    const anew = await it.raiseFlag({ ...flag, band: "high", id: `flag-${nextNumber()}`, raisedAt: later(2) });
    expect(anew).toMatchObject({ id: stronger?.id, role: "write", band: "high" });
    expect(await it.closeFlagsOfGrant(DEMO, ADA, later(2))).toBe(2);
    expect(await it.closeFlagsOfGrant(DEMO, ADA, later(3))).toBe(0);
    expect((await it.flags("all")).map(({ id, state }) => [id, state.kind])).toEqual([
      [stronger?.id, "grant_gone"],
      [flag.id, "grant_gone"],
    ]);
  });

  test("subjects: whom reports and flags are about, by their ids", async () => {
    const it = tenant();
    const [report, nobody] = [aReport(it.id), aReport(it.id, { repositoryId: repositoryId(8), accountId: null })];
    for (const one of [report, nobody]) await it.saveReport(one);
    const flag = { ...FLAG, id: `flag-${nextNumber()}` };
    await it.raiseFlag(flag);
    const found = await it.subjectsOf([report.id, nobody.id, flag.id, "no-such-id"]);
    expect(found.get(report.id)).toMatchObject({ login: report.login, pullRequest: report.pullRequest });
    expect([...found].map(([id, { accountId: account }]) => [id, account]).toSorted()).toEqual(
      [
        [report.id, ADA],
        [nobody.id, null],
        [flag.id, ADA],
      ].toSorted(),
    );
    expect((await it.subjectsOf([])).size).toBe(0);
    expect((await tenant().subjectsOf([report.id, flag.id])).size).toBe(0);
  });
}

function describeRemovals(given: () => Subject): void {
  const tenant = () => newTenant(given().store);

  test("renaming: doors, reports and flags of the repository follow, the others keep their name", async () => {
    const it = tenant();
    const other = repositoryId(8);
    const [mine, neighbour] = [aReport(it.id), aReport(it.id, { repositoryId: other })];
    for (const report of [mine, neighbour]) await it.saveReport(report);
    for (const repository of [DEMO, other]) {
      await it.openDoor({ ...DOOR, repositoryId: repository, ref: `ref-${nextNumber()}` });
      await it.raiseFlag({ ...FLAG, id: `flag-${nextNumber()}`, repositoryId: repository });
    }
    await it.renameRepository(DEMO, { owner: "example-org", name: "showcase" });
    expect(await it.report(mine.id)).toEqual({ ...mine, repositoryName: "showcase" });
    expect(await it.report(neighbour.id)).toEqual(neighbour);
    expect((await it.flags("all")).map((flag) => flag.repositoryName).toSorted()).toEqual(["demo", "showcase"]);
    expect((await it.doorsOfRepository(DEMO))[0]).toMatchObject({ repositoryName: "showcase" });
    await it.renameOwner("renamed-org");
    const owners = [
      ...(await it.recentReports(9)).map((report) => report.repositoryOwner),
      ...(await it.doorsOfRepository(DEMO)).map((door) => door.repositoryOwner),
      ...(await it.doorsOfRepository(other)).map((door) => door.repositoryOwner),
    ];
    expect(owners).toEqual(Array(4).fill("renamed-org"));
    expect((await it.report(mine.id))?.repositoryName).toBe("showcase");
  });

  test("forgetting a repository leaves the others", async () => {
    const it = tenant();
    const other = repositoryId(8);
    await it.saveReport(aReport(it.id));
    await it.saveReport(aReport(it.id, { repositoryId: other }));
    await it.savePolicy(DEMO, aPolicy({}));
    const line = {
      kind: "acc-direct-outside-grant",
      account: keyOf(ADA),
      repository: keyOf(DEMO),
      role: "write",
    } as const;
    const decision = { line, outcome: "keep", reason: "we met", by: BY, at: NOW, until: later(9) } as const;
    await it.decideExposure(decision);
    await it.forgetRepositories([DEMO]);
    expect(await it.exposureDecisions(NOW)).toEqual([]);
    await it.forgetRepositories([]);
    expect((await it.recentReports(10)).map((report) => report.repositoryId)).toEqual([other]);
    expect(await it.policy(DEMO)).toBeNull();
  });

  test("purge: nothing of the tenant is left, its waiting work included, and its neighbour keeps everything", async () => {
    const [it, neighbour] = [tenant(), tenant()];
    for (const one of [it, neighbour]) {
      await one.saveInstallation(INSTALLATION);
      await one.saveReport(aReport(one.id));
      await one.addToTrail({ at: NOW, actorId: null, act: "installation.added", target: "it", reason: null });
    }
    await given().store.queue.enqueue([{ kind: "audit-organization", installationId: it.id, first: true }]);
    await it.purge();
    expect([await it.installation(), await it.recentReports(9), await it.trail(9)]).toEqual([null, [], []]);
    expect((await given().store.queue.counts()).waiting).toBe(0);
    expect(await neighbour.recentReports(9)).toHaveLength(1);
    expect(await neighbour.trail(9)).toHaveLength(1);
  });
}
