import type { Assessment } from "../assessment/assessment.ts";
import type { Dossier } from "../dossier/dossier.ts";
import { MIN_CONTENTS } from "../signals/our-code.ts";

/**
 * Whether so many contents of the organisation's own code stand in public repositories of the account that owners are
 * told at once, whatever else is known of it (SIGNALS.md §6.6). Nobody but them is: it is no part of a public surface.
 */
export function holdsOurCode(sections: Partial<Pick<Dossier["sections"], "code.matches">>): boolean {
  const found = sections["code.matches"];
  return found?.state === "present" && found.value.countedCount >= MIN_CONTENTS;
}

/** The same of an assessment. */
export const saysOurCode = ({ findings }: Pick<Assessment, "findings">): boolean =>
  findings.some(({ signal, outcome }) => signal === "sec-org-code-republished" && outcome === "fired");
