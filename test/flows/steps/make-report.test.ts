import type { FlowContext } from "../../../src/flows/steps/context.ts";
import { makeReport, type ReportInput } from "../../../src/flows/steps/make-report.ts";
import { accountId, installationId, repositoryId } from "../../../src/ids.ts";
import { DEFAULT_POLICY } from "../../../src/policy/policy.ts";
import type { Report } from "../../../src/store/store.ts";
import { dossierOf, manySided, student } from "../../assessment/dossiers.ts";
import { daysAgo, grant, grants, NOW, record } from "../../signals/given.ts";
import { REPOSITORY } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { ACCOUNT, INSTALLATION, scene } from "../scene.ts";

const HEAD = { number: 7, title: "Fix", headSha: "a".repeat(40), createdAt: NOW };
const INPUT: ReportInput = {
  repository: REPOSITORY,
  pullRequest: HEAD,
  account: ACCOUNT,
  dossier: dossierOf(student),
  policy: DEFAULT_POLICY,
  grantedRole: null,
};
const ON_ACCESS = { ...INPUT, pullRequest: null };

const made = (
  input: Partial<ReportInput> = {},
  { installation = INSTALLATION, ...more }: Partial<FlowContext> & { installation?: typeof INSTALLATION } = {},
): Promise<Report> => {
  const { context, tenancy } = scene();
  const { hashKey, engine } = context;
  return makeReport({ ...context, hashKey, engine, ...more }, { ...tenancy, installation }, { ...INPUT, ...input });
};

test("report: it says what it is about, as of its dossier, and nobody has closed or reviewed it", async () => {
  expect(await made()).toMatchObject({
    ...{ kind: "pull_request", installationId: INSTALLATION.id, pullRequest: HEAD, accountId: ACCOUNT.id },
    ...{ repositoryId: REPOSITORY.id, repositoryOwner: REPOSITORY.owner, repositoryName: REPOSITORY.name },
    ...{ login: ACCOUNT.login, engine: "1", dossier: INPUT.dossier, createdAt: NOW },
    ...{ closedAt: null, evidenceErased: false, reviewed: null },
  });
  expect(await made(ON_ACCESS)).toMatchObject({ kind: "collaborator", pullRequest: null });
});

test("report: of the same subject it has the same id, however often and with whatever it is made", async () => {
  const first = await made();
  expect(first.id).toMatch(/^[\w-]{22}$/);
  const again = await made({
    dossier: dossierOf(manySided),
    grantedRole: "admin",
    repository: { ...REPOSITORY, name: "renamed", owner: "moved" },
    account: { ...ACCOUNT, login: "ada-example" },
    pullRequest: { ...HEAD, title: "Another title" },
  });
  expect(again.id).toBe(first.id);
  expect((await made({ account: { id: null, login: "ghost" } })).id).toBe(first.id);
});

test.each<[string, Parameters<typeof made>]>([
  ["another number", [{ pullRequest: { ...HEAD, number: 8 } }]],
  ["another head", [{ pullRequest: { ...HEAD, headSha: "b".repeat(40) } }]],
  ["another repository", [{ repository: { ...REPOSITORY, id: repositoryId(99) } }]],
  ["the access of the author", [ON_ACCESS]],
  ["another version of the rules", [{}, { engine: "2" }]],
  ["another installation", [{}, { installation: { ...INSTALLATION, id: installationId(2) } }]],
  ["another key", [{}, { hashKey: "other" }]],
])("report: on %s it has an id of its own", async (_, given) => {
  expect((await made(...given)).id).not.toBe((await made()).id);
});

test("report: on the access of another account it has an id of its own", async () => {
  const other = { id: accountId(12), login: ACCOUNT.login };
  expect((await made({ ...ON_ACCESS, account: other })).id).not.toBe((await made(ON_ACCESS)).id);
});

test.each<[string, Partial<ReportInput>, boolean]>([
  ["a role that writes", { grantedRole: "write" }, true],
  ["a role that does not", { grantedRole: "triage" }, false],
  ["no role", { grantedRole: null }, false],
])("report: with %s the same assessment decides otherwise", async (_, input, flag) => {
  const { assessment, decision } = await made({ dossier: dossierOf(manySided), ...input });
  expect(assessment.persona.band).toBe("elevated");
  expect(decision.flag).toBe(flag);
});

test("report: that a change was not read is said of a pull request, and not of somebody's access", async () => {
  expect((await made()).decision.advice.join()).toContain("the change could not be read in full");
  expect((await made(ON_ACCESS)).decision.advice).toEqual([]);
});

const { access } = DEFAULT_POLICY;
const stateOf = ({ assessment }: Report, id: string) =>
  assessment.findings.find(({ signal }) => signal === id)?.outcome;

test("report: what makes a grant thin, and privilege dormant, is the policy's to say", async () => {
  const thin = dossierOf({
    "access.grant": grant(),
    "access.recordHere": record({ mergedCount: 3, mergerCount: 2, firstContactAt: daysAgo(40) }),
  });
  expect(stateOf(await made({ dossier: thin }), "acc-thin-grant")).toBe("clear");
  const strict = { ...DEFAULT_POLICY, access: { ...access, thin_grant: { ...access.thin_grant, merged: 4 } } };
  expect(stateOf(await made({ dossier: thin, policy: strict }), "acc-thin-grant")).toBe("fired");
  const idle = dossierOf({
    "access.grants": grants([{ repositoryId: repositoryId(1), role: "write", via: "team" }]),
    "access.lastActivity": { lastActAt: daysAgo(100), searchedSince: daysAgo(400) },
  });
  expect(stateOf(await made({ dossier: idle }), "acc-dormant-privilege")).toBe("clear");
  const short = { ...DEFAULT_POLICY, access: { ...access, dormant_after_days: 90 } };
  expect(stateOf(await made({ dossier: idle, policy: short }), "acc-dormant-privilege")).toBe("fired");
});
