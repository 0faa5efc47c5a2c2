import { clustersOf, nearestOf } from "../../src/clusters/cluster.ts";
import { type KeyUse, keyEdges, ringEdges, type Tie, type TieEdge, tiesIn } from "../../src/clusters/tie.ts";
import type { NetworkTies } from "../../src/dossier/network.ts";
import { accountId } from "../../src/ids.ts";
import { describe, expect, test } from "../support/jest.ts";

const [EARLY, LATE] = ["2025-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"];
const seen = { count: 3, firstAt: EARLY, lastAt: LATE };
const use = (mark: string, account: number): KeyUse => ({ mark, accountId: accountId(account), ...seen });
const edge = (one: number, other: number): TieEdge => ({
  ...{ kind: "key", between: [accountId(one), accountId(other)] },
  ...seen,
});
const merge = (author: number, merger: number, count = 5): Extract<Tie, { kind: "ring" }> => ({
  ...{ kind: "ring", authorId: accountId(author), mergerId: accountId(merger) },
  ...{ ...seen, count },
});
const own = (verifiedCount: number) => ({ key: "openpgp:00", verifiedCount, firstAt: EARLY, lastAt: LATE });

/** Three who merge one another's, six merges each, and nobody else's. */
const ring = (outside = 0): NetworkTies => ({
  accounts: [1, 2, 3].map((id) => {
    return { id: accountId(id), createdAt: EARLY, mergedCount: 6 + outside, goneCount: 0 };
  }),
  edges: [
    [1, 2],
    [2, 3],
    [3, 1],
  ].map(([author = 0, merger = 0]) => {
    return { author: accountId(author), merger: accountId(merger), count: 6, firstAt: EARLY, lastAt: LATE };
  }),
  ...{ unreadCount: 0, forks: { count: 0, orphanCount: 0 }, followedIds: null },
});

describe("ties of one account", () => {
  const tied = (keys: readonly ReturnType<typeof own>[], network: NetworkTies | null) =>
    tiesIn({ keys, network }, accountId(1), (key) => `mark of ${key}`);

  test("a key counts from three verified commits on, and is kept as a mark", () => {
    expect(tied([own(2)], null)).toEqual([]);
    expect(tied([own(3)], null)).toEqual([{ kind: "key", mark: "mark of openpgp:00", ...seen }]);
  });

  test("merges count within a ring alone, as its signal judges it", () => {
    expect(
      tied([], ring()).map((tie) => (tie.kind === "ring" ? [tie.authorId, tie.mergerId, tie.count] : tie)),
    ).toEqual([
      [1, 2, 6],
      [2, 3, 6],
      [3, 1, 6],
    ]);
    // Merged elsewhere as often: colleagues, not a ring.
    expect(tied([], ring(6))).toEqual([]);
  });
});

describe("edges", () => {
  test("every two users of a key are joined; a key of nine is a team's", () => {
    expect(keyEdges([use("a", 1), use("a", 2), use("b", 3)]).map(({ between, count }) => [between, count])).toEqual([
      [[1, 2], 6],
    ]);
    const team = (count: number) => Array.from({ length: count }, (_, index) => use("t", index + 1));
    expect(keyEdges(team(8))).toHaveLength(28);
    expect(keyEdges(team(9))).toEqual([]);
  });

  test("both directions of a ring are one edge, and what two readings saw counts once", () => {
    const [only, ...more] = ringEdges([merge(2, 1, 4), merge(1, 2, 5), merge(2, 1, 4), merge(2, 1, 3)]);
    expect([only?.between, only?.count, more]).toEqual([[1, 2], 9, []]);
  });

  test("an edge is dated from the first act of either to the last", () => {
    const uses = [
      { ...use("a", 1), firstAt: "2025-03-01T00:00:00.000Z", lastAt: "2025-04-01T00:00:00.000Z" },
      { ...use("a", 2), firstAt: "2024-03-01T00:00:00.000Z", lastAt: "2025-02-01T00:00:00.000Z" },
    ];
    expect(keyEdges(uses)).toMatchObject([{ firstAt: "2024-03-01T00:00:00.000Z", lastAt: "2025-04-01T00:00:00.000Z" }]);
    const merges = [
      { ...merge(1, 2), firstAt: "2025-03-01T00:00:00.000Z", lastAt: "2025-04-01T00:00:00.000Z" },
      { ...merge(2, 1), firstAt: "2024-03-01T00:00:00.000Z", lastAt: "2025-02-01T00:00:00.000Z" },
    ];
    expect(ringEdges(merges)).toMatchObject([
      { firstAt: "2024-03-01T00:00:00.000Z", lastAt: "2025-04-01T00:00:00.000Z" },
    ]);
  });
});

describe("clusters", () => {
  test("nobody without edges", () => {
    expect(clustersOf([])).toEqual([]);
  });

  test("the largest first, each from its account of most edges outwards", () => {
    const found = clustersOf([edge(8, 9), edge(1, 5), edge(5, 3), edge(5, 2), edge(3, 4)]);
    expect(found.map(({ accountIds, edges }) => [accountIds, edges.length])).toEqual([
      [[5, 1, 2, 3, 4], 4],
      [[8, 9], 1],
    ]);
  });

  test("thirty are shown with the edges between them, and the rest is counted", () => {
    const chain = (count: number) => Array.from({ length: count - 1 }, (_, index) => edge(index + 1, index + 2));
    const [all, more] = [30, 31].map((count) =>
      nearestOf(clustersOf(chain(count))[0] ?? { accountIds: [], edges: [] }),
    );
    expect([all?.accountIds.length, all?.leftOut, all?.edges.length]).toEqual([30, 0, 29]);
    expect([more?.accountIds.length, more?.leftOut, more?.edges.length]).toEqual([30, 1, 29]);
  });
});
