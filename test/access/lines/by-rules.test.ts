import { effectiveAccess } from "../../../src/access/effective.ts";
import { standingExposure } from "../../../src/access/exposure.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { publishesByName } from "../../../src/access/reach/release-path.ts";
import { type AuditContext, auditReport } from "../../../src/access/report.ts";
import { exposedAccount, exposedRepository } from "../../../src/access/words.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { grant, octoOrg, type Plain } from "../graphs.ts";

type Change = Plain<Partial<AccessSnapshot>>;

const places = { visibility: "public", archived: false, defaultBranch: "main" } as const;
const organization = (change: Change): AccessSnapshot =>
  octoOrg({
    repositories: [
      { id: "10", name: "wallet", ...places },
      { id: "11", name: "relayer", ...places, visibility: "private" },
    ],
    grants: [grant("2", "10", "write", "team:core"), grant("3", "10", "write", "direct")],
    ...{ branches: [], rulesets: [], environments: [], runners: [], secrets: [] },
    protections: [
      { repository: "10", pattern: "main", requiresPullRequest: true, approvals: 1, enforcedForAdmins: true },
      { repository: "11", pattern: "main", requiresPullRequest: true, approvals: 1 },
    ],
    ...change,
  });
const linesOf = (kind: string, change: Change) =>
  atOnce(standingExposure(effectiveAccess(organization(change)), { lastActs: null, dormantAfterDays: 180 }))
    .filter((line) => line.kind === kind)
    .map(({ level, repository, accountCount }) => [level, repository, accountCount]);

const secret = (name: string, environment?: string): Change => ({
  secrets: [
    environment === undefined
      ? { name, scope: "repository", repositories: ["10"] }
      : { name, scope: "environment", repositories: ["10"], environment },
  ],
});
const environment = (name: string, reviewers: boolean): Change => ({
  environments: [{ repository: "10", name, reviewers, branches: "all" }],
});
const PUBLISHES: Change = { actions: [{ repository: "10", publishes: true }] };
const NO_BRANCHES: Change = {
  rulesets: [
    {
      ...{ name: "no branches", level: "repository", repositories: ["10"], target: "branch", enforcement: "active" },
      ...{ include: ["~ALL"], exclude: [], bypass: [], rules: [{ type: "creation" }] },
    },
    {
      ...{ name: "no tags", level: "repository", repositories: ["10"], target: "tag", enforcement: "active" },
      ...{ include: ["~ALL"], exclude: [], bypass: [], rules: [{ type: "creation" }] },
    },
  ],
};
const CRITICAL = [["critical", "10", 2]];

test.each<[string, Change, readonly unknown[]]>([
  ["a secret called after a registry", secret("NPM_TOKEN"), CRITICAL],
  ["a secret of the organisation that signs releases", secret("GPG_PRIVATE_KEY"), CRITICAL],
  [
    "any secret of an environment called after a release",
    { ...secret("TOKEN", "release"), ...environment("release", false) },
    CRITICAL,
  ],
  ["a workflow that publishes and waits for nobody", PUBLISHES, CRITICAL],
  [
    "the same, where every member writes",
    { ...PUBLISHES, organization: { login: "octo-org", basePermission: "write" } },
    [["critical", "10", null]],
  ],
  [
    "a secret that publishes, behind reviewers",
    { ...secret("NPM_TOKEN", "release"), ...environment("release", true) },
    [],
  ],
  ["a secret that publishes nothing", secret("SLACK_HOOK"), []],
  ["a secret that only reads a registry", secret("NPM_READ_TOKEN"), []],
  ["a secret for tests of publishing", secret("TEST_PYPI_TOKEN"), []],
  ["no workflow that publishes", { actions: [{ repository: "10", publishes: false }] }, []],
  ["workflows that nobody looked at", { actions: [{ repository: "10" }] }, []],
  ["a workflow that publishes, and nobody makes a branch or a tag", { ...PUBLISHES, ...NO_BRANCHES }, []],
  ["owners alone", { ...secret("NPM_TOKEN"), grants: [] }, []],
  [
    "admins who would have to change the environment first",
    {
      ...secret("NPM_TOKEN", "release"),
      ...environment("release", true),
      grants: [grant("2", "10", "admin", "direct")],
    },
    [],
  ],
])("release path: %s", (_, change, expected) => {
  expect(linesOf("acc-write-on-release-path", change)).toEqual(expected);
});

