import type { Exposure } from "../../../src/access/lines/kinds.ts";
import { isLongOpen, openFor, withOpenSince } from "../../../src/access/lines/open-since.ts";
import { auditReport } from "../../../src/access/report.ts";
import { plusDays } from "../../../src/clock.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { accountKey, grant, octoOrg, repositoryKey } from "../graphs.ts";

const FIRST = "2026-11-02T06:00:00.000Z";
const week = (count: number) => plusDays(FIRST, 7 * count);
const line = (repository: string, more: Partial<Exposure> = {}): Exposure => ({
  ...{ kind: "acc-direct-outside-grant", level: "medium", account: accountKey("4") },
  ...{ repository: repositoryKey(repository), role: "write", ...more },
});

/** The lines of several audits a week apart, each seen after the one before. */
const audits = (...weeks: readonly (readonly Exposure[])[]): readonly Exposure[] =>
  weeks.reduce<readonly Exposure[]>((earlier, lines, at) => {
    const before = at === 0 ? null : { takenAt: week(at - 1), exposure: earlier };
    return atOnce(withOpenSince(lines, { earlier: before, takenAt: week(at) }));
  }, []);
const since = (lines: readonly Exposure[]) => lines.map(({ repository, openSince }) => [repository, openSince]);

test("open since: the first audit of an unbroken row", () => {
  const kept = line("10", { keptUntil: week(9) });
  expect(since(audits([line("10")], [line("10")], [line("10")]))).toEqual([["10", week(0)]]);
  expect(since(audits([], [line("10")], [line("10")]))).toEqual([["10", week(1)]]);
  expect(since(audits([line("10")], [], [line("10")]))).toEqual([["10", week(2)]]);
  expect(since(audits([line("10")], [kept], [line("10")]))).toEqual([["10", week(2)]]);
  expect(since(audits([line("10")], [kept]))).toEqual([["10", undefined]]);
});

test("open since: a line whose role grew or fell is the same line", () => {
  expect(since(audits([line("10")], [line("10", { role: "admin", level: "high" })]))).toEqual([["10", week(0)]]);
});

test("open since: an audit of a release that did not say it counts as the first", () => {
  const earlier = { takenAt: week(3), exposure: [line("10")] };
  const seen = atOnce(withOpenSince([line("10")], { earlier, takenAt: week(4) }));
  expect(since(seen)).toEqual([["10", week(3)]]);
});

test("open since: gravest first, then those that wait longest, decided ones last", () => {
  const kept = line("13", { keptUntil: week(9) });
  const lines = [line("11"), line("10"), kept, line("12", { level: "high" })];
  expect(audits([line("10")], lines).map(({ repository }) => repository)).toEqual(["12", "10", "11", "13"]);
});

test("open since: four weeks are not long, a day more is; weeks are whole", () => {
  const open = line("10", { openSince: FIRST });
  expect([28, 28.1].map((days) => isLongOpen(open, plusDays(FIRST, days)))).toEqual([false, true]);
  expect(isLongOpen({ ...open, keptUntil: week(40) }, week(20))).toBe(false);
  expect(isLongOpen(line("10"), week(20))).toBe(false);
  expect([6.9, 7, 20.9, 21].map((days) => openFor(open, plusDays(FIRST, days)))).toEqual([
    ...[null, "open for 1 week", "open for 2 weeks", "open for 3 weeks"],
  ]);
});

test("open since: an audit says it where audits are kept, and a file that is read alone does not", () => {
  const snapshot = octoOrg({ grants: [grant("4", "11", "write", "outside")] });
  const about = { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 };
  expect(auditReport(snapshot, about).exposure[0]).not.toHaveProperty("openSince");
  const first = auditReport(snapshot, { ...about, earlier: null });
  expect(first.exposure).toMatchObject([{ openSince: snapshot.takenAt }]);
  const next = auditReport({ ...snapshot, takenAt: plusDays(snapshot.takenAt, 7) }, { ...about, earlier: first });
  expect(next.exposure).toMatchObject([{ openSince: snapshot.takenAt }]);
});
