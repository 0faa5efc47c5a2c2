import { z } from "zod";
import { type Endpoint, endpoint } from "./endpoint.ts";
import { instant, integer, word } from "./shapes.ts";

/** A plan that does not have the thing refuses the question as invalid: trying again would change nothing. */
const setting = <T>(route: string, schema: z.ZodType<T>): Endpoint<T> => ({
  ...endpoint(route, schema),
  invalidMeans: "not_found",
});

/** A list that GitHub wraps in an object, as the list. */
const wrapped = <Name extends string, Item>(name: Name, item: z.ZodType<Item>) =>
  z.object({ [name]: z.array(item) }).transform((whole): readonly Item[] => whole[name] ?? []);

const ROLE_WORDS = ["read", "triage", "write", "maintain", "admin"] as const;
const named = z.object({ name: z.string() });
const inRepositories = word(["all", "private"], "selected");
const covered = wrapped("repositories", z.object({ id: integer.brand<"RepositoryId">() }));
/** What a token or an App may do, by permission name. */
const permissions = z.record(z.string(), z.string());

/**
 * What an organisation and its repositories have set up, as the tier for audits reads it. Of secrets the names, never
 * values; of tokens neither name nor number.
 */
export const SETTINGS_ENDPOINTS = {
  organizationRoles: setting(
    "GET /orgs/{org}/organization-roles",
    wrapped("roles", z.object({ id: integer, name: z.string(), base_role: word(ROLE_WORDS, null).nullish() })),
  ),
  organizationRoleHolders: setting(
    "GET /orgs/{org}/organization-roles/{role_id}/users",
    z.array(
      z.object({
        id: integer.brand<"AccountId">(),
        login: z.string(),
        assignment: word(["direct", "indirect", "mixed"], "direct").nullish(),
        inherited_from: z.array(z.object({ slug: z.string() })).nullish(),
      }),
    ),
  ),
  organizationApps: setting(
    "GET /orgs/{org}/installations",
    wrapped(
      "installations",
      z.object({ app_slug: z.string(), repository_selection: word(["all"], "selected"), permissions }),
    ),
  ),
  organizationTokens: setting(
    "GET /orgs/{org}/personal-access-tokens",
    z.array(
      z.object({
        owner: z.object({ id: integer.brand<"AccountId">(), login: z.string() }),
        repository_selection: word(["all", "none"], "subset"),
        permissions: z.object({ repository: permissions.nullish() }),
        token_expires_at: instant.nullish(),
        token_last_used_at: instant.nullish(),
      }),
    ),
  ),
  organizationSecrets: setting(
    "GET /orgs/{org}/actions/secrets",
    wrapped("secrets", z.object({ name: z.string(), visibility: inRepositories })),
  ),
  organizationSecretRepositories: setting("GET /orgs/{org}/actions/secrets/{secret_name}/repositories", covered),
  runnerGroups: setting(
    "GET /orgs/{org}/actions/runner-groups",
    wrapped(
      "runner_groups",
      z.object({ id: integer, name: z.string(), visibility: inRepositories, allows_public_repositories: z.boolean() }),
    ),
  ),
  runnerGroupRepositories: setting("GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories", covered),
  runners: setting(
    "GET /orgs/{org}/actions/runners",
    wrapped("runners", z.object({ runner_group_id: integer.nullish() })),
  ),
  forkApproval: setting(
    "GET /repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval",
    z.object({ approval_policy: z.string() }),
  ),
  repositorySecrets: setting("GET /repos/{owner}/{repo}/actions/secrets", wrapped("secrets", named)),
  environmentSecrets: setting(
    "GET /repos/{owner}/{repo}/environments/{environment_name}/secrets",
    wrapped("secrets", named),
  ),
  environments: setting(
    "GET /repos/{owner}/{repo}/environments",
    wrapped(
      "environments",
      z.object({
        name: z.string(),
        protection_rules: z.array(z.object({ type: z.string() })).nullish(),
        deployment_branch_policy: z.object({ protected_branches: z.boolean() }).nullish(),
      }),
    ),
  ),
  environmentBranches: setting(
    "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies",
    wrapped("branch_policies", z.object({ name: z.string(), type: word(["tag"], "branch").nullish() })),
  ),
  // The address an invitation went to, and whoever sent it, are dropped here.
  repositoryInvitations: setting(
    "GET /repos/{owner}/{repo}/invitations",
    z.array(
      z.object({
        invitee: z.object({ login: z.string() }).nullable(),
        permissions: word(ROLE_WORDS, null),
        created_at: instant,
        expired: z.boolean().nullish(),
      }),
    ),
  ),
} as const;