test("release path: nothing is said where rules were not read", () => {
  const { protections: _, ...unread } = organization({ ...secret("NPM_TOKEN"), ...PUBLISHES });
  const lines = atOnce(standingExposure(effectiveAccess(unread), { lastActs: null, dormantAfterDays: 180 }));
  expect(lines.map(({ kind }) => kind)).toEqual([]);
});

test.each([
  ...[
    ["NPM_TOKEN", true],
    ["npm-publish", true],
    ["PYPI_API_TOKEN", true],
    ["RELEASE_KEY", true],
  ],
  ...[
    ["DOCKERHUB_TOKEN", true],
    ["DOCKERHUB_USERNAME", false],
    ["CODECOV_TOKEN", false],
    ["PROD_DB", false],
  ],
  ...[
    ["NPMRC_PATH", false],
    ["pypi", true],
    ["test-pypi", false],
    ["github-pages", false],
    ["", false],
  ],
] as const)("release path: the name %s", (name, expected) => {
  expect(publishesByName(name)).toBe(expected);
});

const RUNNER: Change = { runners: [{ name: "gpu", repositories: ["10", "11"] }] };
const approval = (
  forkApproval: "all_external_contributors" | "first_time_contributors" | "first_time_contributors_new_to_github",
): Change => ({
  actions: [{ repository: "10", forkApproval }],
});
test.each<[string, Change, readonly unknown[]]>([
  [
    "a workflow with secrets that checks forks out",
    { actions: [{ repository: "10", checksOutForks: true }] },
    [["high", "10", null]],
  ],
  [
    "the same, whatever waits for approval",
    { actions: [{ repository: "10", checksOutForks: true, forkApproval: "all_external_contributors" }] },
    [["high", "10", null]],
  ],
  [
    "runners of one's own, and only accounts new to GitHub wait",
    { ...RUNNER, ...approval("first_time_contributors_new_to_github") },
    [["high", "10", null]],
  ],
  [
    "runners of one's own everywhere, and whoever had something merged waits for nobody",
    { runners: [{ name: "gpu", repositories: "all" }], ...approval("first_time_contributors") },
    [["medium", "10", null]],
  ],
  [
    "runners of one's own, and everybody from outside waits",
    { ...RUNNER, ...approval("all_external_contributors") },
    [],
  ],
  ["runners of GitHub's, and only accounts new to GitHub wait", approval("first_time_contributors_new_to_github"), []],
  ["runners of one's own, and nobody read who waits", { ...RUNNER, actions: [{ repository: "10" }] }, []],
  ["no workflow that checks forks out", { actions: [{ repository: "10", checksOutForks: false }] }, []],
  [
    "a private repository",
    { ...RUNNER, actions: [{ repository: "11", checksOutForks: true, forkApproval: "first_time_contributors" }] },
    [],
  ],
])("fork runs: %s", (_, change, expected) => {
  expect(linesOf("acc-fork-run-exposure", change)).toEqual(expected);
});

test("fork runs: it is anybody who runs code there", () => {
  const access = effectiveAccess(organization({ actions: [{ repository: "10", checksOutForks: true }] }));
  const [line] = atOnce(standingExposure(access, { lastActs: null, dormantAfterDays: 180 }));
  const names = { account: String, repository: (id: string) => `repository ${id}` };
  expect(line?.repositoryCount).toBe(1);
  expect(line && [exposedAccount(line, names), exposedRepository(line, names)]).toEqual([
    "anybody with an account",
    "repository 10",
  ]);
});

test("lines: what nobody gave is said where rules were read, and not where they were not", () => {
  const gaps = (change: Change, given: Partial<AuditContext> = {}): readonly string[] =>
    auditReport(organization(change), {
      previous: null,
      flags: [],
      lastActs: new Map(),
      dormantAfterDays: 180,
      ...given,
    })
      .notChecked.map(({ what }) => what)
      .filter((what) => /bypass|workflows/.test(what));
  expect(gaps({})).toEqual([expect.stringContaining("workflows that publish"), "uses of bypasses"]);
  expect(gaps({ actions: [] }, { ruleSuites: [] })).toEqual([]);
  const { protections: _, ...unread } = organization({});
  const report = auditReport(unread, { previous: null, flags: [], lastActs: new Map(), dormantAfterDays: 180 });
  expect(report.notChecked.map(({ what }) => what)).not.toContain("uses of bypasses");
});
