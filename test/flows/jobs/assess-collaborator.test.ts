import type { Fetched } from "../../../src/absence.ts";
import type { Flag } from "../../../src/access/flag.ts";
import { plusDays } from "../../../src/clock.ts";
import { present } from "../../../src/dossier/dossier.ts";
import type { Role } from "../../../src/dossier/role.ts";
import { assessCollaboratorFlow } from "../../../src/flows/jobs/assess-collaborator.ts";
import type { Reader } from "../../../src/history/traces/scan.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import type { Report } from "../../../src/store/store.ts";
import { grant, octoOrg } from "../../access/graphs.ts";
import { anAccount, no, yes } from "../../dossier/played-gateway.ts";
import { commit, commits } from "../../signals/given.ts";
import { aReport, REPOSITORY } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import {
  ACCOUNT,
  DENOUNCED,
  expectNothingCaught,
  type Given,
  INSTALLATION,
  NOW,
  ORDINARY,
  readNow,
  SPRAYING,
  scene,
} from "../scene.ts";

const JOB = {
  kind: "assess-collaborator",
  installationId: installationId(1),
  repository: REPOSITORY,
  account: ACCOUNT,
  // What the delivery said, which is not what holds now.
  ...{ role: "admin", previousRole: "read", grantedAt: plusDays(NOW, -1) },
} as const;

/** An account that was given write from outside, about which everything is known and nothing is to be said. */
const given = (more: Given = {}): Given => ({
  ...more,
  gateway: {
    loginOf: async () => yes("ada-example"),
    role: async () => yes("write"),
    membership: async () => yes("none"),
    recordHere: async () => yes({ mergedCount: 0, mergerCount: 0, firstContactAt: null }),
    lastActivity: async () => yes({ lastActAt: null, searchedSince: NOW }),
    ...more.gateway,
  },
  tenant: {
    cachedAccount: async () => ORDINARY,
    snapshotsOf: async () => [],
    localList: async () => ({ entries: [] }),
    indicatorsOn: async () => [],
    historiesOf: async () => null,
    rolesOf: async () => null,
    settingsOn: async () => ({}),
    latestReportOf: async () => null,
    reportsOfHolder: async () => [],
    saveReport: async () => {},
    raiseFlag: async () => null,
    closeFlagsOfGrant: async () => 1,
    recordGrant: async () => {},
    recordReferral: async () => {},
    letInBy: async () => [],
    ...more.tenant,
  },
});

async function assessed(more: Given = {}, job: Parameters<typeof assessCollaboratorFlow>[1] = JOB) {
  const stage = scene(given(more));
  const outcome = await assessCollaboratorFlow(stage.context, job);
  const [report] = stage.did("saveReport").map(([saved]) => saved as Report);
  const flags = stage.did("raiseFlag").map(([flag]) => flag as Omit<Flag, "installationId" | "state">);
  return { ...stage, outcome, report, flags };
}

const suspicious: Given["tenant"] = { cachedAccount: async () => SPRAYING, localList: async () => DENOUNCED };
const unknown: Given = {
  tenant: { cachedAccount: async () => null, cacheAccount: async () => {}, addSnapshot: async () => {} },
  gateway: { accountHistory: async () => anAccount() },
};

test("collaborator: nothing is done for an installation that is gone, and while one is suspended the job waits", async () => {
  const gone = await assessed({ installation: null });
  expect([gone.outcome, gone.asked]).toEqual([{ kind: "cancelled", because: "installation unknown" }, []]);
  const suspended = scene(given({ installation: { paused: true } }));
  await expect(assessCollaboratorFlow(suspended.context, JOB)).rejects.toMatchObject({
    code: "installation_suspended",
  });
  expect(suspended.asked).toEqual([]);
});

test.each<[Role | null, boolean]>([
  [null, false],
  ["read", false],
  ["triage", false],
  ["write", true],
  ["maintain", true],
  ["admin", true],
])("collaborator: by the role that holds now, %s, a flag closes or there is a report", async (role, writes) => {
  const { outcome, did, asked, report } = await assessed({ gateway: { role: async () => yes(role) } });
  expect(outcome).toEqual({ kind: "completed" });
  expect(did("role")).toEqual([[{ repository: REPOSITORY, login: "ada-example" }]]);
  expect(did("closeFlagsOfGrant")).toEqual(writes ? [] : [[REPOSITORY.id, ACCOUNT.id, NOW]]);
  expect(asked.length).toBe(writes ? 5 : 2);
  const section = report?.dossier.sections["access.grant"];
  expect(section?.state === "present" ? section.value.role : null).toBe(writes ? role : null);
});

