import fc from "fast-check";
import { anyMatchesGlob, globProblem } from "../../src/policy/glob.ts";
import { expect, test } from "../support/jest.ts";

test.each([
  [".github/workflows/ci.yml", ".github/**", true],
  [".github", ".github/**", true],
  [".githubx/ci.yml", ".github/**", false],
  ["package.json", "**/package.json", true],
  ["a/b/package.json", "**/package.json", true],
  ["a/package.json.bak", "**/package.json", false],
  ["Dockerfile", "Dockerfile", true],
  ["docker/Dockerfile", "Dockerfile", false],
  ["scripts/release/a/b.sh", "scripts/release/**", true],
  ["src/a.ts", "src/*.ts", true],
  ["src/a/b.ts", "src/*.ts", false],
  ["src/a/b.ts", "src/**/*.ts", true],
  ["src/b.ts", "src/**/*.ts", true],
  ["a1.txt", "a?.txt", true],
  ["a/.txt", "a?.txt", false],
  ["a.b", "a.b", true],
  ["axb", "a.b", false],
  ["", "*", true],
  ["a/b/c", "**", true],
  ["a/x/b/y/c", "a/**/b/**/c", true],
  ["a/c", "a/**/b/**/c", false],
  ["ababab", "*ab*ab", true],
  ["toString", "constructor", false],
])("anyMatchesGlob: %s against %s is %s", (path, pattern, expected) => {
  expect(anyMatchesGlob([path], [pattern])).toBe(expected);
});

test.each(["", "/a", "a/", "a//b", "../a", "a/./b", "a[bc]", "{a,b}", "!a", "a\\b", "a**", "**a", "x".repeat(201)])(
  "globProblem: names a problem when the pattern is %j",
  (pattern) => {
    expect(globProblem(pattern)).not.toBeNull();
  },
);

test("globProblem: finds none when the pattern is one of the documented defaults", () => {
  const defaults = [".github/**", "**/package.json", "Dockerfile", "scripts/release/**"];
  expect(defaults.map(globProblem)).toEqual([null, null, null, null]);
});

/** The obvious definition, exponential on purpose: only small inputs go through it. */
function slowMatch(path: readonly string[], pattern: readonly string[]): boolean {
  const [part, ...rest] = pattern;
  if (part === undefined) return path.length === 0;
  if (part === "**") return path.some((_, index) => slowMatch(path.slice(index), rest)) || slowMatch([], rest);
  return path.length > 0 && slowSegment(path[0] ?? "", part) && slowMatch(path.slice(1), rest);
}

function slowSegment(text: string, part: string): boolean {
  if (part === "") return text === "";
  if (part[0] === "*") return slowSegment(text, part.slice(1)) || (text !== "" && slowSegment(text.slice(1), part));
  return text !== "" && (part[0] === "?" || part[0] === text[0]) && slowSegment(text.slice(1), part.slice(1));
}

test("anyMatchesGlob: agrees with the obvious definition for every small path and pattern", () => {
  const segment = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 4 });
  const part = fc.oneof(fc.constant("**"), fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 }));
  const paths = fc.array(segment, { minLength: 1, maxLength: 4 });
  const patterns = fc.array(part, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(paths, patterns, (path, pattern) => {
      expect(anyMatchesGlob([path.join("/")], [pattern.join("/")])).toBe(slowMatch(path, pattern));
    }),
    { numRuns: 3000 },
  );
});

test("anyMatchesGlob: answers at once for 200 patterns that make backtracking engines double their time per character", () => {
  // With backtracking these would outlive the machine; the test's own time limit is the judge.
  const stars = Array.from({ length: 100 }, (_, index) => `${"*a".repeat(1 + (index % 90))}c`);
  const deep = Array.from({ length: 100 }, (_, index) => `${"**/a/".repeat(1 + (index % 35))}b`);
  const path = `${Array(120).fill("a").join("/")}/${"a".repeat(250)}`;
  for (const pattern of [...stars, ...deep])
    expect([pattern, anyMatchesGlob([path], [pattern])]).toEqual([pattern, false]);
});

test("anyMatchesGlob: one fitting pair is enough, and none is none", () => {
  expect(anyMatchesGlob(["src/a.ts", "deploy/run.sh"], ["docs/**", "deploy/*"])).toBe(true);
  expect(anyMatchesGlob(["src/a.ts"], ["docs/**", "deploy/*"])).toBe(false);
  expect(anyMatchesGlob([], ["**"])).toBe(false);
});

test("anyMatchesGlob: a large ordinary change is compared to its end", () => {
  const paths = Array.from({ length: 100 }, (_, index) => `packages/part-${index}/src/components/view/index.test.ts`);
  const patterns = Array.from({ length: 100 }, (_, index) =>
    index % 2 ? `**/secret-${index}.json` : `deploy-${index}/**`,
  );
  expect(anyMatchesGlob(paths, patterns)).toBe(false);
});

test("anyMatchesGlob: what would take for ever to compare counts as fitting", () => {
  const path = `${"a/".repeat(1_899)}a`;
  expect(anyMatchesGlob(Array<string>(100).fill(path), Array<string>(200).fill(`${"**/a/".repeat(38)}b`))).toBe(true);
  expect(anyMatchesGlob(["a".repeat(4_000)], Array<string>(200).fill(`*${"a".repeat(198)}b`))).toBe(true);
});
