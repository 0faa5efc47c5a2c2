import { historyOf } from "../../../src/history/history.ts";
import { MAX_KEPT } from "../../../src/history/traces/evidence.ts";
import { loginsOf, renamesOf } from "../../../src/history/traces/trace-renames.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { historyOfRows, subjectIn, type TableCommit } from "../made-table.ts";

const DAY = 86_400;
const noreply = (login: string, day: number, id = "7+"): TableCommit => ({
  author: `Ada Example <${id}${login}@users.noreply.github.com>`,
  authoredAt: day * DAY,
});

/** When the login of the account 7 changed, by days of 1970, and how many changes are left out. */
function renamesIn(commits: readonly TableCommit[]) {
  const history = historyOfRows([commits]);
  const { kept, leftOut } = atOnce(renamesOf(history, subjectIn(history)));
  return { days: kept.map(({ at }) => Date.parse(at) / (DAY * 1_000)), leftOut, refs: kept.map(({ ref }) => ref.at) };
}

test.each<[string, readonly TableCommit[], readonly number[]]>([
  ["one login", [noreply("ada", 1), noreply("ada", 9)], []],
  ["another login: when it was first used", [noreply("ada", 1), noreply("eve", 4), noreply("eve", 9)], [4]],
  ["the old login again", [noreply("ada", 1), noreply("eve", 4), noreply("ada", 9)], [4]],
  ["three logins, whatever order the history has", [noreply("eve", 8), noreply("ada", 1), noreply("zoe", 5)], [5, 8]],
  ["an address of the older form, without a number", [noreply("ada", 1), noreply("eve", 4, "")], []],
  ["an address that is no account's", [noreply("ada", 1), { author: "Ada Example <eve@example.org>" }], []],
])("renames: %s", (_, commits, days) => {
  expect(renamesIn(commits)).toMatchObject({ days, leftOut: 0 });
});

test("renames: the newest hundred are kept, each with the first commit under the new login", () => {
  const logins = (count: number) => Array.from({ length: count }, (_, at) => noreply(`ada-${at}`, at));
  expect(renamesIn(logins(MAX_KEPT + 1))).toMatchObject({ leftOut: 0, refs: { length: MAX_KEPT } });
  const { days, leftOut, refs } = renamesIn(logins(MAX_KEPT + 2));
  expect([days[0], days.at(-1), days.length, leftOut]).toEqual([2, MAX_KEPT + 1, MAX_KEPT, 1]);
  expect(refs[0]).toBe("1970-01-03T00:00:00.000Z");
});

test("renames: the logins of an identity stand by account, in the order of first use", () => {
  const history = historyOfRows([[noreply("zoe", 5), noreply("ada", 9), noreply("ada", 1)]]);
  expect(loginsOf(history, subjectIn(history).identity)).toMatchObject([
    { accountId: 7, login: "ada", firstAt: DAY },
    { accountId: 7, login: "zoe", firstAt: 5 * DAY },
  ]);
});

test("renames: a second account that the project's mailmap joins is no other login of the first", () => {
  const { table } = historyOfRows([[noreply("ada", 1), noreply("eve", 4, "8+"), noreply("zoe", 9)]]);
  const [commitAddress, properAddress] = ["8+eve", "7+ada"].map((user) => `${user}@users.noreply.github.com`);
  const mailmap = [{ commitName: null, commitAddress: commitAddress!, properAddress: properAddress! }];
  const history = historyOf(table, { accounts: [], mailmap });
  const subject = subjectIn(history);
  expect(loginsOf(history, subject.identity).map(({ accountId }) => accountId)).toEqual([7, 7, 8]);
  expect(atOnce(renamesOf(history, subject)).kept.map(({ at }) => at)).toEqual(["1970-01-10T00:00:00.000Z"]);
});
