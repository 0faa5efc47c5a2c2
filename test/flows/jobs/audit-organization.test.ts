import type { KeptAudit } from "../../../src/access/audit-head.ts";
import type { ExposureDecision } from "../../../src/access/exposure-decision.ts";
import type { Flag } from "../../../src/access/flag.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { daysBetween, plusDays } from "../../../src/clock.ts";
import { auditOrganizationFlow } from "../../../src/flows/jobs/audit-organization.ts";
import { auditKey, weeklySchedule } from "../../../src/flows/steps/weekly-audit.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import type { Job } from "../../../src/job/job.ts";
import { DEFAULT_POLICY } from "../../../src/policy/policy.ts";
import type { Report } from "../../../src/store/store.ts";
import { grant, keyed, octoOrg } from "../../access/graphs.ts";
import { no, yes } from "../../dossier/played-gateway.ts";
import { aReport } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { ADA, expectNothingCaught, type Given, INSTALLATION, NOW } from "../scene.ts";

import { type About, audited, JOB, organization, reportOf } from "./audit-scene.ts";

const holders = (jobs: readonly Job[]) => jobs.flatMap((job) => (job.kind === "assess-holder" ? [job.accountId] : []));

const headAt = (takenAt: string, id = "audit-0"): KeptAudit => ({
  ...{ id, takenAt, writers: 3, outside: null, dormant: null },
});

test.each<[string, boolean, string | null, boolean]>([
  ["the first one, of an installation without any", true, null, true],
  ["the first one, asked for again", true, NOW, false],
  ["a later one, a day after the last", false, plusDays(NOW, -1), true],
  ["a later one that comes again within the day", false, plusDays(NOW, -0.999), false],
])("audit: %s", async (_, first, latest, runs) => {
  const { outcome, audit, asked } = await audited(
    { job: { ...JOB, first } },
    { tenant: { auditHeads: async () => (latest === null ? [] : [headAt(latest)]) } },
  );
  expect(outcome).toEqual({ kind: "completed" });
  expect([audit !== undefined, asked.length > 0]).toEqual([runs, runs]);
});

test("audit: nothing is asked for an installation that is gone", async () => {
  const { outcome, asked } = await audited({}, { installation: null });
  expect([outcome.kind, asked]).toEqual(["cancelled", []]);
});

test("audit: it is kept with its snapshot, and told in the log by counts", async () => {
  const { audit, did } = await audited();
  expect(audit).toMatchObject({
    ...{ id: expect.stringMatching(/^[\w-]{22}$/), takenAt: NOW, snapshot: octoOrg() },
    report: { schema: "sallyport.audit/1", changes: null, flags: [] },
  });
  expect(did("accessSnapshot")).toMatchObject([[{ organization: INSTALLATION.accountLogin, now: NOW }]]);
  expect(did("log")).toEqual([["audit.completed", { installation: INSTALLATION.id, repositories: 2, writers: 3 }]]);
});

test("audit: one is compared with the last that is a day old, so that a second try compares with the same", async () => {
  const { did, audit } = await audited({ previous: octoOrg() });
  expect(did("latestSnapshot")).toEqual([[plusDays(NOW, -1)]]);
  expect(audit?.report.changes).not.toBeNull();
});

test("audit: guards that were loosened since the last one are kept with it, by the rules of both", async () => {
  const ruled = (approvals: number) =>
    octoOrg({
      repositories: [{ id: "10", name: "wallet", visibility: "public", archived: false, defaultBranch: "main" }],
      ...{ grants: [], rulesets: [] },
      protections: [{ repository: "10", pattern: "main", requiresPullRequest: true, approvals }],
    });
  const { audit } = await audited({ snapshot: ruled(1), previous: ruled(2) });
  expect(audit?.report.changes?.guardsLoosened).toMatchObject([{ what: "approvals", approvals: { from: 2, to: 1 } }]);
  const { audit: calm } = await audited({ snapshot: ruled(2), previous: ruled(1) });
  expect(calm?.report.changes?.guardsLoosened).toEqual([]);
});

