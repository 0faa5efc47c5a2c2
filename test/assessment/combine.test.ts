import type { Finding } from "../../src/assessment/assessment.ts";
import { dampened, familyShares, hardBits, queueSum, weigh } from "../../src/assessment/combine.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import type { Detection, Evidence, SignalMeta } from "../../src/signals/signal.ts";
import { daysAgo, NOW } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";

const base = CATALOG.find(({ id }) => id === "beh-pr-spray") as SignalMeta;
const detection = (
  evidence: readonly Evidence["tier"][],
  strength = 1,
  at: string | null = null,
): Extract<Detection, { outcome: "fired" }> => ({
  outcome: "fired",
  strength,
  severity: null,
  evidence: evidence.map((tier) => ({ fact: "a fact", tier })),
  at,
  soft: false,
  confirmed: false,
  leftOut: 0,
  unseen: null,
});
const finding = (family: Finding["family"], bits: number, more: Partial<Finding> = {}): Finding => ({
  signal: `x-${family}-${bits}`,
  version: 1,
  axis: "P",
  family,
  outcome: "fired",
  strength: 1,
  bits,
  hard: false,
  core: false,
  severity: null,
  evidence: [],
  evidenceLeftOut: 0,
  unknownBecause: null,
  ...more,
});

/** SIGNALS.md §1. */
const TRUST: Readonly<Record<Evidence["tier"], number>> = { PL: 1, SC: 1, SM_attested: 0.9, SM: 0.5, TP: 0, EX: 1 };

test.each(Object.entries(TRUST))("weigh: evidence of tier %s counts by %d", (tier, multiplier) => {
  expect(weigh({ ...base, weight: 2 }, detection([tier as Evidence["tier"]]), NOW)).toBe(2 * multiplier);
});

test("weigh: what third parties could have written neither adds nor takes", () => {
  expect(weigh({ ...base, weight: 2 }, detection(["TP", "TP"]), NOW)).toBe(0);
  expect(weigh({ ...base, weight: 2 }, detection(["SM", "TP"]), NOW)).toBe(
    weigh({ ...base, weight: 2 }, detection(["SM"]), NOW),
  );
});

test("weigh: bits halve with every half-life, and do not grow before the event", () => {
  const signal = { ...base, weight: 2, halfLifeDays: 60, windowDays: 0 };
  expect(weigh(signal, detection(["PL"], 1, daysAgo(60)), NOW)).toBe(1);
  expect(weigh(signal, detection(["PL"], 1, daysAgo(120)), NOW)).toBe(0.5);
  expect(weigh(signal, detection(["PL"], 1, daysAgo(-60)), NOW)).toBe(2);
  expect(weigh({ ...signal, halfLifeDays: null }, detection(["PL"], 1, daysAgo(900)), NOW)).toBe(2);
  const { windowDays: _, ...atOneMoment } = signal;
  expect(weigh(atOneMoment, detection(["PL"], 1, daysAgo(60)), NOW)).toBe(1);
});

test("weigh: nothing fades inside the window over which a signal counts, and all alike beyond it", () => {
  const signal = { ...base, weight: 2, halfLifeDays: 60, windowDays: 7 };
  for (const days of [0, 3, 7]) expect(weigh(signal, detection(["PL"], 1, daysAgo(days)), NOW)).toBe(2);
  expect(weigh(signal, detection(["PL"], 1, daysAgo(8)), NOW)).toBeLessThan(2);
  expect(weigh(signal, detection(["PL"], 1, daysAgo(67)), NOW)).toBe(1);
});

test("queueSum: 0.7 within a family, families beside each other", () => {
  expect(queueSum([finding("behaviour", 2), finding("behaviour", 1), finding("lifecycle", 1.5)])).toBe(4.2);
  expect(queueSum([finding("behaviour", 2), finding("behaviour", 2), finding("lifecycle", 1)])).toBe(4.4);
  expect(queueSum([finding("behaviour", 0)])).toBe(0);
});

test("dampened: each further member counts for 0.7 of the one before, strongest first", () => {
  expect(dampened([1, 2, 4])).toBe(5.89);
  expect(dampened([4, 1, 2])).toBe(5.89);
  expect(dampened([])).toBe(0);
});

test("familyShares: a family is capped, and hard bits stay outside it", () => {
  const findings = [
    finding("history", 5),
    finding("history", 4),
    finding("history", 3, { hard: true }),
    finding("behaviour", 1),
  ];
  expect(familyShares(findings)).toEqual([
    { family: "history", bits: 6, uncappedBits: 7.8, capBits: 6 },
    { family: "behaviour", bits: 1, uncappedBits: 1, capBits: 2 },
  ]);
});

test("familyShares: a family that never speaks of a person adds nothing", () => {
  expect(familyShares([finding("change", 2)])).toMatchObject([{ bits: 0, capBits: 0 }]);
});

test("familyShares: lists of others count three bits at most", () => {
  expect(familyShares([finding("intel", 8)])[0]?.bits).toBe(3);
});

test("hardBits: hard signals add up to six", () => {
  expect(hardBits([finding("change", 3, { hard: true }), finding("history", 2)])).toBe(3);
  expect(hardBits([finding("change", 3, { hard: true }), finding("history", 5, { hard: true })])).toBe(6);
});
