import { readFileSync } from "node:fs";
import { join } from "node:path";
import { effectiveAccess } from "../../../src/access/effective.ts";
import { reachEdges } from "../../../src/access/reach/reach.ts";
import { expect, test } from "../../support/jest.ts";
import { accountKey, repositoryKey } from "../graphs.ts";
import { readSituations } from "./read-situations.ts";

const ROWS = readSituations();

test.each(ROWS.map((row) => [`${row.rule} ${row.words}`, row] as const))("reach: %s", (_, { snapshot, expected }) => {
  const question = { account: accountKey("2"), repository: repositoryKey("10") };
  const edges = [...reachEdges(effectiveAccess(snapshot), question)];
  const said = Object.keys(expected).map((key) => {
    const [can, branch] = key.split(" ");
    const found = edges.filter((edge) => edge.can === can && (branch === undefined || edge.branch === branch));
    return [key, found.length === 0 ? null : [...new Set(found.map(({ reason }) => reason))].join(" ")];
  });
  expect(Object.fromEntries(said)).toEqual(expected);
});

/** Says what is not counted, so that there is nothing to show. */
const NOT_COUNTED = "R10";

test("reach: every rule of docs/reach.md has a case, and every case a rule", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/reach.md"), "utf8");
  const rules = [...page.matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, id]) => id);
  expect(rules.filter((id) => ROWS.every(({ rule }) => rule !== id))).toEqual([NOT_COUNTED]);
  expect(ROWS.filter(({ rule }) => !rules.includes(rule))).toEqual([]);
  expect(ROWS.length).toBeGreaterThan(100);
});
