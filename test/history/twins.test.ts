import { twinSteps } from "../../src/history/twins.ts";
import { atOnce } from "../../src/slices.ts";
import { expect, test } from "../support/jest.ts";
import type { MadeCommit } from "../support/made-repository.ts";
import { historyOfCommits } from "./loaded.ts";

const START = 1_600_000_000;
const ADA = "Ada Example <ada@example.org>";
const BO = "Bo Sample <bo@sample.example>";

/** So many commits of one content, each at a second of its own. */
const work = (author: string, count: number, more: (index: number) => MadeCommit = () => ({})): readonly MadeCommit[] =>
  Array.from({ length: count }, (_, index) => ({ author, at: START + index * 60, ...more(index) }));

/** How many commits each of the two made after the other. */
async function twinsIn(commits: readonly MadeCommit[]) {
  const { history } = await historyOfCommits(commits);
  const identityOf = (address: string): number =>
    history.identities.of[history.people.findIndex((person) => person.address === address)] ?? -1;
  const [ada, bo] = [identityOf("ada@example.org"), identityOf("bo@sample.example")];
  return [history.twins.get(ada)?.count ?? 0, history.twins.get(bo)?.count ?? 0];
}

test("twins: what was committed again later under another name is counted for the later one alone", async () => {
  const again = work(BO, 5, (index) => ({ committedAt: START + 1_000_000 + index }));
  expect(await twinsIn([...work(ADA, 7), ...again])).toEqual([0, 5]);
});

test("twins: of two that say the same moment nobody can tell which is the copy", async () => {
  expect(await twinsIn([...work(ADA, 3), ...work(BO, 3)])).toEqual([0, 0]);
});

test.each<[string, readonly MadeCommit[]]>([
  ["another second", work(BO, 5, (index) => ({ at: START + index * 60 + 1 }))],
  ["merges", work(BO, 5, () => ({ parents: [0, 1] }))],
  ["one's own commits, picked twice", work(ADA, 5, (index) => ({ committedAt: START + 900_000 + index }))],
])("twins: %s are none", async (_, more) => {
  expect(await twinsIn([...work(ADA, 5), ...more])).toEqual([0, 0]);
});

test("twins: more than sixteen commits that are all alike at one second are a script's", async () => {
  const { history } = await historyOfCommits(
    Array.from({ length: 40 }, (_, index) => ({ author: `Member <m${index}@example.org>`, at: START })),
  );
  const counts = [...history.twins.values()].map(({ count }) => count);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(16);
});

test("twins: another content at the same second is none, and three pairs are shown", async () => {
  const again = work(BO, 5, (index) => ({ committedAt: START + 1_000_000 + index }));
  const { history } = await historyOfCommits([...work(ADA, 5), ...again]);
  expect([...history.twins.values()].map(({ pairs }) => pairs.length)).toEqual([3]);
  const { table } = history;
  const other = { ...table, treeStart: table.treeStart.map((start, row) => start + row) };
  expect(atOnce(twinSteps({ table: other, identities: history.identities })).size).toBe(0);
});
