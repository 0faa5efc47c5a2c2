import type { TrimmedEvent } from "./events.ts";

/**
 * Events and actions that lead to work. Others are acknowledged and forgotten: a busy repository sends a hundred
 * `labeled` and `check_run.completed` for one of these, and what is not stored cannot leak.
 */
export const TRIGGERS = [
  "pull_request.opened",
  "pull_request.reopened",
  "pull_request.synchronize",
  "pull_request.ready_for_review",
  "pull_request.edited",
  "pull_request.closed",
  "member.added",
  "member.edited",
  "member.removed",
  "check_run.rerequested",
  "check_run.requested_action",
  "check_suite.rerequested",
  "installation.created",
  "installation.deleted",
  "installation.suspend",
  "installation.unsuspend",
  "installation.new_permissions_accepted",
  "installation_repositories.added",
  "installation_repositories.removed",
  "repository.publicized",
  "repository.privatized",
  "repository.renamed",
  "repository.transferred",
  "repository.deleted",
  "github_app_authorization.revoked",
] as const;

/** What may withdraw a right and leads to nothing else: what is remembered of rights ends with it (`web/guard/void-rights.ts`). */
const WITHDRAWALS = [
  "membership.removed",
  "team.deleted",
  "team.edited",
  "team.removed_from_repository",
  "organization.member_removed",
] as const;

/** Every event and action that is taken in. */
export const TAKEN = [...TRIGGERS, ...WITHDRAWALS] as const;

/** True when the event is taken in; an edited pull request is only when its base changed. */
export function isTaken(event: TrimmedEvent): boolean {
  if (event.name === "pull_request" && event.payload.action === "edited" && !event.payload.changes?.base) return false;
  return NAMES.has(`${event.name}.${event.payload.action}`);
}

/** True when it may lead to work, as far as event and action tell: GitHub's log of deliveries shows no more. */
export const mayTrigger = (event: string, action: string | null): boolean => WORK.has(`${event}.${action}`);

const WORK: ReadonlySet<string> = new Set(TRIGGERS);
const NAMES: ReadonlySet<string> = new Set(TAKEN);
