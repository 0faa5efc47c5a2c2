import type { Assessment } from "../assessment/assessment.ts";
import type { Role } from "../dossier/role.ts";

/** Why a grant was flagged: the two axes that met and the signals behind them, by id; no word that judges. */
export function explainFlag(assessment: Assessment, role: Role): string {
  const signals = assessment.findings
    .filter(({ outcome, bits }) => outcome === "fired" && bits > 0)
    .map(({ signal }) => signal);
  return `${role} meets band "${assessment.persona.band}": ${signals.join(", ")}`;
}
