import { unreadRules } from "../../../src/access/reach/reach.ts";
import { parseAccessSnapshot } from "../../../src/access/snapshot.ts";
import { InvalidInput } from "../../../src/errors.ts";
import { expect, test } from "../../support/jest.ts";
import { octoOrg } from "../graphs.ts";
import { readSituations } from "./read-situations.ts";

/** The problems of a file with these lists, each as `where: what`. */
function problemsOf(lists: object): readonly string[] {
  try {
    parseAccessSnapshot({ ...octoOrg(), ...lists }, "org.json");
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ where, what }) => `${where}: ${what}`);
    throw error;
  }
  return [];
}

const set = {
  ...{ name: "set", level: "repository", repositories: "all", target: "branch", enforcement: "active" },
  ...{ include: [], exclude: [], rules: [], bypass: [] },
};

test("rules in an access file: what is written is what is read", () => {
  for (const { snapshot } of readSituations())
    expect(parseAccessSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
});

test("rules in an access file: lists that are absent stay absent, and are not empty", () => {
  expect(Object.keys(parseAccessSnapshot(octoOrg()))).not.toContain("protections");
  expect(parseAccessSnapshot({ ...octoOrg(), protections: [] }).protections).toEqual([]);
});

test.each<[string, object, readonly string[]]>([
  ["a list that is none", { branches: {} }, ["org.json branches: Invalid input: expected array, received object"]],
  [
    "a rule that nobody reads",
    { rulesets: [{ ...set, rules: [{ type: "required_signatures" }] }] },
    ["org.json rulesets[0].rules[0].type: "],
  ],
  [
    "an unknown repository",
    { branches: [{ repository: "99", name: "main" }] },
    ["org.json branches[0].repository: no"],
  ],
  [
    "unknown repositories of a ruleset, and an unknown account",
    {
      rulesets: [
        { ...set, repositories: ["99"], bypass: [{ mode: "always", who: { kind: "account", account: "77" } }] },
      ],
    },
    ["org.json rulesets[0].repositories[0]: no", "org.json rulesets[0].bypass[0].who.account: no"],
  ],
  [
    "an unknown account of a protection",
    { protections: [{ repository: "10", pattern: "main", pushAllowances: [{ kind: "account", account: "77" }] }] },
    ["org.json protections[0].pushAllowances[0].account: no entry of accounts"],
  ],
  [
    "teams in a circle, twice, below nothing, with a stranger",
    {
      teams: [
        { slug: "a", parent: "b", members: [] },
        { slug: "b", parent: "a", members: ["77"] },
        { slug: "b", parent: null, members: [] },
        { slug: "c", parent: "d", members: [] },
      ],
    },
    [
      "org.json teams[1].members[0]: no entry",
      "org.json teams[2].slug: the same team",
      "org.json teams[3].parent: no entry of teams",
    ],
  ],
  [
    "teams that are above each other",
    {
      teams: [
        { slug: "a", parent: "b", members: [] },
        { slug: "b", parent: "a", members: [] },
      ],
    },
    ["org.json teams[0].parent: teams that are above each other"],
  ],
])("rules in an access file: %s is said, with its place", (_, lists, expected) => {
  const problems = problemsOf(lists);
  expect(problems.map((problem, at) => problem.slice(0, expected[at]?.length))).toEqual(expected);
});

test("rules in an access file: prototype names are names", () => {
  const lists = { teams: [{ slug: "__proto__", parent: "constructor", members: [] }] };
  expect(problemsOf(lists)).toEqual(["org.json teams[0].parent: no entry of teams has this id"]);
});

test("rules in an access file: environments and members of teams that rules rest on are said to be unread", () => {
  const secrets = [{ name: "DEPLOY", scope: "environment", repositories: "all", environment: "prod" }];
  const read = { branches: [], runners: [], rulesets: [], protections: [], secrets };
  const bypass = [{ mode: "always", who: { kind: "team", team: "core" } }];
  const unread = (lists: object) =>
    unreadRules(parseAccessSnapshot({ ...octoOrg(), ...lists })).map(({ what }) => what);
  expect(unread({ ...read, environments: [] })).toEqual([]);
  expect(unread({ ...read, secrets: [] })).toEqual([]);
  expect(unread(read)).toEqual(["environments that hold secrets"]);
  expect(unread({ ...read, secrets: [], rulesets: [{ ...set, bypass }] })).toEqual([
    "members of teams that rules name",
  ]);
  expect(unread({ ...read, secrets: [], rulesets: [{ ...set, bypass }], teams: [] })).toEqual([]);
});
