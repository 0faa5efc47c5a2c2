import fc from "fast-check";
import { effectiveAccess } from "../../src/access/effective.ts";
import { type Dormancy, standingExposure, useOf } from "../../src/access/exposure.ts";
import type { AccessSnapshot, Grant } from "../../src/access/grant.ts";
import { EXPOSURES, type Exposure } from "../../src/access/lines/kinds.ts";
import { auditReport } from "../../src/access/report.ts";
import { plusDays } from "../../src/clock.ts";
import type { LastActivity } from "../../src/dossier/facts.ts";
import { atOnce } from "../../src/slices.ts";
import { expect, test } from "../support/jest.ts";
import { accountKey, anySnapshot, grant, octoOrg, type Plain } from "./graphs.ts";
import { madeOrganizations } from "./made-organizations.ts";

const NOW = octoOrg().takenAt;
const LONG_AGO = "2020-01-01T00:00:00.000Z";
const NOT_ASKED: Dormancy = { lastActs: null, dormantAfterDays: 180 };

const exposed = (change: Plain<Partial<AccessSnapshot>>, dormancy = NOT_ASKED): readonly Exposure[] =>
  atOnce(standingExposure(effectiveAccess(octoOrg(change)), dormancy));

/** What is exposed, as kind, level, account, repository and role. */
const rows = (exposures: readonly Exposure[]): readonly (readonly (string | null)[])[] =>
  exposures.map(({ kind, level, account, repository, role }) => [kind, level, account, repository, role]);

const DIRECT = "acc-direct-outside-grant";
const ASLEEP = "org-archived-outside-write";
const SUPERFLUOUS = "acc-superfluous-grant";

// Of the organisation: 1 owns it, 2 and 3 are members, 4 is from outside; 10 and 11 are active, 12 is archived.
test.each<[string, readonly Grant[], ReturnType<typeof rows>]>([
  ["write from outside", [grant("4", "11", "write", "outside")], [[DIRECT, "medium", "4", "11", "write"]]],
  ["maintain from outside", [grant("4", "11", "maintain", "direct")], [[DIRECT, "medium", "4", "11", "maintain"]]],
  ["admin from outside", [grant("4", "10", "admin", "direct")], [[DIRECT, "high", "4", "10", "admin"]]],
  ["triage from outside", [grant("4", "10", "triage", "outside")], []],
  ["write from outside by a team", [grant("4", "10", "write", "team:core")], []],
  ["admin of a member", [grant("2", "11", "admin", "direct")], []],
  ["admin of an owner", [grant("1", "11", "admin", "direct")], []],
  [
    "two roles from outside on one repository: the higher",
    [grant("4", "10", "write", "direct"), grant("4", "10", "admin", "outside")],
    [[DIRECT, "high", "4", "10", "admin"]],
  ],
  ["archived: write from outside", [grant("4", "12", "write", "direct")], [[ASLEEP, "low", "4", "12", "write"]]],
  [
    "archived: maintain from outside",
    [grant("4", "12", "maintain", "direct")],
    [[ASLEEP, "low", "4", "12", "maintain"]],
  ],
  [
    "archived: admin, who can wake it",
    [grant("4", "12", "admin", "outside")],
    [[ASLEEP, "medium", "4", "12", "admin"]],
  ],
  ["archived: triage from outside", [grant("4", "12", "triage", "outside")], []],
  ["archived: admin of a member", [grant("3", "12", "admin", "direct")], []],
  [
    "archived: three roles from outside: the highest",
    [grant("4", "12", "write", "direct"), grant("4", "12", "admin", "outside"), grant("4", "12", "read", "outside")],
    [[ASLEEP, "medium", "4", "12", "admin"]],
  ],
  [
    "as much from a team as directly: superfluous",
    [grant("2", "10", "write", "direct"), grant("2", "10", "write", "team:core")],
    [[SUPERFLUOUS, "low", "2", "10", "write"]],
  ],
  [
    "more from a team: superfluous, with the role that could go",
    [grant("2", "10", "triage", "direct"), grant("2", "10", "admin", "team:core")],
    [[SUPERFLUOUS, "low", "2", "10", "triage"]],
  ],
  [
    "less from a team: not superfluous",
    [grant("2", "10", "write", "direct"), grant("2", "10", "triage", "team:core")],
    [],
  ],
  [
    "as much from a role of the organisation: not superfluous",
    [grant("2", "10", "write", "direct"), grant("2", "10", "write", "organization_role")],
    [],
  ],
  [
    "a team's custom role of the same base, without what the direct one adds: not superfluous",
    [
      { ...grant("2", "10", "write", "direct"), permissions: ["bypass_branch_protection"] },
      grant("2", "10", "write", "team:core"),
    ],
    [],
  ],
  [
    "a team's custom role that adds as much: superfluous",
    [
      { ...grant("2", "10", "write", "direct"), permissions: ["bypass_branch_protection"] },
      { ...grant("2", "10", "write", "team:core"), permissions: ["bypass_branch_protection", "push_protected_branch"] },
    ],
    [[SUPERFLUOUS, "low", "2", "10", "write"]],
  ],
])("exposure: %s", (_, grants, expected) => {
  expect(rows(exposed({ grants }))).toEqual(expected);
});

