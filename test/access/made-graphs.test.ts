import { expect, test } from "../support/jest.ts";
import { describeGraph } from "./graph-cases.ts";
import { madeOrganizations } from "./made-organizations.ts";

const made = madeOrganizations();
for (const graph of made) describeGraph(graph);

test("the made organisations have something to count on every line, and differ in what their people can write to", () => {
  const lines = Object.keys(made[0]?.expected ?? {}) as (keyof (typeof made)[0]["expected"])[];
  const empty = lines.filter((line) => made.every(({ expected }) => expected[line] === 0));
  expect([lines.length, empty]).toEqual([16, []]);
  for (const { expected } of made)
    expect(Object.keys(expected.effective_by_permission).length).toBeGreaterThanOrEqual(3);
  // Where the base permission is write, everybody writes everywhere.
  const spreads = made.map(({ expected }) => expected.write_repos_per_account);
  expect(spreads.filter(({ p50, p90, max }) => p50 < p90 && p90 < max)).toHaveLength(2);
});
