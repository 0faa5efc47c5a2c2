import fc from "fast-check";
import { type AccessChanges, compareSteps } from "../../src/access/compare-access.ts";
import { effectiveAccess, LISTED_EVERYWHERE_ROWS } from "../../src/access/effective.ts";
import { type AccessSnapshot, type Grant, roleRank } from "../../src/access/grant.ts";
import { atOnce } from "../../src/slices.ts";
import { describe, expect, test } from "../support/jest.ts";
import { anySnapshot, grant, octoOrg, type Plain } from "./graphs.ts";

const compare = (before: AccessSnapshot, after: AccessSnapshot): AccessChanges =>
  atOnce(compareSteps(effectiveAccess(before), effectiveAccess(after)));

const NOTHING: AccessChanges = {
  since: "2026-11-20T06:00:00.000Z",
  added: [],
  removed: [],
  changed: [],
  newOwners: [],
  lostOwners: [],
  newMembers: [],
  leftMembers: [],
  newOutsideWrite: [],
  firstWriteAccounts: [],
  lostAllWrite: [],
  escalations: [],
  causes: [],
  guardsLoosened: null,
  unlisted: { added: 0, removed: 0, changed: 0 },
};

const { grants } = octoOrg();

test.each<[string, Plain<Partial<AccessSnapshot>>, Plain<Partial<AccessChanges>>]>([
  ["nothing changed", {}, {}],
  [
    "a first direct write came",
    { grants: [...grants, grant("3", "10", "write", "direct")] },
    {
      added: [{ account: "3", repository: "10", role: "write" }],
      firstWriteAccounts: ["3"],
      causes: [{ kind: "source", via: { kind: "direct" }, rows: 1 }],
    },
  ],
  ["a second source of the same role came", { grants: [...grants, grant("2", "10", "write", "direct")] }, {}],
  [
    "a team rose to admin",
    { grants: grants.map((row) => (row.via.team === "core" ? { ...row, role: "admin" as const } : row)) },
    {
      changed: [{ account: "2", repository: "10", from: "write", to: "admin" }],
      escalations: [{ account: "2", repository: "10", from: "write", to: "admin" }],
      causes: [{ kind: "source", via: { kind: "team", team: "core" }, rows: 1 }],
    },
  ],
  [
    "a team went and the lower direct grant stayed",
    { grants: grants.filter((row) => row.via.team !== "core") },
    {
      changed: [{ account: "2", repository: "10", from: "write", to: "triage" }],
      lostAllWrite: ["2"],
      causes: [{ kind: "source", via: { kind: "team", team: "core" }, rows: 1 }],
    },
  ],
  [
    "a member became an owner",
    { owners: ["1", "3"] },
    {
      added: [
        { account: "3", repository: "10", role: "admin" },
        { account: "3", repository: "11", role: "admin" },
      ],
      newOwners: ["3"],
      firstWriteAccounts: ["3"],
      causes: [{ kind: "source", via: { kind: "owner" }, rows: 2 }],
    },
  ],
  [
    "a member left and kept a direct triage and a stale team row",
    { members: ["1", "3"] },
    { leftMembers: ["2"], newOutsideWrite: ["2"] },
  ],
  ["an outside account joined", { members: ["1", "2", "3", "4"] }, { newMembers: ["4"] }],
  [
    "a repository was archived",
    { repositories: octoOrg().repositories.map((r) => (r.id === "11" ? { ...r, archived: true } : r)) },
    {
      removed: [
        { account: "1", repository: "11", role: "admin" },
        { account: "4", repository: "11", role: "maintain" },
      ],
      lostAllWrite: ["4"],
      causes: [{ kind: "repository", repository: "11", rows: 2 }],
    },
  ],
  [
    "the base permission went from none to read",
    { organization: { login: "octo-org", basePermission: "read" } },
    {
      added: [
        { account: "2", repository: "11", role: "read" },
        { account: "3", repository: "10", role: "read" },
        { account: "3", repository: "11", role: "read" },
      ],
      causes: [{ kind: "source", via: { kind: "base" }, rows: 3 }],
    },
  ],
])("changes: exactly the rows that differ when %s", (_, change, expected) => {
  expect(compare(octoOrg(), octoOrg(change))).toEqual({ ...NOTHING, ...expected });
});

test("changes: each team is a cause of its own, most rows first, then by name", () => {
  const rows = (team: string, ...accounts: readonly string[]) =>
    accounts.map((account) => grant(account, "11", "write", `team:${team}`));
  const causes = (...teams: readonly (readonly [string, ...string[]])[]) =>
    compare(octoOrg(), octoOrg({ grants: [...grants, ...teams.flatMap((each) => rows(...each))] })).causes;
  const of = (team: string, count: number) => ({ kind: "source", via: { kind: "team", team }, rows: count });
  expect(causes(["b", "2"], ["a", "3"])).toEqual([of("a", 1), of("b", 1)]);
  expect(causes(["a", "2"], ["b", "3"])).toEqual([of("a", 1), of("b", 1)]);
  const accounts = [...octoOrg().accounts, { id: "5", login: "eve", kind: "user" as const }];
  const more = [...grants, ...rows("z", "2", "3"), ...rows("a", "5")];
  expect(compare(octoOrg({ accounts }), octoOrg({ accounts, grants: more })).causes).toEqual([of("z", 2), of("a", 1)]);
});

