import { assess } from "../../src/assessment/assess.ts";
import { ownersOf, parseCodeOwners } from "../../src/change/formats/code-owners.ts";
import { type OwnersKnown, pathsToLookAt, secondLook } from "../../src/decision/second-look.ts";
import { atOnce } from "../../src/slices.ts";
import { dossierOf, manySided, ordinaryChange } from "../assessment/dossiers.ts";
import { file, filesOf } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";

const TASK = (path: string) => file(path, ['+{"tasks":[{"command":"x","runOptions":{"runOn":"folderOpen"}}]}']);
const CLICK = file("tools/.vscode/tasks.json", ['+{"tasks":[{"command":"npm test"}]}']);
const about = (...files: ReturnType<typeof file>[]) =>
  assess(dossierOf({ ...ordinaryChange, "change.files": filesOf(...files) }));
const CRITICAL = about(TASK(".vscode/tasks.json"));
const HARMLESS = about(file("src/a.ts", ["+const a = 1;"]));

const read = (text: string, paths: readonly string[], security: readonly string[] = []): OwnersKnown => {
  const owners = atOnce(parseCodeOwners(text));
  const { badLines, badCount } = owners;
  return {
    state: "read",
    place: ".github/CODEOWNERS",
    owned: atOnce(ownersOf(owners, paths)),
    badLines,
    badCount,
    security,
  };
};
const says = (
  text: string,
  { security = [] as readonly string[], assessment = CRITICAL, openedBy = "ada-example" } = {},
) => secondLook(assessment, read(text, pathsToLookAt(assessment), security), { openedBy });
const WANTED = "Second look wanted at .vscode/tasks.json: ";

test.each<[string, string, readonly string[]]>([
  ["its code owner", "* @octo-org/all\n.vscode/ @octo-org/tools\n", [`${WANTED}code owner @octo-org/tools.`]],
  ["the first three of many", "* @a @b @c @d @e\n", [`${WANTED}code owner @a, @b, @c and 2 more.`]],
  ["nobody where no line fits", "/src/ @a\n", [`${WANTED}no code owner is named for it.`]],
  ["nobody where its owners were taken away", "* @a\n.vscode/\n", [`${WANTED}no code owner is named for it.`]],
  ["not whoever opened it", "* @ADA-example @b\n", [`${WANTED}code owner @b.`]],
  [
    "nobody else where only whoever opened it owns it",
    "* @ada-example\n",
    [`${WANTED}its only code owner opened the change.`],
  ],
  [
    "lines that GitHub skips, too",
    "* @a\n!x @b\n[c] @d\n",
    [`${WANTED}code owner @a.`, "GitHub skips 2 lines of .github/CODEOWNERS: 2, 3."],
  ],
])("second look: names %s", (_, text, expected) => {
  expect(says(text)).toEqual(expected);
});

test("second look: of a critical change the security contact too, of a lesser one not", () => {
  const security = ["@octo-org/security", "@ada-example"];
  expect(says("* @a\n", { security })[1]).toBe(
    "Security contact: @octo-org/security (code owner of the security policy).",
  );
  const assessment = about(CLICK);
  expect(assessment.change.level).toBe("high");
  expect(says("* @a\n", { security, assessment })).toEqual([
    "Second look wanted at tools/.vscode/tasks.json: code owner @a.",
  ]);
});

test("second look: groups files by owner, and names three groups", () => {
  const files = Array.from({ length: 5 }, (_, index) => TASK(`p${index}/.vscode/tasks.json`));
  const assessment = about(...files);
  const one = says("* @a\n", { assessment });
  expect(one).toEqual([
    "Second look wanted at p0/.vscode/tasks.json, p1/.vscode/tasks.json, p2/.vscode/tasks.json and 2 more: code owner @a.",
  ]);
  const many = says(files.map((_, index) => `/p${index}/ @o${index}\n`).join(""), { assessment });
  expect(many).toHaveLength(4);
  expect(many.at(-1)).toBe("And 2 more groups of files with other owners.");
});

test.each([
  ["none", "The repository names no code owners."],
  ["too_large", "Its CODEOWNERS is larger than GitHub reads (3 MB), so nobody is asked by it."],
  ["unread", "Its CODEOWNERS could not be read."],
] as const)("second look: says so where the file is %s", (state, sentence) => {
  expect(secondLook(CRITICAL, { state }, { openedBy: "x" })).toEqual([
    `Second look wanted at .vscode/tasks.json. ${sentence}`,
  ]);
});

test("second look: none for a change below medium, whatever is said of the account", () => {
  expect(pathsToLookAt(HARMLESS)).toEqual([]);
  expect(secondLook(HARMLESS, { state: "none" }, { openedBy: "x" })).toEqual([]);
  const { "change.files": _, ...account } = manySided;
  const grave = assess(dossierOf({ ...account, "change.files": filesOf(file("src/a.ts", ["+const a = 1;"])) }));
  expect(pathsToLookAt({ ...grave, change: { level: "low", complete: true } })).toEqual([]);
});
