import { dateTraces } from "../../src/history/trace-dates.ts";
import type { DateTraces } from "../../src/history/traces.ts";
import { atOnce } from "../../src/slices.ts";
import { expect, test } from "../support/jest.ts";
import { historyOfRows, ownedRepository, type TableCommit } from "./made-table.ts";

const DAY = 86_400;
const ADA = "Ada Example <7+ada@users.noreply.github.com>";

/** What the dates of the account 7 say in these repositories. */
function datesIn(...repositories: readonly (readonly TableCommit[])[]): DateTraces {
  const history = historyOfRows(repositories);
  const identity = history.identities.list.findIndex(({ accountIds }) => accountIds.includes(7));
  const owned = repositories.map((_, index) => ownedRepository(index + 1, 7));
  const about = { accountIds: [7], accountCreatedAt: null, receivedAt: null, asOf: 9_000 * DAY };
  return atOnce(dateTraces(history, { identity, repositories: owned, ...about }));
}

/** Work of so many days, a commit each, committed within minutes when the last of it was done. */
const arrived = (dayCount: number, on: number): readonly TableCommit[] =>
  Array.from({ length: dayCount }, (_, day) => ({
    author: ADA,
    authoredAt: (on - dayCount + day) * DAY,
    committedAt: on * DAY + day * 60,
  }));

test("dates: ten days of work that arrived at once are counted, nine leave nothing", () => {
  expect(datesIn(arrived(10, 100)).batches).toMatchObject([{ dayCount: 10, spanDays: 9, by: "committer_clock" }]);
  expect(datesIn(arrived(9, 100)).batches).toEqual([]);
});

test("dates: of many batches those of most days are kept, and short ones push off none", () => {
  const short = Array.from({ length: 40 }, (_, index) => arrived(10 + (index % 3), 200 + 20 * index)).flat();
  const { batches, batchesLeftOut } = datesIn([...arrived(60, 150), ...short]);
  expect(batches).toHaveLength(10);
  expect(batches[0]?.dayCount).toBe(60);
  expect(batchesLeftOut).toBe(31);
});

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
