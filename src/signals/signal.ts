import type { Reachable } from "../change/actions/finding.ts";
import type { Severity } from "../change/severity.ts";
import type { Instant } from "../clock.ts";
import type { SectionName, SectionTypes } from "../dossier/facts.ts";
import type { Steps } from "../slices.ts";
import type { Family } from "./families.ts";
import type { Thresholds } from "./thresholds.ts";

/** P: is this account what it appears to be. C: what could this change do. X: what can this account reach. */
export type Axis = "P" | "C" | "X";

/** Who could have written a piece of evidence (SIGNALS.md §1). TP is never scored. */
export type Tier = "PL" | "SC" | "SM_attested" | "SM" | "TP" | "EX";

/** One fact that a person can check. */
export interface Evidence {
  /** One plain sentence; no name, e-mail, former login or offset. */
  readonly fact: string;
  readonly tier: Tier;
  readonly at?: Instant;
  readonly link?: string;
  readonly place?: { readonly path: string; readonly line: number; readonly endLine?: number };
  readonly commit?: string;
  /** How grave it is by itself, on the axes C and X where facts of one signal differ in that. */
  readonly severity?: Severity;
  /** Why it matters and what would make it fine, where this fact has words of its own beside the signal's. */
  readonly why?: string;
  readonly fine?: string;
  /** Of a secret what tells whether another one is the same; absent where no key was at hand. For owners alone. */
  readonly keyedHash?: string;
  /** When what it says can happen, where the platform decides that. */
  readonly reachable?: Reachable;
}

export interface SignalMeta<Needs extends SectionName = SectionName, Uses extends SectionName = SectionName> {
  /** Equals the file's name. */
  readonly id: string;
  readonly axis: Axis;
  readonly family: Family;
  /** A proposition that is true when the signal fires. */
  readonly title: string;
  readonly status: "stable" | "experimental" | "deprecated";
  /** Raised whenever `detect` or a weight changes; the version lock test insists. */
  readonly version: number;
  readonly core: boolean;
  /** Most bits into P; 0 when the signal says nothing about the persona. */
  readonly weight: number;
  /** Most severe level on C or X; null for pure P signals. */
  readonly severity: Severity | null;
  /** Cannot be cancelled by mitigation; added outside the family cap. A detection may say that it is soft all the same. */
  readonly hard: boolean;
  /** Also counts to the queue label Q (unsolicited, bulk, automated). */
  readonly queue: boolean;
  /** Counts to the queue label alone: its bits say nothing about the persona, and neither does its absence. */
  readonly queueOnly?: true;
  /** Half-life of its bits in days; null when it does not fade. */
  readonly halfLifeDays: number | null;
  /** Days over which it counts acts: its bits fade from the end of this window on. Absent when it looks at one moment. */
  readonly windowDays?: number;
  readonly falsePositiveRisk: "low" | "medium" | "high";
  /** How often ordinary contributors show it, in words with its source; null when nobody has measured it. */
  readonly baseRate: string | null;
  /** Upper end of that rate in percent; bounds the weight at log2(100 / upper) bits. Null with `baseRate`. */
  readonly baseRateUpperPercent: number | null;
  readonly sources: readonly { readonly url: string; readonly says: string }[];
  /** What it could lead to, in one sentence: why a maintainer reads on. Of every signal about the change. */
  readonly why?: string;
  /** Likeliest innocent explanations, likeliest first. */
  readonly benign: readonly string[];
  /** What the contributor or a maintainer can do to clear it. */
  readonly clears: string;
  /** How someone could pin this on an innocent, and why that fails. */
  readonly framing: string;
  /** Sections without which it cannot look; the runner answers `unknown` for it. */
  readonly needs: readonly Needs[];
  /** Sections of which at least one must be there; the runner answers `unknown` when none is. */
  readonly needsOneOf?: readonly Uses[];
  /** That it finds nothing says nothing of the account, so it counts in no coverage: lists of others are short. */
  readonly outsideCoverage?: true;
  /** Too weak to stand alone: its bits count only beside another finding of its family. */
  readonly needsCompany?: true;
  /** Sections that may be missing. They may only add evidence: what a missing one would excuse is not read here. */
  readonly uses?: readonly Uses[];
}

/** The declared sections, present (those of `uses` and `needsOneOf` perhaps), plus the moment they describe. */
export type Facts<Needs extends SectionName, Uses extends SectionName = never> = {
  readonly [Name in Needs]: SectionTypes[Name];
} & { readonly [Name in Uses]?: SectionTypes[Name] } & {
  readonly asOf: Instant;
  readonly subjectId: number | null;
  readonly thresholds: Thresholds;
};

