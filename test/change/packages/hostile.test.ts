import fc from "fast-check";
import { compareFiles } from "../../../src/change/packages/compare.ts";
import { isUnreadable, NOTHING, type PackageFile, type Unreadable } from "../../../src/change/packages/contract.ts";
import { ECOSYSTEMS, placeOf, readPackageFile } from "../../../src/change/packages/read.ts";
import { atOnce, type Steps } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { runs } from "../../support/rows.ts";
import { read } from "./compared.ts";

/** One path for each form that is read. */
const PATHS = [
  "package.json",
  ".yarn/releases/yarn-4.cjs",
  "package-lock.json",
  ".npmrc",
  ".yarnrc",
  ".yarnrc.yml",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "yarn.lock",
  "bun.lock",
  "bunfig.toml",
  "Cargo.toml",
  "Cargo.lock",
  ".cargo/config.toml",
  "build.rs",
  "go.mod",
  "go.sum",
  "a.go",
  "requirements.txt",
  "pyproject.toml",
  "setup.cfg",
  "setup.py",
  "a.pth",
  "poetry.lock",
  "uv.lock",
  "Pipfile.lock",
  "pom.xml",
  ".mvn/jvm.config",
  "build.gradle",
  "gradle/wrapper/gradle-wrapper.properties",
  "Gemfile",
  "Gemfile.lock",
  ".bundle/config",
  "composer.json",
  "composer.lock",
  ".gitmodules",
  ".husky/pre-commit",
  "lefthook.yml",
  ".pre-commit-config.yaml",
  "binding.gyp",
  "Makefile",
  "Rakefile",
];

const around = { known: null, owner: null, byPerson: true, runsHeads: false, manifest: null };

function compareBoth(path: string, before: PackageFile | Unreadable, after: PackageFile | Unreadable): void {
  const place = placeOf(path)!;
  const sides = [before, after].map((side) => (isUnreadable(side) ? null : side));
  atOnce(
    compareFiles(sides[0] ?? null, sides[1] ?? null, {
      path,
      ecosystem: place.ecosystem.id,
      role: place.role,
      ...around,
    }),
  );
}

test("packages: every ecosystem has a path in this table", () => {
  expect(new Set(PATHS.map((path) => placeOf(path)?.ecosystem))).toEqual(new Set(ECOSYSTEMS));
});

test("packages: no text makes a reader throw", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.json({ maxDepth: 6 }),
    fc.stringMatching(/^[-?:,[\]{}#&*!|>'"%@`=.~\\/\na-c ]{0,120}$/),
  );
  fc.assert(
    fc.property(fc.constantFrom(...PATHS), texts, texts, (path, before, after) =>
      compareBoth(path, read(path, before), read(path, after)),
    ),
    { numRuns: runs(240) },
  );
});

/** Steps that a reader takes, and the longest piece of a text that it reads in one. */
function steps<Result>(work: Steps<Result>): number {
  let count = 0;
  while (!work.next().done) count += 1;
  return count;
}

const row: Readonly<Record<string, (index: number) => string>> = {
  "package-lock.json": (i) =>
    `"node_modules/p${i}": {"version": "1.0.0", "resolved": "https://host.example/p${i}/-/p${i}-1.0.0.tgz"},`,
  "pnpm-lock.yaml": (i) => `  p${i}@1.0.0:\n    resolution: {integrity: sha512-${i}}\n`,
  "yarn.lock": (i) =>
    `p${i}@^1:\n  version "1.0.0"\n  resolved "https://registry.yarnpkg.com/p${i}/-/p${i}-1.0.0.tgz"\n`,
  "Cargo.lock": (i) => `[[package]]\nname = "p${i}"\nversion = "1.0.0"\n`,
  "go.sum": (i) => `a.b/p${i} v1.0.0 h1:aa=\n`,
};
const frame: Readonly<Record<string, readonly [string, string]>> = {
  "package-lock.json": ['{"packages": {', "}}"],
  "pnpm-lock.yaml": ["packages:\n", ""],
};

test.each(Object.keys(row))("packages: %s of twice the length takes twice the steps to read and to compare", (path) => {
  const place = placeOf(path)!;
  const file = (count: number): string => {
    const [start = "", end = ""] = frame[path] ?? [];
    return start + Array.from({ length: count }, (_, index) => row[path]!(index)).join("") + end;
  };
  const taken = (count: number): number => {
    const after = read(path, file(count));
    if (isUnreadable(after)) throw new Error(after.unreadable);
    const compare = compareFiles(NOTHING, after, { path, ecosystem: place.ecosystem.id, role: place.role, ...around });
    return steps(readPackageFile(place, file(count))) + steps(compare);
  };
  const [small, large] = [taken(500), taken(1_000)];
  expect(small).toBeGreaterThan(3);
  expect(large / small).toBeGreaterThan(1.5);
  expect(large / small).toBeLessThan(2.5);
});

