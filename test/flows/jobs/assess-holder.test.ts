import type { Flag } from "../../../src/access/flag.ts";
import { plusDays } from "../../../src/clock.ts";
import { present } from "../../../src/dossier/dossier.ts";
import { assessHolderFlow } from "../../../src/flows/jobs/assess-holder.ts";
import { installationId, repositoryId } from "../../../src/ids.ts";
import type { Report } from "../../../src/store/store.ts";
import { grant, octoOrg } from "../../access/graphs.ts";
import { anAccount, no, yes } from "../../dossier/played-gateway.ts";
import { commit, commits } from "../../signals/given.ts";
import { aReport } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import {
  ADA,
  DENOUNCED,
  expectNothingCaught,
  type Given,
  INSTALLATION,
  NOW,
  ORDINARY,
  SPRAYING,
  scene,
} from "../scene.ts";

const JOB = { kind: "assess-holder", installationId: installationId(1), accountId: ADA.id } as const;
const ID = String(ADA.id);

type Organization = NonNullable<Parameters<typeof octoOrg>[0]>;
/** An organisation where the account holds these. */
const held = (...grants: readonly (readonly [repository: string, role: Flag["role"]])[]): Organization => ({
  accounts: [{ id: ID, login: "ada-old", kind: "user" }],
  grants: grants.map(([repository, role]) => grant(ID, repository, role, "team:core")),
});
const WRITES = held(["10", "write"]);

async function assessed(
  organization: Organization | null,
  more: Given = {},
  job: Parameters<typeof assessHolderFlow>[1] = JOB,
) {
  const stage = scene({
    ...more,
    gateway: {
      accountWithId: async () => yes(ADA),
      recordHere: async () => yes({ mergedCount: 0, mergerCount: 0, firstContactAt: null }),
      lastActivity: async () => yes({ lastActAt: NOW, searchedSince: NOW }),
      ...more.gateway,
    },
    tenant: {
      cachedAccount: async () => ORDINARY,
      snapshotsOf: async () => [],
      letInBy: async () => [],
      localList: async () => ({ entries: [] }),
      indicatorsOn: async () => [],
      historiesOf: async () => null,
      latestReportOf: async () => null,
      reportsOfHolder: async () => [],
      rolesOf: async () => organization && octoOrg(organization),
      settingsOn: async () => ({}),
      saveReport: async () => {},
      raiseFlag: async () => null,
      ...more.tenant,
    },
  });
  const outcome = await assessHolderFlow(stage.context, job);
  const [report] = stage.did("saveReport").map(([saved]) => saved as Report);
  const flags = stage.did("raiseFlag").map(([flag]) => flag as Omit<Flag, "installationId" | "state">);
  return { ...stage, outcome, report, flags };
}

test.each<[string, Organization | null]>([
  ["before the first audit", null],
  ["that is not in the organisation any more", { ...held(), accounts: [] }],
  ["that holds nothing", held()],
  ["that holds no more than triage", held(["10", "triage"], ["11", "read"])],
  ["that writes to what is archived alone", held(["12", "admin"])],
])("holder: nothing is asked about an account %s", async (_, organization) => {
  const { outcome, asked, report } = await assessed(organization);
  expect([outcome.kind, asked, report]).toEqual(["cancelled", [], undefined]);
});

test("holder: nothing is asked for an installation that is gone", async () => {
  const { outcome, calls } = await assessed(WRITES, { installation: null });
  expect(outcome).toEqual({ kind: "cancelled", because: "installation unknown" });
  expect(calls.map(([name]) => name)).toEqual(["installation"]);
});

test.each<[string, Organization, number, string]>([
  ["the one it writes to", WRITES, 10, "wallet"],
  ["the one where its role is strongest", held(["10", "write"], ["11", "maintain"]), 11, "relayer"],
  ["the first of two", held(["11", "write"], ["10", "write"]), 10, "wallet"],
  ["the first one, of an owner", { ...held(), owners: [ID], members: [ID] }, 10, "wallet"],
  [
    "one of its own that is as strong as what it holds everywhere",
    { ...held(["11", "admin"]), owners: [ID], members: [ID] },
    11,
    "relayer",
  ],
])("holder: the report belongs to a repository: %s", async (_, organization, repositoryId, repositoryName) => {
  const { outcome, report, did } = await assessed(organization);
  expect(outcome).toEqual({ kind: "completed" });
  expect(report).toMatchObject({
    ...{ kind: "collaborator", pullRequest: null, repositoryId, repositoryName },
    ...{ repositoryOwner: INSTALLATION.accountLogin, accountId: ADA.id, login: ADA.login, createdAt: NOW },
  });
  expect(did("rolesOf")[0]).toEqual([ADA.id, null]);
  expect(did("recordHere")).toEqual([
    [{ repository: { owner: INSTALLATION.accountLogin, name: repositoryName }, login: ADA.login }],
  ]);
});

test.each<[string, Given, readonly string[]]>([
  ["of an organisation", {}, ["accountWithId", "recordHere", "lastActivity"]],
  ["of a person's own repositories", { installation: { accountType: "User" } }, ["accountWithId", "recordHere"]],
])("holder: what is asked %s", async (_, more, asked) => {
  const found = await assessed(WRITES, more);
  expect(found.asked).toEqual(asked);
  expect(found.did("lastActivity").map(([about]) => about)).toEqual(
    asked.includes("lastActivity") ? [{ organization: INSTALLATION.accountLogin, login: ADA.login, now: NOW }] : [],
  );
});