test.each<[string, Given["gateway"], string]>([
  ["what the account is called", { loginOf: async () => no("timeout") }, "timeout"],
  ["an account that is gone", { loginOf: async () => no("not_found") }, "not_found"],
  ["the role", { role: async () => no("rate_limited", NOW) }, "rate_limited"],
  ["a role where it may not look", { role: async () => no("forbidden") }, "forbidden"],
])("collaborator: without an answer about %s the job waits, and nothing is stored", async (_, gateway, code) => {
  const stage = scene(given({ gateway }));
  await expect(assessCollaboratorFlow(stage.context, JOB)).rejects.toMatchObject({ code });
  expect(stage.calls.map(([name]) => name).filter((name) => /save|close|raise|enqueue|cache/.test(name))).toEqual([]);
});

test("collaborator: the report is about the access alone, by the login of today", async () => {
  const { report } = await assessed();
  expect(report).toMatchObject({
    kind: "collaborator",
    pullRequest: null,
    installationId: INSTALLATION.id,
    repositoryId: REPOSITORY.id,
    accountId: ACCOUNT.id,
    login: "ada-example",
    createdAt: NOW,
  });
});

test.each<[string | null, Role | null]>([
  ["read", "read"],
  ["admin", "admin"],
  ["a custom role", null],
  [null, null],
])("collaborator: of the role before, %s, is known %s", async (previousRole, known) => {
  const { report } = await assessed({}, { ...JOB, previousRole });
  expect(report?.dossier.sections["access.grant"]).toMatchObject({
    value: { role: "write", previousRole: known, grantedAt: JOB.grantedAt },
  });
});

test("collaborator: of a person's own repository no organisation is asked about", async () => {
  const { asked } = await assessed({}, { ...JOB, repository: { ...REPOSITORY, ownerType: "User" } });
  expect(asked).toEqual(["loginOf", "role", "recordHere"]);
});

test("collaborator: an account nobody knew is asked about, and what was read is kept with a trace", async () => {
  const { did } = await assessed(unknown);
  expect(did("cacheAccount")).toMatchObject([[ACCOUNT.id, { "account.profile": { asOf: NOW } }, NOW]]);
  expect(did("addSnapshot")).toHaveLength(1);
  expect((await assessed()).did("cacheAccount")).toEqual([]);
});

const read = (by: Reader) => {
  const scan = { by, repositories: [], copies: null, requests: 1, points: 1, seconds: 0 };
  return { cachedAccount: async () => ({ ...ORDINARY, "history.scan": present(scan, NOW) }) };
};
test.each<[string, Given, boolean]>([
  ["where the policy says on need", {}, true],
  ["where it says never", { policy: { triage: { deep_scan: "never" } } }, false],
  [
    "where only the repository's says always",
    { tenant: { policy: async (of) => readNow(of === null ? {} : { triage: { deep_scan: "always" } }) } },
    true,
  ],
  ["once it has", { tenant: read("git") }, false],
  ["when only the API has", { tenant: read("api") }, true],
])("collaborator: git reads the account's histories %s", async (_, more, scans) => {
  const { jobs } = await assessed(more);
  expect(jobs()).toEqual(
    scans ? [{ kind: "deep-scan-account", installationId: INSTALLATION.id, account: ACCOUNT, again: JOB }] : [],
  );
});

test("collaborator: nothing is flagged of an ordinary account, nor of one that only the list or only its acts speak against", async () => {
  for (const tenant of [
    {},
    { localList: async () => DENOUNCED },
    { cachedAccount: async () => SPRAYING },
    { latestReportOf: async () => aReport(INSTALLATION.id, bandOf("note")) },
  ])
    expect((await assessed({ tenant })).flags).toEqual([]);
});

test("collaborator: whatever fails ends the job with its error", async () => {
  const latestReportOf = async () => aReport(INSTALLATION.id, bandOf("review"));
  const tenant = { ...unknown.tenant, latestReportOf };
  await expectNothingCaught((fails) => assessed({ ...unknown, tenant, fails }));
});

function bandOf(band: Report["assessment"]["persona"]["band"]): Partial<Report> {
  const { assessment } = aReport(INSTALLATION.id);
  const persona = { ...assessment.persona, band };
  return { id: "earlier", accountId: ACCOUNT.id, assessment: { ...assessment, persona } };
}

test("collaborator: a grant is flagged where the assessment asks for a look, and says what it rests on", async () => {
  const { flags, report, calls } = await assessed({ tenant: suspicious });
  expect(flags).toMatchObject([
    {
      ...{ repositoryId: REPOSITORY.id, repositoryName: REPOSITORY.name, accountId: ACCOUNT.id, login: "ada-example" },
      ...{ role: "write", via: "outside", band: "review", reportId: report?.id, raisedAt: NOW },
    },
  ]);
  const names = calls.map(([name]) => name);
  expect(names.indexOf("latestReportOf")).toBeLessThan(names.indexOf("saveReport"));
  expect(names.indexOf("saveReport")).toBeLessThan(names.indexOf("raiseFlag"));
});

