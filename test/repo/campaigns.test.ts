import { globSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { expect, test } from "../support/jest.ts";

const root = resolve(import.meta.dirname, "../..");
const config: { readonly testMatch: readonly string[] } = JSON.parse(
  readFileSync(resolve(root, "test/campaigns/jest.config.json"), "utf8"),
);
const patterns = config.testMatch.map((pattern) => pattern.replace("<rootDir>/", "")).flatMap(spelledOut);
const ordinary = globSync("{test,simulator/test}/**/*.test.ts", { cwd: root });

/** One pattern for each name between braces. */
function spelledOut(pattern: string): readonly string[] {
  const [whole, before, names, after] = /^(.*?)\{([^}]*)\}(.*)$/.exec(pattern) ?? [];
  return whole === undefined ? [pattern] : (names?.split(",") ?? []).map((name) => `${before}${name}${after}`);
}

test("campaigns: every file that is named for them is there", () => {
  expect(patterns.length).toBeGreaterThan(15);
  expect(patterns.filter((pattern) => globSync(pattern, { cwd: root }).length === 0)).toEqual([]);
});

test("campaigns: whatever the ordinary run shortens runs whole in them", () => {
  const whole = new Set(patterns.flatMap((pattern) => globSync(pattern, { cwd: root })));
  const shortened = ordinary.filter((file) => /support\/rows\.ts"/.test(readFileSync(resolve(root, file), "utf8")));
  expect(shortened.length).toBeGreaterThan(10);
  expect(shortened.filter((file) => !whole.has(relative(root, resolve(root, file))))).toEqual([]);
});