test.each<[string, readonly Grant[], readonly Grant[], string]>([
  [
    "the one that gave the role, not what came with it",
    [],
    [grant("3", "10", "triage", "direct"), grant("3", "10", "write", "team:a")],
    "team",
  ],
  [
    "the one that rose",
    [grant("3", "10", "triage", "direct"), grant("3", "10", "write", "team:a")],
    [grant("3", "10", "admin", "direct"), grant("3", "10", "write", "team:a")],
    "direct",
  ],
  [
    "the one that took the role",
    [grant("3", "10", "triage", "direct"), grant("3", "10", "write", "team:a")],
    [grant("3", "10", "triage", "direct")],
    "team",
  ],
  [
    "the one that fell",
    [grant("3", "10", "write", "direct"), grant("3", "10", "triage", "team:a")],
    [grant("3", "10", "read", "direct"), grant("3", "10", "triage", "team:a")],
    "direct",
  ],
  ["the last one", [grant("3", "10", "read", "team:a")], [], "team"],
])("changes: a row's cause is %s", (_what, then, now, kind) => {
  expect(compare(octoOrg({ grants: then }), octoOrg({ grants: now })).causes).toMatchObject([
    { via: { kind }, rows: 1 },
  ]);
});

test("changes: who belongs and who is outside is not compared unless both sides were read", () => {
  const unread = octoOrg({
    notChecked: [{ what: "owners and members", because: "GitHub refuses it", opensWith: "Members: read" }],
  });
  const none = { newOwners: null, lostOwners: null, newMembers: null, leftMembers: null, newOutsideWrite: null };
  for (const [before, after] of [
    [unread, octoOrg()],
    [octoOrg(), unread],
  ] as const)
    expect(compare(before, after)).toMatchObject(none);
});

test("changes: rows of the base permission are counted, not listed, when they are too many", () => {
  const accounts = Array.from({ length: 300 }, (_, at) => ({
    id: String(at),
    login: `a-${at}`,
    kind: "user" as const,
  }));
  const repositories = Array.from({ length: 300 }, (_, at) => ({
    id: String(at),
    name: `r-${at}`,
    visibility: "private" as const,
    archived: false,
  }));
  const many: Plain<Partial<AccessSnapshot>> = {
    accounts,
    repositories,
    members: accounts.map(({ id }) => id),
    owners: [],
    grants: [grant("7", "8", "triage", "direct")],
  };
  const before = octoOrg({ ...many, organization: { login: "octo-org", basePermission: "none" } });
  const after = octoOrg({ ...many, organization: { login: "octo-org", basePermission: "write" } });
  expect(300 * 300).toBeGreaterThan(LISTED_EVERYWHERE_ROWS);
  const changes = compare(before, after);
  expect(changes.unlisted).toEqual({ added: 300 * 300 - 1, removed: 0, changed: 0 });
  expect(changes.added).toEqual([]);
  expect(changes.escalations).toEqual([{ account: "7", repository: "8", from: "triage", to: "write" }]);
  expect(changes.firstWriteAccounts).toHaveLength(300);
});

describe("for any two graphs", () => {
  const both = fc.tuple(anySnapshot, anySnapshot);

  test("changes: nothing when a snapshot is compared with itself", () => {
    fc.assert(fc.property(anySnapshot, (snapshot) => expect(compare(snapshot, snapshot)).toEqual(NOTHING)));
  });

  test("changes: the mirror image when the snapshots are swapped", () => {
    fc.assert(
      fc.property(both, ([a, b]) => {
        const there = compare(a, b);
        const back = compare(b, a);
        expect(back.added).toEqual(there.removed);
        expect(back.removed).toEqual(there.added);
        expect(back.changed).toEqual(there.changed.map(({ from, to, ...pair }) => ({ ...pair, from: to, to: from })));
        expect([back.newOwners, back.newMembers]).toEqual([there.lostOwners, there.leftMembers]);
        expect(back.firstWriteAccounts).toEqual(there.lostAllWrite);
      }),
    );
  });

  test("changes: applied to the earlier roles they give the later roles", () => {
    fc.assert(
      fc.property(both, ([a, b]) => {
        const roles = rolesOf(a);
        const { added, removed, changed } = compare(a, b);
        for (const { account, repository } of removed) expect(roles.delete(`${account} ${repository}`)).toBe(true);
        for (const { account, repository, role } of added) roles.set(`${account} ${repository}`, role);
        for (const { account, repository, to } of changed) roles.set(`${account} ${repository}`, to);
        expect(new Map([...roles].sort())).toEqual(new Map([...rolesOf(b)].sort()));
      }),
    );
  });

  test("changes: escalations are changed rows that rose, and causes explain every row once", () => {
    fc.assert(
      fc.property(both, ([a, b]) => {
        const { added, removed, changed, escalations, causes } = compare(a, b);
        for (const row of escalations) expect(changed).toContainEqual(row);
        expect(escalations).toEqual(changed.filter(({ from, to }) => roleRank(to) > roleRank(from)));
        const explained = causes.reduce((sum, { rows }) => sum + rows, 0);
        expect(explained).toBe(added.length + removed.length + changed.length);
      }),
    );
  });
});

function rolesOf(snapshot: AccessSnapshot): Map<string, string> {
  const access = effectiveAccess(snapshot);
  return new Map(
    [...access.holders.values()].flatMap(({ account, pairs, everywhere }) =>
      [...access.active.keys()].flatMap((repository) => {
        const held = pairs.get(repository) ?? everywhere;
        return held === null ? [] : [[`${account} ${repository}`, held.role] as const];
      }),
    ),
  );
}
