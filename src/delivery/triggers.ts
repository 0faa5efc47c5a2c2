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
  "membership.added",
  "membership.removed",
  "team.added_to_repository",
  "team.removed_from_repository",
  "team.edited",
  "team.deleted",
  "organization.member_added",
  "organization.member_removed",
  "organization.member_invited",
  "repository.created",
  "repository.archived",
  "repository.unarchived",
  "repository.publicized",
  "repository.privatized",
  "repository.renamed",
  "repository.transferred",
  "repository.deleted",
  "deploy_key.created",
  "deploy_key.deleted",
  "repository_ruleset.created",
  "repository_ruleset.edited",
  "repository_ruleset.deleted",
  "branch_protection_rule.created",
  "branch_protection_rule.edited",
  "branch_protection_rule.deleted",
  "personal_access_token_request.approved",
  "personal_access_token_request.cancelled",
  "personal_access_token_request.created",
  "personal_access_token_request.denied",
  "github_app_authorization.revoked",
] as const;

/** What can withdraw no right: thousands may join a team, and nothing that is remembered of rights ends with it. */
const WITHDRAWS_NOTHING: ReadonlySet<string> = new Set([
  "membership.added",
  "team.added_to_repository",
  "organization.member_added",
  "organization.member_invited",
  "repository.created",
  "repository.archived",
  "repository.unarchived",
] satisfies readonly (typeof TRIGGERS)[number][]);

/** False for an event that leaves everybody's rights as they were, or adds to them (`web/guard/void-rights.ts`). */
export const mayWithdraw = ({ name, payload }: TrimmedEvent): boolean =>
  !("action" in payload && WITHDRAWS_NOTHING.has(`${name}.${payload.action}`));

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
  NAMES.has(action === null ? event : `${event}.${action}`);

const NAMES: ReadonlySet<string> = new Set(TRIGGERS);
