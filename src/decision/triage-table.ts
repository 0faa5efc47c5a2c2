import type { Band } from "../assessment/assessment.ts";
import type { Severity } from "../change/severity.ts";
import type { Action } from "./decision.ts";

/** Rows of the triage table: nothing to say about the persona, `review`, and beyond. */
export type PersonaRow = "quiet" | "review" | "beyond";
/** Its columns; a change nobody could read stands with a low one, since unknown is never risk. */
export type ChangeColumn = "low" | "raised" | "critical";

export const ROWS: Readonly<Record<Band, PersonaRow>> = {
  insufficient_evidence: "quiet",
  none: "quiet",
  note: "quiet",
  review: "review",
  elevated: "beyond",
  high: "beyond",
};

export const COLUMNS: Readonly<Record<Severity | "unknown", ChangeColumn>> = {
  unknown: "low",
  low: "low",
  medium: "raised",
  high: "raised",
  critical: "critical",
};

/** The triage table of SIGNALS.md §6.6: what maintainers are told, by persona (row) and change (column). */
export const TRIAGE: Readonly<Record<PersonaRow, Readonly<Record<ChangeColumn, readonly Action[]>>>> = {
  quiet: {
    low: [],
    raised: ["reviewer_hint"],
    critical: ["suggest_block_as_untrusted_code"],
  },
  review: {
    low: ["private_note"],
    raised: ["reviewer_hint", "suggest_second_reviewer"],
    critical: ["suggest_block_as_untrusted_code", "suggest_second_reviewer", "suggest_security_contact"],
  },
  beyond: {
    low: ["private_evidence_card"],
    raised: ["private_evidence_card", "suggest_hold_merge", "suggest_second_reviewer"],
    critical: ["private_evidence_card", "suggest_block_as_untrusted_code", "incident_playbook"],
  },
};
