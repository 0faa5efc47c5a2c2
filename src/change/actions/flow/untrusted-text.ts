import type { Flow } from "../expression.ts";

/** Text that somebody else chose, on its way into a place of a run. */
export interface Carried {
  /** The context it began as, or the output it came by. */
  readonly from: string;
  /** False where it went through `env`, an output or an input before. */
  readonly direct: boolean;
}

/**
 * Contexts whose text somebody without write can choose: docs.github.com, "Security hardening", and the webhook
 * payloads. `*` stands for one name or index. Numbers, hashes, logins and states are left out: they hold no syntax.
 */
const WRITABLE: readonly string[] = [
  "github.head_ref",
  "github.event.issue.title",
  "github.event.issue.body",
  "github.event.comment.body",
  "github.event.review.body",
  "github.event.review_comment.body",
  "github.event.discussion.title",
  "github.event.discussion.body",
  "github.event.pages.*.page_name",
  "github.event.pages.*.title",
  "github.event.pull_request.title",
  "github.event.pull_request.body",
  ...["ref", "label", "repo.default_branch", "repo.description", "repo.homepage"].map(
    (name) => `github.event.pull_request.head.${name}`,
  ),
  "github.event.changes.title.from",
  "github.event.changes.body.from",
  ...["commits.*", "head_commit", "workflow_run.head_commit"].flatMap((commit) =>
    ["message", "author.name", "author.email", "committer.name", "committer.email"].map(
      (name) => `github.event.${commit}.${name}`,
    ),
  ),
  "github.event.workflow_run.head_branch",
  "github.event.workflow_run.display_title",
  "github.event.workflow_run.head_repository.description",
  "github.event.workflow_run.pull_requests.*.head.ref",
  "github.event.merge_group.head_commit.message",
];

const PATTERNS = WRITABLE.map((pattern) => pattern.split("."));

/** The writable context that a flow carries, as its path; null when it carries none. */
export function writableBy({ path, whole }: Flow): string | null {
  const found = PATTERNS.find(
    (pattern) =>
      (path.length === pattern.length || (whole && path.length < pattern.length && path.length > 0)) &&
      path.every((name, index) => name === "*" || pattern[index] === "*" || name === pattern[index]),
  );
  return found && path[0] === "github" ? path.join(".") : null;
}

/** The same for an expression that cannot be parsed, which GitHub may read all the same: any writable context in it. */
export function writableIn(text: string): string | null {
  const dotted = text
    .toLowerCase()
    .replace(/\s{1,1000}/g, "")
    .replace(/\[['"]([\w*-]{1,60})['"]\]/g, ".$1");
  return WRITABLE.find((pattern) => dotted.includes(pattern.split(".*", 1)[0] ?? pattern)) ?? null;
}

/**
 * Outputs of well-known actions that carry text which others chose: file and branch names, titles, comments. From
 * their own documentation; `*` for all outputs.
 */
const ACTION_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  "tj-actions/changed-files": ["*"],
  "tj-actions/branch-names": ["current_branch", "head_ref_branch", "ref_branch"],
  "tj-actions/verify-changed-files": ["changed_files", "changed-files"],
  "step-security/changed-files": ["*"],
  "jitterbit/get-changed-files": ["*"],
  "masesgroup/retrieve-changed-files": ["*"],
  "ahmadnassri/action-changed-files": ["files", "json"],
  "trilom/file-changes-action": ["files", "files_added", "files_modified", "files_removed"],
  "dorny/paths-filter": ["*_files"],
  "tj-actions/glob": ["paths"],
  "lots0logs/gh-action-get-changed-files": ["*"],
  "xt0rted/pull-request-comment-branch": ["head_ref"],
  "alessbell/pull-request-comment-branch": ["head_ref"],
  "gotson/pull-request-comment-branch": ["head_ref"],
  "eficode/resolve-pr-refs": ["head_ref"],
  "potiuk/get-workflow-origin": ["sourceheadbranch"],
  "khan/pull-request-comment-trigger": ["comment_body"],
  "shanegenschaw/pull-request-comment-trigger": ["comment_body"],
  "peter-murray/issue-body-parser-action": ["*"],
  "peter-murray/issue-forms-body-parser": ["*"],
  "zentered/issue-forms-body-parser": ["*"],
  "stefanbuck/github-issue-parser": ["*"],
  "github/issue-parser": ["*"],
  "issue-ops/parser": ["*"],
  "actions-ecosystem/action-regex-match": ["match", "group1", "group2", "group3"],
  "jwalton/gh-find-current-pr": ["title", "body"],
  "8bitjonny/gh-get-current-pr": ["pr_title", "pr_body", "pr_head_ref"],
  "amannn/action-semantic-pull-request": ["error_message"],
};

/** What an output of an action carries, in words; null when nothing is known of it. */
export function outputCarries(action: string, output: string): string | null {
  const outputs = Object.hasOwn(ACTION_OUTPUTS, action) ? (ACTION_OUTPUTS[action] ?? []) : [];
  const carries = outputs.some(
    (pattern) =>
      pattern === "*" || pattern === output || (pattern.startsWith("*") && output.endsWith(pattern.slice(1))),
  );
  // Booleans and counts of the same actions.
  return carries && !/^any_|_count$|^matched$/.test(output) ? `an output of ${action}` : null;
}
