import fc from "fast-check";
import { chooseHeads, type Head, RANKS, type Rank } from "../../src/job/shares.ts";
import { expect, test } from "../support/jest.ts";

const rank = fc.constantFrom(...RANKS);
const heads = (lanes: number, of: Rank, from = 0): Head[] =>
  Array.from({ length: lanes }, (_, index) => ({ id: from + index, lane: from + index, rank: of }));
const ranks = (chosen: readonly Head[]): readonly Rank[] => chosen.map((head) => head.rank);

test("messages alone fill a quarter of the slots, audits half, reports three quarters with them, checks all", () => {
  const idle = { concurrency: 8, running: [], begun: 0 };
  expect(ranks(chooseHeads(heads(20, 2), idle))).toHaveLength(4);
  expect(ranks(chooseHeads(heads(20, 1), idle))).toHaveLength(6);
  expect(ranks(chooseHeads([...heads(20, 2), ...heads(20, 1, 20)], idle))).toHaveLength(6);
  expect(ranks(chooseHeads(heads(20, 0), idle))).toHaveLength(8);
  expect(ranks(chooseHeads(heads(20, 3), idle))).toHaveLength(2);
  expect(ranks(chooseHeads([...heads(20, 3), ...heads(20, 2, 20)], { ...idle, running: [3, 3] }))).toEqual([2, 2]);
  expect(ranks(chooseHeads(heads(20, 2), { ...idle, concurrency: 1 }))).toHaveLength(1);
});

test("of eight that begin the last may be a message", () => {
  const waiting = [...heads(9, 3), ...heads(9, 0, 40)];
  const chosen = chooseHeads(waiting, { concurrency: 8, running: [], begun: 0 });
  expect(ranks(chosen)).toEqual([0, 0, 0, 0, 0, 0, 0, 3]);
});

test("of eight that begin five are checks, two reports and one an audit, the longest waiting of each", () => {
  const waiting = [...heads(9, 2), ...heads(9, 1, 20), ...heads(9, 0, 40)];
  const chosen = chooseHeads(waiting, { concurrency: 8, running: [], begun: 0 });
  expect(chosen.map(({ id }) => id)).toEqual([40, 20, 41, 0, 42, 21, 43, 44]);
});

test("whatever waits and runs: slots are kept, a lane runs once, and something begins where it may", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ lane: fc.nat(9), rank }), { maxLength: 40 }),
      fc.array(rank, { maxLength: 8 }),
      fc.nat(20),
      fc.integer({ min: 1, max: 12 }),
      (places, running, begun, concurrency) => {
        const waiting = places.map((place, id) => ({ ...place, id }));
        const chosen = chooseHeads(waiting, { concurrency, running, begun });
        expect(new Set(chosen.map(({ lane }) => lane)).size).toBe(chosen.length);
        if (chosen.length > 0) expect(running.length + chosen.length).toBeLessThanOrEqual(concurrency);
        if (waiting.length > 0 && running.length === 0) expect(chosen.length).toBeGreaterThan(0);
        const audits = [...running, ...ranks(chosen)].filter((of) => of === 2).length;
        if (ranks(chosen).includes(2)) expect(audits).toBeLessThanOrEqual(Math.ceil(concurrency / 2));
      },
    ),
  );
});
