import { type Random, seededNumbers } from "../../bench/seeded-numbers.ts";
import type { AccessSnapshot, Grant, Role } from "../../src/access/grant.ts";
import type { ExpectedCounts, Graph } from "./graph-cases.ts";
import { keyed, type Plain } from "./graphs.ts";

/** Weakest first. */
const ROLES: readonly Role[] = ["read", "triage", "write", "maintain", "admin"];
const NONE = -1;
const WRITE = ROLES.indexOf("write");

/** Organisations of the size and mixture of published ones, each with the counts that an audit must reach. */
export function madeOrganizations(): readonly Graph[] {
  const bases = ["none", "read", "write"] as const;
  return bases.map((base, index) => {
    const snapshot = makeSnapshot(`made-${base}-example`, base, seededNumbers(1_009 + index));
    return { snapshot, expected: countedPlainly(snapshot) };
  });
}

const ids = (first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(first + index));

function makeSnapshot(
  login: string,
  basePermission: AccessSnapshot["organization"]["basePermission"],
  random: Random,
): AccessSnapshot {
  const chance = (share: number): boolean => random.next() < share;
  const one = <T>(of: readonly T[]): T => of[Math.floor(random.next() * of.length)] as T;
  const some = <T>(of: readonly T[], share: number): readonly T[] => of.filter(() => chance(share));
  const [members, outside] = [ids(1_000, 70), ids(5_000, 15)];
  const repositories = ids(1, 45).map((id) => ({
    id,
    name: `repository-${id}`,
    archived: chance(0.2),
    visibility: one(["public", "private"] as const),
  }));
  const grants: Plain<Grant>[] = [];
  for (const team of ["core", "docs", "release", "infra", "website", "empty-handed"]) {
    const people = some(members, 0.12);
    for (const { id } of some(repositories, team === "empty-handed" ? 0 : 0.3)) {
      const role = one(ROLES);
      for (const account of people) grants.push({ account, repository: id, role, via: { kind: "team", team } });
    }
  }
  // One in eight twice, as lists of grants have it: the stronger counts.
  for (const [people, kind, share] of [
    [members, "direct", 0.02],
    [outside, "outside", 0.05],
  ] as const)
    for (const account of people)
      for (const { id } of some(repositories, share))
        for (let time = chance(0.125) ? 2 : 1; time > 0; time--)
          grants.push({ account, repository: id, role: one(ROLES), via: { kind } });
  return keyed<AccessSnapshot>({
    schema: "sallyport.access/1",
    takenAt: "2026-05-04T17:41:20.000Z",
    organization: { login, basePermission },
    accounts: [...members, ...outside].map((id) => ({ id, login: `login-${id}`, kind: chance(0.08) ? "bot" : "user" })),
    owners: members.slice(0, 4),
    members,
    repositories,
    grants,
  });
}

/**
 * The answer key, by the plainest method there is: one table each for personal grants, teams and what holds everywhere,
 * with a cell for every account and active repository. It shares nothing with the audit, not even the order of roles.
 */
function countedPlainly(snapshot: AccessSnapshot): ExpectedCounts {
  const { accounts, grants, owners, members, repositories, organization } = snapshot;
  const active = repositories.filter(({ archived }) => !archived);
  const strongest = (account: string, repository: string, kinds: readonly string[]): number =>
    Math.max(
      NONE,
      ...grants
        .filter((grant) => grant.account === account && grant.repository === repository)
        .filter(({ via }) => kinds.includes(via.kind))
        .map(({ role }) => ROLES.indexOf(role)),
    );
  const cells = accounts.flatMap(({ id: account }) =>
    active.map(({ id: repository }) => {
      const personal = strongest(account, repository, ["direct", "outside"]);
      const team = strongest(account, repository, ["team"]);
      const base = members.includes(account) ? ROLES.indexOf(organization.basePermission as Role) : NONE;
      const own = owners.includes(account) ? ROLES.indexOf("admin") : NONE;
      return { account, personal, team, role: Math.max(personal, team, base, own) };
    }),
  );
  const writable = accounts
    .map(({ id }) => cells.filter(({ account, role }) => account === id && role >= WRITE).length)
    .filter((count) => count > 0)
    .toSorted((a, b) => a - b);
  const writers = [...new Set(cells.filter(({ role }) => role >= WRITE).map(({ account }) => account))];
  const byRole = ROLES.map((name, rank) => [name, cells.filter(({ role }) => role === rank).length] as const);
  /** The smallest count that so many in a hundred do not pass. */
  const percentile = (percent: number): number =>
    writable.find((_, index) => (index + 1) * 100 >= percent * writable.length) ?? 0;
  return {
    teams: new Set(grants.flatMap(({ via }) => via.team ?? [])).size,
    repos: repositories.length,
    active_repos: active.length,
    members: members.length,
    owners: owners.length,
    bots: accounts.filter(({ kind }) => kind === "bot").length,
    raw_grants: grants.length,
    effective_grants: cells.filter(({ role }) => role > NONE).length,
    effective_by_permission: Object.fromEntries(byRole.filter(([, count]) => count > 0)),
    accounts_with_write: writers.length,
    write_repos_per_account: { p50: percentile(50), p90: percentile(90), max: percentile(100) },
    outside_accounts_with_write: writers.filter((account) => !members.includes(account)).length,
    outside_write_grants: cells.filter(({ account, role }) => role >= WRITE && !members.includes(account)).length,
    direct_grant_already_covered_by_team: cells.filter(({ personal, team }) => personal > NONE && team >= personal)
      .length,
    direct_write_not_via_team: cells.filter(({ personal, team }) => personal >= WRITE && team < WRITE).length,
    members_without_write: members.filter((account) => !writers.includes(account)).length,
  };
}
