import { plusDays } from "../../../../src/clock.ts";
import type { PullRequestFacts } from "../../../../src/dossier/gateway.ts";
import { triagePullRequestFlow } from "../../../../src/flows/jobs/triage-pull-request.ts";
import { accountId } from "../../../../src/ids.ts";
import type { PolicyFile } from "../../../../src/policy/policy.ts";
import { no } from "../../../dossier/played-gateway.ts";
import { REPOSITORY } from "../../../store/samples.ts";
import { expect, test } from "../../../support/jest.ts";
import { ACCOUNT, ADA, type Given, NOW } from "../../scene.ts";
import {
  type About,
  access,
  FACTS,
  HEAD,
  JOB,
  LATER,
  pullRequest,
  reportOn,
  SAID,
  STRANGER,
  SUSPICIOUS,
  triaged,
} from "./triage-scene.ts";

test("triage: nothing is done for an installation that is gone", async () => {
  const { outcome, calls } = await triaged({}, { installation: null });
  expect(outcome).toEqual({ kind: "cancelled", because: "installation unknown" });
  expect(calls.map(([name]) => name)).toEqual(["installation"]);
});

test.each<[string, About, boolean]>([
  ["after it was said", { reports: [reportOn(7, LATER)] }, true],
  ["in the same moment", { reports: [reportOn(7, SAID)] }, false],
  ["before", { reports: [reportOn(7, plusDays(SAID, -1))] }, false],
  ["for another pull request", { reports: [reportOn(8, LATER)] }, false],
  ["for this and another one", { reports: [reportOn(8, LATER), reportOn(7, LATER)] }, true],
  ["with another head", { reports: [reportOn(7, LATER, "b".repeat(40))] }, false],
  ["but is asked for again", { job: { ...JOB, force: true }, reports: [reportOn(7, LATER)] }, false],
  ["but has a new base", { job: { ...JOB, newBase: true }, reports: [reportOn(7, LATER)] }, false],
])("triage: one that was looked at %s", async (_, about, done) => {
  const { outcome, asked, report } = await triaged(about);
  expect(outcome).toEqual({ kind: "completed" });
  expect([asked.length === 0, report === undefined]).toEqual([done, done]);
});

test("triage: GitHub writes a moment without its milliseconds, and it is the same moment", async () => {
  const job = { ...JOB, pullRequest: { ...JOB.pullRequest, updatedAt: SAID.replace(".000Z", "Z") } };
  expect((await triaged({ job, reports: [reportOn(7, SAID)] })).report).toBeDefined();
});

test("triage: a push that comes soon after another waits, and one that we ask for ourselves does not", async () => {
  const recent = [plusDays(NOW, -10 / 86_400)];
  const held = await triaged({ recent });
  expect(held.outcome).toEqual({ kind: "snooze", until: plusDays(NOW, 20 / 86_400), because: "pushed lately" });
  expect([held.asked, held.report, held.did("noteTriage")]).toEqual([[], undefined, []]);
  const { repository, pullRequest } = JOB;
  const about = { repository: repository.id, number: pullRequest.number, author: ACCOUNT.id };
  expect(held.did("triagesSince")).toEqual([[about, plusDays(NOW, -10 / 1_440)]]);
  const forced = await triaged({ recent, job: { ...JOB, force: true } });
  expect([forced.outcome.kind, forced.did("triagesSince"), forced.did("noteTriage")]).toEqual(["completed", [], []]);
  expect((await triaged()).did("noteTriage")).toEqual([[about, NOW]]);
});

test.each<[string, About, PolicyFile, boolean]>([
  ["that the policy names", {}, { triage: { skip_bots: [ACCOUNT.id] } }, true],
  ["that it does not", {}, { triage: { skip_bots: [ACCOUNT.id + 1] } }, false],
  [
    "that is gone",
    { job: { ...JOB, pullRequest: { ...JOB.pullRequest, author: null } } },
    { triage: { skip_bots: [ACCOUNT.id] } },
    false,
  ],
])("triage: nothing is asked about an author %s", async (_, about, policy, skipped) => {
  const { outcome, asked } = await triaged(about, { policy, ...(about.job && STRANGER) });
  expect([outcome.kind, asked.length === 0]).toEqual(skipped ? ["cancelled", true] : ["completed", false]);
});

test.each(["not_found", "timeout", "rate_limited"] as const)(
  "triage: without the pull request, %s, the job waits",
  async (reason) => {
    const { context, did } = pullRequest({}, { gateway: { pullRequest: async () => no(reason, NOW) } });
    await expect(triagePullRequestFlow(context, JOB)).rejects.toMatchObject({ code: reason, retryAt: NOW });
    expect([did("saveReport"), did("enqueue"), did("noteTriage")]).toEqual([[], [], []]);
  },
);