test.each([
  ["none", []],
  ["read", []],
  ["write", [["org-base-permission", "high", null, null, "write"]]],
  ["admin", [["org-base-permission", "critical", null, null, "admin"]]],
] as const)("exposure: base permission %s, which reaches nothing where all is archived", (basePermission, expected) => {
  const organization = { login: "octo-org", basePermission };
  expect(rows(exposed({ organization, grants: [] }))).toEqual(expected);
  const repositories = octoOrg().repositories.map((each) => ({ ...each, archived: true }));
  expect(exposed({ organization, repositories, grants: [] })).toEqual([]);
});

test("exposure: more admins of everything than can be needed are one line, however they came to be", () => {
  const admins = (count: number, basePermission: "read" | "admin" = "read") => {
    const ids = Array.from({ length: count }, (_, at) => String(100 + at));
    const accounts = ids.map((id) => ({ id, login: `admin-${id}`, kind: "user" as const }));
    const [owner = "", ...others] = ids;
    const grants = others.flatMap((id) => ["10", "11"].map((place) => grant(id, place, "admin", "direct")));
    const organization = { login: "octo-org", basePermission };
    return exposed({ accounts, owners: [owner], members: ids, grants, organization });
  };
  expect(admins(5)).toEqual([]);
  expect(admins(6)).toEqual([
    expect.objectContaining({ kind: "org-admins-everywhere", level: "medium", accountCount: 6, repositoryCount: 2 }),
  ]);
  expect(admins(6, "admin").map(({ kind }) => kind)).toEqual(["org-base-permission"]);
});

/** How many accounts are called dormant when `account` was last seen so many days ago and nobody else was asked about. */
function dormantOf(account: string, last: LastActivity, dormantAfterDays = 180): number {
  const found = exposed({}, { lastActs: new Map([[accountKey(account), last]]), dormantAfterDays });
  return found.filter(({ kind }) => kind === "acc-dormant-privilege").length;
}

test.each([
  ["a writer", "2", "2026-05-24T06:00:00.000Z", 180, 1],
  ["a writer, a second less", "2", "2026-05-24T06:00:01.000Z", 180, 0],
  ["an admin, half the days", "1", "2026-08-22T06:00:00.000Z", 180, 1],
  ["an admin, a second less", "1", "2026-08-22T06:00:01.000Z", 180, 0],
  ["who cannot write", "3", LONG_AGO, 180, 0],
  ["a writer by the policy's days", "2", plusDays(NOW, -30), 30, 1],
  ["a writer, fewer than the policy's days", "2", plusDays(NOW, -29), 30, 0],
  ["an admin by half the policy's days", "1", plusDays(NOW, -15), 30, 1],
  ["an admin, fewer than half the policy's days", "1", plusDays(NOW, -14), 30, 0],
  ["a writer under a patient policy", "2", plusDays(NOW, -400), 720, 0],
])("exposure: dormant for the days that count: %s", (_, account, lastActAt, dormantAfterDays, count) => {
  expect(dormantOf(account, { lastActAt, searchedSince: LONG_AGO }, dormantAfterDays)).toBe(count);
});

test("exposure: no act found is dormant only when the search looked back far enough", () => {
  expect(dormantOf("2", { lastActAt: null, searchedSince: plusDays(NOW, -179) })).toBe(0);
  expect(dormantOf("2", { lastActAt: null, searchedSince: plusDays(NOW, -180) })).toBe(1);
});

test("exposure: whoever writes and was not asked about is unknown; whoever cannot write leaves nothing unused", () => {
  const grants = [grant("2", "10", "write", "direct"), grant("3", "10", "triage", "direct")];
  const access = effectiveAccess(octoOrg({ grants }));
  const stateOf = (account: string, dormancy: Dormancy) =>
    useOf(access.holders.get(accountKey(account))!, access, dormancy).state;
  const long = new Map(["2", "3"].map((id) => [accountKey(id), { lastActAt: null, searchedSince: LONG_AGO }]));
  expect([stateOf("2", NOT_ASKED), stateOf("3", NOT_ASKED)]).toEqual(["unknown", "used"]);
  expect([stateOf("2", { ...NOT_ASKED, lastActs: long }), stateOf("3", { ...NOT_ASKED, lastActs: long })]).toEqual([
    "unused",
    "used",
  ]);
});

