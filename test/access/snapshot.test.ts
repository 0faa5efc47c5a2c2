import fc from "fast-check";
import type { AccessSnapshot } from "../../src/access/grant.ts";
import { parseAccessSnapshot } from "../../src/access/snapshot.ts";
import { InvalidInput, type Problem } from "../../src/errors.ts";
import { expect, test } from "../support/jest.ts";
import { anySnapshot, octoOrg, type Plain } from "./graphs.ts";

function problemsOf(json: unknown): readonly Problem[] {
  try {
    parseAccessSnapshot(json, "access.json");
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
  return [];
}

const places = (json: unknown): readonly string[] => problemsOf(json).map(({ where }) => where);

/** The list with one entry changed into something it should not be. */
const spoil = (list: readonly object[], at: number, change: object): readonly object[] =>
  list.map((entry, index) => (index === at ? { ...entry, ...change } : entry));

const { accounts, repositories, grants } = octoOrg();

test("snapshot: any graph comes back as it is when written as JSON", () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      expect(parseAccessSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
    }),
  );
});

test("snapshot: an offset becomes UTC and unknown keys are left out when a file has them", () => {
  const json = { ...octoOrg(), takenAt: "2026-05-04T19:41:20+02:00", source: "somewhere" };
  expect(parseAccessSnapshot(json)).toEqual({ ...octoOrg(), takenAt: "2026-05-04T17:41:20.000Z" });
});

test.each<[string, unknown, readonly string[]]>([
  ["null", null, ["access.json"]],
  ["a list", [], ["access.json"]],
  [
    "an empty object",
    {},
    ["schema", "takenAt", "organization", "accounts", "owners", "members", "repositories", "grants"],
  ],
  ["another format", { ...octoOrg(), schema: "sallyport.access/2" }, ["schema"]],
  ["an impossible date", { ...octoOrg(), takenAt: "2026-02-30T00:00:00Z" }, ["takenAt"]],
  ["ids that are numbers", { ...octoOrg(), accounts: spoil(accounts, 0, { id: 1 }) }, ["accounts[0].id"]],
  ["an empty id", { ...octoOrg(), owners: [""] }, ["owners[0]"]],
  ["an id with NUL", { ...octoOrg(), members: ["1\u0000"] }, ["members[0]"]],
  [
    "an escape sequence in a login",
    { ...octoOrg(), accounts: spoil(accounts, 1, { login: "\u001b[2J" }) },
    ["accounts[1].login"],
  ],
  [
    "a direction override in a name",
    { ...octoOrg(), repositories: spoil(repositories, 0, { name: "a\u202eb" }) },
    ["repositories[0].name"],
  ],
  ["a role of its own", { ...octoOrg(), grants: spoil(grants, 2, { role: "push" }) }, ["grants[2].role"]],
  ["a grant without its source", { ...octoOrg(), grants: spoil(grants, 2, { via: "team" }) }, ["grants[2].via"]],
])("snapshot: the place is named when the file is or has %s", (_, json, expected) => {
  expect(places(json)).toEqual(expected.map((place) => (place === "access.json" ? place : `access.json ${place}`)));
});

test("snapshot: every unknown reference and every repeated id is named when there are several", () => {
  const json: Plain<AccessSnapshot> = {
    ...octoOrg(),
    accounts: [...accounts, ...accounts.slice(0, 1)],
    owners: ["1", "1", "77"],
    members: ["__proto__"],
    repositories: [...repositories, ...repositories.slice(1, 2)],
    grants: [...grants, { account: "78", repository: "constructor", role: "read", via: { kind: "direct" } }],
  };
  expect(problemsOf(json)).toEqual([
    { where: "access.json accounts[4].id", what: "the same id as accounts[0].id", mend: "keep one of them" },
    { where: "access.json owners[1]", what: "the same id as owners[0]", mend: "keep one of them" },
    {
      where: "access.json owners[2]",
      what: "no entry of accounts has this id",
      mend: "add it to accounts or take this out",
    },
    {
      where: "access.json members[0]",
      what: "no entry of accounts has this id",
      mend: "add it to accounts or take this out",
    },
    { where: "access.json repositories[3].id", what: "the same id as repositories[1].id", mend: "keep one of them" },
    {
      where: "access.json grants[4].account",
      what: "no entry of accounts has this id",
      mend: "add it to accounts or take this out",
    },
    {
      where: "access.json grants[4].repository",
      what: "no entry of repositories has this id",
      mend: "add it to repositories or take this out",
    },
  ]);
});

test("snapshot: one reference to nobody is refused", () => {
  expect(places({ ...octoOrg(), owners: ["1", "77"] })).toEqual(["access.json owners[1]"]);
});

test("snapshot: keys of every object's prototype are ordinary ids when a file uses them", () => {
  const text = JSON.stringify(octoOrg()).replaceAll('"2"', '"__proto__"').replaceAll('"10"', '"constructor"');
  const { members, grants } = parseAccessSnapshot(JSON.parse(text));
  expect(members).toContain("__proto__");
  expect(grants[0]).toMatchObject({ account: "__proto__", repository: "constructor" });
  const polluting: unknown = JSON.parse(JSON.stringify(octoOrg()).replace("{", '{"__proto__":{"polluted":true},'));
  expect(parseAccessSnapshot(polluting)).toEqual(octoOrg());
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("snapshot: a hundred thousand bad grants are a bounded list of problems, not a flood", () => {
  const bad = { account: 1, repository: null, role: "root", via: {} };
  const problems = problemsOf({ ...octoOrg(), grants: Array.from({ length: 100_000 }, () => bad) });
  expect(problems).toHaveLength(201);
  expect(problems.at(-1)).toMatchObject({ where: "access.json", what: "more problems than are listed" });
});

test("snapshot: lists over their limit are refused when a file has them", () => {
  const members = Array.from({ length: 200_001 }, (_, at) => String(at));
  expect(places({ ...octoOrg(), members })).toEqual(["access.json members"]);
});

test("snapshot: no content of the file is in a problem when something is wrong with it", () => {
  const secret = "someone-private";
  const json = {
    ...octoOrg(),
    schema: secret,
    takenAt: secret,
    owners: [secret, `${secret} x`],
    organization: { login: 1 },
  };
  expect(JSON.stringify(problemsOf(json))).not.toContain(secret);
});

test("snapshot: any JSON value is a snapshot or a list of problems, never another error", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(problemsOf(json).length).toBeGreaterThan(0);
    }),
  );
});
