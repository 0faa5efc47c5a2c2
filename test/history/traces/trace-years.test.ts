import { claimedYears } from "../../../src/history/traces/trace-years.ts";
import { expect, test } from "../../support/jest.ts";
import { historyOfRows, ownedRepository, subjectIn, type TableCommit } from "../made-table.ts";

const ADA = "Ada Example <7+ada@users.noreply.github.com>";
const seconds = (at: string): number => Date.parse(at) / 1_000;

/** So many commits a day apart from a moment on. */
const from = (at: string, count: number, more: Partial<TableCommit> = {}): readonly TableCommit[] =>
  Array.from({ length: count }, (_, day) => ({ author: ADA, authoredAt: seconds(at) + day * 86_400, ...more }));

/** By year how many commits are dated into it, and how many of all GitHub received around it. */
function yearsIn(commits: readonly TableCommit[], receivedAt: readonly string[] | null = null) {
  const history = historyOfRows([commits]);
  const subject = {
    ...subjectIn(history, { repositories: [ownedRepository(1, 7)] }),
    asOf: seconds("2026-06-01T00:00:00.000Z"),
    receivedAt: receivedAt && Float64Array.from(receivedAt.map(seconds)),
  };
  return claimedYears(history, subject);
}
const counts = (commits: readonly TableCommit[]) =>
  yearsIn(commits).map(({ year, commitCount }) => [year, commitCount]);

test("years: by author dates in UTC, the oldest first, with the last five commits of each", () => {
  const found = yearsIn([...from("2021-03-01T00:00:00.000Z", 30), ...from("2019-03-01T00:00:00.000Z", 20)]);
  expect(found).toMatchObject([
    { year: 2019, commitCount: 20, receivedCount: null },
    { year: 2021, commitCount: 30, refs: { length: 5, 4: { at: "2021-03-30T00:00:00.000Z" } } },
  ]);
  expect(counts(from("2019-12-31T23:59:59.000Z", 21))).toEqual([[2020, 20]]);
});

test.each<[string, readonly TableCommit[]]>([
  ["nineteen are kept of nobody", from("2021-03-01T00:00:00.000Z", 19)],
  ["merges", from("2021-03-01T00:00:00.000Z", 30, { parentCount: 2 })],
  ["before there was GitHub", from("2007-03-01T00:00:00.000Z", 30)],
  ["years to come", from("2027-03-01T00:00:00.000Z", 30)],
  ["dates that are none", from("2021-03-01T00:00:00.000Z", 30, { authoredAt: Number.NaN })],
  ["somebody else's", from("2021-03-01T00:00:00.000Z", 30, { author: "Bea <8+bea@users.noreply.github.com>" })],
])("years: %s", (_, commits) => {
  expect(counts(commits)).toEqual([]);
});

test("years: what GitHub received in the year itself or beside it is counted, whenever it is dated", () => {
  const commits = from("2020-03-01T00:00:00.000Z", 30);
  const at = (...moments: readonly string[]) =>
    yearsIn(commits, [...moments, ...Array<string>(30 - moments.length).fill("2025-05-01T00:00:00.000Z")])[0];
  expect(at()?.receivedCount).toBe(0);
  expect(at("2019-01-01T00:00:00.000Z", "2020-06-01T00:00:00.000Z", "2021-12-31T23:59:59.000Z")?.receivedCount).toBe(3);
  expect(at("2018-12-31T23:59:59.000Z", "2022-01-01T00:00:00.000Z")?.receivedCount).toBe(0);
});