const told = {
  messenger: { destinationsOf: (_: unknown, about: string) => (about === "weekly" ? ["team", "mail"] : []) },
};
const head = (days: number) => ({
  id: `audit-${days}`,
  takenAt: plusDays(NOW, -days),
  writers: 3,
  outside: 1,
  dormant: 1,
});

/** Before the audit is stored there are the others alone. */
const headsWhenStored = (own: KeptAudit, ...before: readonly KeptAudit[]): Given["tenant"] => ({
  auditHeads: async (limit) => (limit === 1 ? before : [own, ...before]).slice(0, limit),
});

test("audit: each place that is told of it gets a message with what changed since the last one", async () => {
  const tenant = headsWhenStored(head(0), { ...head(7), writers: 2 }, head(14));
  const { jobs, calls } = await audited({ previous: octoOrg() }, { ...told, tenant });
  const notice = expect.objectContaining({ about: "weekly", madeAt: NOW, writers: { now: 3, before: 2 } });
  const sends = jobs().filter(({ kind }) => kind === "send-notice");
  expect(sends).toEqual(
    ["team", "mail"].map((destination) => ({
      ...{ kind: "send-notice", installationId: INSTALLATION.id, destination, notice },
    })),
  );
  // Nobody is told of an audit that is not kept.
  const order = calls.map(([name]) => name).filter((name) => ["saveAudit", "auditHeads"].includes(name));
  expect(order).toEqual(["auditHeads", "saveAudit", "auditHeads"]);
});

test("audit: where nothing changed and nothing is open, and where nobody is told, there is no message", async () => {
  const tenant = headsWhenStored(head(0), head(7));
  const quiet = await audited({ previous: octoOrg() }, { ...told, tenant });
  const alone = await audited({ previous: octoOrg() });
  for (const { jobs } of [quiet, alone]) expect(jobs().filter(({ kind }) => kind === "send-notice")).toEqual([]);
});

test("audit: the next one runs when the policy says by now", async () => {
  const weekly = { day: "friday", hour: 20 } as const;
  const { did } = await audited({}, { policy: { access: { weekly } } });
  const schedule = weeklySchedule(INSTALLATION.id, { ...DEFAULT_POLICY.access.weekly, ...weekly });
  expect(did("schedule")).toEqual([[auditKey(INSTALLATION.id), schedule, JOB]]);
});

test("audit: without the access graph the job waits, and nothing is kept, closed or filed", async () => {
  const about = { flags: [flagOf(3, 10)], reports: { 2: null, 4: reportOf(1, "review") } };
  const { context, did } = organization(about, { gateway: { accessSnapshot: async () => no("timeout") } });
  await expect(auditOrganizationFlow(context, JOB)).rejects.toMatchObject({ code: "timeout" });
  for (const change of ["saveAudit", "closeFlagsOfGrant", "raiseFlag", "enqueue"]) expect(did(change)).toEqual([]);
});

test("audit: whoever writes is asked about, those with roles of their own first, and nobody else", async () => {
  const bot = { id: "9", login: "bot", kind: "bot" as const };
  const { accounts, grants } = octoOrg();
  const snapshot = octoOrg({ accounts: [...accounts, bot], grants: [...grants, grant("9", "10", "admin", "direct")] });
  const { did } = await audited({ snapshot });
  expect(did("lastActivity")).toEqual(
    ["mika-member", "otis-outside", "olive-owner"].map((login) => [
      { organization: INSTALLATION.accountLogin, login, now: NOW },
    ]),
  );
});

test("audit: who did nothing for as long as the policy says is called dormant, and of whom nobody knows is said so", async () => {
  const lastActivity = async ({ login }: { login: string }) =>
    login === "mika-member"
      ? yes({ lastActAt: plusDays(NOW, -100), searchedSince: plusDays(NOW, -400) })
      : no("timeout");
  const dormant = async (days: number) => {
    const policy = { access: { dormant_after_days: days } };
    const { audit, asked } = await audited(
      { snapshot: octoOrg({ takenAt: NOW }) },
      { gateway: { lastActivity }, policy },
    );
    expect(asked.filter((name) => name === "lastActivity")).toHaveLength(3);
    expect(audit?.report.notChecked.map(({ what }) => what)).toContain("dormant write of 2 accounts");
    return audit?.report.exposure.flatMap(({ kind, account }) => (kind === "acc-dormant-privilege" ? [account] : []));
  };
  expect(await dormant(180)).toEqual([]);
  expect(await dormant(90)).toEqual(["2"]);
});

