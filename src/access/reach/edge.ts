import type { Source } from "../effective.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";

/** What an account can do that a team might believe it cannot. */
export const CANS = [
  "push",
  "create_branch",
  "edit_protection",
  "bypass_review",
  "approve_own_change",
  "create_tag",
  "start_workflow",
  "read_secret",
  "use_runner",
  "mint_oidc",
  "publish_package",
  "write_cache",
  "approve_fork_run",
] as const;
export type Can = (typeof CANS)[number];

/** Why: what lets it. The first names are GitHub's own for the settings that decide. */
export const REASONS = [
  "no_protection",
  "admin",
  "bypass_branch_protection",
  "bypass_pr_allowance",
  "push_protected_branch",
  "push_allowance",
  "ruleset_bypass",
  "edit_repo_protections",
  "organization_owner",
  "no_review_required",
  "last_push_approval_off",
  "create_branch",
  "push",
  "write_role",
  "start_agent",
] as const;
export type Reason = (typeof REASONS)[number];

/** One thing that somebody can do somewhere. */
export interface ReachEdge {
  /** Null for every member, by the base permission. */
  readonly account: AccountKey | null;
  readonly repository: RepositoryKey;
  /** The branch it is about, or the pattern of those that can be made; null for any, or where it is about none. */
  readonly branch: string | null;
  readonly can: Can;
  readonly reason: Reason;
  /** How the role is held that all of it needs. */
  readonly via: readonly Source[];
  /** What is reached (a secret, a runner), or the rule that is passed; null where there is none. */
  readonly target: string | null;
}

/** A verdict before it is somebody's: why, and which rule was passed. */
export interface Way {
  readonly reason: Reason;
  readonly rule: string | null;
}