test.each(["not_found", "timeout"] as const)(
  "holder: an account that GitHub cannot name, %s, makes the job wait",
  async (reason) => {
    await expect(assessed(WRITES, { gateway: { accountWithId: async () => no(reason) } })).rejects.toMatchObject({
      code: reason,
    });
  },
);

const unknown: Given = {
  tenant: { cachedAccount: async () => null, cacheAccount: async () => {}, addSnapshot: async () => {} },
  gateway: { accountHistory: async () => anAccount() },
};

test("holder: what was read of an account nobody knew is kept, and of a known one nothing anew", async () => {
  const { did } = await assessed(WRITES, unknown);
  expect(did("cacheAccount")).toMatchObject([[ADA.id, { "account.profile": { asOf: NOW } }, NOW]]);
  expect(did("addSnapshot")).toHaveLength(1);
  expect((await assessed(WRITES)).did("cacheAccount")).toEqual([]);
});

const suspicious: Given = { tenant: { cachedAccount: async () => SPRAYING, localList: async () => DENOUNCED } };

test("holder: where the assessment asks for a look, every repository it writes to is flagged; else none", async () => {
  const organization = held(["10", "write"], ["11", "admin"]);
  const { flags, report } = await assessed(organization, suspicious);
  expect(flags.map(({ repositoryId, role, reportId }) => [repositoryId, role, reportId])).toEqual([
    [10, "write", report?.id],
    [11, "admin", report?.id],
  ]);
  expect(report?.decision.flag).toBe(true);
  expect((await assessed(organization)).flags).toEqual([]);
});

test("holder: what a pull request showed before counts beside the access as it did beside the change", async () => {
  const { assessment } = aReport(INSTALLATION.id);
  const asking = { ...assessment, persona: { ...assessment.persona, band: "review" as const } };
  const earlier = aReport(INSTALLATION.id, { id: "earlier", accountId: ADA.id, assessment: asking });
  const { flags, report } = await assessed(WRITES, { tenant: { latestReportOf: async () => earlier } });
  expect(flags).toMatchObject([{ repositoryId: 10, band: "review", reportId: report?.id }]);
});

test("holder: a report that somebody closed stays closed while it says the same, and comes back with another answer", async () => {
  const saved = async (before: Report | undefined) =>
    (await assessed(WRITES, { tenant: { reportsOfHolder: async () => (before ? [before] : []) } })).did(
      "saveReport",
    )[0]?.[1];
  const { report } = await assessed(WRITES);
  expect(await saved(undefined)).toEqual({ lookAgain: true });
  expect(await saved(report)).toEqual({ lookAgain: false });
  // Other answers to the seven questions say nothing new of the account.
  const { exposure: _, ...older } = report!.decision;
  expect(await saved({ ...report!, decision: older })).toEqual({ lookAgain: false });
  expect(await saved({ ...report!, decision: { ...report!.decision, actions: ["access_review"] } })).toEqual({
    lookAgain: true,
  });
});

test("holder: one that an audit gave its time is asked about then, and not before", async () => {
  const waiting = { ...JOB, notBefore: plusDays(NOW, 1) };
  const early = await assessed(WRITES, {}, waiting);
  expect([early.outcome, early.asked]).toEqual([
    { kind: "snooze", until: plusDays(NOW, 1), because: "share of the budget" },
    [],
  ]);
  expect((await assessed(WRITES, {}, { ...JOB, notBefore: NOW })).outcome).toEqual({ kind: "completed" });
});

test.each<[string, Given, boolean]>([
  ["as the policy has it unless it says more", {}, true],
  ["not where the policy says never", { policy: { triage: { deep_scan: "never" } } }, false],
  ["not of a bot", { gateway: { accountWithId: async () => yes({ ...ADA, kind: "bot" }) } }, false],
])("holder: git reads its histories, and it is assessed again: %s", async (_, more, scans) => {
  const account = { id: ADA.id, nodeId: ADA.nodeId, login: ADA.login, type: "User" };
  const scan = { kind: "deep-scan-account", installationId: INSTALLATION.id, account, again: JOB };
  expect((await assessed(WRITES, more)).jobs()).toEqual(scans ? [scan] : []);
});

test("holder: whatever fails ends the job with its error", async () => {
  await expectNothingCaught((fails) => assessed(WRITES, { ...unknown, fails }));
  await expectNothingCaught((fails) => assessed(WRITES, { ...suspicious, fails }));
});

test("holder: what the commits of the last pull request say of the account is said beside its access too", async () => {
  const before = aReport(INSTALLATION.id);
  const seen = present(commits(commit()), NOW);
  const sections = { ...before.dossier.sections, "change.commits": seen };
  const earlier = { ...before, repositoryId: repositoryId(10), dossier: { ...before.dossier, sections } };
  const { report } = await assessed(WRITES, { tenant: { latestReportOf: async () => earlier } });
  expect(report?.dossier.sections["change.commits"]).toEqual(seen);
  expect(report?.assessment.change.level).toBe("unknown");
});
