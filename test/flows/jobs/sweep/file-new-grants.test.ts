import { effectiveAccess } from "../../../../src/access/effective.ts";
import type { Grant } from "../../../../src/access/grant.ts";
import { unavailable } from "../../../../src/dossier/dossier.ts";
import { fileNewGrants, type NewGrant, newGrants } from "../../../../src/flows/jobs/sweep/file-new-grants.ts";
import type { AccountId } from "../../../../src/ids.ts";
import type { Job } from "../../../../src/job/job.ts";
import { atOnce } from "../../../../src/slices.ts";
import type { Report } from "../../../../src/store/store.ts";
import { accountKey, grant, octoOrg, repositoryKey } from "../../../access/graphs.ts";
import { dossierOf } from "../../../assessment/dossiers.ts";
import { no, yes } from "../../../dossier/played-gateway.ts";
import * as made from "../../../signals/given.ts";
import { aReport } from "../../../store/samples.ts";
import { expect, test } from "../../../support/jest.ts";
import { ADA, expectNothingCaught, type Given, INSTALLATION, NOW, scene } from "../../scene.ts";

const found = (before: readonly Grant[], after: readonly Grant[]) =>
  atOnce(newGrants(effectiveAccess(octoOrg({ grants: before })), effectiveAccess(octoOrg({ grants: after }))));

/** Of the grants of the organisation: account, repository, the role now and the one before. */
test.each<[string, readonly Grant[], readonly Grant[], readonly (readonly (string | null)[])[]]>([
  ["write that was not there", [], [grant("2", "10", "write", "direct")], [["2", "10", "write", null]]],
  ["write from outside", [], [grant("4", "10", "write", "outside")], [["4", "10", "write", null]]],
  ["triage that was not there", [], [grant("2", "10", "triage", "direct")], []],
  ["write by a team", [], [grant("2", "10", "write", "team:core")], []],
  ["write on an archived repository", [], [grant("2", "12", "write", "direct")], []],
  ["the same as before", [grant("2", "10", "write", "direct")], [grant("2", "10", "write", "direct")], []],
  [
    "more than before",
    [grant("2", "10", "triage", "direct")],
    [grant("2", "10", "write", "direct")],
    [["2", "10", "write", "triage"]],
  ],
  ["less than before", [grant("2", "10", "admin", "direct")], [grant("2", "10", "write", "direct")], []],
  [
    "what only a team gave before",
    [grant("2", "10", "admin", "team:core")],
    [grant("2", "10", "write", "direct")],
    [["2", "10", "write", null]],
  ],
  [
    "the stronger of two, by account and repository",
    [],
    [
      grant("4", "11", "write", "outside"),
      grant("2", "11", "write", "direct"),
      grant("2", "10", "maintain", "direct"),
      grant("2", "10", "write", "direct"),
    ],
    [
      ["2", "10", "maintain", null],
      ["2", "11", "write", null],
      ["4", "11", "write", null],
    ],
  ],
])("new grants: %s", (_, before, after, expected) => {
  expect(
    found(before, after).map(({ account, repository, role, previousRole }) => [
      ...[account, repository.id, role, previousRole],
    ]),
  ).toEqual(expected);
});

test("new grants: of automations there are none", () => {
  const accounts = octoOrg().accounts.map((each) => ({ ...each, kind: "bot" as const }));
  const after = effectiveAccess(octoOrg({ accounts, grants: [grant("2", "10", "admin", "direct")] }));
  expect(atOnce(newGrants(effectiveAccess(octoOrg({ grants: [] })), after))).toEqual([]);
});

const aGrant = (account = 4, more: Partial<NewGrant> = {}): NewGrant => ({
  account: accountKey(String(account)),
  repository: { id: repositoryKey("11"), name: "relayer" },
  ...{ role: "write", previousRole: null },
  ...more,
});

/** What is filed of these grants, where there are these reports on each. */
async function filed(grants: readonly NewGrant[], reports: readonly Report[] = [], more: Given = {}) {
  const stage = scene({
    ...more,
    tenant: { reportsOfHolder: async () => reports },
    gateway: { accountWithId: async (id) => yes({ ...ADA, id }), ...more.gateway },
  });
  const accounts = await fileNewGrants(stage.context, stage.tenancy, { found: grants, at: NOW });
  return { ...stage, accounts: [...accounts] };
}

test("new grants: each is looked at as if a delivery had told of it, and its account is named", async () => {
  const { jobs, accounts, did } = await filed([aGrant(4, { previousRole: "triage" })]);
  expect(did("reportsOfHolder")).toEqual([[11, 4]]);
  expect(jobs()).toEqual([
    {
      ...{ kind: "assess-collaborator", installationId: INSTALLATION.id, role: "write", previousRole: "triage" },
      account: { id: 4, nodeId: ADA.nodeId, login: ADA.login, type: "User" },
      repository: { id: 11, owner: INSTALLATION.accountLogin, ownerType: "Organization", name: "relayer" },
      grantedAt: NOW,
    },
  ]);
  expect(accounts).toEqual(["4"]);
});

const told = (section: Parameters<typeof dossierOf>[0]) => ({
  ...aReport(INSTALLATION.id),
  dossier: dossierOf(section),
});
const unread = (reason: "not_requested" | "timeout"): Report => {
  const { dossier, ...report } = told({});
  const sections = { ...dossier.sections, "access.grant": unavailable(reason) };
  return { ...report, dossier: { ...dossier, sections } };
};
test.each<[string, readonly Report[], boolean]>([
  ["without any report", [], false],
  ["with one on this role", [told({ "access.grant": made.grant({ role: "write" }) })], true],
  ["with one on another role", [told({ "access.grant": made.grant({ role: "admin" }) })], false],
  ["with one on the account's standing alone", [unread("not_requested")], false],
  ["with one that could not see the grant", [unread("timeout")], true],
  ["with one of each", [unread("not_requested"), told({ "access.grant": made.grant({ role: "write" }) })], true],
])("new grants: one %s", async (_, reports, known) => {
  const { jobs, asked, accounts } = await filed([aGrant()], reports);
  expect([jobs().length, asked.length, accounts.length]).toEqual(known ? [0, 0, 0] : [1, 1, 1]);
});

test("new grants: at most fifty are looked at, and no further one is looked up", async () => {
  const { jobs, asked, did } = await filed(Array.from({ length: 52 }, (_, at) => aGrant(at + 1)));
  expect([jobs().length, asked.length, did("reportsOfHolder").length]).toEqual([50, 50, 50]);
});

test("new grants: of an account that GitHub cannot name none is filed, nor of one that was given up", async () => {
  const accountWithId = async (id: AccountId) => (id === 4 ? no("not_found") : yes({ ...ADA, id }));
  const unnamed = await filed([aGrant(4), aGrant(5)], [], { gateway: { accountWithId } });
  expect([unnamed.jobs().length, unnamed.accounts]).toEqual([1, ["5"]]);
  const setAside = (job: Job) => job.kind === "assess-collaborator" && job.account.id === 4;
  const left = await filed([aGrant(4), aGrant(5)], [], { setAside });
  expect([left.jobs().length, left.accounts]).toEqual([1, ["5"]]);
});

test("new grants: whatever fails ends the job with its error", async () => {
  await expectNothingCaught((fails) => filed([aGrant()], [], { fails }));
});
