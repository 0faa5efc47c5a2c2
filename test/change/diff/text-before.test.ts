import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHunks } from "../../../src/change/diff/parse.ts";
import { textBefore } from "../../../src/change/diff/text-before.ts";
import { expect, test } from "../../support/jest.ts";

const directory = mkdtempSync(join(tmpdir(), "sallyport-before-"));

/** The hunks between two texts, as git writes them and GitHub hands them on. */
function hunksOf(before: string, after: string) {
  writeFileSync(join(directory, "a"), before);
  writeFileSync(join(directory, "b"), after);
  const run = ["diff", "--no-index", "--no-color", "a", "b"];
  try {
    execFileSync("git", run, { cwd: directory, encoding: "utf8" });
    return [];
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return parseHunks(stdout.slice(stdout.indexOf("\n@@") + 1).replace(/\n$/, "")) ?? [];
  }
}

const lines = (...all: readonly (string | number)[]): string => all.map((line) => `${line}\n`).join("");
const TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

test.each<[string, string, string]>([
  ["a line is replaced", lines(...TEN), lines(1, 2, 3, 4, "five", 6, 7, 8, 9, 10)],
  ["lines are added above and below", lines(...TEN), lines("a", ...TEN, "b")],
  ["the first and the last line go", lines(...TEN), lines(2, 3, 4, 5, 6, 7, 8, 9)],
  [
    "two places far apart change",
    lines(...TEN, ...TEN, ...TEN),
    lines("x", ...TEN.slice(1), ...TEN, ...TEN.slice(0, 9), "y"),
  ],
  ["lines end with CRLF", "a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"],
  ["there is no line feed at the end", "a\nb\nc", "a\nB\nc"],
  ["everything goes", lines(...TEN), ""],
  ["everything is new", "", lines(...TEN)],
  ["nothing changes", lines(...TEN), lines(...TEN)],
])("the text before: %s", (_, before, after) => {
  expect(textBefore(after, hunksOf(before, after))).toBe(before);
});

test("the text before: hunks of another text do not fit, and say nothing", () => {
  const hunks = hunksOf(lines(...TEN), lines(1, 2, 3, 4, "five", 6, 7, 8, 9, 10));
  expect(textBefore(lines(1, 2, 3, 4, "V", 6, 7, 8, 9, 10), hunks)).toBeNull();
  expect(textBefore(lines(1, 2), hunks)).toBeNull();
  expect(textBefore(lines(...TEN), [...hunks, ...hunks])).toBeNull();
  rmSync(directory, { recursive: true });
});
