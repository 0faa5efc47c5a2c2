import { sittingSteps } from "../../../src/history/traces/trace-sittings.ts";
import type { Sitting } from "../../../src/history/traces/traces.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { historyOfRows, ownedRepository, subjectIn, type TableCommit } from "../made-table.ts";

const DAY = 86_400;
const HOUR = 3_600;
const NOON = 20_000 * DAY + 12 * HOUR;
const ADA = "Ada Example <7+ada@users.noreply.github.com>";

/** So many commits, one for each day, committed so many seconds apart. */
const painted = (count: number, apart: number, more: Partial<TableCommit> = {}): readonly TableCommit[] =>
  Array.from({ length: count }, (_, day) => ({
    author: ADA,
    authoredAt: (19_000 + day) * DAY,
    committedAt: NOON + day * apart,
    ...more,
  }));

function sittingsIn(...repositories: readonly (readonly TableCommit[])[]): readonly Sitting[] {
  const history = historyOfRows(repositories);
  const known = repositories.map((_, index) => ownedRepository(index + 1, 7));
  return atOnce(sittingSteps(history, subjectIn(history, { repositories: known }))).sittings ?? [];
}

test("sittings: of each repository the hour with the most commits, with the days that they claim", () => {
  const late = painted(5, 60).map((commit) => ({ ...commit, committedAt: NOON + 9 * DAY }));
  expect(sittingsIn([...painted(40, 60), ...late], painted(12, 60))).toMatchObject([
    {
      ...{ repository: 1, commitCount: 45, inHourCount: 40, spanDays: 39 },
      refs: { length: 5, 0: { at: new Date(19_000 * DAY * 1_000).toISOString() } },
    },
    { repository: 2, commitCount: 12, inHourCount: 12 },
  ]);
});

test.each<[string, readonly TableCommit[], number | undefined]>([
  ["an hour to the second", painted(10, 400), 10],
  [
    "a second more for the last",
    [...painted(10, 400).slice(0, 9), { author: ADA, committedAt: NOON + 3_601 }],
    undefined,
  ],
  ["nine commits are kept of nobody", painted(9, 60), undefined],
  [
    "commits that somebody else replayed",
    painted(20, 60, { committer: "Bea <8+bea@users.noreply.github.com>" }),
    undefined,
  ],
  ["merges", painted(20, 60, { parentCount: 2 }), undefined],
  ["dates that are none", painted(20, 60, { committedAt: Number.NaN }), undefined],
])("sittings: %s", (_, commits, count) => {
  expect(sittingsIn(commits)[0]?.inHourCount).toBe(count);
});