test("audit: a line that somebody keeps says so in the report, and asks again once its day is over", async () => {
  const grants = [grant("4", "10", "write", "direct")];
  const line = { kind: "acc-direct-outside-grant", account: "4", repository: "10", role: "write" } as const;
  const keptUntil = async (until: string) => {
    const decision = keyed<ExposureDecision>({
      ...{ line, outcome: "keep", reason: "contractor", by: { accountId: accountId(1), login: "olive-owner" } },
      ...{ at: plusDays(NOW, -7), until },
    });
    const { audit } = await audited({ snapshot: octoOrg({ grants, takenAt: NOW }), decisions: [decision] });
    return audit?.report.exposure.find(({ kind }) => kind === line.kind)?.keptUntil;
  };
  expect(await keptUntil(plusDays(NOW, 1))).toBe(plusDays(NOW, 1));
  expect(await keptUntil(NOW)).toBeUndefined();
});

/** What is asked about the one line of the small organisation, whose outside account writes to `relayer`. */
const OF_ITS_LINE = ["loginOf", "role"];

test("audit: at a limit of GitHub's nobody further is asked about, and the audit is made all the same", async () => {
  const { asked, audit } = await audited({}, { gateway: { lastActivity: async () => no("rate_limited", NOW) } });
  expect(asked).toEqual(["accessSnapshot", "lastActivity", ...OF_ITS_LINE]);
  expect(audit).toBeDefined();
});

/** An organisation with so many accounts from outside that write, from 1001 on. */
function crowd(count: number): AccessSnapshot {
  const ids = Array.from({ length: count }, (_, at) => String(1_001 + at));
  const accounts = ids.map((id) => ({ id, login: `login-${id}`, kind: "user" as const }));
  return octoOrg({ accounts, grants: ids.map((id) => grant(id, "10", "write", "team:core")), owners: [], members: [] });
}

test.each([
  [100, 100],
  [101, 100],
])("audit: of %i who write %i are asked about", async (count, most) => {
  const { did } = await audited({ snapshot: crowd(count) });
  expect(did("lastActivity")).toHaveLength(most);
});

test.each<[string, number, boolean]>([
  ["yesterday", 1, false],
  ["thirty days ago", 30, false],
  ["before that", 30.001, true],
])("audit: a holder who was looked at %s", async (_, days, again) => {
  const { jobs } = await audited({ reports: { 4: reportOf(days) } });
  expect(holders(jobs())).toEqual(again ? [4] : []);
});

test("audit: every holder nobody looked at is filed, 25 at once and the others one by one, but none that was given up", async () => {
  const reports = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [1_001 + at, null]));
  const about = { snapshot: crowd(120), reports };
  const filed = (await audited(about)).jobs().flatMap((job) => (job.kind === "assess-holder" ? [job] : []));
  expect(filed.map(({ accountId: id }) => id)).toEqual(Array.from({ length: 120 }, (_, at) => 1_001 + at));
  const times = filed.map(({ notBefore }) => notBefore);
  expect(times.findIndex((at) => at !== undefined)).toBe(25);
  const waits = times.slice(25).map((at) => daysBetween(NOW, at ?? NOW) * 24 * 60);
  expect(waits[0]).toBeCloseTo(3.3, 3);
  expect(waits.at(-1)).toBeCloseTo(95 * 3.3, 3);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  const setAside = (job: Job) => job.kind === "assess-holder" && job.accountId === 1_001;
  expect(holders((await audited(about, { setAside })).jobs())).toHaveLength(119);
});

test("audit: what a pull request showed of somebody who writes is looked at beside the access, which a flag opens", async () => {
  const onPullRequest = { ...reportOf(1, "review"), pullRequest: aReport(INSTALLATION.id).pullRequest };
  const { jobs, did } = await audited({ reports: { 4: onPullRequest } });
  expect([holders(jobs()), did("raiseFlag")]).toEqual([[4], []]);
  const nothing = { ...onPullRequest, ...{ assessment: reportOf(1).assessment } };
  expect((await audited({ reports: { 4: nothing } })).jobs()).toEqual([]);
});

