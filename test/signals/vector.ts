import type { Severity } from "../../src/change/severity.ts";
import type { Instant } from "../../src/clock.ts";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import type { Thresholds } from "../../src/signals/thresholds.ts";

/** One case of one signal: what it is given, and what it must answer. */
export interface Vector {
  /** `look_alike`: what an innocent does that resembles it. `boundary`: one of a pair around a threshold. */
  readonly kind: "fires" | "look_alike" | "boundary" | "unknown";
  readonly when: string;
  readonly given: Partial<SectionTypes>;
  readonly subjectId?: number | null;
  readonly thresholds?: Partial<Thresholds>;
  /** Of a row of a trick table the level that it should have, null for none: the printed table counts by it. */
  readonly wanted?: Severity | null;
  readonly expect: {
    readonly outcome: "fired" | "clear" | "unknown";
    /** To two decimals. */
    readonly strength?: number;
    readonly severity?: Severity | null;
    /** Whether a hard signal says that this detection is soft. */
    readonly soft?: boolean;
    /** Line of the first place. */
    readonly line?: number;
    readonly evidenceCount?: number;
    /** The first sentence, whole. */
    readonly fact?: string;
    /** The commit beside it. */
    readonly commit?: string;
    /** What it adds to P, to three decimals. */
    readonly bits?: number;
    /** The moment from which its bits fade. */
    readonly at?: Instant;
    /** Facts beyond those in evidence; none when absent. */
    readonly leftOut?: number;
    /** Why it is unknown, or what else it could not look at; of one that fired or is clear nothing when absent. */
    readonly unseen?: string;
  };
}
