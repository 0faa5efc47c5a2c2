import type { Event } from "./workflow.ts";

/**
 * What an event lets somebody without write do. `target`: runs the default branch's file with its token and secrets;
 * `fork`: runs the fork's file with a read token and no secrets; `writer`: only people with write, or GitHub, cause it.
 */
export type Cause = "target" | "fork" | "writer";

/**
 * docs.github.com, "Events that trigger workflows". `workflow_run` follows runs that forks may have caused; wiki pages
 * are open to everybody in many public repositories; reviews run like `pull_request`.
 */
const CAUSES: Readonly<Record<string, Cause>> = {
  pull_request_target: "target",
  workflow_run: "target",
  issue_comment: "target",
  issues: "target",
  discussion: "target",
  discussion_comment: "target",
  fork: "target",
  watch: "target",
  gollum: "target",
  pull_request: "fork",
  pull_request_review: "fork",
  pull_request_review_comment: "fork",
};

export const causeOf = ({ name }: Event): Cause => (Object.hasOwn(CAUSES, name) ? CAUSES[name] : undefined) ?? "writer";

/** Events that hold a head which somebody without write pushed. */
export const HEAD_EVENTS = new Set(["pull_request_target", "workflow_run", "issue_comment", "issues"]);

/** Types of an event that only people with write, or the triage role, cause. */
const WRITER_TYPES = new Set(
  "labeled unlabeled assigned unassigned milestoned demilestoned locked unlocked pinned unpinned transferred".split(
    " ",
  ),
);

/** True when an event is kept to types that its cause cannot bring about alone: a label is set by people with triage. */
export function keptToWriters(event: Event): boolean {
  const types = event.filters.get("types") ?? [];
  return types.length > 0 && types.every((type) => WRITER_TYPES.has(type.toLowerCase()));
}
