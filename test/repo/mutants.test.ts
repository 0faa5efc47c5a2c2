import { changed, changesIn, drawn } from "../../tools/mutants/changes.ts";
import { expect, test } from "../support/jest.ts";

/** Each change of a source as the line that runs instead. */
const lines = (source: string): readonly string[] =>
  changesIn("some.ts", source).map((change) => changed(source, change).split("\n")[change.line - 1]?.trim() ?? "");

test.each([
  ["a comparison moves by its boundary", "a < b;", ["a <= b;"]],
  ["an equality turns round", "a !== b;", ["a === b;"]],
  ["what stands for a missing value is taken instead of a present one", "a ?? b;", ["a && b;"]],
  [
    "an and turns round where the language allows it",
    "(a ?? b) || c; a || b && c;",
    [
      "(a && b) || c; a || b && c;",
      "(a ?? b) && c; a || b && c;",
      "(a ?? b) || c; a && b && c;",
      "(a ?? b) || c; a || b || c;",
    ],
  ],
  ["a limit moves by one", "f(1_000);", ["f(1001);", "f(999);"]],
  ["a share moves by one in its last digit", "f(0.15);", ["f(0.16);", "f(0.14);"]],
  ["nothing becomes less than nothing", "x = y-0;", ["x = y-1;", "x = y- -1;"]],
  ["a flag turns over", "f({ hard: true });", ["f({ hard: false });"]],
  ["words, names, patterns and comments stay", 'f("a < 1", a1, /1</); // 1 < 2 && true', []],
  ["a version stays: the lock holds it", "f({ version: 3 });", []],
])("mutants: %s", (_what, source, expected) => {
  expect(lines(source)).toEqual(expected);
});

test("mutants: types have no part in it, and a change stands on its line of the file", () => {
  const source = "type Level = 0 | 1;\nconst of = (x: 2 | true): boolean =>\n  x > 1;";
  expect(changesIn("some.ts", source).map(({ kind, line }) => [kind, line])).toEqual([
    ["comparison", 3],
    ["number", 3],
    ["number", 3],
  ]);
});

test("mutants: a seed draws the same sample again, another seed another one", () => {
  const all = Array.from({ length: 1000 }, (_, index) => index);
  const sample = drawn(all, { seed: 1, count: 20 });
  expect(new Set(sample).size).toBe(20);
  expect(drawn(all, { seed: 1, count: 20 })).toEqual(sample);
  expect(drawn(all, { seed: 2, count: 20 })).not.toEqual(sample);
});
