import fc from "fast-check";
import { ownersOf, parseCodeOwners } from "../../../src/change/formats/code-owners.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";

const parsed = (text: string) => atOnce(parseCodeOwners(text));
const owned = (text: string, path: string) => atOnce(ownersOf(parsed(text), [path])).get(path);
const owners = (text: string, path: string) => {
  const found = owned(text, path);
  return found === null || found === undefined || found === "unknown" ? (found ?? null) : found.owners.join(" ");
};

/** The file of GitHub's documentation. */
const DOCUMENTED = `# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/*  docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
/apps/github @doctocat
`;
test.each([
  ["README.md", "@global-owner1 @global-owner2"],
  ["deep/down/README.md", "@global-owner1 @global-owner2"],
  ["src/a.js", "@js-owner"],
  ["a.go", "docs@example.com"],
  ["x/y.txt", "@octo-org/octocats"],
  ["build/logs/a/b", "@octocat"],
  ["other/build/logs/a", "@octocat"],
  ["docs/getting-started.md", "@doctocat"],
  ["web/apps/a.ts", "@octocat"],
  ["scripts/run", "@doctocat @octocat"],
  ["deeply/nested/logs/x", "@octocat"],
  ["apps/github/x", "@doctocat"],
])("code owners: as GitHub documents it, of %s it is %s", (path, expected) => {
  expect(owners(DOCUMENTED, path)).toBe(expected);
});

test.each<[string, string, string, string | null]>([
  ["files of a folder and no deeper ones", "docs/* @a", "docs/build/x.md", null],
  ["files of the root alone", "/* @a", "src/x", null],
  ["files of the root", "/* @a", "x", "@a"],
  ["a folder anywhere", "apps/ @a", "x/apps/y", "@a"],
  ["a folder is no file of that name", "apps/ @a", "x/apps", null],
  ["a folder at the root alone", "/apps/ @a", "x/apps/y", null],
  ["a path with a slash begins at the root", "a/b @a", "x/a/b", null],
  ["any depth in between", "a/**/z @a", "a/b/c/z", "@a"],
  ["none in between", "a/**/z @a", "a/z", "@a"],
  ["all below", "a/** @a", "a/b/c", "@a"],
  ["one character", "/a?.ts @a", "ab.ts", "@a"],
  ["a question mark is no slash", "/a?b @a", "a/b", null],
  ["case counts", "README.md @a", "readme.md", null],
  ["a blank in a path", "/a\\ b/ @a", "a b/c", "@a"],
  ["the last line that fits decides", "* @a\n*.ts @b\n", "x.ts", "@b"],
  ["a line without owners takes them away", "* @a\n/vendor/\n", "vendor/x", ""],
  ["a line that ends with CR", "* @a\r\n", "x", "@a"],
  ["a mark at the start", "\ufeff* @a", "x", "@a"],
  ["no line at all", "", "x", null],
  ["stars in a row", "/a***b @a", "axb", "@a"],
])("code owners: %s", (_, text, path, expected) => {
  expect(owners(text, path)).toBe(expected);
});

test.each([
  "!docs/ @a",
  "*.[ch] @a",
  "\\#x @a",
  "/ @a",
  "a//b @a",
  "../x @a",
  "* a",
  "* @",
  "* @a/b/c",
  `${"x".repeat(4_001)} @a`,
])("code owners: a line that GitHub skips is listed and costs no other: %s", (bad) => {
  const file = parsed(`* @a\n${bad}\n*.ts @b\n`);
  expect([file.badLines, file.badCount]).toEqual([[2], 1]);
  expect(owners(`* @a\n${bad}\n*.ts @b\n`, "x.ts")).toBe("@b");
  expect(owners(`* @a\n${bad}\n`, "x.md")).toBe("@a");
});

test("code owners: of many bad lines twenty are named and all are counted", () => {
  const file = parsed("!x @a\n".repeat(500));
  expect([file.badLines.length, file.badCount]).toEqual([20, 500]);
});

test("code owners: any text is read, and what takes too long to tell is unknown, not nobody's", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ maxLength: 40 }), (text, path) => {
      expect(() => owned(text, path)).not.toThrow();
    }),
    { numRuns: 200 },
  );
  const hostile = `${"*/**/".repeat(700)}x @a\n`.repeat(40);
  expect(owned(`* @a\n${hostile}`, "a/".repeat(2_000))).toBe("unknown");
});
