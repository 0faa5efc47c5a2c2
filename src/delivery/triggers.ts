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

/** True when the event leads to work; an edited pull request does only when its base changed. */
export function isTrigger(event: TrimmedEvent): boolean {
  if (event.name === "pull_request" && event.payload.action === "edited" && !event.payload.changes?.base) return false;
  return mayTrigger(event.name, event.payload.action);
}

/** The same as far as an event and its action tell, which is all that GitHub's log of deliveries shows. */
export const mayTrigger = (event: string, action: string | null): boolean => NAMES.has(`${event}.${action}`);

const NAMES: ReadonlySet<string> = new Set(TRIGGERS);