test.each<readonly [string, string, string, string]>([
  ["brackets without end", "package.json", "[".repeat(200_000), "Nested deeper than is read here."],
  ["arrays without end", "Cargo.toml", `a = ${"[".repeat(200_000)}`, "Nested deeper than is read here."],
  ["a key of many parts", "Cargo.toml", `a${".a".repeat(100_000)} = 1`, "Nested deeper than is read here."],
  ["flow lists without end", "pnpm-lock.yaml", "[".repeat(20_000), "Nested deeper than is read here."],
  ["dashes without end", "pnpm-lock.yaml", "- ".repeat(20_000), "Nested deeper than is read here."],
  ["tags without end", "pom.xml", "<a>".repeat(100_000), "Nested deeper than is read here."],
  ["entities of its own", "pom.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "This form of XML is not read here."],
  ["a text that never ends", "package.json", `{"a": "${"x".repeat(500_000)}`, "A string does not end."],
  ["a merge of two versions", "package-lock.json", "{\n<<<<<<< ours\n}", "A key is not written as a string."],
  ["a comment that never ends", "package.json", "/* ".repeat(10_000), "A comment does not end."],
  ["merge keys", "pnpm-lock.yaml", "a: &b {c: d}\ne:\n  <<: *b\n", "Merge keys are not read here."],
  ["thirty megabytes", "package-lock.json", " ".repeat(30_000_000), "The file is longer than what is read here."],
  ["nothing", "package.json", "", "The file is empty or ends too early."],
])("packages: %s are said to be unread", (_what, path, text, expected) => {
  expect(read(path, text)).toEqual(expect.objectContaining({ unreadable: expected }));
});

test.each<readonly [string, string, string]>([
  [
    "one line of a megabyte",
    "package.json",
    `{"dependencies": {${Array.from({ length: 8_000 }, (_, i) => `"p${i}": "^1.0.0"`).join(",")}}}`,
  ],
  ["many tables", "Cargo.toml", Array.from({ length: 8_000 }, (_, i) => `[t${i}]\na = 1\n`).join("")],
  [
    "many aliases",
    "pnpm-lock.yaml",
    `a: &x [b, c]\n${Array.from({ length: 2_000 }, (_, i) => `k${i}: *x\n`).join("")}`,
  ],
  ["one line of many tags", "pom.xml", `<a>${"<b>c</b>".repeat(8_000)}</a>`],
  ["one line of many words", "build.gradle", "maven { ".repeat(5_000)],
  ["functions that never close", "a.go", "func init() { ".repeat(5_000)],
  ["a key of an override that is long", "package.json", `{"overrides": {"${"a".repeat(200_000)}>": "1"}}`],
  [
    "an address that is long",
    "package-lock.json",
    `{"packages": {"node_modules/a": {"resolved": "https://registry.npmjs.org/${"a".repeat(200_000)}/"}}}`,
  ],
  ["a name that is long", "bun.lock", `{"packages": {"${"a".repeat(200_000)}/": ["a@1"]}}`],
  [
    "marks in a reference",
    "yarn.lock",
    `__metadata:\n  version: 8\n"a@npm:1":\n  resolution: "a@npm:1${"::".repeat(100_000)}"\n`,
  ],
  ["one line of many keys", "pnpm-lock.yaml", `a: {${"b: c, ".repeat(20_000)}d: e}\n${"f".repeat(200_000)}: g\n`],
  ["a value of many words", "pnpm-lock.yaml", `a: {b: c${" ".repeat(5_000)}, d: e}\n${"'".repeat(5_000)}: g\n`],
  [
    "scripts that call each other",
    "package.json",
    `{"scripts": {"install": "${"npm run a ".repeat(2_000)}", "a": "${"npm run a ".repeat(2_000)}"}}`,
  ],
  ["quotes that never close", "setup.py", "x = '\n".repeat(8_000)],
  ["escaped quotes", "package.json", `{"a": "${'\\"'.repeat(300_000)}"}`],
  ["blanks", "requirements.txt", `${" ".repeat(300_000)}a`],
  ["continued lines", "requirements.txt", "a \\\n".repeat(40_000)],
  ["hashes", "requirements.txt", `a ${"--hash=sha256:aa ".repeat(10_000)}`],
  ["signs of a version", "go.mod", `replace ${"=> ".repeat(50_000)}`],
])("packages: %s are read whole", (_what, path, text) => {
  expect(isUnreadable(read(path, text))).toBe(false);
});