test("collaborator: an earlier assessment that asks for a look flags the grant, unless the new one does", async () => {
  const latestReportOf = async () => aReport(INSTALLATION.id, bandOf("review"));
  const earlier = await assessed({ tenant: { latestReportOf } });
  // It opens the report that knows the grant.
  expect(earlier.flags).toMatchObject([{ reportId: earlier.report?.id, band: "review" }]);
  const both = await assessed({ tenant: { ...suspicious, latestReportOf } });
  expect(both.flags).toMatchObject([{ reportId: both.report?.id }]);
});

test.each<[string, Fetched<"owner" | "member" | "none">, string]>([
  ["from outside", yes("none"), "outside"],
  ["to a member", yes("member"), "direct"],
  ["to nobody knows whom", no("timeout"), "direct"],
])("collaborator: a grant %s", async (_, standing, via) => {
  const latestReportOf = async () => aReport(INSTALLATION.id, bandOf("review"));
  const { flags } = await assessed({ tenant: { latestReportOf }, gateway: { membership: async () => standing } });
  expect(flags).toMatchObject([{ via }]);
});

test("collaborator: whoever asks for a look is flagged wherever else it writes", async () => {
  const access = octoOrg({
    accounts: [{ id: String(ACCOUNT.id), login: "ada-example", kind: "user" }],
    grants: [grant(String(ACCOUNT.id), "11", "admin", "outside"), grant(String(ACCOUNT.id), "10", "read", "outside")],
  });
  const rolesOf = async () => access;
  const { flags, did } = await assessed({ tenant: { ...suspicious, rolesOf } });
  expect(flags.map(({ repositoryId, role }) => [repositoryId, role])).toEqual([
    [REPOSITORY.id, "write"],
    [11, "admin"],
  ]);
  expect(did("rolesOf").at(-1)).toEqual([ACCOUNT.id, REPOSITORY.id]);
  expect((await assessed({ tenant: { rolesOf } })).flags).toEqual([]);
});

test("collaborator: what the commits of the last pull request say of the account is said beside its access too", async () => {
  const before = aReport(INSTALLATION.id);
  const seen = present(commits(commit()), NOW);
  const sections = { ...before.dossier.sections, "change.commits": seen };
  const earlier = { ...before, dossier: { ...before.dossier, sections } };
  const { report } = await assessed({ tenant: { latestReportOf: async () => earlier } });
  expect(report?.dossier.sections["change.commits"]).toEqual(seen);
  expect(report?.assessment.change.level).toBe("unknown");
});

test("collaborator: a flag says what the new grant reaches, though the last audit has not seen it", async () => {
  const { id, name } = REPOSITORY;
  const ruled = octoOrg({
    accounts: [],
    ...{ owners: [], members: [], grants: [], protections: [], rulesets: [], branches: [], environments: [] },
    repositories: [{ id: String(id), name, visibility: "public", archived: false, defaultBranch: "main" }],
    secrets: [{ name: "NPM_TOKEN", scope: "repository", repositories: [String(id)] }],
  });
  const { flags } = await assessed({ tenant: { ...suspicious, rolesOf: async () => ruled } });
  expect(flags.map(({ because }) => because)).toEqual([expect.stringContaining("It can read the secret NPM_TOKEN")]);
  const { protections: _, ...unread } = ruled;
  const blind = await assessed({ tenant: { ...suspicious, rolesOf: async () => unread } });
  expect(blind.flags.map(({ because }) => because)).toEqual([expect.not.stringContaining("It can")]);
});

test("assessed: who gave it is kept with the role in force, where the delivery told", async () => {
  const givenBy = { id: accountId(77), login: "olive-owner" };
  const told = scene(given());
  await assessCollaboratorFlow(told.context, { ...JOB, givenBy });
  const pair = { account: ACCOUNT.id, repository: REPOSITORY.id };
  const by = { accountId: givenBy.id, login: "olive-owner" };
  expect(told.did("recordGrant")).toEqual([[pair, { by, at: JOB.grantedAt, role: "write" }]]);
  const act = { ...pair, by: givenBy.id, role: "write", at: JOB.grantedAt };
  expect(told.did("recordReferral")).toEqual([[act]]);
  const found = scene(given());
  await assessCollaboratorFlow(found.context, JOB);
  expect(found.did("recordGrant")).toEqual([]);
  const gone = scene(given({ gateway: { role: async () => yes("triage") } }));
  await assessCollaboratorFlow(gone.context, { ...JOB, givenBy });
  expect(gone.did("recordGrant")).toEqual([]);
  expect([...found.did("recordReferral"), ...gone.did("recordReferral")]).toEqual([]);
});
