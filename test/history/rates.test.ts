import { expect, test } from "@jest/globals";
import { bandRank } from "../../src/assessment/bands.ts";
import { reportRows } from "../../src/cli/history/report.ts";
import { ordinaryHistory } from "./population.ts";

const COUNT = 3_000;
const MAX_SINGLE_SHARE = 0.05;
const MAX_REVIEW_SHARE = 0.005;

const { identities } = reportRows({
  history: ordinaryHistory(COUNT, 4_711),
  accountsMadeAt: new Map(),
  repository: null,
  asOf: Date.UTC(2026, 10, 1) / 1_000,
  idOf: (text) => text,
});
/** Twenty commits over half a year: what the promise is about. */
const established = identities.filter(
  ({ commits, first, last, automated }) =>
    !automated && commits >= 20 && Date.parse(last) - Date.parse(first) >= 180 * 86_400_000,
);
const shareOf = (holds: (identity: (typeof established)[number]) => boolean): number =>
  established.filter(holds).length / established.length;

test("rates: the population is large and as varied as the one that was measured", () => {
  expect(established.length).toBeGreaterThan(COUNT * 0.9);
  expect(shareOf(({ emailCount }) => emailCount >= 2)).toBeGreaterThan(0.35);
  expect(shareOf(({ zonesNeeded }) => zonesNeeded >= 2)).toBeGreaterThan(0.25);
  expect(shareOf(({ keyCount }) => keyCount > 0)).toBeGreaterThan(0.2);
});

test("rates: each signal fires on at most one in twenty ordinary contributors", () => {
  const fired = new Map<string, number>();
  for (const { findings } of established)
    for (const { signal } of findings) fired.set(signal, (fired.get(signal) ?? 0) + 1);
  const tooOften = [...fired].filter(([, count]) => count / established.length > MAX_SINGLE_SHARE);
  expect(tooOften).toEqual([]);
});

test("rates: history alone brings at most one in two hundred to a look", () => {
  expect(shareOf(({ band }) => bandRank(band) >= bandRank("review"))).toBeLessThanOrEqual(MAX_REVIEW_SHARE);
});
