import type { Band } from "../assessment/assessment.ts";
import type { Severity } from "../change/severity.ts";
import type { Exposure } from "./exposure.ts";

/** What we will say to maintainers, privately; never an act. One cell of the triage table (SIGNALS.md §6.6) plus X x P. */
export interface Decision {
  readonly schema: "sallyport.decision/1";
  /** The cell, in the table's own axes. */
  readonly cell: {
    readonly persona: Band;
    readonly change: Severity | "unknown";
    readonly access: Severity | "unknown";
  };
  readonly actions: readonly Action[];
  /** Sentences for the page's "What to do", in order. */
  readonly advice: readonly string[];
  /** True when write or more meets P >= review: the repository is flagged. */
  readonly flag: boolean;
  /** How exposed the organisation says it is: what the same evidence means here. Absent in what is older. */
  readonly exposure?: Exposure;
}

export type Action =
  | "silent"
  | "reviewer_hint"
  | "suggest_block_as_untrusted_code"
  | "private_note"
  | "suggest_second_reviewer"
  | "suggest_security_contact"
  | "private_evidence_card"
  | "access_review"
  | "access_review_24h"
  | "standing_exposure"
  | "suggest_hold_merge"
  | "incident_playbook";
