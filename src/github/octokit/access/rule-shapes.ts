import { z } from "zod";
import { keyOf, type RepositoryKey } from "../../../access/keys.ts";
import type { Bypass, Protection, RuleActor, Ruleset } from "../../../access/reach/rules-schema.ts";
import { ROLES } from "../../../dossier/role.ts";
import { integer, labelOf, nodesOf, word } from "../transport/shapes.ts";

const actor = z
  .object({
    __typename: z.string(),
    databaseId: integer.brand<"AccountId">().nullish(),
    slug: z.string().nullish(),
    appSlug: z.string().nullish(),
  })
  .nullish();
type FoundActor = z.infer<typeof actor>;

const allowances = z.object({ totalCount: integer, nodes: nodesOf(z.object({ actor })) });

const protection = z.object({
  id: z.string(),
  pattern: z.string(),
  isAdminEnforced: z.boolean(),
  requiresApprovingReviews: z.boolean(),
  requiredApprovingReviewCount: integer.nullish(),
  requiresCodeOwnerReviews: z.boolean(),
  requireLastPushApproval: z.boolean(),
  lockBranch: z.boolean(),
  restrictsPushes: z.boolean(),
  blocksCreations: z.boolean(),
});
export type FoundProtection = z.infer<typeof protection>;
export const protections = z.object({ totalCount: integer, nodes: nodesOf(protection) });

/** For whom a protection makes an exception, asked for by its id. */
export const protectionAllowances = z.object({
  id: z.string(),
  pushAllowances: allowances,
  bypassPullRequestAllowances: allowances,
});
export type FoundAllowances = z.infer<typeof protectionAllowances>;

const parameters = z.object({
  requiredApprovingReviewCount: integer.nullish(),
  requireCodeOwnerReview: z.boolean().nullish(),
  requireLastPushApproval: z.boolean().nullish(),
  restrictedFilePaths: z.array(z.string()).nullish(),
});

const ruleset = z.object({
  id: z.string(),
  name: z.string(),
  target: word(["TAG", "PUSH", "REPOSITORY"], "BRANCH"),
  /** A word that is new stops nobody as far as is known. */
  enforcement: word(["ACTIVE", "EVALUATE"], "DISABLED"),
  source: z.object({ __typename: z.string() }),
  conditions: z.object({
    refName: z.object({ include: z.array(z.string()), exclude: z.array(z.string()) }).nullish(),
  }),
});
export type FoundRuleset = z.infer<typeof ruleset>;
export const rulesets = z.object({ totalCount: integer, nodes: nodesOf(ruleset) });

/** What a ruleset demands and who may bypass it, asked for by its id. */
export const rulesetRules = z.object({
  id: z.string(),
  rules: z.object({
    totalCount: integer,
    nodes: nodesOf(z.object({ type: z.string(), parameters: parameters.nullish() })),
  }),
  /** Null where GitHub does not show who may bypass it. */
  bypassActors: z
    .object({
      totalCount: integer,
      nodes: nodesOf(
        z.object({
          bypassMode: word(["PULL_REQUEST"], "ALWAYS"),
          organizationAdmin: z.boolean(),
          enterpriseOwner: z.boolean(),
          deployKey: z.boolean(),
          repositoryRoleName: z.string().nullish(),
          actor,
        }),
      ),
    })
    .nullish(),
});
export type FoundRules = z.infer<typeof rulesetRules>;

/** Exceptions that nobody asked for are none: the protection has no rule that they would be from. */
export const protectionOf = (
  repository: RepositoryKey,
  found: FoundProtection,
  exceptions: FoundAllowances | undefined,
): Protection => ({
  repository,
  pattern: labelOf(found.pattern),
  requiresPullRequest: found.requiresApprovingReviews,
  approvals: found.requiredApprovingReviewCount ?? 0,
  codeOwners: found.requiresCodeOwnerReviews,
  lastPushApproval: found.requireLastPushApproval,
  locked: found.lockBranch,
  restrictsPushes: found.restrictsPushes,
  blocksCreations: found.blocksCreations,
  enforcedForAdmins: found.isAdminEnforced,
  pushAllowances: (exceptions?.pushAllowances.nodes ?? []).flatMap((each) => actorOf(each.actor)),
  bypassPullRequestAllowances: (exceptions?.bypassPullRequestAllowances.nodes ?? []).flatMap((each) =>
    actorOf(each.actor),
  ),
});

function actorOf(found: FoundActor): RuleActor[] {
  if (found?.databaseId) return [{ kind: "account", account: keyOf(found.databaseId) }];
  if (found?.slug) return [{ kind: "team", team: found.slug }];
  return found?.appSlug ? [{ kind: "app", app: found.appSlug }] : [];
}

const LEVELS: ReadonlyMap<string, Ruleset["level"]> = new Map([
  ["Organization", "organization"],
  ["Enterprise", "enterprise"],
]);
const TARGETS = { BRANCH: "branch", TAG: "tag", PUSH: "push", REPOSITORY: "push" } as const;
const ENFORCEMENTS = { ACTIVE: "active", EVALUATE: "evaluate", DISABLED: "disabled" } as const;

export const rulesetOf = (found: FoundRuleset, inside: FoundRules, repositories: RepositoryKey[]): Ruleset => ({
  name: labelOf(found.name),
  level: LEVELS.get(found.source.__typename) ?? "repository",
  repositories,
  target: TARGETS[found.target],
  enforcement: ENFORCEMENTS[found.enforcement],
  include: (found.conditions.refName?.include ?? []).map(labelOf),
  exclude: (found.conditions.refName?.exclude ?? []).map(labelOf),
  rules: inside.rules.nodes.flatMap(ruleOf),
  bypass: (inside.bypassActors?.nodes ?? []).flatMap(bypassOf),
});

/** A rule that decides who reaches what; the others stop nobody. */
function ruleOf({ type, parameters: given }: FoundRules["rules"]["nodes"][number]): Ruleset["rules"] {
  if (type === "UPDATE" || type === "LOCK_BRANCH") return [{ type: "update" }];
  if (type === "CREATION") return [{ type: "creation" }];
  if (type === "MERGE_QUEUE") return [{ type: "merge_queue" }];
  if (type === "WORKFLOW_UPDATES") return [{ type: "file_path_restriction", paths: [".github/workflows/**/*"] }];
  if (type === "FILE_PATH_RESTRICTION")
    return [{ type: "file_path_restriction", paths: (given?.restrictedFilePaths ?? []).map(labelOf) }];
  if (type !== "PULL_REQUEST") return [];
  return [
    {
      type: "pull_request",
      approvals: given?.requiredApprovingReviewCount ?? 0,
      codeOwners: given?.requireCodeOwnerReview ?? false,
      lastPushApproval: given?.requireLastPushApproval ?? false,
    },
  ];
}

type FoundBypass = NonNullable<FoundRules["bypassActors"]>["nodes"][number];

function bypassOf(found: FoundBypass): Bypass[] {
  const mode = found.bypassMode === "PULL_REQUEST" ? "pull_request" : "always";
  const role = ROLES.find((each) => each === found.repositoryRoleName);
  if (found.organizationAdmin) return [{ mode, who: { kind: "organization_owner" } }];
  if (found.deployKey) return [{ mode, who: { kind: "deploy_key" } }];
  if (role !== undefined) return [{ mode, who: { kind: "role", role } }];
  return actorOf(found.actor).map((who) => ({ mode, who }));
}