test("audit: who was looked at lately is flagged where it writes by what was found, and only then", async () => {
  const flagged = async (report: Report) =>
    (await audited({ reports: { 4: report } })).did("raiseFlag").map(([flag]) => flag);
  expect(await flagged(reportOf(1, "review"))).toMatchObject([{ accountId: 4, repositoryId: 11, role: "maintain" }]);
  expect(await flagged(reportOf(1, "note"))).toEqual([]);
  // What is older is looked at again first.
  expect(await flagged(reportOf(31, "review"))).toEqual([]);
});

function flagOf(account: number, repository: number, state: Flag["state"] = { kind: "open" }): Flag {
  return {
    ...{ id: `flag-${account}-${repository}`, installationId: INSTALLATION.id, login: "label", reportId: "report-1" },
    ...{ accountId: accountId(account), repositoryId: repositoryId(repository), repositoryName: "wallet" },
    ...{ role: "write", via: "direct", band: "review", because: "because", raisedAt: NOW, state },
  };
}

const GONE: Given["gateway"] = {
  loginOf: async () => yes("noor-member"),
  repositoryAt: async (address) => yes({ ...address, id: repositoryId(10), createdAt: NOW, pushedAt: NOW }),
  role: async () => yes("triage"),
};

test.each<[string, Flag, readonly string[]]>([
  ["of a grant that stands is kept", flagOf(2, 10), []],
  ["of an owner is kept", flagOf(1, 10), []],
  ["of a grant that is gone is closed, as GitHub says so", flagOf(3, 10), ["loginOf", "repositoryAt", "role"]],
  ["of a role that sank below write is closed", flagOf(2, 10), ["loginOf", "repositoryAt", "role"]],
  ["that a person decided stays", flagOf(3, 10, { kind: "grant_gone", at: NOW }), []],
])("audit: a flag %s", async (_, flag, asked) => {
  const lower = octoOrg({ grants: [grant("2", "10", "triage", "direct")] });
  const about = { flags: [flag], ...(flag.accountId === 2 && asked.length > 0 && { snapshot: lower }) };
  const found = await audited(about, { gateway: GONE });
  const ofLine = "snapshot" in about && about.snapshot ? [] : OF_ITS_LINE;
  expect(found.asked.filter((name) => name !== "accessSnapshot" && name !== "lastActivity")).toEqual([
    ...asked,
    ...ofLine,
  ]);
  expect(found.did("closeFlagsOfGrant")).toEqual(asked.length > 0 ? [[10, flag.accountId, NOW]] : []);
  expect(found.audit?.report.flags).toMatchObject([{ id: flag.id }]);
});

test.each<[string, Given["gateway"], boolean]>([
  ["the account is gone", { loginOf: async () => no("not_found") }, true],
  ["nobody says what it is called", { loginOf: async () => no("timeout") }, false],
  ["nobody says which repository it is", { repositoryAt: async () => no("not_found") }, false],
  [
    "another repository has that name by now",
    { repositoryAt: async (address) => yes({ ...address, id: repositoryId(77), createdAt: NOW, pushedAt: NOW }) },
    false,
  ],
  ["nobody says which role it has", { role: async () => no("forbidden") }, false],
  ["it writes all the same", { role: async () => yes("write") }, false],
  ["it has no role", { role: async () => yes(null) }, true],
])("audit: a flag whose grant is not seen, when %s", async (_, gateway, closes) => {
  const { did } = await audited({ flags: [flagOf(3, 10)] }, { gateway: { ...GONE, ...gateway } });
  expect(did("closeFlagsOfGrant")).toHaveLength(closes ? 1 : 0);
  const address = { owner: INSTALLATION.accountLogin, name: "wallet" };
  const ofFlag = did("role").slice(0, -1);
  expect(ofFlag).toEqual(ofFlag.map(() => [{ repository: address, login: "noor-member" }]));
});

const before = octoOrg({ grants: octoOrg().grants.filter(({ account }) => account !== "4") });
const named: Given["gateway"] = { accountWithId: async (id) => yes({ ...ADA, id }) };

