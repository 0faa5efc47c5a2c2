import { expect, test } from "../../support/jest.ts";
import { type Given, said } from "./compared.ts";
import { HOOK_ROWS, scripts } from "./hook-rows.ts";

test.each(HOOK_ROWS)("build hooks: %s", (_what, path, before, after, ...expected) => {
  expect(said({ path, before, after })).toEqual(expected.toSorted());
});

const runsHeads: Given["around"] = { runsHeads: true };

test.each<readonly [string, string, string, string, string]>([
  ["a new postinstall", "package.json", scripts({}), scripts({ postinstall: "node x.js" }), "critical hook-added"],
  ["a changed one", "package.json", scripts({ install: "a" }), scripts({ install: "b" }), "high hook-changed"],
  ["a usual tool", "package.json", scripts({}), scripts({ postinstall: "patch-package" }), "low hook-added"],
  ["a git hook", ".husky/pre-commit", "", "node x.js\n", "medium hook-added"],
])("build hooks: where a workflow runs heads with rights, %s", (_what, path, before, after, expected) => {
  expect(said({ path, before, after, around: runsHeads })).toEqual([expected]);
});
