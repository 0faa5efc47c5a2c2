import type { Severity } from "../change/severity.ts";
import type { Axis } from "../signals/signal.ts";

export { BAND_WORDS, SECTION_WORDS, TIER_WORDS, unknownWords } from "../assessment/words.ts";

export const LEVEL_WORDS: Readonly<Record<Severity | "unknown", string>> = {
  low: "low",
  medium: "medium",
  high: "high",
  critical: "critical",
  unknown: "could not look",
};

export const AXIS_WORDS: Readonly<Record<Axis, string>> = {
  P: "the account",
  C: "the change",
  X: "access",
};
