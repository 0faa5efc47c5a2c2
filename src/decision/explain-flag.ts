import type { Assessment } from "../assessment/assessment.ts";
import { BAND_WORDS } from "../assessment/words.ts";
import type { Role } from "../dossier/role.ts";
import { CATALOG } from "../signals/catalog.ts";

/** Why a grant was flagged, in one sentence: the role, the band in its words, and what was observed, strongest first. */
export function explainFlag(assessment: Assessment, role: Role): string {
  const observed = assessment.findings
    .filter(({ outcome, bits }) => outcome === "fired" && bits > 0)
    .map(({ signal }) => CATALOG.find(({ id }) => id === signal)?.title ?? signal);
  return `The role ${role} meets an account that reads “${BAND_WORDS[assessment.persona.band]}”: ${observed.join("; ")}.`;
}
