import type { PushEvent, TrimmedEvent } from "./events.ts";

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
  "check_suite.requested",
  "check_suite.rerequested",
  "push",
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

/** True when the event is taken in: of edited pull requests those with a new base, of pushes those of branches that stand. */
export function isTaken(event: TrimmedEvent): boolean {
  if (event.name === "push") return movesBranch(event.payload);
  const { action } = event.payload;
  if (event.name === "pull_request" && action === "edited" && !event.payload.changes?.base) return false;
  if (event.name === "check_suite" && action === "requested" && event.payload.check_suite.head_branch == null)
    return false;
  return NAMES.has(`${event.name}.${action}`);
}

/** A tag moves no branch, and of a branch that is gone there is nothing to look at. */
const movesBranch = ({ ref, deleted }: PushEvent): boolean => ref.startsWith("refs/heads/") && !deleted;

/** True when it may lead to work, as far as event and action tell: GitHub's log of deliveries shows no more. */
export const mayTrigger = (event: string, action: string | null): boolean =>
  WORK.has(action === null ? event : `${event}.${action}`);

const WORK: ReadonlySet<string> = new Set(TRIGGERS);
const NAMES: ReadonlySet<string> = new Set(TAKEN);
