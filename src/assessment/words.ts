import type { Tier } from "../signals/signal.ts";
import type { Band } from "./assessment.ts";

/** The bands in words that invite to work: never a number, never a verdict. */
export const BAND_WORDS: Readonly<Record<Band, string>> = {
  none: "nothing notable",
  note: "worth knowing",
  review: "please look",
  elevated: "look before going on",
  high: "stop and look, two people",
  insufficient_evidence: "too little to say",
};

/** Who could have written a piece of evidence. */
export const TIER_WORDS: Readonly<Record<Tier, string>> = {
  PL: "recorded by GitHub",
  SC: "pushed by the account",
  SM_attested: "free text in commits the account pushed",
  SM: "free text in commits: whoever made them chose the dates and names",
  TP: "anybody could have written it, so it counts for nothing",
  EX: "on a list other people keep",
};
