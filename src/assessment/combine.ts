import { daysBetween, type Instant } from "../clock.ts";
import { FAMILIES, type Family } from "../signals/families.ts";
import type { Detection, Evidence, SignalMeta, Tier } from "../signals/signal.ts";
import type { FamilyShare, Finding } from "./assessment.ts";

/** How far evidence can be trusted, by who could have written it (SIGNALS.md §1). What third parties can write is 0. */
export const TIER_MULTIPLIERS: Readonly<Record<Tier, number>> = {
  PL: 1,
  SC: 1,
  SM_attested: 0.9,
  SM: 0.5,
  TP: 0,
  // Lists of others are bounded by the cap of their family instead.
  EX: 1,
};

/** Each further member of a family counts for 0.7 of the one before: they are correlated. */
const CORRELATION = 0.7;
const MAX_HARD_BITS = 6;
/** Bits are kept to a thousandth, so that sums that should be equal are. */
const BITS_GRAIN = 1_000;

type Fired = Extract<Detection, { outcome: "fired" }>;

/** Bits of one fired signal: weight x strength x tier x decay. */
export function weigh(signal: SignalMeta, detection: Fired, asOf: Instant): number {
  const decay = decayOf(signal, detection.at, asOf);
  return rounded(signal.weight * detection.strength * trust(detection.evidence) * decay);
}

/** The best tier among the facts: a fact that anybody could have written neither adds nor takes. */
function trust(evidence: readonly Evidence[]): number {
  return Math.max(0, ...evidence.map(({ tier }) => TIER_MULTIPLIERS[tier]));
}

/** Acts that are still within the window over which they are counted have not begun to fade. */
function decayOf({ halfLifeDays, windowDays = 0 }: SignalMeta, at: Instant | null, asOf: Instant): number {
  if (halfLifeDays === null || at === null) return 1;
  return 2 ** (-Math.max(0, daysBetween(at, asOf) - windowDays) / halfLifeDays);
}

/** Σ bits_i x 0.7^(i-1), strongest first. */
export function dampened(bits: readonly number[]): number {
  const sorted = bits.toSorted((a, b) => b - a);
  return rounded(sorted.reduce((sum, each, index) => sum + each * CORRELATION ** index, 0));
}

/** Soft bits per family after the 0.7 rule and the cap, in catalogue order; families without bits are left out. */
export function familyShares(findings: readonly Finding[]): readonly FamilyShare[] {
  const soft = findings.filter(({ bits, hard }) => bits > 0 && !hard);
  if (soft.length === 0) return [];
  const having = new Set(soft.map(({ family }) => family));
  return FAMILY_ORDER.filter((family) => having.has(family)).map((family) => {
    const uncappedBits = dampened(soft.filter((finding) => finding.family === family).map(({ bits }) => bits));
    const capBits = capOf(family, soft);
    return { family, bits: Math.min(uncappedBits, capBits), uncappedBits, capBits };
  });
}

const FAMILY_ORDER = Object.keys(FAMILIES) as readonly Family[];

/** What others say is capped lower until two people of the organisation agree to some of it. */
function capOf(family: Family, findings: readonly Finding[]): number {
  const { capBits, unconfirmedCapBits = capBits } = FAMILIES[family];
  const isConfirmed = findings.some((finding) => finding.family === family && finding.confirmed);
  return (isConfirmed ? capBits : unconfirmedCapBits) ?? 0;
}

/** Q: the same sum as P's, 0.7 within a family, without the caps that keep behaviour from speaking of persons. */
export function queueSum(findings: readonly Finding[]): number {
  const counted = findings.filter(({ bits }) => bits > 0);
  const families = new Set(counted.map(({ family }) => family));
  const sums = [...families].map((family) =>
    dampened(counted.filter((finding) => finding.family === family).map(({ bits }) => bits)),
  );
  return rounded(sums.reduce((total, sum) => total + sum, 0));
}

/** Bits of hard signals: outside every family's cap, never taken off by mitigation, together at most 6. */
export function hardBits(findings: readonly Finding[]): number {
  const sum = findings.reduce((total, { bits, hard }) => total + (hard ? bits : 0), 0);
  return Math.min(MAX_HARD_BITS, rounded(sum));
}

/** Bits to a thousandth. */
export function rounded(bits: number): number {
  return Math.round(bits * BITS_GRAIN) / BITS_GRAIN;
}
