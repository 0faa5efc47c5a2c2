import { dateTraces } from "../../../src/history/traces/trace-dates.ts";
import type { DateTraces } from "../../../src/history/traces/traces.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { historyOfRows, ownedRepository, subjectIn, type TableCommit } from "../made-table.ts";

const DAY = 86_400;
const CREATED = 1_000 * DAY;
const ADA = "Ada Example <7+ada@users.noreply.github.com>";

/** What the dates of the account 7 say in these repositories. */
function datesIn(...repositories: readonly (readonly TableCommit[])[]): DateTraces {
  const history = historyOfRows(repositories);
  const owned = repositories.map((_, index) => ownedRepository(index + 1, 7));
  const about = { accountCreatedAt: CREATED, asOf: 9_000 * DAY, repositories: owned };
  return atOnce(dateTraces(history, subjectIn(history, about)));
}

test("dates: two commits at one second of the day are counted; how many mean something is the signal's", () => {
  const { cadence } = datesIn([100, 200, 300].map((day) => ({ author: ADA, authoredAt: day * DAY + 777 })));
  expect(cadence).toMatchObject({
    commitCount: 3,
    sameTimeCount: 3,
    sameTimeShare: 1,
    sameGapCount: 2,
    sameGapShare: 1,
  });
});

test("dates: work from before the account is counted by repository and whole months", () => {
  const on = (...days: readonly number[]): readonly TableCommit[] =>
    days.map((day) => ({ author: ADA, authoredAt: day * DAY, committedAt: day * DAY }));
  const { predating } = datesIn(on(10, 819, 820, 999, 1_000, 1_200), on(819, 500), on(1_001));
  expect(predating).toMatchObject({ commitCount: 9, repositoriesRead: 3 });
  expect(predating && "before" in predating && predating.before).toEqual([
    { repository: 1, months: 24, commitCount: 1 },
    { repository: 2, months: 16, commitCount: 1 },
    { repository: 1, months: 6, commitCount: 1 },
    { repository: 2, months: 6, commitCount: 1 },
    { repository: 1, months: 5, commitCount: 1 },
    { repository: 1, months: 0, commitCount: 1 },
  ]);
  expect(predating?.refs).toHaveLength(5);
});

test("dates: in a history by itself only addresses that name the account tell of work from before it", () => {
  const on = (author: string, day: number): TableCommit => ({ author, authoredAt: day * DAY, committedAt: day * DAY });
  const named = [on(ADA, 900), on(ADA, 1_100), on("Ada <ada@users.noreply.github.com>", 950)];
  const weak = [on("Ada Example <ada@home.org>", 100), on("Ada Example <ada@home.org>", 200)];
  const history = historyOfRows([[...named, ...weak]]);
  const about = { accountCreatedAt: CREATED, asOf: 9_000 * DAY, repositories: [ownedRepository(1, 7)] };
  const before = (receivedAt: Float64Array | null) =>
    atOnce(dateTraces(history, subjectIn(history, { ...about, receivedAt }))).predating;
  expect(before(null)).toMatchObject({ commitCount: 3, before: [{ months: 3 }, { months: 1 }] });
  // What the account itself pushed is its own, whatever it is under.
  expect(before(new Float64Array(history.table.rowCount))).toMatchObject({ commitCount: 5, before: { length: 3 } });
});

test("dates: a date is impossible when it is more than a day after what it cannot be after", () => {
  const commit = (authoredAt: number, committedAt: number): TableCommit => ({ author: ADA, authoredAt, committedAt });
  const now = 9_000 * DAY;
  const { impossible, linearCount } = datesIn([
    ...[commit(11 * DAY, 10 * DAY), commit(11 * DAY + 1, 10 * DAY)],
    ...[commit(now, now + DAY), commit(now, now + DAY + 1)],
  ]);
  expect(linearCount).toBe(4);
  expect(impossible.refs.map(({ kind }) => kind)).toEqual(["author_after_commit", "after_receipt"]);
});