export type Detection =
  | {
      readonly outcome: "fired";
      /** 0 to 1; multiplies the weight. */
      readonly strength: number;
      /** Level on C or X; null for pure P signals. */
      readonly severity: Severity | null;
      /** Strongest first, then by time and place, never by the order of a section's list; never empty. */
      readonly evidence: readonly Evidence[];
      /** When what was seen happened, for decay: of acts that were counted the last one; `asOf` when absent. */
      readonly at: Instant | null;
      /** True when it counts as soft, though the signal is hard at its strongest. */
      readonly soft: boolean;
      /** True when two people of the organisation say that it is right. */
      readonly confirmed: boolean;
      /** Facts that the section counts and does not hold. */
      readonly leftOut: number;
      /** What it could not look at beside that; null when it saw everything. */
      readonly unseen: string | null;
    }
  | { readonly outcome: "clear"; readonly unseen: string | null }
  /** The sections are there but say too little (for example fewer acts than the test needs). */
  | { readonly outcome: "unknown"; readonly because: string };

export interface Signal<Needs extends SectionName = SectionName, Uses extends SectionName = SectionName>
  extends SignalMeta<Needs, Uses> {
  detect(facts: Facts<Needs, Uses>): Detection;
  /** The same in steps, where it takes longer than a millisecond or two. */
  inSteps?(facts: Facts<Needs, Uses>): Steps<Detection>;
}

/** A signal whose `detect` can read only the sections it declares. What is ordinary need not be said. */
export function defineSignal<const Needs extends SectionName, const Uses extends SectionName = never>(
  signal: Said<Signal<Needs, Uses>>,
): Signal<Needs, Uses> {
  return Object.freeze({ ...ORDINARY, ...signal });
}

/** As a signal is written: `ORDINARY` says the rest. */
type Said<Whole extends SignalMeta> = Omit<Whole, keyof typeof ORDINARY> & Partial<Pick<Whole, keyof typeof ORDINARY>>;

/** No bits, no level: a signal says which of the two it gives. Nobody has measured it until somebody has. */
const ORDINARY = {
  status: "stable",
  core: false,
  weight: 0,
  severity: null,
  hard: false,
  queue: false,
  halfLifeDays: null,
  baseRate: null,
  baseRateUpperPercent: null,
} as const satisfies Partial<SignalMeta>;

/**
 * A detection that fired. Facts are put in an order of their own, so that no list of a section decides which ones are
 * shown: those of lower `rank` first, where one is given.
 */
export function fired(
  evidence: readonly Evidence[],
  more: {
    readonly strength?: number;
    readonly severity?: Severity;
    readonly at?: Instant | null;
    readonly rank?: (fact: Evidence) => number;
    readonly soft?: boolean;
    readonly confirmed?: boolean;
    readonly unseen?: string | null;
    /** Facts that the section counts and does not hold. */
    readonly leftOut?: number;
  } = {},
): Detection {
  if (evidence.length === 0) throw new Error("a fired signal needs evidence");
  const { rank = () => 0 } = more;
  const sorted = evidence.toSorted((a, b) => rank(a) - rank(b) || byTimeAndPlace(a, b));
  return {
    outcome: "fired",
    strength: Math.min(1, Math.max(0, more.strength ?? 1)),
    severity: more.severity ?? null,
    evidence: sorted,
    at: more.at ?? null,
    soft: more.soft ?? false,
    confirmed: more.confirmed ?? false,
    leftOut: more.leftOut ?? 0,
    unseen: more.unseen ?? null,
  };
}

export const clear: Detection = { outcome: "clear", unseen: null };

/** Nothing in what could be read; `unseen` says what could not, null when that is nothing. */
export const clearBut = (unseen: string | null): Detection => ({ outcome: "clear", unseen });

/** What a section counts and does not hold, as `unseen`. */
export const unseenOf = (count: number | undefined, what: string): string | null =>
  count ? `${count} further ${what} were too many to keep` : null;

export const unknown = (because: string): Detection => ({ outcome: "unknown", because });

/** Dated facts first, oldest first; a total order, so that only facts that say the same can change places. */
function byTimeAndPlace(a: Evidence, b: Evidence): number {
  return (
    compare(a.at ?? UNDATED, b.at ?? UNDATED) ||
    compare(a.place?.path ?? "", b.place?.path ?? "") ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    compare(a.commit ?? "", b.commit ?? "") ||
    compare(a.fact, b.fact) ||
    compare(a.tier, b.tier)
  );
}

/** After every instant. */
const UNDATED = "~";

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
