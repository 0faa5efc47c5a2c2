import { accessAuditSchema } from "../../src/access/audit-schema.ts";
import type { Flag } from "../../src/access/flag.ts";
import { type AccessSnapshot, type Grant, ROLES_BEYOND } from "../../src/access/grant.ts";
import type { AccountKey } from "../../src/access/keys.ts";
import { type AuditContext, auditLevel, auditReport } from "../../src/access/report.ts";
import type { LastActivity } from "../../src/dossier/facts.ts";
import { accountId, installationId, repositoryId } from "../../src/ids.ts";
import { describe, expect, test } from "../support/jest.ts";
import { accountKey, grant, octoOrg, type Plain } from "./graphs.ts";

const ALONE: AuditContext = { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 };
const audit = (change: Plain<Partial<AccessSnapshot>> = {}, context: Partial<AuditContext> = {}) =>
  auditReport(octoOrg(change), { ...ALONE, ...context });

const flag = (change: Partial<Flag> = {}): Flag => ({
  id: "flag-1",
  installationId: installationId(5),
  repositoryId: repositoryId(10),
  repositoryName: "wallet",
  accountId: accountId(2),
  login: "mika-member",
  role: "write",
  via: "team",
  band: "review",
  because: "write meets: please look",
  reportId: "report-1",
  raisedAt: "2026-11-18T00:00:00.000Z",
  state: { kind: "open" },
  ...change,
});

test("audit: the accounts, their effective roles and all sources when a small organisation is read", () => {
  expect(audit().accounts).toEqual([
    {
      account: "1",
      login: "olive-owner",
      kind: "user",
      standing: "owner",
      everywhere: { role: "admin", via: [{ kind: "owner" }] },
      effective: [
        { repository: "10", role: "admin", via: [{ kind: "owner" }] },
        { repository: "11", role: "admin", via: [{ kind: "owner" }] },
      ],
    },
    {
      account: "2",
      login: "mika-member",
      kind: "user",
      standing: "member",
      everywhere: null,
      effective: [{ repository: "10", role: "write", via: [{ kind: "direct" }, { kind: "team", team: "core" }] }],
    },
    {
      account: "4",
      login: "otis-outside",
      kind: "user",
      standing: "outside",
      everywhere: null,
      effective: [{ repository: "11", role: "maintain", via: [{ kind: "outside" }] }],
    },
  ]);
});

test("audit: the counts of a small organisation, counted by hand", () => {
  expect(audit().summary).toEqual({
    repositories: 3,
    activeRepositories: 2,
    members: 3,
    owners: 1,
    bots: 0,
    teams: 1,
    grants: 4,
    accountsWithWrite: 3,
    outsideAccountsWithWrite: 1,
    outsideWriteGrants: 1,
    membersWithoutWrite: 1,
    effectiveGrants: 4,
    effectiveByRole: { read: 0, triage: 0, write: 1, maintain: 1, admin: 2 },
    listedGrants: 4,
    writeRepositoriesPerAccount: { p50: 1, p90: 2, max: 2 },
    directGrantsCoveredByTeam: 1,
    directWriteNotViaTeam: 1,
  });
});

test("audit: how far writers reach, by nearest rank over those who write at all", () => {
  const numbers = Array.from({ length: 10 }, (_, at) => String(20 + at));
  const grants = numbers.flatMap((account, at) =>
    numbers.slice(0, at + 1).map((repository) => grant(account, repository, "write", "team:core")),
  );
  const { summary } = audit({
    accounts: [...numbers, "99"].map((id) => ({ id, login: `a-${id}`, kind: "user" as const })),
    repositories: numbers.map((id) => ({ id, name: `r-${id}`, visibility: "public" as const, archived: false })),
    owners: [],
    members: [...numbers, "99"],
    grants: [...grants, grant("99", "20", "read", "team:docs")],
  });
  expect(summary.writeRepositoriesPerAccount).toEqual({ p50: 5, p90: 9, max: 10 });
  expect(summary).toMatchObject({ teams: 2, accountsWithWrite: 10, membersWithoutWrite: 1 });
});

test.each<[string, readonly Grant[], covered: number, withoutTeam: number]>([
  ["write given directly", [grant("2", "10", "write", "direct")], 0, 1],
  ["triage given directly", [grant("2", "10", "triage", "direct")], 0, 0],
  ["write by a role of the organisation", [grant("2", "10", "write", "organization_role")], 0, 0],
  [
    "write given directly, triage by a team",
    [grant("2", "10", "write", "direct"), grant("2", "10", "triage", "team:a")],
    0,
    1,
  ],
  [
    "write given directly and by a team",
    [grant("2", "10", "write", "direct"), grant("2", "10", "write", "team:a")],
    1,
    0,
  ],
  [
    "admin given directly, write by a team",
    [grant("2", "10", "admin", "direct"), grant("2", "10", "write", "team:a")],
    0,
    0,
  ],
  [
    "triage given directly, write by a team",
    [grant("2", "10", "triage", "direct"), grant("2", "10", "write", "team:a")],
    1,
    0,
  ],
])("audit: what a team explains of %s", (_what, grants, covered, withoutTeam) => {
  expect(audit({ owners: [], grants }).summary).toMatchObject({
    directGrantsCoveredByTeam: covered,
    directWriteNotViaTeam: withoutTeam,
  });
});

