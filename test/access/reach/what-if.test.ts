import { consequencesOf } from "../../../src/access/reach/what-if.ts";
import { expect, test } from "../../support/jest.ts";
import { accountKey, grant, octoOrg, repositoryKey } from "../graphs.ts";

const place = (id: string, name: string) =>
  ({ id, name, visibility: "public", archived: false, defaultBranch: "main" }) as const;
const ORGANIZATION = octoOrg({
  repositories: [place("10", "wallet"), place("11", "relayer")],
  grants: [
    grant("2", "10", "write", "team:core"),
    grant("2", "10", "admin", "direct"),
    grant("3", "10", "write", "direct"),
    grant("4", "11", "maintain", "outside"),
  ],
  teams: [{ slug: "core", parent: null, members: ["2"] }],
  protections: [],
  rulesets: [],
  secrets: [{ name: "NPM_TOKEN", scope: "organization", repositories: "all" }],
});
const [mika, otis] = [accountKey("2"), accountKey("4")];
const [wallet, relayer] = [repositoryKey("10"), repositoryKey("11")];
const cans = (edges: readonly { readonly can: string }[]): readonly string[] => [
  ...new Set(edges.map(({ can }) => can)),
];

test("what if: an account that leaves can do nothing, and what it alone wrote to is left to owners", () => {
  const { roles, gone, stays, leftToOwners } = consequencesOf(ORGANIZATION, { kind: "remove", account: otis });
  expect(roles).toEqual([{ account: otis, repository: relayer, from: "maintain", to: null, through: [] }]);
  expect([cans(gone).includes("read_secret"), stays, leftToOwners]).toEqual([true, [], [relayer]]);
});

test("what if: nothing is left to owners where somebody else writes", () => {
  expect(consequencesOf(ORGANIZATION, { kind: "remove", account: mika }).leftToOwners).toEqual([]);
});

test("what if: an owner who leaves loses every repository", () => {
  const { roles } = consequencesOf(ORGANIZATION, { kind: "remove", account: accountKey("1") });
  expect(roles.map(({ repository, to }) => [repository, to])).toEqual([
    [wallet, null],
    [relayer, null],
  ]);
});

test("what if: a lower role of its own leaves what the team gives, and says so", () => {
  const plan = { kind: "downgrade", account: mika, repository: wallet, role: "read" } as const;
  const { roles, gone, stays } = consequencesOf(ORGANIZATION, plan);
  const through = [{ kind: "team", team: "core" }];
  expect(roles).toEqual([{ account: mika, repository: wallet, from: "admin", to: "write", through }]);
  expect([cans(gone), cans(stays).includes("read_secret")]).toEqual([[], true]);
});

test("what if: a role that is lower already, or not its own, is not raised", () => {
  const plan = { kind: "downgrade", account: accountKey("3"), repository: wallet, role: "admin" } as const;
  expect(consequencesOf(ORGANIZATION, plan).roles).toEqual([
    { account: accountKey("3"), repository: wallet, from: "write", to: "write", through: [] },
  ]);
});

test("what if: a protected default branch is pushed to by nobody, and secrets are read as before", () => {
  const { roles, gone, stays } = consequencesOf(ORGANIZATION, { kind: "protect", repository: wallet });
  expect([roles, cans(gone)]).toEqual([[], ["push", "write_cache"]]);
  expect(stays.filter(({ can }) => can === "read_secret").map(({ account }) => account)).toEqual(["1", "2", "3"]);
});

test("what if: where rules were not read, nothing is said to go", () => {
  const { protections: _, ...unread } = ORGANIZATION;
  expect(consequencesOf(unread, { kind: "protect", repository: wallet }).gone).toEqual([]);
});

test("what if: a secret that another branch still reads is not said to go", () => {
  const closed = {
    ...ORGANIZATION,
    branches: [{ repository: relayer, name: "release-1" }],
    protections: [{ repository: relayer, pattern: "zz*", restrictsPushes: true, blocksCreations: true }],
    rulesets: octoOrg({
      rulesets: [
        {
          ...{ name: "no new branches", level: "repository", repositories: ["11"], target: "branch" },
          ...{ enforcement: "active", include: ["~ALL"], exclude: [], rules: [{ type: "creation" }], bypass: [] },
        },
      ],
    }).rulesets,
  } as typeof ORGANIZATION;
  const { gone, stays } = consequencesOf(closed, { kind: "protect", repository: relayer });
  expect(cans(gone)).toEqual(["push", "write_cache"]);
  expect(cans(stays)).toContain("read_secret");
});

test("reach: a release branch is no default branch, where nobody read which that is", () => {
  const { roles: _, ...found } = consequencesOf(
    {
      ...ORGANIZATION,
      repositories: ORGANIZATION.repositories.map(({ defaultBranch: __, ...rest }) => rest),
      branches: [{ repository: relayer, name: "release-1" }],
    },
    { kind: "remove", account: otis },
  );
  expect(cans(found.gone)).toContain("push");
  expect(cans(found.gone)).not.toContain("write_cache");
});
