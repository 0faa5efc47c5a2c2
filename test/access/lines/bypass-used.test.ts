import { effectiveAccess } from "../../../src/access/effective.ts";
import { bypassesUsed, bypassGaps, ruleSuitesSchema } from "../../../src/access/lines/bypass-used.ts";
import { expect, test } from "../../support/jest.ts";
import { grant, octoOrg } from "../graphs.ts";

const access = effectiveAccess(
  octoOrg({
    repositories: [
      { id: "10", name: "wallet", visibility: "public", archived: false, defaultBranch: "main" },
      { id: "11", name: "relayer", visibility: "private", archived: false },
      { id: "12", name: "bridge", visibility: "public", archived: false, defaultBranch: "main" },
    ],
    branches: [{ repository: "10", name: "release/1.x" }],
    grants: [grant("2", "10", "maintain", "team:core"), grant("3", "12", "write", "direct")],
  }),
);
const SUITE = {
  ...{ id: 7, actor_id: 2, actor_name: "mika-member", ref: "refs/heads/main", repository_id: 10 },
  ...{ repository_name: "wallet", pushed_at: "2026-11-20T06:00:00Z", result: "bypass", evaluation_result: "bypass" },
} as const;
const used = (...suites: readonly object[]) =>
  bypassesUsed(access, ruleSuitesSchema.parse(suites)).map((line) => [
    ...[line.account, line.repository, line.role, line.level, line.accountCount],
  ]);
const MIKA = ["2", "10", "maintain", "medium", undefined];

test("bypass used: a line for each account and repository, however often", () => {
  expect(used(SUITE, { ...SUITE, id: 8 }, { ...SUITE, ref: "refs/heads/release/1.x" })).toEqual([MIKA]);
  expect(ruleSuitesSchema.parse([[SUITE], [SUITE]])).toHaveLength(2);
});

test.each([
  ["passed all rules", { result: "pass" }],
  ["was refused", { result: "fail" }],
  ["to another branch", { ref: "refs/heads/topic" }],
  ["to a tag called like the branch", { ref: "refs/tags/main" }],
  ["in a repository that is not in the graph", { repository_id: 99 }],
])("bypass used: none when it %s", (_, change) => {
  expect(used({ ...SUITE, ...change })).toEqual([]);
});

test("bypass used: actors that the graph does not know are counted", () => {
  expect(used(SUITE, { ...SUITE, actor_id: 900 }, { ...SUITE, actor_id: 901 }, { ...SUITE, actor_id: null })).toEqual([
    MIKA,
    [null, "10", "write", "medium", 3],
  ]);
});

test("bypass used: where the default branch is not known nothing is said but that", () => {
  const suites = ruleSuitesSchema.parse([{ ...SUITE, repository_id: 11 }]);
  expect(bypassesUsed(access, suites)).toEqual([]);
  expect(bypassGaps(access, suites).map(({ what }) => what)).toEqual(["some uses of bypasses"]);
  expect(bypassGaps(access, ruleSuitesSchema.parse([SUITE]))).toEqual([]);
});

test("bypass used: by account and repository, whatever the order of the list, accounts that nobody knows last", () => {
  const there = { ...SUITE, repository_id: 12 };
  const suites = [{ ...SUITE, actor_id: 900 }, { ...there, actor_id: 3 }, there, SUITE];
  const expected = [MIKA, ["2", "12", "write", "medium", undefined], ["3", "12", "write", "medium", undefined]];
  const strangers = [null, "10", "write", "medium", 1];
  for (const order of [suites, suites.toReversed()]) expect(used(...order)).toEqual([...expected, strangers]);
  const lines = bypassesUsed(access, ruleSuitesSchema.parse(suites));
  expect(lines.map(({ repositoryCount }) => repositoryCount)).toEqual([1, 1, 1, 1]);
});
