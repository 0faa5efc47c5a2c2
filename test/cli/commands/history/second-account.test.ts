import { reportRows } from "../../../../src/cli/commands/history/report.ts";
import { historyOf } from "../../../../src/history/history.ts";
import { parseMailmap } from "../../../../src/history/people/mailmap.ts";
import { historyOfRows } from "../../../history/made-table.ts";
import { expect, test } from "../../../support/jest.ts";

const DAY = 86_400;
const OLD = "Ada Example <7+ada@users.noreply.github.com>";
const YOUNG = "Ada Example <9+ada-work@users.noreply.github.com>";
const MAILMAP = "Ada Example <7+ada@users.noreply.github.com> <9+ada-work@users.noreply.github.com>";

test("history: years of work under an older account are not held against a younger one of the same person", () => {
  const commits = Array.from({ length: 40 }, (_, index) => ({
    author: index < 30 ? OLD : YOUNG,
    authoredAt: (1_000 + 40 * index) * DAY,
    committedAt: (1_000 + 40 * index) * DAY,
  }));
  const { table } = historyOfRows([commits]);
  const history = historyOf(table, { accounts: [], mailmap: parseMailmap(MAILMAP) });
  const signals = (...madeAt: readonly (readonly [number, number])[]): readonly string[] =>
    reportRows({
      ...{ history, repositories: [], asOf: 9_000 * DAY, idOf: (text) => text },
      accountsMadeAt: new Map(madeAt),
    }).findings.map(({ signal }) => signal);
  const young = [9, 2_200 * DAY] as const;
  expect(signals(young)).toEqual([]);
  expect(signals([7, 900 * DAY], young)).toEqual([]);
  expect(signals([7, 2_100 * DAY], young)).toEqual(["hist-commits-predate-account"]);
});
