import { NO_OFFSET } from "../../../src/history/read/table.ts";
import { pictureTraces } from "../../../src/history/traces/trace-pictures.ts";
import { expect, test } from "../../support/jest.ts";
import { historyOfRows, subjectIn, type TableCommit } from "../made-table.ts";

const DAY = 86_400;
const ADA = "Ada Example <7+ada@users.noreply.github.com>";
const at = (text: string): number => Date.parse(text) / 1_000;

function picturesOf(commits: readonly TableCommit[]) {
  const history = historyOfRows([commits]);
  return pictureTraces(history, subjectIn(history));
}

/** Weekday (0 is Monday) and hour of each cell that is not empty. */
const cells = (hours: readonly (readonly number[])[]) =>
  hours.flatMap((line, weekday) => line.flatMap((count, hour) => (count > 0 ? [[weekday, hour, count]] : [])));

test.each<[string, Partial<TableCommit>, readonly (readonly number[])[], readonly string[]]>([
  ["by the clock of the commit", { authoredAt: at("2026-03-02T09:30:00Z"), offset: 0 }, [[0, 9, 1]], ["2026-03-02"]],
  ["an hour further east", { authoredAt: at("2026-03-02T23:30:00Z"), offset: 60 }, [[1, 0, 1]], ["2026-03-02"]],
  ["into the week before", { authoredAt: at("2026-03-02T00:30:00Z"), offset: -60 }, [[6, 23, 1]], ["2026-02-23"]],
  ["the last second of a Sunday", { authoredAt: at("2026-03-01T23:59:59Z"), offset: 0 }, [[6, 23, 1]], ["2026-02-23"]],
  ["a commit without a clock", { authoredAt: at("2026-03-02T09:30:00Z"), offset: NO_OFFSET }, [], []],
  ["made on GitHub's pages", { authoredAt: DAY, committer: "GitHub <noreply@github.com>" }, [], []],
])("pictures: hours and weeks: %s", (_, commit, hours, mondays) => {
  const found = picturesOf([{ author: ADA, ...commit }]);
  expect(cells(found.hours)).toEqual(hours);
  expect(found.weeks.map(({ monday }) => monday)).toEqual(mondays);
  expect(found.hours.map((line) => line.length)).toEqual([24, 24, 24, 24, 24, 24, 24]);
});

test("pictures: commits of one week are counted together, and the last 520 weeks with commits are kept", () => {
  const weekly = Array.from({ length: 521 }, (_, week) => ({
    author: ADA,
    authoredAt: (week + 1) * 7 * DAY,
    offset: 0,
  }));
  expect(picturesOf(weekly.slice(1)).weeks).toHaveLength(520);
  const { weeks } = picturesOf([...weekly, { author: ADA, authoredAt: 14 * DAY + 1, offset: 0 }]);
  expect([weeks.length, weeks[0], weeks.at(-1)?.count]).toEqual([520, { monday: "1970-01-12", count: 2 }, 1]);
});

test("pictures: each address, machine and key is a number with the time it was in use, oldest first", () => {
  const tie = "Ada Example <ada@rare-host-one.local>";
  const found = picturesOf([
    { author: ADA, authoredAt: 5 * DAY, key: "ssh:2" },
    { author: ADA, authoredAt: 3 * DAY, key: "ssh:1" },
    { author: tie, authoredAt: 4 * DAY },
    { author: "Ada Example <ada@example.org>", authoredAt: 6 * DAY, key: "ssh:1" },
  ]).identities;
  expect(
    found.map(({ label, firstAt, lastAt, commitCount }) => [label, day(firstAt), day(lastAt), commitCount]),
  ).toEqual([
    ["address 1", 3, 5, 2],
    ["key 1", 3, 6, 2],
    ["machine 1", 4, 4, 1],
    ["key 2", 5, 5, 1],
    ["address 2", 6, 6, 1],
  ]);
  expect(JSON.stringify(found)).not.toMatch(/ada|rare|example/i);
});

const day = (instant: string): number => Date.parse(instant) / (DAY * 1_000);

test("pictures: twenty-four of them, the oldest", () => {
  const keys = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ author: ADA, authoredAt: index * DAY, key: `ssh:${index}` }));
  expect(picturesOf(keys(23)).identities).toHaveLength(24);
  const { identities } = picturesOf(keys(24));
  expect([identities.length, identities.at(-1)?.label]).toEqual([24, "key 23"]);
});
