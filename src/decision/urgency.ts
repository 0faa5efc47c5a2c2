import type { Action, Decision } from "./decision.ts";

/** How soon what an action asks for should be done; 0 first. Words about doors that stand open wait longest. */
const URGENCY: Readonly<Record<Action, number>> = {
  incident_playbook: 0,
  tell_owners_of_our_code: 0,
  suggest_block_as_untrusted_code: 0,
  suggest_security_contact: 0,
  access_review_24h: 1,
  suggest_hold_merge: 1,
  private_evidence_card: 1,
  suggest_second_reviewer: 2,
  access_review: 3,
  private_note: 3,
  reviewer_hint: 3,
  standing_exposure: 4,
  silent: 5,
};

/** Where a decision stands among others that wait: by its most urgent action. */
export const urgencyOf = ({ actions }: Pick<Decision, "actions">): number =>
  Math.min(...actions.map((action) => URGENCY[action]));
