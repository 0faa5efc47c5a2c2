/**
 * Whether a body carries a key that another event is known by. The event's name is an unsigned header, and a
 * `pull_request` or `member` body also has all that a `repository` event needs; a schema alone would take it.
 * Keys that GitHub adds one day are in no list and pass.
 */
export function carriesForeignKey(name: string, body: object): boolean {
  const own = OWN_KEYS.get(name);
  return Object.keys(body).some((key) => DISTINGUISHING_KEYS.has(key) && !own?.includes(key));
}

/** Distinguishing keys that the event itself may carry. */
const OWN_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ["pull_request", ["pull_request", "label", "milestone"]],
  ["member", ["member"]],
  ["check_run", ["check_run"]],
  ["check_suite", ["check_suite"]],
  ["installation_repositories", ["repositories_added", "repositories_removed"]],
]);

/** Top-level keys that only some events have, from GitHub's webhook schemas (@octokit/openapi-webhooks 12.1) and older servers' examples. */
const DISTINGUISHING_KEYS: ReadonlySet<string> = new Set([
  "alert",
  "answer",
  "blocked_issue",
  "blocked_user",
  "blocking_issue",
  "branch",
  "branches",
  "build",
  "check_run",
  "check_suite",
  "client_payload",
  "comment",
  "commit",
  "content_reference",
  "definition",
  "deployment",
  "deployment_status",
  "discussion",
  "environment",
  "forkee",
  "hook",
  "inputs",
  "invitation",
  "issue",
  "key",
  "label",
  "marketplace_purchase",
  "member",
  "membership",
  "merge_group",
  "milestone",
  "new_property_values",
  "package",
  "pages",
  "parent_issue",
  "personal_access_token_request",
  "project",
  "project_card",
  "project_column",
  "projects_v2",
  "projects_v2_item",
  "projects_v2_status_update",
  "pull_request",
  "pusher",
  "pusher_type",
  "ref",
  "registry_package",
  "release",
  "repositories_added",
  "repositories_removed",
  "repository_advisory",
  "repository_ruleset",
  "review",
  "rule",
  "scope",
  "security_advisory",
  "sponsorship",
  "starred_at",
  "status",
  "sub_issue",
  "target_type",
  "team",
  "thread",
  "workflow",
  "workflow_job",
  "workflow_run",
  "zen",
]);
