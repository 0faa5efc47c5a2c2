import { UNAVAILABLE_REASONS } from "../dossier/dossier.ts";
import { FAMILIES } from "../signals/families.ts";
import type { Assessment, Finding } from "./assessment.ts";
import { BAND_BITS, MIN_COVERAGE } from "./bands.ts";
import { MAX_MITIGATION_BITS } from "./mitigate.ts";

/** Sentences of "how this was weighed", in the order of the sum; never empty. Numbers appear here and nowhere else. */
export function explain(assessment: Assessment, exposed: boolean): readonly string[] {
  if (assessment.subject.kind !== "user")
    return [
      "The account is not a person's, so only the change and the access were looked at.",
      ...coverageSentences(assessment),
    ];
  return [
    ...assessment.findings.filter(({ bits }) => bits > 0).map(findingSentence),
    ...assessment.persona.families.map(familySentence),
    ...creditSentences(assessment),
    sumSentence(assessment),
    ...heldBackSentences(assessment),
    ...coverageSentences(assessment),
    priorSentence(exposed),
  ];
}

const amount = (bits: number): string => (Math.round(bits * 10) / 10).toFixed(1);

function findingSentence({ signal, version, bits, strength, hard }: Finding): string {
  const kind = hard ? "hard evidence, never cancelled" : `strength ${strength}`;
  return `+${amount(bits)} bits: ${signal} (version ${version}, ${kind}).`;
}

function familySentence({ family, bits, uncappedBits, capBits }: Assessment["persona"]["families"][number]): string {
  const capped = uncappedBits > capBits ? `, held at its cap of ${capBits}` : "";
  return `${FAMILIES[family].title}: ${amount(bits)} bits together${capped}; each further one in a family counts for 0.7 of the one before.`;
}

function creditSentences({ persona: { mitigations } }: Assessment): readonly string[] {
  const sentences = mitigations.map(({ bits, because }) => `-${amount(bits)} bits: ${because}.`);
  const sum = mitigations.reduce((total, { bits }) => total + bits, 0);
  return sum > MAX_MITIGATION_BITS
    ? [...sentences, `Credits together take off at most ${MAX_MITIGATION_BITS} bits.`]
    : sentences;
}

function sumSentence({ persona: { bits, hardBits } }: Assessment): string {
  const hard = hardBits > 0 ? `, ${amount(hardBits)} of them hard` : "";
  const starts = Object.entries(BAND_BITS)
    .filter(([, start]) => start > 0)
    .map(([band, start]) => `${band} ${start}`);
  return `Sum: ${amount(bits)} bits${hard}. Bands begin at ${starts.join(", ")}.`;
}

function heldBackSentences({ persona: { band, heldBackFrom } }: Assessment): readonly string[] {
  if (heldBackFrom === null) return [];
  const because =
    band === "insufficient_evidence"
      ? "too little was seen to say so"
      : "it needs evidence from independent families, or a credit could not be read";
  return [`The bits alone would give ${heldBackFrom}; held back, because ${because}.`];
}

function coverageSentences({ coverage, couldNotSee }: Assessment): readonly string[] {
  const seen = `${coverage.evaluatedCount} of ${coverage.applicableCount} checks of the account could look, ${Math.round(coverage.total * 100)} % by weight; below ${MIN_COVERAGE * 100} % there is too little to say.`;
  const missing = couldNotSee.map(
    ({ section, reason, retryAt }) =>
      `Could not see ${section}: ${UNAVAILABLE_REASONS[reason]}${retryAt ? `, again from ${retryAt}` : ""}.`,
  );
  return [seen, ...missing];
}

/** -11 bits, or -8 for an exposed organisation (SIGNALS.md §6.2): said, never added, since the bands have it in them. */
function priorSentence(exposed: boolean): string {
  const odds = exposed ? "1 in 250, because this organisation hires, pays or hands out money in public" : "1 in 2,000";
  return `Before any evidence the odds are taken as ${odds}; an assumption, and no part of the sum.`;
}
