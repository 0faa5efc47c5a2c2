import { type Assessment, BANDS, type Band, type FamilyShare, type Finding } from "./assessment.ts";

type Known = Exclude<Band, "insufficient_evidence">;

/** Bits from which each band begins (SIGNALS.md §6.3). */
export const BAND_BITS: Readonly<Record<Known, number>> = { none: 0, note: 3, review: 5, elevated: 8, high: 11 };
/** Below this share of looked-at weight there is too little to say. */
export const MIN_COVERAGE = 0.4;
/** A family corroborates from one bit on. */
const MIN_CORROBORATING_BITS = 1;
/** Hard evidence of this weight stands for a second family. */
const MIN_HARD_BITS = 2;

/** Order of bands, 0 for none; `insufficient_evidence` stands apart and counts as none. */
export const bandRank = (band: Band): number => Math.max(0, (BANDS as readonly string[]).indexOf(band));

/** What the corroboration gates look at. */
export interface Corroboration {
  readonly families: readonly FamilyShare[];
  readonly findings: readonly Finding[];
  readonly hardBits: number;
}

/** Bits to band, held back where the gates of SIGNALS.md §6.4 ask for more independent evidence. */
export function gatedBand(bits: number, evidence: Corroboration): Known {
  const band = bandOf(bits);
  if (band === "high" && !allowsHigh(evidence)) return allowsElevated(evidence) ? "elevated" : "review";
  if (band === "elevated" && !allowsElevated(evidence)) return "review";
  return band;
}

/** The band that bits alone give. */
export function bandOf(bits: number): Known {
  return BANDS.findLast((band) => bits >= BAND_BITS[band]) ?? "none";
}

function allowsElevated(evidence: Corroboration): boolean {
  const cores = coreCount(evidence);
  const families = familyCount(evidence);
  const confirmed = evidence.findings.some((finding) => finding.confirmed && finding.bits > 0);
  return confirmed || (families >= 2 && cores >= 1) || (evidence.hardBits >= MIN_HARD_BITS && cores >= 3);
}

function allowsHigh(evidence: Corroboration): boolean {
  const families = familyCount(evidence);
  return (families >= 3 && coreCount(evidence) >= 2) || (families >= 2 && evidence.hardBits > 0);
}

/** Core signals that say something about the persona; those about the change have no bits. What others say is none until two people here agree. */
function coreCount({ findings }: Corroboration): number {
  return findings.filter(({ core, bits, family, confirmed }) => core && bits > 0 && (family !== "intel" || confirmed))
    .length;
}

/** Families with at least one bit; a hard signal speaks for its family too. */
function familyCount({ families, findings }: Corroboration): number {
  const soft = families.filter(({ bits }) => bits >= MIN_CORROBORATING_BITS).map(({ family }) => family);
  const hard = findings
    .filter((finding) => finding.hard && finding.bits >= MIN_CORROBORATING_BITS)
    .map(({ family }) => family);
  return new Set([...soft, ...hard]).size;
}

/** Bits as they are, and as they would be if no credit that could not be read existed. */
export interface Weighed {
  readonly bits: number;
  readonly bitsWithoutUnread: number;
}

/**
 * The band to show, and the one it was held back from. Too little to say when less than 0.4 of the weight was looked
 * at, unless what did fire reaches `review` or is hard: evidence that is there stays there. Likewise when the only
 * thing between `none` and a higher band is a credit that could not be read.
 */
export function personaBand(
  weighed: Weighed,
  evidence: Corroboration,
  coverage: number,
): Pick<Assessment["persona"], "band" | "heldBackFrom"> {
  const known = gatedBand(weighed.bits, evidence);
  const possible = bandOf(weighed.bitsWithoutUnread);
  const stands = bandRank(known) >= bandRank("review") || evidence.hardBits >= MIN_HARD_BITS;
  const unsure = known === "none" && bandRank(gatedBand(weighed.bitsWithoutUnread, evidence)) > 0;
  const band = unsure || (coverage < MIN_COVERAGE && !stands) ? "insufficient_evidence" : known;
  return { band, heldBackFrom: bandRank(possible) > bandRank(band) ? possible : null };
}
