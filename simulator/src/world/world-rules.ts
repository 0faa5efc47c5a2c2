/** A classic branch protection, in GraphQL's words. Allowances name accounts and teams by id, Apps by slug. */
export interface BranchProtection {
  readonly nodeId: string;
  readonly pattern: string;
  readonly isAdminEnforced: boolean;
  readonly requiresApprovingReviews: boolean;
  readonly requiredApprovingReviewCount: number | null;
  readonly requiresCodeOwnerReviews: boolean;
  readonly requireLastPushApproval: boolean;
  readonly lockBranch: boolean;
  readonly restrictsPushes: boolean;
  readonly blocksCreations: boolean;
  readonly mayPush: readonly RuleActor[];
  readonly maySkipReview: readonly RuleActor[];
}

export type RuleActor = { readonly user: number } | { readonly team: number } | { readonly app: string };

/** A ruleset of a repository, or of an organisation for all of its repositories. */
export interface Ruleset {
  readonly nodeId: string;
  readonly name: string;
  readonly target: "BRANCH" | "TAG" | "PUSH";
  readonly enforcement: "ACTIVE" | "EVALUATE" | "DISABLED";
  readonly source: { readonly type: "Repository" | "Organization"; readonly id: number };
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly rules: readonly { readonly type: string; readonly parameters: RuleParameters | null }[];
  readonly bypass: readonly RulesetBypass[];
}

export type RuleParameters =
  | {
      readonly type: "PullRequestParameters";
      readonly requiredApprovingReviewCount: number;
      readonly requireCodeOwnerReview: boolean;
      readonly requireLastPushApproval: boolean;
    }
  | { readonly type: "FilePathRestrictionParameters"; readonly restrictedFilePaths: readonly string[] };

export interface RulesetBypass {
  readonly mode: "ALWAYS" | "PULL_REQUEST";
  readonly who:
    | { readonly team: number }
    | { readonly app: string }
    | { readonly role: string }
    | "owners"
    | "deployKey";
}
