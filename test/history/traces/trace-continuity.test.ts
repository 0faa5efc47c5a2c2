import { continuityTraces } from "../../../src/history/traces/trace-continuity.ts";
import type { ReplacedTies } from "../../../src/history/traces/traces.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { historyOfRows, subjectIn, type TableCommit } from "../made-table.ts";

const DAY = 86_400;

/** What was replaced in the work of the account 7: a commit a day, with a key in each. */
function tiesIn(keys: readonly (string | null)[]): ReplacedTies {
  const author = "Ada Example <7+ada@users.noreply.github.com>";
  const commits = keys.map((key, day): TableCommit => ({ author, key, authoredAt: day * DAY }));
  const history = historyOfRows([commits]);
  return atOnce(continuityTraces(history, subjectIn(history)));
}

const times = <Value>(count: number, value: Value): readonly Value[] => Array.from({ length: count }, () => value);

test("continuity: a key that was replaced for good is counted with the commits on either side", () => {
  const { localCount, replacements } = tiesIn([...times(7, "ssh:1"), ...times(5, "ssh:2")]);
  expect(localCount).toBe(12);
  expect(replacements).toMatchObject([
    {
      tie: "key",
      from: "1970-01-07T00:00:00.000Z",
      to: "1970-01-08T00:00:00.000Z",
      beforeCount: 7,
      afterCount: 5,
    },
  ]);
  expect(replacements[0]?.refs.map(({ at }) => at.slice(0, 10))).toEqual([
    "1970-01-06",
    "1970-01-07",
    "1970-01-08",
    "1970-01-09",
    "1970-01-10",
  ]);
});

test.each([
  ["comes back once", [...times(7, "ssh:1"), ...times(9, "ssh:2"), "ssh:1"]],
  ["is used a last time four commits before the end", [...times(7, "ssh:1"), ...times(4, "ssh:2")]],
  ["is used for the first time after four commits", [...times(4, null), ...times(7, "ssh:2")]],
  ["never changes", times(20, "ssh:1")],
  ["is the first there ever was", [...times(7, null), ...times(7, "ssh:1")]],
])("continuity: a key that %s leaves nothing", (_what, keys) => {
  expect(tiesIn(keys).replacements).toEqual([]);
});

test("continuity: a signature that stopped is a change as well", () => {
  expect(tiesIn([...times(7, "ssh:1"), ...times(7, null)]).replacements).toMatchObject([
    { tie: "key", beforeCount: 7 },
  ]);
});
