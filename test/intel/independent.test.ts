import { formatOf } from "../../src/intel/format.ts";
import { independentGroups, type Sourced } from "../../src/intel/independent.ts";
import { expect, test } from "../support/jest.ts";

const said = (source: string, origin: string | null = null, reference: string | null = null): Sourced => ({
  ...{ source, origin, reference },
});

test.each<[string, readonly Sourced[], number]>([
  ["nobody", [], 0],
  ["one list", [said("a")], 1],
  ["one list twice", [said("a"), said("A ")], 1],
  ["two lists", [said("a"), said("b")], 2],
  ["two that name one finder", [said("a", "team"), said("b", "Team")], 1],
  ["two that lead to one page", [said("a", null, "https://x.example/1"), said("b", null, "https://x.example/1")], 1],
  ["one that repeats the other", [said("a"), said("b", "a")], 1],
  ["two that a third ties", [said("a", "x"), said("b", "y"), said("c", "x"), said("c", "y")], 1],
  ["three with three finders", [said("a", "x"), said("b", "y"), said("c", "z")], 3],
])("independent: %s", (_, entries, count) => {
  const groups = independentGroups(entries);
  expect(groups.length).toBe(count);
  expect(independentGroups(entries.toReversed()).length).toBe(count);
  expect(groups.flat().length).toBe(entries.length);
});

test.each([
  ["VOUCHED.td", "{", "trustdown"],
  ["x.CSV", "{", "csv"],
  ["x.json", "-a", "stix"],
  ["-", '\ufeff {"type":"bundle"}', "stix"],
  ["-", "login,reason\n", "csv"],
  ["-", "# list\n-a spam, twice\n", "trustdown"],
  ["-", "", "trustdown"],
] as const)("format: %s that begins with %j is %s", (name, text, format) => {
  expect(formatOf(name, text)).toBe(format);
});
