import fc from "fast-check";
import { countByRole, effectiveAccess, effectiveRole, heldOn } from "../../src/access/effective.ts";
import { type AccessSnapshot, type Grant, type Role, roleRank } from "../../src/access/grant.ts";
import type { AccountKey, RepositoryKey } from "../../src/access/keys.ts";
import { describe, expect, test } from "../support/jest.ts";
import { accountKey, anySnapshot, grant, octoOrg, repositoryKey } from "./graphs.ts";

const role = (snapshot: AccessSnapshot, account: string, repository: string): Role | null =>
  effectiveRole(effectiveAccess(snapshot), accountKey(account), repositoryKey(repository));

const base = (basePermission: "none" | "read" | "write" | "admin"): Partial<AccessSnapshot> => ({
  organization: { login: "octo-org", basePermission },
});

describe("by hand", () => {
  test.each<[string, Partial<AccessSnapshot>, string, string, Role | null]>([
    ["an owner is admin everywhere", {}, "1", "11", "admin"],
    ["an owner who is not listed as a member is admin too", { members: [] }, "1", "10", "admin"],
    ["the team's write beats the direct triage", {}, "2", "10", "write"],
    ["no grant is no role", {}, "2", "11", null],
    ["an outside collaborator has what was granted", {}, "4", "11", "maintain"],
    ["an archived repository gives nothing", {}, "3", "12", null],
    ["an owner has nothing on an archived repository", {}, "1", "12", null],
    ["the base permission reaches members", base("read"), "3", "11", "read"],
    ["the base permission does not reach outside accounts", base("admin"), "4", "10", null],
    ["a lower base permission does not lower a grant", base("read"), "2", "10", "write"],
    ["a higher base permission raises a grant", base("admin"), "2", "10", "admin"],
    ["an organisation role counts", { grants: [grant("3", "10", "write", "organization_role")] }, "3", "10", "write"],
    ["an explicit base row counts", { grants: [grant("3", "10", "read", "base")] }, "3", "10", "read"],
    [
      "the highest of two roles of one team counts",
      { grants: [grant("3", "10", "admin", "team:core"), grant("3", "10", "read", "team:core")] },
      "3",
      "10",
      "admin",
    ],
    ["an unknown account has nothing", {}, "99", "10", null],
    ["an unknown repository gives nothing", {}, "1", "99", null],
  ])("effective role: %s", (_, change, account, repository, expected) => {
    expect(role(octoOrg(change), account, repository)).toBe(expected);
  });

  test("effective access: every source of a pair is named once, in fixed order, when several lead to it", () => {
    const grants = [
      grant("1", "10", "write", "team:docs"),
      grant("1", "10", "read", "direct"),
      grant("1", "10", "write", "team:core"),
      grant("1", "10", "read", "base"),
      grant("1", "10", "triage", "direct"),
    ];
    const held = heldOn(effectiveAccess(octoOrg({ ...base("write"), grants })), accountKey("1"), repositoryKey("10"));
    expect(held).toEqual({
      role: "admin",
      sources: [
        { source: { kind: "direct" }, role: "triage" },
        { source: { kind: "team", team: "core" }, role: "write" },
        { source: { kind: "team", team: "docs" }, role: "write" },
        { source: { kind: "owner" }, role: "admin" },
        { source: { kind: "base" }, role: "write" },
      ],
    });
  });

  test("effective access: a base permission stays one rule per member when there are a million pairs", () => {
    const accounts = Array.from({ length: 1000 }, (_, at) => ({
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
    const members = accounts.map(({ id }) => id);
    const access = effectiveAccess(
      octoOrg({ ...base("write"), accounts, repositories, members, owners: [], grants: [] }),
    );
    const holders = [...access.holders.values()];
    expect(holders).toHaveLength(1000);
    expect(holders.every(({ pairs }) => pairs.size === 0)).toBe(true);
    expect(
      holders.every(
        (holder) => countByRole(holder.pairs.values(), holder.everywhere, access.active.size).write === 1000,
      ),
    ).toBe(true);
  });
});

describe("for any graph", () => {
  const pairs = ({ accounts, repositories }: AccessSnapshot): (readonly [AccountKey, RepositoryKey])[] =>
    accounts.flatMap(({ id }) => repositories.map((repository) => [id, repository.id] as const));
  const rank = (found: Role | null): number => (found === null ? 0 : roleRank(found));

  test("effective role: it is the slow definition's answer when grants, ownership and base meet", () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const access = effectiveAccess(snapshot);
        for (const [account, repository] of pairs(snapshot))
          expect(rank(effectiveRole(access, account, repository))).toBe(slowRank(snapshot, account, repository));
      }),
    );
  });

  test("effective role: no role rises when a grant is taken away", () => {
    fc.assert(
      fc.property(anySnapshot, fc.nat(), (snapshot, at) => {
        fc.pre(snapshot.grants.length > 0);
        const gone = at % snapshot.grants.length;
        const before = effectiveAccess(snapshot);
        const after = effectiveAccess({ ...snapshot, grants: snapshot.grants.filter((_, index) => index !== gone) });
        for (const [account, repository] of pairs(snapshot))
          expect(rank(effectiveRole(after, account, repository))).toBeLessThanOrEqual(
            rank(effectiveRole(before, account, repository)),
          );
      }),
    );
  });

  test("effective access: counts by role equal the counted pairs, and order of the input does not matter", () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const access = effectiveAccess(snapshot);
        const counted = [...access.holders.values()].flatMap((holder) =>
          Object.entries(countByRole(holder.pairs.values(), holder.everywhere, access.active.size)).flatMap(
            ([name, count]) => Array(count).fill(name),
          ),
        );
        const listed = pairs(snapshot)
          .map(([account, id]) => effectiveRole(access, account, id))
          .filter((found) => found);
        expect(counted.sort()).toEqual(listed.sort());
        const mirrored = {
          ...snapshot,
          grants: snapshot.grants.toReversed(),
          accounts: snapshot.accounts.toReversed(),
        };
        expect([...effectiveAccess(mirrored).holders]).toEqual([...access.holders]);
      }),
    );
  });
});

/** The definition itself, one pair at a time: rank of the highest source, 0 for none. */
function slowRank(
  { repositories, organization, owners, members, grants }: AccessSnapshot,
  account: AccountKey,
  id: RepositoryKey,
): number {
  if (repositories.find((repository) => repository.id === id)?.archived) return 0;
  const isMember = members.includes(account) || owners.includes(account);
  const granted = grants.filter((row: Grant) => row.account === account && row.repository === id);
  return Math.max(
    0,
    ...granted.map((row) => roleRank(row.role)),
    owners.includes(account) ? roleRank("admin") : 0,
    isMember && organization.basePermission !== "none" ? roleRank(organization.basePermission) : 0,
  );
}
