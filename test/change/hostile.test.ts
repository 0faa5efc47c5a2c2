import fc from "fast-check";
import { readingBudget } from "../../src/change/diff/limits.ts";
import { editorCommands } from "../../src/change/editors/commands.ts";
import { addressesModel, isUnrendered } from "../../src/change/formats/instructions.ts";
import { obfuscationsIn } from "../../src/change/formats/obfuscation.ts";
import { marksIn, withoutSecrets } from "../../src/change/formats/secrets.ts";
import {
  fetchesCode,
  hasControlCharacters,
  hasShellSyntax,
  runsInName,
  runsInProse,
} from "../../src/change/formats/shell.ts";
import { workflowFacts } from "../../src/change/formats/workflow.ts";
import { hiddenCharacters } from "../../src/change/hidden-characters.ts";
import { atOnce } from "../../src/slices.ts";
import { file } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { runs, someOf } from "../support/rows.ts";

const PATHS = [
  ".vscode/tasks.json",
  ".vscode/settings.json",
  ".devcontainer.json",
  ".claude/settings.json",
  ".envrc",
  ".codex/config.toml",
  ".aider.conf.yml",
  ".nvim.lua",
  ".github/workflows/a.yml",
  "a.code-workspace",
];

function readAll(lines: readonly string[]): void {
  for (const path of PATHS) {
    const changed = file(
      path,
      lines.map((line) => `+${line}`),
    );
    atOnce(editorCommands(changed));
    workflowFacts(changed);
  }
  for (const line of lines) {
    hiddenCharacters(line, true);
    for (const reads of [
      obfuscationsIn,
      withoutSecrets,
      marksIn,
      addressesModel,
      isUnrendered,
      fetchesCode,
      hasControlCharacters,
      hasShellSyntax,
      runsInName,
      runsInProse,
    ])
      reads(line);
  }
}

test("readers: no text makes one throw", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 10 }), (lines) => readAll(lines)),
    { numRuns: runs(120) },
  );
});

/** Texts on which a regular expression with nested repetition, or a search that starts over, does not end in the time a test has. */
const LENGTH = 60_000;
const traps = [
  "a",
  " ",
  '"',
  "\\",
  "/*",
  "//",
  "{",
  "[",
  "- ",
  "? ",
  "a: ",
  "`",
  "$(",
  "$(a/",
  "'; ",
  '") ',
  "|",
  "`curl ",
  "base64 ",
  "\u200b",
  "\u{1f3f4}\u{e0061}",
  "\u0430a",
  "\u202e",
  ":",
  "&a ",
  "*a ",
  "%",
  "eval(",
  "Buffer.from(",
  "mnemonic = aaa ",
  "private_key: ",
  "https://a:b",
  "-----BEGIN PRIVATE KEY-----",
  "<!-- ",
  "you are ",
  'style="',
  "[a x",
  "1,",
  "\uff41",
  "\u{1d626}a",
  "//\u2028",
  "\u3164",
  "\u05d0\u200f",
  "\ue001",
  '"\u3164',
  "a\u00ad",
  "'\uff41",
];

test.each(someOf(traps, 6))("readers: %j over and over is read in one pass", (trap) => {
  const long = trap.repeat(LENGTH / trap.length);
  readAll([long]);
  readAll([`"${long}!`, `x${long}`]);
  expect(long.length).toBeGreaterThan(LENGTH / 2);
});

test("readingBudget: empty lines use it up as written ones do", () => {
  const budget = readingBudget();
  const blank = file(".github/workflows/a.yml", Array<string>(40_000).fill("+"));
  expect([
    budget(blank),
    budget(blank),
    budget(blank),
    budget(blank),
    budget(blank),
    budget(blank),
    budget(blank),
  ]).toEqual([true, true, true, true, true, true, false]);
  expect(readingBudget()(file("a.json", Array<string>(70_000).fill("+")))).toBe(false);
});
