import { z } from "zod";
import { sarifText } from "../../src/cli/sarif.ts";
import { expect, test } from "../support/jest.ts";

/**
 * The parts of SARIF 2.1.0 that are written, as strict as the standard's own schema is about them. That schema is not
 * in this repository; the writer's output was held against it once, with every kind of result below.
 */
const message = z.strictObject({ text: z.string().min(1) });
const line = z.int().min(1);
const rule = z.strictObject({
  id: z.string(),
  name: z.string(),
  shortDescription: message,
  fullDescription: message,
  help: message,
  helpUri: z.url(),
});
const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string().regex(/^[\w.%!~*'()/-]+$/) }),
    region: z.strictObject({ startLine: line, endLine: line }).exactOptional(),
  }),
});
const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(0),
  level: z.enum(["none", "note", "warning", "error"]),
  message,
  locations: z.array(location).min(1).max(1),
});
const driver = z.strictObject({ name: z.string().min(1), version: z.string(), rules: z.array(rule) });
const log = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({ driver }),
      columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
      results: z.array(result),
    }),
  ),
});

const at = { ruleId: "a", level: "error", message: "Said.", path: "a/b.yml", line: 3, endLine: 5 } as const;
const written = (results: readonly (typeof at | object)[]): z.infer<typeof log> =>
  log.parse(
    JSON.parse(
      sarifText({
        tool: { name: "sallyport", version: "1.0.0" },
        rules: [
          { id: "b", title: "B.", help: "Help.", url: "https://docs.github.com/b" },
          { id: "a", title: "A.", help: "Help.", url: "https://docs.github.com/a" },
        ],
        results: results.map((each) => ({ ...at, ...each })),
      }),
    ),
  );

test("sarifText: a run, its rules and its results", () => {
  const [run] = written([at]).runs;
  expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(["b", "a"]);
  expect(run?.results[0]).toMatchObject({ ruleId: "a", ruleIndex: 1, level: "error", message: { text: "Said." } });
  expect(written([]).runs[0]?.results).toEqual([]);
});

test.each<readonly [string, string]>([
  ["a/b.yml", "a/b.yml"],
  ["a b/ü.yml", "a%20b/%C3%BC.yml"],
  ["http://x/y", "http%3A//x/y"],
  ["//host/a", ".//host/a"],
  ["a?b#c", "a%3Fb%23c"],
  ["a\ud800.yml", "a%EF%BF%BD.yml"],
])("sarifText: %j is the reference %s", (path, uri) => {
  expect(written([{ path }]).runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
});

test.each<readonly [number | null, number | null, object | undefined]>([
  [3, 5, { startLine: 3, endLine: 5 }],
  [3, null, { startLine: 3, endLine: 3 }],
  [3, 2, { startLine: 3, endLine: 3 }],
  [null, null, undefined],
])("sarifText: lines %j to %j", (first, endLine, region) => {
  const [found] = written([{ line: first, endLine }]).runs[0]?.results ?? [];
  expect(found?.locations[0]?.physicalLocation.region).toEqual(region);
});
