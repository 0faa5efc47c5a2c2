import { MAX_KEPT } from "../../../src/history/traces/evidence.ts";
import { rotationsOf } from "../../../src/history/traces/trace-rotations.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { historyOfRows, subjectIn, type TableCommit } from "../made-table.ts";

const DAY = 86_400;

/** The rotations of the account 7 in one repository of these commits. */
function rotationsIn(commits: readonly TableCommit[]) {
  const history = historyOfRows([commits]);
  const subject = subjectIn(history);
  return atOnce(rotationsOf(history, subject, history.rowsOf(subject.identity)));
}

const by = (name: string, day: number, login = "ada"): TableCommit => ({
  author: `${name} <7+${login}@users.noreply.github.com>`,
  authoredAt: day * DAY,
});

const [UMBRA, VESPER, WEXEL] = ["Umbra Quill", "Vesper Tarn", "Wexel Brandt"] as const;

test("rotations: names are counted, most used first, a single commit too; judging is the signal's", () => {
  const commits = [by(VESPER, 1), by(UMBRA, 2), by(UMBRA, 3), by(UMBRA, 4), by(VESPER, 100), by(WEXEL, 200)];
  const { kept, leftOut } = rotationsIn(commits);
  expect(kept.map(({ names }) => names.map(({ commitCount }) => commitCount))).toEqual([[3, 2, 1]]);
  expect(kept[0]?.names.map(({ ref }) => ref?.at)).toEqual([
    "1970-01-03T00:00:00.000Z",
    "1970-01-02T00:00:00.000Z",
    "1970-07-20T00:00:00.000Z",
  ]);
  expect(leftOut).toBe(0);
});

test("rotations: two names on one address leave nothing, whoever they are", () => {
  expect(rotationsIn([by(UMBRA, 1), by(VESPER, 2), by(UMBRA, 3), by(VESPER, 4)]).kept).toEqual([]);
});

test("rotations: a return is dated among the names up to each, so that fewer of them can be read alone", () => {
  const once = [by(UMBRA, 1), by(UMBRA, 2), by(UMBRA, 3), by(VESPER, 50), by(VESPER, 51), by(UMBRA, 60)];
  const { kept } = rotationsIn([...once, by(WEXEL, 61), by(UMBRA, 62)]);
  expect(kept[0]?.names.map(({ commitCount, returnDays }) => [commitCount, returnDays])).toEqual([
    [5, null],
    [2, 57],
    [1, 2],
  ]);
});

test("rotations: addresses full of names that hardly occur do not push off one whose names are used", () => {
  const letters = (value: number): string => String.fromCharCode(97 + Math.floor(value / 26), 97 + (value % 26));
  const padding = Array.from({ length: MAX_KEPT + 20 }, (_, at) =>
    ["Quor", "Ryth", "Sorb", "Tulv"].map((word) => by(`${word}${letters(at)} Z${word}${letters(at)}`, at, `p${at}`)),
  ).flat();
  const used = [UMBRA, VESPER, WEXEL].flatMap((name) => [1, 2, 3].map((day) => by(name, day)));
  const { kept, leftOut } = rotationsIn([...padding, ...used]);
  expect(leftOut).toBe(21);
  expect(kept.some(({ names }) => names.every(({ commitCount }) => commitCount === 3))).toBe(true);
});
