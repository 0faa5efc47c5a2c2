import type { Uses } from "./workflow.ts";

/** One rule of GitHub's that decides what a workflow file can do, from the day it holds. */
export interface PlatformRule {
  readonly id:
    | "target_runs_default_branch"
    | "checkout_refuses_fork_heads"
    | "checkout_tags_refuse_fork_heads"
    | "target_blocked_in_public";
  /** UTC date. */
  readonly from: string;
  readonly effect: string;
  readonly source: string;
}

/**
 * The rules, oldest first: the next change of GitHub's is one line here. Dates of the checkout action are those of its
 * tags in its repository.
 */
export const PLATFORM_RULES: readonly PlatformRule[] = [
  {
    id: "target_runs_default_branch",
    from: "2025-12-08",
    effect: "pull_request_target runs the default branch's file, whatever the pull request's base is",
    source:
      "https://github.blog/changelog/2025-11-07-actions-pull_request_target-and-environment-branch-protections-changes",
  },
  {
    id: "checkout_refuses_fork_heads",
    from: "2026-06-17",
    effect: "actions/checkout v7 refuses a fork's head under pull_request_target and workflow_run",
    source: "https://github.com/actions/checkout/pull/2454",
  },
  {
    id: "checkout_tags_refuse_fork_heads",
    from: "2026-07-16",
    effect: "the tags v2 to v6 of actions/checkout refuse them too",
    source: "https://github.com/actions/checkout/pull/2500",
  },
  {
    id: "target_blocked_in_public",
    from: "2026-12-02",
    effect: "GitHub's default execution policy blocks pull_request_target in public repositories",
    source: "https://docs.github.com/en/actions/reference/security/securely-using-pull_request_target",
  },
];

/** True where a rule holds at a moment, UTC ISO 8601. */
export const holds = (id: PlatformRule["id"], at: string): boolean =>
  PLATFORM_RULES.some((rule) => rule.id === id && rule.from <= at.slice(0, 10));

/** First version of each major line of actions/checkout that refuses fork heads; line 1 never got it. */
const GUARDED_FROM: readonly (readonly [major: number, minor: number])[] = [
  [2, 8],
  [3, 7],
  [4, 4],
  [5, 1],
  [6, 1],
  [7, 0],
];

/** The commits of those versions, by their first twelve digits. */
const GUARDED_COMMITS = new Set([
  "0717577d4573", // v2.8.0
  "a37ce9120846", // v3.7.0
  "11d5960a3267", // v4.4.0
  "fbc6f3992d24", // v5.1.0
  "d23441a48e51", // v6.1.0
  "9c091bb21b7c", // v7.0.0
  "3d3c42e5aac5", // v7.0.1
]);

/** True when this version of actions/checkout refuses a fork's head by itself. A pin counts by its commit or comment. */
export function checkoutRefusesForks({ ref, pinned, comment }: Uses, at: string): boolean {
  if (ref === null) return false;
  if (pinned && GUARDED_COMMITS.has(ref.slice(0, 12).toLowerCase())) return holds("checkout_refuses_fork_heads", at);
  if (ref === "main") return holds("checkout_refuses_fork_heads", at);
  const [, major, minor] = /^v?(\d{1,4})(?:\.(\d{1,4}))?/.exec((pinned ? comment : ref) ?? "") ?? [];
  if (major === undefined) return false;
  const line = GUARDED_FROM.find(([number]) => number === Number(major));
  if (Number(major) > 7) return holds("checkout_refuses_fork_heads", at);
  // The tag of a line moves to its newest version; a pin stays, so its comment must name one that is new enough.
  const newEnough = line !== undefined && (minor === undefined ? !pinned : Number(minor) >= line[1]);
  return newEnough && holds(line[0] === 7 ? "checkout_refuses_fork_heads" : "checkout_tags_refuse_fork_heads", at);
}
