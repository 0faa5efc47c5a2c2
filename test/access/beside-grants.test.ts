import { effectiveAccess, effectiveRole } from "../../src/access/effective.ts";
import type { AccessSnapshot, NotChecked } from "../../src/access/grant.ts";
import { reachEdges } from "../../src/access/reach/reach.ts";
import { consequencesOf } from "../../src/access/reach/what-if.ts";
import { auditReport, comparable } from "../../src/access/report.ts";
import { parseAccessSnapshot } from "../../src/access/snapshot.ts";
import { InvalidInput } from "../../src/errors.ts";
import { describe, expect, test } from "../support/jest.ts";
import { accountKey, octoOrg, type Plain, repositoryKey } from "./graphs.ts";

const AT = "2026-11-01T00:00:00.000Z";
/** Mika writes everywhere by a role of the organisation. */
const withRole: Plain<Partial<AccessSnapshot>> = {
  ...{ grants: [], protections: [], rulesets: [], branches: [{ repository: "10", name: "main" }] },
  organizationRoles: [{ account: "2", name: "all-repo-write", role: "write" }],
};

test("organisation roles: they are held on every repository, and their reach is the account's own", () => {
  const access = effectiveAccess(octoOrg(withRole));
  expect(effectiveRole(access, accountKey("2"), repositoryKey("10"))).toBe("write");
  const pushing = [...reachEdges(access)].filter(({ can, account }) => can === "push" && account === accountKey("2"));
  expect(pushing.map(({ via }) => via)).toEqual(pushing.map(() => [{ kind: "organization_role" }]));
  expect(pushing.length).toBeGreaterThan(0);
});

test("organisation roles: who is removed loses them; whose role is lowered keeps what they give", () => {
  const snapshot = octoOrg(withRole);
  const removed = consequencesOf(snapshot, { kind: "remove", account: accountKey("2") });
  expect(removed.roles.map(({ to }) => to)).toEqual(removed.roles.map(() => null));
  const lowered = consequencesOf(snapshot, {
    ...{ kind: "downgrade", account: accountKey("2"), repository: repositoryKey("10"), role: "read" },
  });
  expect(lowered.roles.map(({ to }) => to)).toEqual(["write"]);
});

test("beside grants: every account and repository must be in the file", () => {
  const lists = {
    organizationRoles: [{ account: "99", name: "r", role: "write" }],
    tokens: [{ account: "98", repositories: "all", writes: [], expiresAt: null, lastUsedAt: null }],
    deployKeys: [{ repository: "97", title: "k", readOnly: true, createdAt: AT }],
    repositoryInvitations: [{ repository: "96", login: null, role: "write", invitedAt: AT }],
  };
  expect(() => parseAccessSnapshot({ ...octoOrg(), ...lists })).toThrow(InvalidInput);
  const wheres = [
    ...["organizationRoles[0].account", "tokens[0].account"],
    ...["repositoryInvitations[0].repository", "deployKeys[0].repository"],
  ];
  for (const where of wheres) expect(() => parseAccessSnapshot({ ...octoOrg(), ...lists })).toThrow(where);
});

test("beside grants: a file that has every list lacks nothing", () => {
  const { notChecked: _, ...bare } = octoOrg({
    ...{ repositoryInvitations: [], deployKeys: [], organizationRoles: [], apps: [], tokens: [], protections: [] },
  });
  const { notChecked } = auditReport(bare, {
    ...{ previous: null, flags: [], lastActs: new Map(), dormantAfterDays: 180 },
  });
  expect(notChecked.map(({ what }) => what).filter((what) => what.includes("deploy keys"))).toEqual([]);
});

describe("audits of two weeks are compared", () => {
  const gap = (what: string): NotChecked => ({ what, because: "nobody may look", opensWith: null });
  const compared = (then: readonly string[], now: readonly string[]): boolean =>
    comparable(octoOrg({ notChecked: now.map(gap) }), octoOrg({ notChecked: then.map(gap) })) !== null;
  test.each([
    ["deploy keys were not read before", ["deploy keys"], [], true],
    [
      "more repositories hide their rules",
      ["branch rules of 2 repositories"],
      ["branch rules of 3 repositories"],
      true,
    ],
    ["environments are not asked for any more", [], ["environments (4 repositories)"], true],
    ["organisation roles were not read before", ["organisation roles"], [], false],
    ["teams are hidden now", [], ["teams"], false],
  ])("%s: %#", (_, then, now, expected) => {
    expect(compared(then, now)).toBe(expected);
  });
});
