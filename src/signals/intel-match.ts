import type { IntelMatches } from "../dossier/facts.ts";
import { independentGroups } from "../intel/independent.ts";
import { clear, clearBut, type Detection, type Evidence, fired } from "./signal.ts";

type Match = IntelMatches["matches"][number];

/** Bits that what nobody here has confirmed gives at most. */
const UNCONFIRMED_BITS = 3;
/** One list, or several that rest on one another. */
const ONE_SOURCE = 0.6;

/**
 * What lists say of an account, by their independent words. Two count 1, one 0.6, of which at least one must be of a list
 * that nobody but its authors writes to: open lists, entries without a reason and copies of either give nothing. What two
 * people of the organisation have not confirmed gives three bits at most, whatever else was.
 */
export function listed(
  { matches }: IntelMatches,
  { by, weight, asOf }: { readonly by: Match["by"]; readonly weight: number; readonly asOf: string },
): Detection {
  const standing = matches.filter((match) => match.by === by && match.at <= asOf && asOf < match.until);
  const all = strengthOf(standing);
  const confirmed = strengthOf(standing.filter((match) => match.confirmed));
  const strength = Math.max(confirmed, Math.min(all, UNCONFIRMED_BITS / weight));
  if (standing.length === 0) return clear;
  if (strength === 0) return clearBut(NOTHING);
  const counted = standing.filter(({ sourced }) => sourced).map(evidence);
  return fired(counted, { strength, confirmed: confirmed > 0 });
}

const NOTHING = "lists name it that anybody can add to, or that say neither why nor where; both count for nothing";

function strengthOf(matches: readonly Match[]): number {
  const groups = independentGroups(matches.filter(({ sourced }) => sourced));
  if (!groups.some((group) => group.some(({ primary }) => primary))) return 0;
  return groups.length > 1 ? 1 : ONE_SOURCE;
}

/** Whose word it was first is not said: that may be the name of a person. */
const evidence = ({ source, reference, at, confirmed }: Match): Evidence => ({
  fact: `The list “${source}” names it${confirmed ? "; two people here say that this is right" : ""}.`,
  tier: "EX",
  at,
  ...(reference !== null && { link: reference }),
});