test("audit: with every repository archived nobody holds anything, and the base permission opens nothing", () => {
  const repositories = octoOrg().repositories.map((each) => ({ ...each, archived: true }));
  const asleep = audit({ repositories, organization: { login: "octo-org", basePermission: "admin" } });
  expect([asleep.accounts, asleep.summary.effectiveGrants]).toEqual([[], 0]);
  expect(asleep.exposure.map(({ kind }) => kind)).toEqual(["org-archived-outside-write"]);
  const awake = audit({
    repositories: repositories.map((each, at) => ({ ...each, archived: at > 0 })),
    organization: { login: "octo-org", basePermission: "admin" },
  });
  expect(awake.exposure.map(({ kind }) => kind)).toContain("org-base-permission");
});

test("audit: an empty organisation counts zero everywhere", () => {
  const { summary, accounts } = audit({ accounts: [], owners: [], members: [], repositories: [], grants: [] });
  expect(accounts).toEqual([]);
  expect(summary).toMatchObject({
    accountsWithWrite: 0,
    effectiveGrants: 0,
    writeRepositoriesPerAccount: { max: 0 },
  });
});

test("audit: a base permission of write makes every member a writer, and only members", () => {
  const { summary, accounts } = audit({ organization: { login: "octo-org", basePermission: "write" } });
  expect(summary).toMatchObject({
    accountsWithWrite: 4,
    membersWithoutWrite: 0,
    effectiveGrants: 7,
    listedGrants: 7,
  });
  expect(accounts.find(({ account }) => account === "3")?.effective).toEqual([
    { repository: "10", role: "write", via: [{ kind: "base" }] },
    { repository: "11", role: "write", via: [{ kind: "base" }] },
  ]);
});

test("audit: rows of a large organisation's base permission stand in `everywhere`, counted but not listed", () => {
  const accounts = Array.from({ length: 5000 }, (_, at) => ({
    id: String(at),
    login: `a-${at}`,
    kind: "user" as const,
  }));
  const repositories = Array.from({ length: 1000 }, (_, at) => ({
    id: String(at),
    name: `r-${at}`,
    visibility: "private" as const,
    archived: false,
  }));
  const report = audit({
    organization: { login: "octo-org", basePermission: "write" },
    accounts,
    repositories,
    owners: ["1"],
    members: accounts.map(({ id }) => id),
    grants: [grant("7", "8", "admin", "direct")],
  });
  expect(report.summary).toMatchObject({ accountsWithWrite: 5000, effectiveGrants: 5_000_000, listedGrants: 1 });
  expect(report.summary.effectiveByRole).toMatchObject({ write: 4999 * 1000 - 1, admin: 1001 });
  expect(report.accounts.find(({ account }) => account === "7")).toMatchObject({
    everywhere: { role: "write", via: [{ kind: "base" }] },
    effective: [{ repository: "8", role: "admin", via: [{ kind: "direct" }, { kind: "base" }] }],
  });
});

test("audit: the same bytes when the input's lists stand in another order", () => {
  const { accounts, members, repositories, grants } = octoOrg();
  const shuffled = {
    accounts: accounts.toReversed(),
    members: members.toReversed(),
    repositories: repositories.toReversed(),
    grants: grants.toReversed(),
  };
  expect(JSON.stringify(audit(shuffled))).toBe(JSON.stringify(audit()));
});

