import type { SETTINGS_ENDPOINTS } from "../../src/github/octokit/transport/settings-endpoints.ts";

type Source = keyof typeof SETTINGS_ENDPOINTS;

/**
 * The closed list of what the tier for audits reads of an organisation's and a repository's settings, for the access
 * snapshot. Of accounts no more than the id and the login they are addressed by.
 */
export const ALLOWED_SETTINGS: Readonly<Record<Source, readonly string[]>> = {
  organizationRoles: ["roles", "id", "name", "base_role"],
  organizationRoleHolders: ["id", "login", "assignment", "inherited_from", "slug"],
  organizationApps: ["installations", "app_slug", "repository_selection", "permissions"],
  organizationTokens: [
    ...["owner", "id", "login", "repository_selection", "permissions", "repository"],
    ...["token_expires_at", "token_last_used_at"],
  ],
  organizationSecrets: ["secrets", "name", "visibility"],
  organizationSecretRepositories: ["repositories", "id"],
  runnerGroups: ["runner_groups", "id", "name", "visibility", "allows_public_repositories"],
  runnerGroupRepositories: ["repositories", "id"],
  runners: ["runners", "runner_group_id"],
  forkApproval: ["approval_policy"],
  repositorySecrets: ["secrets", "name"],
  environmentSecrets: ["secrets", "name"],
  environments: ["environments", "name", "protection_rules", "type", "deployment_branch_policy", "protected_branches"],
  environmentBranches: ["branch_policies", "name", "type"],
  repositoryInvitations: ["invitee", "login", "permissions", "created_at", "expired"],
};

/** What is called `name` there is a role's, a secret's, a group's, an environment's or a pattern's. */
export const NAMES_OF_THINGS: readonly Source[] = [
  ...(["organizationRoles", "organizationSecrets", "runnerGroups", "repositorySecrets"] as const),
  ...(["environmentSecrets", "environments", "environmentBranches"] as const),
];
