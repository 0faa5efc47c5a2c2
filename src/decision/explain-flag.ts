import type { ReachEdge } from "../access/reach/edge.ts";
import { CLOSES, canWords, reasonWords } from "../access/reach/words.ts";
import type { Assessment } from "../assessment/assessment.ts";
import { BAND_WORDS } from "../assessment/words.ts";
import type { Role } from "../dossier/role.ts";
import { CATALOG } from "../signals/catalog.ts";

/**
 * Why a grant was flagged, a line each: the role and the band in its words; what was observed, strongest first; then what
 * the grant reaches, each with the setting that lets it and the switch that closes it.
 */
export function explainFlag(assessment: Assessment, role: Role, reached: readonly ReachEdge[] = []): string {
  const observed = assessment.findings
    .filter(({ outcome, bits }) => outcome === "fired" && bits > 0)
    .map(({ signal }) => CATALOG.find(({ id }) => id === signal)?.title ?? signal);
  const meets = `The role ${role} meets an account that reads “${BAND_WORDS[assessment.persona.band]}”:`;
  return [meets, ...observed.map((title) => `${title}.`), ...reached.map(reachSentence)].join("\n");
}

const reachSentence = (edge: ReachEdge): string =>
  `It can ${canWords(edge)}: ${reasonWords(edge)} (closes by: ${CLOSES[edge.can]}).`;
