import type { Axis, Severity, Tier } from "../signals/signal.ts";

export { BAND_WORDS } from "../assessment/words.ts";

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

/** Who could have written a piece of evidence. */
export const TIER_WORDS: Readonly<Record<Tier, string>> = {
  PL: "recorded by GitHub",
  SC: "pushed by the account",
  SM_attested: "free text in commits the account pushed",
  SM: "free text in commits",
  TP: "anybody could have written it",
  EX: "on a list other people keep",
};