describe("what only some audits know", () => {
  test("audit: changes are null without an earlier snapshot and a list with one", () => {
    expect(audit().changes).toBeNull();
    expect(audit({}, { previous: octoOrg({ grants: [] }) }).changes?.firstWriteAccounts).toEqual(["2", "4"]);
  });

  test("audit: changes are null, and that is said, when the two snapshots do not show the same parts", () => {
    const gap = { what: "owners and members", because: "GitHub refuses it to this App", opensWith: "Members: read" };
    const previous = octoOrg();
    const blind = audit({ owners: [], members: [], notChecked: [gap] }, { previous });
    expect(blind.changes).toBeNull();
    expect(blind.notChecked.map(({ what }) => what)).toContain("changes since the last audit");
    expect(accessAuditSchema.parse(blind)).toEqual(blind);
    const sighted = audit({}, { previous: octoOrg({ notChecked: [gap] }) });
    expect([
      sighted.changes,
      sighted.notChecked.map(({ what }) => what).includes("changes since the last audit"),
    ]).toEqual([null, true]);
    const alike = audit({ notChecked: [gap] }, { previous: octoOrg({ notChecked: [gap] }) });
    expect(alike.changes).not.toBeNull();
    // The cut runs somewhere else every week: what crossed it was neither given nor taken.
    const cut = { what: ROLES_BEYOND, because: "12 are left out", opensWith: null };
    const bothCut = audit({ notChecked: [cut] }, { previous: octoOrg({ grants: [], notChecked: [cut] }) });
    expect(bothCut.changes).toBeNull();
    expect(bothCut.notChecked.map(({ what }) => what)).toContain("changes since the last audit");
    // A file that was written by hand says nothing about what it leaves out.
    const { notChecked: _, ...bare } = octoOrg({ grants: [] });
    expect(audit({ notChecked: [gap] }, { previous: bare }).changes).not.toBeNull();
  });

  test("audit: labels name what left too, and the newer name wins, when there is an earlier snapshot", () => {
    const previous = octoOrg({
      accounts: [
        ...octoOrg().accounts.map((a) => ({ ...a, login: `old-${a.id}` })),
        { id: "9", login: "ike-left", kind: "user" },
      ],
    });
    const { accounts } = audit({}, { previous }).labels;
    expect(accounts.map(({ login }) => login)).toEqual([
      "olive-owner",
      "mika-member",
      "noor-member",
      "otis-outside",
      "ike-left",
    ]);
  });

  test("audit: what nobody looked at is said when an audit is made from a bare file", () => {
    const { notChecked: _, ...bare } = octoOrg();
    expect(auditReport(bare, ALONE).notChecked.map(({ what }) => what)).toEqual([
      "invitations to repositories, deploy keys, organisation roles, installed Apps, personal access tokens, branch rules",
      "dormant write",
      "flags and decisions",
    ]);
  });

  test("audit: the collector's own list is kept, and nothing is added, when everything was looked at", () => {
    const gap = { what: "deploy keys", because: "the App lacks the permission", opensWith: "Administration: read" };
    const act = { lastActAt: "2026-11-19T00:00:00.000Z", searchedSince: "2020-01-01T00:00:00.000Z" };
    const lastActs = new Map(["1", "2", "4"].map((id) => [accountKey(id), act]));
    expect(audit({ notChecked: [gap] }, { flags: [], lastActs }).notChecked).toEqual([gap]);
    lastActs.delete(accountKey("4"));
    expect(audit({ notChecked: [] }, { flags: [], lastActs }).notChecked).toEqual([
      {
        what: "dormant write of 1 account",
        because: "when they last acted here was not asked",
        opensWith: null,
      },
    ]);
  });

  test("audit: flags are shown with decimal ids, oldest first", () => {
    const later = flag({
      id: "flag-0",
      raisedAt: "2026-11-19T00:00:00.000Z",
      state: { kind: "grant_gone", at: "2026-11-19T01:00:00.000Z" },
    });
    const { flags } = audit({}, { flags: [later, flag()] });
    expect(flags.map(({ id, account, repository, state }) => [id, account, repository, state])).toEqual([
      ["flag-1", "2", "10", "open"],
      ["flag-0", "2", "10", "grant_gone"],
    ]);
  });
});

describe("what exposure comes to", () => {
  test.each([
    ["none", null],
    ["read", null],
    ["write", "high"],
    ["admin", "critical"],
  ] as const)("level: base permission %s is %s", (basePermission, level) => {
    const report = audit({ organization: { login: "octo-org", basePermission }, grants: [] });
    expect(auditLevel(report)).toBe(level);
  });

  test("audit: roles on an archived repository write nowhere today, and no count says that they do", () => {
    const { summary } = audit({ grants: [grant("4", "12", "write", "direct"), grant("4", "12", "admin", "outside")] });
    expect(summary).toMatchObject({ accountsWithWrite: 1, outsideAccountsWithWrite: 0, outsideWriteGrants: 0 });
  });

  test("audit: an account whose search was shorter than the limit is not checked, rather than awake", () => {
    const whole: LastActivity = { lastActAt: "2026-11-19T00:00:00.000Z", searchedSince: "2020-01-01T00:00:00.000Z" };
    const lastActs = new Map<AccountKey, LastActivity>([
      [accountKey("1"), whole],
      [accountKey("2"), { lastActAt: null, searchedSince: "2026-11-01T00:00:00.000Z" }],
      [accountKey("4"), whole],
    ]);
    expect(audit({ notChecked: [] }, { flags: [], lastActs }).notChecked.map(({ what }) => what)).toEqual([
      "dormant write of 1 account",
    ]);
  });

  test("level: an open flag counts as high and a decided one as nothing", () => {
    const grants = [grant("2", "10", "write", "team:core")];
    const decided = flag({
      state: {
        kind: "acknowledged",
        byAccountId: accountId(1),
        byLogin: "olive-owner",
        reason: "known",
        at: "2026-11-19T00:00:00.000Z",
      },
    });
    expect(auditLevel(audit({ grants }, { flags: [flag()] }))).toBe("high");
    expect(auditLevel(audit({ grants }, { flags: [decided] }))).toBeNull();
  });
});
