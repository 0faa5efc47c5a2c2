import { AUDIT_WEEKS } from "../../src/access/audit.ts";
import { compareSteps } from "../../src/access/compare-access.ts";
import { effectiveAccess, LISTED_EVERYWHERE_ROWS } from "../../src/access/effective.ts";
import { MAX_FLAGS_PER_ACCOUNT } from "../../src/access/flag.ts";
import type { AccessSnapshot } from "../../src/access/grant.ts";
import { auditReport } from "../../src/access/report.ts";
import { parseAccessSnapshot, SNAPSHOT_LIMITS } from "../../src/access/snapshot.ts";
import { InvalidInput, type Problem } from "../../src/errors.ts";
import { atOnce } from "../../src/slices.ts";
import { expect, test } from "../support/jest.ts";
import { grant, octoOrg, type Plain } from "./graphs.ts";

test("limits: what is kept, read and listed at most", () => {
  expect({ AUDIT_WEEKS, MAX_FLAGS_PER_ACCOUNT, LISTED_EVERYWHERE_ROWS, ...SNAPSHOT_LIMITS }).toEqual({
    AUDIT_WEEKS: 26,
    MAX_FLAGS_PER_ACCOUNT: 100,
    LISTED_EVERYWHERE_ROWS: 50_000,
    accounts: 200_000,
    repositories: 100_000,
    grants: 1_000_000,
    invitations: 10_000,
    notChecked: 100,
  });
});

const ids = (count: number, first = 0): readonly string[] =>
  Array.from({ length: count }, (_, at) => String(first + at));

/** Members of these numbers, and repositories; some of them archived. */
function organization(
  members: readonly string[],
  repositories: readonly string[],
  more: Plain<Partial<AccessSnapshot>> & { readonly archived?: readonly string[] } = {},
): AccessSnapshot {
  const { archived = [], ...change } = more;
  const others = (change.grants ?? []).map(({ account }) => account);
  return octoOrg({
    organization: { login: "octo-org", basePermission: "read" },
    accounts: [...new Set([...members, ...(change.owners ?? []), ...others])].map((id) => ({
      id,
      login: `a-${id}`,
      kind: "user",
    })),
    owners: [],
    members,
    repositories: repositories.map((id) => ({
      id,
      name: `r-${id}`,
      visibility: "private",
      archived: archived.includes(id),
    })),
    grants: [],
    ...change,
  });
}

/** Grants of its own on so many repositories, which are listed in any case. */
const own = (account: string, count: number) =>
  ids(count).map((repository) => grant(account, repository, "read", "direct"));

test.each([
  ["all rows of a rule are listed while they are 50,000", 200, { listed: 50_200, unlisted: 0 }],
  ["none of them when they are one more", 199, { listed: 199, unlisted: 50_001 }],
])("limits: %s", (_what, granted, expected) => {
  const snapshot = organization(ids(251), ids(200), { grants: own("7", granted) });
  const report = auditReport(snapshot, { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 });
  expect(report.summary).toMatchObject({ effectiveGrants: 50_200, listedGrants: expected.listed });
  const before = { ...snapshot, organization: { login: "octo-org", basePermission: "none" as const } };
  const after = { ...snapshot, organization: { login: "octo-org", basePermission: "write" as const } };
  const { added, changed, unlisted } = atOnce(compareSteps(effectiveAccess(before), effectiveAccess(after)));
  expect([added.length + changed.length, unlisted.added]).toEqual([expected.listed, expected.unlisted]);
});

test("limits: rows that are not listed are counted one by one, whoever and whatever came, went or stayed", () => {
  const [stayed, left, came] = [ids(250, 100), ids(10, 1_000), ids(20, 2_000)];
  const repositories = ids(236);
  // Five repositories were archived since, one was woken.
  const gone = repositories.slice(0, 5);
  const woken = repositories.slice(5, 6);
  const grants = [
    grant("100", "10", "read", "direct"),
    grant("101", "5", "read", "direct"),
    grant("102", "4", "read", "direct"),
    grant("9", "10", "read", "direct"),
  ];
  const before = organization([...stayed, ...left], repositories, { archived: woken, owners: ["1"], grants });
  const after = organization([...stayed, ...came], repositories, {
    archived: gone,
    owners: ["1"],
    grants,
    organization: { login: "octo-org", basePermission: "write" },
  });
  const there = atOnce(compareSteps(effectiveAccess(before), effectiveAccess(after)));
  // On 230 repositories of both: who stayed changed, who left lost and who came gained; on the five and the one all of
  // them and the owner. Each grant of somebody's own is listed instead, and the outside account has nothing else.
  expect(there.unlisted).toEqual({
    changed: 250 * 230 - 1,
    removed: 10 * 235 + 250 * 5 + 5 - 1,
    added: 20 * 231 + 250 + 1 - 1,
  });
  const listed = ({ account, repository }: { readonly account: string; readonly repository: string }) =>
    `${account} ${repository}`;
  expect([there.changed.map(listed), there.removed.map(listed), there.added.map(listed)]).toEqual([
    ["100 10"],
    ["102 4"],
    ["101 5"],
  ]);
  const back = atOnce(compareSteps(effectiveAccess(after), effectiveAccess(before)));
  expect(back.unlisted).toEqual({
    changed: there.unlisted.changed,
    removed: there.unlisted.added,
    added: there.unlisted.removed,
  });
});

function problemsOf(json: unknown): readonly Problem[] {
  try {
    parseAccessSnapshot(json, "access.json");
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
  return [];
}

const gaps = (count: number) => ids(count).map((what) => ({ what, because: "a reason", opensWith: null }));
const invitations = (count: number) =>
  ids(count).map(() => ({ login: null, role: "member", teamCount: 0, invitedAt: "2026-11-01T00:00:00.000Z" }));

test.each([
  ["notChecked", { notChecked: gaps(100) }, { notChecked: gaps(101) }],
  ["invitations", { invitations: invitations(10_000) }, { invitations: invitations(10_001) }],
])("limits: a snapshot with more %s than are read is refused", (list, enough, tooMany) => {
  expect(problemsOf({ ...octoOrg(), ...enough })).toEqual([]);
  expect(problemsOf({ ...octoOrg(), ...tooMany }).map(({ where }) => where)).toEqual([`access.json ${list}`]);
});

test.each([
  ["entries of another shape", (count: number) => ids(count).map(() => 1)],
  ["references to nobody", (count: number) => ids(count, 900)],
])("limits: 200 %s are listed, and of more that there are more", (_what, owners) => {
  const found = (count: number) => problemsOf({ ...octoOrg(), owners: owners(count) }).map(({ what }) => what);
  expect(found(200)).toHaveLength(200);
  expect(found(200)).not.toContain("more problems than are listed");
  for (const count of [201, 300]) {
    expect(found(count)).toHaveLength(201);
    expect(found(count).at(-1)).toBe("more problems than are listed");
  }
});

test.each([
  [{ owners: [1] }, "list the ids of entries of accounts"],
  [
    { grants: [{ ...octoOrg().grants[0], role: "king" }] },
    "write read, triage, write, maintain, admin; a custom role as the role it extends",
  ],
  [
    { organization: { login: "octo-org", basePermission: "all" } },
    "docs/schema/sallyport.access-1.json describes the format",
  ],
])("limits: a problem says how to mend it: %j", (change, mend) => {
  expect(problemsOf({ ...octoOrg(), ...change }).map((problem) => problem.mend)).toEqual([mend]);
});