test("triage: an answer from before the event makes the job wait, and of another head that came later it is the one looked at", async () => {
  const other = "b".repeat(40);
  const lag = { updatedAt: plusDays(SAID, -1), headSha: other };
  const { context, did } = pullRequest({ facts: lag }, {});
  await expect(triagePullRequestFlow(context, JOB)).rejects.toMatchObject({ code: "conflict" });
  expect([did("saveReport"), did("enqueue"), did("noteTriage")]).toEqual([[], [], []]);
  expect((await triaged({ facts: { headSha: other } })).report).toMatchObject({ pullRequest: { headSha: other } });
});

test.each(["closed", "merged"] as const)("triage: one that is %s has no report", async (state) => {
  const { outcome, report, jobs, did } = await triaged({ facts: { state } });
  expect(outcome).toEqual({ kind: "cancelled", because: "pull request is not open" });
  expect([report, jobs(), did("noteTriage")]).toEqual([undefined, [], []]);
});

test("triage: the report is about the pull request as GitHub names it now, and says whether the diff is a new one", async () => {
  const { report, lookAgain, did } = await triaged();
  expect(report).toMatchObject({
    ...{ kind: "pull_request", repositoryId: REPOSITORY.id, accountId: ADA.id, login: ADA.login, createdAt: NOW },
    pullRequest: { number: 7, title: FACTS.title, headSha: HEAD, createdAt: FACTS.createdAt },
  });
  expect(lookAgain).toEqual({ lookAgain: false });
  expect(did("rolesOf").at(-1)).toEqual([ADA.id, REPOSITORY.id]);
  expect((await triaged({ job: { ...JOB, newBase: true } })).lookAgain).toEqual({ lookAgain: true });
});

test("triage: what was read of an account nobody knew is kept, and of a known one nothing anew", async () => {
  const nobody = { ...STRANGER.tenant, cachedAccount: async () => null };
  const { did, asked } = await triaged({}, { ...STRANGER, tenant: nobody });
  expect(asked).toContain("accountHistory");
  expect(did("cacheAccount")).toMatchObject([[ADA.id, { "account.profile": { asOf: NOW } }, NOW]]);
  expect(did("addSnapshot")).toHaveLength(1);
  expect((await triaged()).did("cacheAccount")).toEqual([]);
});

test.each<[string, Partial<PullRequestFacts["author"]>]>([
  ["is gone", { id: null, nodeId: null, kind: "ghost", createdAt: null }],
  ["GitHub does not number", { nodeId: null }],
])("triage: of an author that %s there is a report, and nothing is kept, flagged or scanned", async (_, author) => {
  const found = await triaged({ facts: { author: { ...FACTS.author, ...author } } }, SUSPICIOUS);
  expect(found.report?.accountId).toBe(author.id === undefined ? ADA.id : null);
  expect([found.jobs(), found.flags, found.did("cacheAccount")]).toEqual([[], [], []]);
  expect(found.did("noteTriage")).toHaveLength(1);
});

test.each<[string, Given, boolean, boolean]>([
  ["writes here", { tenant: { ...SUSPICIOUS.tenant, rolesOf: async () => access("write") } }, true, true],
  ["writes elsewhere", { tenant: { ...SUSPICIOUS.tenant, rolesOf: async () => access("write", 77) } }, false, true],
  ["does not write", { tenant: { ...SUSPICIOUS.tenant, rolesOf: async () => access("triage") } }, false, false],
  ["is nothing to look at", { tenant: { rolesOf: async () => access("write") } }, false, false],
  ["is of no audit", SUSPICIOUS, false, false],
])("triage: a flag, when the author %s", async (_, more, decides, flagged) => {
  const { report, flags } = await triaged({ facts: { openedHereCount: 5 } }, more);
  expect([report?.decision.flag, flags.length > 0]).toEqual([decides, flagged]);
});

test("triage: an account that another one's delivery named says nothing of the author", async () => {
  const job = { ...JOB, pullRequest: { ...JOB.pullRequest, author: { ...ACCOUNT, id: accountId(99) } } };
  const { asked } = await triaged({ job }, STRANGER);
  expect(asked).toContain("accountHistory");
});
test("triage: an author nobody named in the delivery is not looked up in the store before GitHub names it", async () => {
  const job = { ...JOB, pullRequest: { ...JOB.pullRequest, author: null } };
  expect((await triaged({ job }, STRANGER)).did("cachedAccount")).toEqual([]);
});
