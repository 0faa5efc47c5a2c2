import type { Band } from "../../src/assessment/assessment.ts";
import type { Severity } from "../../src/change/severity.ts";
import type { Story } from "../collect.ts";
import type { Town } from "../town/town.ts";

/** A case of SIGNALS.md §5, told as a world that a local GitHub serves. */
export interface Archetype {
  readonly id: string;
  readonly title: string;
  /** Bands that count as right: of a malicious one the expected band and its neighbours. */
  readonly bands: readonly Band[];
  /** The level that the change must have; any when absent. */
  readonly change?: Severity;
  /** The level of access; where a story says nothing of access it is `unknown` and not compared. */
  readonly access?: Severity;
  /** Whether contributions must be called unsolicited or bulk; either is right when absent. */
  readonly queue?: boolean;
  /** Signals that must fire in every variation. */
  readonly fires: readonly string[];
  /** Signals, or their beginnings, that must fire in none. */
  readonly silent: readonly string[];
  /** Builds the world and says what is looked at. */
  tell(town: Town): Story;
  /** What is done to the same story that may not matter, or only as `Control` says. */
  readonly control?: Control;
}

/** A control compares a story with itself, once with and once without something. */
export interface Control {
  readonly without: (town: Town) => Story;
  /** Bits by which P may differ. */
  readonly maxBits: number;
  /** Not a byte of the judgement may differ. */
  readonly identical?: true;
}

export const AROUND_NOTE: readonly Band[] = ["note", "review"];
export const AROUND_REVIEW: readonly Band[] = ["note", "review", "elevated"];
export const AROUND_ELEVATED: readonly Band[] = ["review", "elevated", "high"];
export const BELOW_REVIEW: readonly Band[] = ["none", "note", "insufficient_evidence"];

/** Those that reports describe as harm; all others are ordinary people, or controls. */
export const isMalicious = ({ id }: Pick<Archetype, "id">): boolean => id.startsWith("M");
