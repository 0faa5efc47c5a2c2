import type { Instant } from "../../../src/clock.ts";
import type { Comment, Issue, PullRequest, User } from "../world/world.ts";

/** Closes an issue, for a reason. */
export function closeIssue(
  issue: Issue,
  { at, reason = "completed" }: { readonly at: Instant; readonly reason?: NonNullable<Issue["stateReason"]> },
): void {
  issue.closedAt = at;
  issue.updatedAt = at;
  issue.stateReason = reason;
}

/** Somebody edits the text of a pull request, an issue or a comment: its writer, or who may. */
export function editText(text: PullRequest | Issue | Comment, edit: { readonly by: User; readonly at: Instant }): void {
  text.edits.push({ at: edit.at, byId: edit.by.id });
}

/** Somebody gives a pull request another title. */
export function rename(
  pullRequest: PullRequest,
  edit: { readonly by: User; readonly at: Instant; readonly title: string },
): void {
  pullRequest.title = edit.title;
  pullRequest.renamed.push({ at: edit.at, byId: edit.by.id });
}
