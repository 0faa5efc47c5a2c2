import type { ChangedFile } from "../../../src/change/change.ts";
import { readingBudget } from "../../../src/change/diff/limits.ts";
import { isMovedIn, isSeldomRead, isUnseen } from "../../../src/change/diff/lines.ts";
import { inPathOrder } from "../../../src/change/diff/path-order.ts";
import { file } from "../../signals/given.ts";
import { expect, test } from "../../support/jest.ts";

const MAX_FILE = 65_536;
/** A file of so many characters in lines of these lengths and the rest, line feeds counted. */
function ofLength(chars: number, ...lines: readonly number[]): ChangedFile {
  const rest = chars - lines.reduce((sum, length) => sum + length + 1, 0) - 1;
  return file(
    "a.json",
    [...lines, rest].map((length) => `+${"a".repeat(length)}`),
  );
}

test.each([
  ["one line", ofLength(MAX_FILE), true],
  ["one line and a character more", ofLength(MAX_FILE + 1), false],
  ["three lines", ofLength(MAX_FILE, 10, 0), true],
  ["three lines and a character more", ofLength(MAX_FILE + 1, 10, 0), false],
])("readingBudget: a file of 64 KiB in %s", (_what, given, fits) => {
  expect(readingBudget()(given)).toBe(fits);
});

test("readingBudget: a change of four such files, and nothing after them", () => {
  const whole = ofLength(MAX_FILE);
  const budget = readingBudget();
  expect([whole, whole, whole, ofLength(MAX_FILE - 1), ofLength(1), ofLength(1)].map(budget)).toEqual([
    ...[true, true, true, true, true, false],
  ]);
});

const moved = (status: ChangedFile["status"], more: Partial<ChangedFile> = {}): ChangedFile =>
  file("b.ts", [], { status, hunks: null, previousPath: "a.ts", ...more });

test.each<readonly [string, ChangedFile, readonly [moved: boolean, unseen: boolean, seldom: boolean]]>([
  ["renamed", moved("renamed"), [true, true, true]],
  ["copied", moved("copied"), [true, true, false]],
  ["changed", moved("changed"), [false, true, false]],
  ["renamed from nowhere", moved("renamed", { previousPath: null }), [false, true, true]],
  ["removed", moved("removed"), [false, false, false]],
  ["renamed and edited", moved("renamed", { additions: 1 }), [true, true, false]],
  ["a picture", moved("modified", { path: "a.PNG" }), [false, true, true]],
  ["a picture with lines", moved("modified", { path: "a.svg.png", deletions: 1 }), [false, true, false]],
  ["shown", moved("renamed", { hunks: [] }), [true, false, true]],
])("a file that was %s", (_what, given, expected) => {
  expect([isMovedIn(given), isUnseen(given), isSeldomRead(given)]).toEqual(expected);
});

test("inPathOrder: by path, of one path as listed", () => {
  const listed = ["c", "a", "b", "a"].map((path, line) => file(path, [], { additions: line }));
  expect(inPathOrder(listed).map(({ path, additions }) => [path, additions])).toEqual([
    ["a", 1],
    ["a", 3],
    ["b", 2],
    ["c", 0],
  ]);
});