test.each<[string, AccessSnapshot | null, readonly number[]]>([
  ["before the first audit", null, []],
  ["when it stood there last week", octoOrg(), []],
  ["when it is new", before, [4]],
  [
    "when then other parts were seen",
    { ...before, notChecked: [{ what: "teams", because: "not shown", opensWith: null }] },
    [],
  ],
])("audit: a grant to an account itself is looked at %s", async (_, previous, accounts) => {
  const snapshot = octoOrg({ notChecked: [] });
  const reports = { 4: null, 2: null };
  const { jobs } = await audited({ snapshot, previous, reports }, { gateway: named });
  const found = jobs().flatMap((job) => (job.kind === "assess-collaborator" ? [job.account.id] : []));
  expect(found).toEqual(accounts);
  // Nobody is looked at twice for one grant.
  expect(holders(jobs())).toEqual(accounts.includes(4) ? [2] : [2, 4]);
});

test("audit: whatever fails ends the job with its error", async () => {
  const about: About = { previous: before, flags: [flagOf(3, 10)], reports: { 1: null, 2: reportOf(1, "review") } };
  await expectNothingCaught((fails) => audited(about, { gateway: { ...GONE, ...named }, fails }));
  await expectNothingCaught((fails) => audited({ job: { ...JOB, first: true }, reports: { 1: null } }, { fails }));
});

test("audit: a line that the audit before saw open is open since then", async () => {
  const first = await audited();
  const lines = first.audit?.report.exposure ?? [];
  expect(lines.map(({ openSince }) => openSince)).toEqual(lines.map(() => octoOrg().takenAt));
  expect(lines.length).toBeGreaterThan(0);
  const snapshot = octoOrg({ takenAt: plusDays(octoOrg().takenAt, 7) });
  const report: unknown = JSON.parse(JSON.stringify(first.audit?.report));
  const next = await audited({ snapshot, earlier: { id: "audit-1", report } });
  expect(next.audit?.report.exposure).toEqual(lines);
});

test("audit: a grant past the day an owner wrote down is a line, and what stands is marked as seen", async () => {
  const by = { accountId: accountId(1), login: "olive-owner" };
  const noted = { reason: "until the audit", until: octoOrg().takenAt, by, at: octoOrg().takenAt };
  const stands = { account: accountId(4), repository: repositoryId(11), given: null, noted };
  const gone = { ...stands, repository: repositoryId(10) };
  const { audit, did } = await audited({ ledger: [gone, stands] });
  const line = { kind: "grant-expired", level: "medium", account: "4", repository: "11", role: "maintain" };
  expect(audit?.report.exposure).toContainEqual(expect.objectContaining(line));
  expect(audit?.report.exposure.filter(({ kind }) => kind === "grant-expired")).toHaveLength(1);
  expect(did("grantsSeen")).toEqual([[[stands], NOW]]);
});

test("audit: where the policy asks for it everybody who leads is due for a look, and asked about first", async () => {
  const searched = { lastActAt: NOW, searchedSince: plusDays(NOW, -400) };
  const asked: string[] = [];
  const gateway: Given["gateway"] = {
    lastActivity: async ({ login }) => {
      asked.push(login);
      return yes(searched);
    },
  };
  const grants = [grant("2", "10", "write", "direct"), grant("4", "11", "maintain", "outside")];
  const snapshot = octoOrg({ grants });
  const lines = async (access: object) => {
    asked.length = 0;
    const { audit } = await audited({ snapshot }, { gateway, policy: { access } });
    return audit?.report.exposure.filter(({ kind }) => kind === "access-due-look");
  };
  expect(await lines({})).toEqual([]);
  expect(asked).toEqual(["mika-member", "otis-outside", "olive-owner"]);
  expect(await lines({ recertify_months: 6 })).toMatchObject([
    { account: "1", role: "admin", dueEvery: 6, lastActAt: NOW },
    { account: "4", role: "maintain", dueEvery: 6, lastActAt: NOW },
  ]);
  expect(asked).toEqual(["otis-outside", "olive-owner", "mika-member"]);
});
