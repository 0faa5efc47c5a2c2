import type { UnavailableReason } from "../absence.ts";
import type { Severity } from "../change/severity.ts";
import type { Instant } from "../clock.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { SectionName } from "../dossier/facts.ts";
import type { Family } from "../signals/families.ts";
import type { Axis, Evidence } from "../signals/signal.ts";

/** Bands of axis P, weakest first; `insufficient_evidence` stands apart and is never "low risk". */
export const BANDS = ["none", "note", "review", "elevated", "high"] as const;
export type Band = (typeof BANDS)[number] | "insufficient_evidence";

/** One signal's answer in one assessment. */
export interface Finding {
  readonly signal: string;
  readonly version: number;
  readonly axis: Axis;
  readonly family: Family;
  readonly outcome: "fired" | "clear" | "unknown";
  /** 0 to 1; 0 unless fired. */
  readonly strength: number;
  /** weight x strength x tier x decay, before the family's 0.7 rule and cap. */
  readonly bits: number;
  readonly hard: boolean;
  readonly core: boolean;
  /** Two people of the organisation say that it is right; absent for most signals, of which nobody does. */
  readonly confirmed?: true;
  readonly severity: Severity | null;
  readonly evidence: readonly Evidence[];
  /** Facts beyond those in `evidence`. */
  readonly evidenceLeftOut: number;
  /** What could not be looked at, and why: always of unknown, of others where they saw a part only. */
  readonly unknownBecause: string | null;
}

/** Bits of one family after the 0.7 rule and the cap. */
export interface FamilyShare {
  readonly family: Family;
  readonly bits: number;
  readonly uncappedBits: number;
  readonly capBits: number;
}

export interface Mitigation {
  readonly id: "m1" | "m2" | "m3" | "m4" | "m5" | "m6";
  readonly bits: number;
  readonly because: string;
}

/** The most plausible reading of what fired; explanation only, never an input. */
export type LeadingLabel =
  | "fabricated_history"
  | "takeover"
  | "shared_operator"
  | "spam_automation"
  | "compromise"
  /** A route, not a risk: several people or machines work through the account. */
  | "shared_automation"
  | null;

/** An answer on axis C or X. */
export interface Level {
  readonly level: Severity | "unknown";
  /** False when a check of the axis could not look at all of it: the level is the least it can be. */
  readonly complete: boolean;
}

/** What a dossier adds up to. Pure data: the same dossier and engine give the same bytes. */
export interface Assessment {
  readonly schema: "sallyport.assessment/1";
  readonly engine: string;
  readonly asOf: Instant;
  readonly subject: Dossier["subject"];
  readonly persona: {
    readonly band: Band;
    /** HARD + max(0, families - mitigation); shown only under "how this was weighed". */
    readonly bits: number;
    readonly hardBits: number;
    readonly families: readonly FamilyShare[];
    readonly mitigations: readonly Mitigation[];
    /** The band the bits alone would give, when a corroboration gate held it back; else null. */
    readonly heldBackFrom: Band | null;
  };
  readonly change: Level;
  readonly access: Level;
  readonly queue: { readonly bits: number; readonly label: boolean };
  readonly coverage: {
    /** Weight evaluated / weight applicable on axis P, 0 to 1. */
    readonly total: number;
    readonly evaluatedCount: number;
    readonly applicableCount: number;
    readonly families: Readonly<Partial<Record<Family, number>>>;
  };
  readonly label: LeadingLabel;
  /** Fired first, strongest first; then clear, then unknown; ties by id. */
  readonly findings: readonly Finding[];
  readonly couldNotSee: readonly {
    readonly section: SectionName;
    readonly reason: UnavailableReason;
    readonly retryAt: Instant | null;
  }[];
}
