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
