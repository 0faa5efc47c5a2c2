import type { Fetched } from "../../../src/absence.ts";
import { MOST_TIED } from "../../../src/dossier/network.ts";
import type { MergesOf } from "../../../src/dossier/scan-gateway.ts";
import { collectTies } from "../../../src/dossier/sources/ties.ts";
import { yearsAround } from "../../../src/dossier/sources/years.ts";
import { accountId } from "../../../src/ids.ts";
import { expect, test } from "../../support/jest.ts";
import { NOW, no, playedGateway, yes } from "../played-gateway.ts";

const CREATED = "2024-05-01T00:00:00.000Z";
const at = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T00:00:00.000Z`;

/** By whom an account's merged pull requests were merged: numbers are people, in repositories of people. */
type Mergers = readonly (number | "gone" | "no_person" | { readonly organizationBy: number })[];

const accountOf = (id: number, mergers: Mergers, whole: boolean): MergesOf => ({
  id: accountId(id),
  nodeId: `U_${id}`,
  createdAt: CREATED,
  merges: mergers.map((merger, index) => {
    const by = typeof merger === "object" ? merger.organizationBy : merger;
    return {
      at: at(index + 1),
      personal: typeof merger !== "object",
      by: typeof by === "number" ? { id: accountId(by), nodeId: `U_${by}` } : by,
    };
  }),
  forks: whole ? { count: 4, orphanCount: 2 } : null,
  followedIds: whole ? [accountId(9)] : null,
});

/** The ties of the account 1 in a world of such merges, and whom each request asked about. */
async function tiesIn(world: Readonly<Record<number, Mergers>>, fails: { readonly request?: number } = {}) {
  const asked: (readonly string[])[] = [];
  const { gateway } = playedGateway({
    mergesOf: async ({ nodeIds, whole }): Promise<Fetched<readonly MergesOf[]>> => {
      asked.push(nodeIds);
      if (asked.length === fails.request) return no("timeout", NOW);
      const ids = nodeIds.map((nodeId) => Number(nodeId.slice(2)));
      return yes(ids.flatMap((id) => (world[id] ? [accountOf(id, world[id], whole)] : [])));
    },
  });
  return { found: await collectTies(gateway, { nodeId: "U_1" }), asked };
}

test("ties: from its own pull requests to whoever merged them, and from those on, as long as somebody new comes", async () => {
  const { found, asked } = await tiesIn({ 1: [2, 3, 3], 2: [1, 4], 3: [1, 1], 4: [1] });
  expect(asked).toEqual([["U_1"], ["U_3", "U_2"], ["U_4"]]);
  expect(found).toMatchObject({
    ok: true,
    value: {
      accounts: [{ id: 1, createdAt: CREATED, mergedCount: 3, goneCount: 0 }, { id: 2 }, { id: 3 }, { id: 4 }],
      edges: [
        { author: 1, merger: 2, count: 1, firstAt: at(1), lastAt: at(1) },
        { author: 1, merger: 3, count: 2, firstAt: at(2), lastAt: at(3) },
        { author: 2, merger: 1 },
        { author: 2, merger: 4 },
        { author: 3, merger: 1, count: 2 },
        { author: 4, merger: 1 },
      ],
      unreadCount: 0,
      forks: { count: 4, orphanCount: 2 },
      followedIds: [9],
    },
  });
});

test("ties: five steps far; whoever was not asked about is counted", async () => {
  const { found, asked } = await tiesIn({ 1: [2], 2: [3], 3: [4], 4: [5], 5: [6], 6: [7], 7: [1] });
  expect(asked).toHaveLength(6);
  expect(found).toMatchObject({ value: { accounts: [1, 2, 3, 4, 5, 6].map((id) => ({ id })), unreadCount: 1 } });
});

test("ties: its own merges, an organisation's, an App's and those of people who are gone are no edges", async () => {
  const { found, asked } = await tiesIn({ 1: [1, { organizationBy: 2 }, "no_person", "gone"] });
  expect(asked).toEqual([["U_1"]]);
  expect(found).toMatchObject({ value: { accounts: [{ id: 1, mergedCount: 3, goneCount: 1 }], edges: [] } });
});

test("ties: whoever sought merges from the account is not looked for", async () => {
  const alone = await tiesIn({ 1: [] });
  const sought = await tiesIn({ 1: [], 2: [1, 1, 1, 1, 1], 3: [1, 1, 1, 1, 1] });
  expect(sought).toEqual(alone);
});

test("ties: not more accounts than a ring has and one, those of most merges first; the others are counted", async () => {
  const many = Array.from({ length: 20 }, (_, index) => index + 2);
  const { found, asked } = await tiesIn({ 1: [21, ...many] });
  expect(asked[1]).toHaveLength(MOST_TIED - 1);
  expect(asked[1]?.[0]).toBe("U_21");
  expect(found).toMatchObject({ value: { unreadCount: 5, edges: expect.arrayContaining([{ ...EDGE }]) } });
});
const EDGE = { author: 1, merger: 21, count: 2, firstAt: at(1), lastAt: at(21) };

test("ties: a part of a graph is none", async () => {
  for (const request of [1, 2])
    expect((await tiesIn({ 1: [2], 2: [1] }, { request })).found).toEqual(no("timeout", NOW));
  expect((await tiesIn({})).found).toEqual(no("incomplete"));
});

const claimed = (...years: readonly number[]) =>
  years.map((year) => ({ year, commitCount: 60, receivedCount: 0, refs: [] }));

test("years: those of the commits and their neighbours are asked for, the newest ten, none of the future", async () => {
  const asked: (readonly number[])[] = [];
  const { gateway } = playedGateway({
    contributionYears: async ({ years }) => {
      asked.push(years);
      return yes(years.map((year) => ({ year, dated: 1, restricted: 0 })));
    },
  });
  const around = (...years: readonly number[]) =>
    yearsAround(gateway, { claimed: claimed(...years), account: { nodeId: "U_1" }, asOf: NOW });
  expect(await around(2020, 2026)).toMatchObject({
    value: { years: [2019, 2020, 2021, 2025, 2026].map((year) => ({ year })) },
  });
  await around(2010, 2013, 2016, 2019, 2022);
  expect(asked[1]).toEqual([2023, 2022, 2021, 2020, 2019, 2018, 2017, 2016, 2015, 2014]);
  expect(await around()).toEqual(yes({ years: [] }));
  expect(asked).toHaveLength(2);
});