test("exposure: most severe first, then by kind and id, in whatever order the grants stand", () => {
  const grants = [
    grant("4", "13", "write", "direct"),
    grant("4", "12", "write", "direct"),
    grant("4", "11", "write", "outside"),
    grant("4", "10", "write", "outside"),
    grant("4", "9", "admin", "outside"),
  ];
  const [active, , archived] = octoOrg().repositories;
  const repositories = [...octoOrg().repositories, { ...active!, id: "9" }, { ...archived!, id: "13" }];
  const organization = { login: "octo-org", basePermission: "admin" as const };
  const lastActs = new Map([[accountKey("4"), { lastActAt: LONG_AGO, searchedSince: LONG_AGO }]]);
  const found = (order: readonly Grant[]) =>
    rows(exposed({ organization, repositories, grants: order }, { ...NOT_ASKED, lastActs }));
  expect(found(grants).map(([kind, level, , repository]) => [kind, level, repository])).toEqual([
    ["org-base-permission", "critical", null],
    [DIRECT, "high", "9"],
    [DIRECT, "medium", "10"],
    [DIRECT, "medium", "11"],
    ["acc-dormant-privilege", "medium", null],
    [ASLEEP, "low", "12"],
    [ASLEEP, "low", "13"],
  ]);
  expect(found(grants.toReversed())).toEqual(found(grants));
});

test("exposure: of an archived repository the words say who can wake it, and that the role is not gone", () => {
  const { title, closes } = EXPOSURES[ASLEEP];
  expect(`${title}; ${closes}`).toMatch(/archived.*asleep, not gone.*only an admin can unarchive/);
});

const places = { visibility: "public", archived: false, defaultBranch: "main" } as const;
const GUARDED = {
  repositories: [
    { id: "10", name: "wallet", ...places },
    { id: "11", name: "relayer", ...places },
  ],
  grants: [grant("2", "10", "write", "team:core"), grant("3", "10", "admin", "direct")],
  ...{ branches: [], rulesets: [], environments: [], runners: [] },
  protections: [{ repository: "10", pattern: "main", requiresPullRequest: true, approvals: 1 }],
  secrets: [{ name: "NPM_TOKEN", scope: "repository" as const, repositories: ["10"] }],
} satisfies Plain<Partial<AccessSnapshot>>;
const doors = (change: Plain<Partial<AccessSnapshot>>): readonly unknown[] =>
  exposed({ ...GUARDED, ...change }).map(({ kind, account, repository, accountCount }) => [
    ...[kind, account, repository, accountCount],
  ]);

test("exposure by rules: secrets that a branch reads are a line for each repository, whatever reviews it asks for", () => {
  const secrets = [{ name: "SLACK_HOOK", scope: "repository" as const, repositories: ["10"] }];
  expect(doors({ secrets })).toEqual([["acc-secret-reach-by-branch", null, "10", 2]]);
});

test("exposure by rules: a branch that nothing guards is one, and an admin who passes a rule is none", () => {
  expect(doors({ protections: [], secrets: [] })).toEqual([["acc-protection-gap", null, "10", 2]]);
  expect(doors({ secrets: [] })).toEqual([]);
});

test("exposure by rules: what owners alone can do is none, and what every member can has no count", () => {
  expect(doors({ grants: [] })).toEqual([]);
  const organization = { login: "octo-org", basePermission: "write" } as const;
  const found = exposed({ ...GUARDED, organization, secrets: [], grants: [] }).filter(({ kind }) =>
    kind.startsWith("acc"),
  );
  expect(found.map(({ kind, repository, accountCount }) => [kind, repository, accountCount])).toEqual([
    ["acc-protection-gap", "11", null],
  ]);
});

test("exposure by rules: nothing is said where rules were not read", () => {
  const { protections: _, ...unread } = GUARDED;
  expect(exposed(unread)).toEqual([]);
});

const superfluousIn = (snapshot: AccessSnapshot): number => {
  const report = auditReport(snapshot, { ...NOT_ASKED, previous: null, flags: null });
  const lines = report.exposure.filter(({ kind }) => kind === SUPERFLUOUS);
  expect(lines).toHaveLength(report.summary.directGrantsCoveredByTeam);
  return lines.length;
};

test("exposure: superfluous grants are as many as the summary counts, whatever the graph", () => {
  fc.assert(fc.property(anySnapshot, (snapshot) => void superfluousIn(snapshot)));
});

test("exposure: organisations of an ordinary mixture have superfluous grants", () => {
  for (const { snapshot } of madeOrganizations()) expect(superfluousIn(snapshot)).toBeGreaterThan(0);
});
