import { MAX_KEPT } from "../../../src/history/traces/evidence.ts";
import { batchesOf } from "../../../src/history/traces/trace-batches.ts";
import { expect, test } from "../../support/jest.ts";
import { historyOfRows, ownedRepository, subjectIn, type TableCommit } from "../made-table.ts";

const DAY = 86_400;
const ADA = "Ada Example <7+ada@users.noreply.github.com>";

/** The batches of the account 7, whose repositories these are; `receivedAt` is GitHub's word about each commit. */
function batchesIn(repositories: readonly (readonly TableCommit[])[], receivedAt: readonly number[] | null = null) {
  const history = historyOfRows(repositories);
  const owned = repositories.map((_, index) => ownedRepository(index + 1, 7));
  const received = receivedAt && Float64Array.from(receivedAt);
  return batchesOf(history, subjectIn(history, { repositories: owned, receivedAt: received }));
}

/** Work of so many days, a commit each, committed one after the other when the last of it was done. */
const arrived = (dayCount: number, on: number, pause = 60): readonly TableCommit[] =>
  Array.from({ length: dayCount }, (_, day) => ({
    author: ADA,
    authoredAt: (on - dayCount + day) * DAY,
    committedAt: on * DAY + day * pause,
  }));

test("batches: what arrived at once is dated by the committer's clock, and by GitHub where it told", () => {
  const clock = batchesIn([arrived(20, 100)]);
  expect(clock).toEqual({
    batches: [
      {
        ...{ by: "committer_clock", at: "1970-04-11T00:00:00.000Z", dayCount: 20, spanDays: 19, repository: 1 },
        ref: { commit: expect.any(String), at: "1970-03-22T00:00:00.000Z", attested: false },
      },
    ],
  });
  // One push of what a committer's clock spreads over days, and a day between the pushes of what its clock has at once.
  const spread = arrived(20, 100, DAY);
  const pushed = batchesIn(
    [spread],
    spread.map(() => 200 * DAY),
  ).batches;
  expect(pushed).toMatchObject([{ by: "server", at: "1970-07-20T00:00:00.000Z", ref: { attested: true } }]);
  expect(
    batchesIn(
      [arrived(20, 100)],
      arrived(20, 100).map((_, day) => day * DAY),
    ).batches,
  ).toEqual([]);
});

test.each<[string, readonly (readonly TableCommit[])[], number]>([
  ["twenty days", [arrived(20, 100)], 1],
  ["nineteen days", [arrived(19, 100)], 0],
  ["twenty commits on nineteen days", [[...arrived(19, 100), { ...arrived(1, 100)[0]!, committedAt: 100 * DAY }]], 0],
  ["a pause of ten minutes", [arrived(20, 100, 600)], 1],
  ["a second more", [arrived(20, 100, 601)], 0],
  ["ten days in each of two repositories", [arrived(10, 100), arrived(10, 110)], 0],
  ["twenty days in each of two repositories", [arrived(20, 100), arrived(20, 100)], 2],
  [
    "what somebody else committed",
    [arrived(20, 100).map((each) => ({ ...each, committer: "Bea <bea@example.org>" }))],
    0,
  ],
])("batches: %s", (_, repositories, count) => {
  expect(batchesIn(repositories).batches).toHaveLength(count);
});

test("batches: of many those of most days are kept, at most ten of one repository, and short ones push off none", () => {
  const short = Array.from({ length: 40 }, (_, index) => arrived(20 + (index % 3), 200 + 20 * index)).flat();
  const { batches, batchesLeftOut } = batchesIn([[...arrived(60, 150), ...short]]);
  expect(batches).toHaveLength(10);
  expect(batches[0]?.dayCount).toBe(60);
  expect(batchesLeftOut).toBe(31);
});

test("batches: ten of one repository are all kept, and of equally long ones the newest", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => arrived(20, 200 + 20 * index)).flat();
  expect(batchesIn([many(10)])).toEqual({ batches: Array.from({ length: 10 }, () => expect.anything()) });
  const { batches, batchesLeftOut } = batchesIn([many(11)]);
  expect([batches.length, batchesLeftOut, batches[0]?.at]).toEqual([10, 1, "1970-08-09T00:00:00.000Z"]);
});

test("batches: a hundred of all repositories together", () => {
  const ten = Array.from({ length: 10 }, (_, index) => arrived(20, 200 + 20 * index)).flat();
  const { batches, batchesLeftOut } = batchesIn(Array.from({ length: 11 }, () => ten));
  expect([batches.length, batchesLeftOut]).toEqual([MAX_KEPT, 10]);
});
