import { z } from "zod";
import { UNPRINTABLE } from "../../characters.ts";
import { ROLES } from "../../dossier/role.ts";

/** GitHub's ids are decimal, but an offline file may carry any label: visible ASCII, compared as text. */
const id = z.string().regex(/^[!-~]{1,100}$/, "is not an id");
export const account = id.brand<"AccountId">();
export const repository = id.brand<"RepositoryId">();
/** A name that somebody gave: one printable line. */
export const name = z
  .string()
  .regex(new RegExp(`^[^${UNPRINTABLE}]{1,255}$`, "u"), "is not a printable text of 1 to 255 characters");

/** Somebody or something that a rule makes an exception for. Apps and deploy keys are kept: they are no account. */
const actor = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("account"), account }),
  z.object({ kind: z.literal("team"), team: name }),
  z.object({ kind: z.literal("app"), app: name }),
]);

const bypass = z.object({
  /** `pull_request` passes the rules of a pull request when it merges, and no others. */
  mode: z.enum(["always", "pull_request"]),
  who: z.discriminatedUnion("kind", [
    ...actor.options,
    z.object({ kind: z.literal("role"), role: z.enum(ROLES) }),
    z.object({ kind: z.literal("organization_owner") }),
    z.object({ kind: z.literal("deploy_key") }),
  ]),
});

/** Rules that decide who reaches what; those of other types (signatures, names, linear history) stop nobody. */
export const RULE_TYPES = ["pull_request", "update", "creation", "merge_queue", "file_path_restriction"] as const;

const rule = z.object({
  type: z.enum(RULE_TYPES),
  /** Of `pull_request`: how many approvals. */
  approvals: z.int().nonnegative().exactOptional(),
  /** Of `pull_request`: the owner of what changes must approve. */
  codeOwners: z.boolean().exactOptional(),
  /** Of `pull_request`: somebody other than who pushed last must approve. */
  lastPushApproval: z.boolean().exactOptional(),
  /** Of `file_path_restriction`: paths that nobody may push. */
  paths: z.array(name).exactOptional(),
});

/** Whose pull requests from a fork wait for somebody before their workflows run, in GitHub's words, fewest first. */
export const FORK_APPROVALS = [
  "first_time_contributors_new_to_github",
  "first_time_contributors",
  "all_external_contributors",
] as const;

/** Where a secret or a runner can be used. */
const inRepositories = z.union([z.literal("all"), z.array(repository)]);

const entry = {
  teams: z.object({ slug: name, parent: name.nullable(), members: z.array(account) }),
  branches: z.object({ repository, name }),
  protections: z.object({
    repository,
    pattern: name,
    requiresPullRequest: z.boolean().exactOptional(),
    approvals: z.int().nonnegative().exactOptional(),
    codeOwners: z.boolean().exactOptional(),
    lastPushApproval: z.boolean().exactOptional(),
    locked: z.boolean().exactOptional(),
    restrictsPushes: z.boolean().exactOptional(),
    blocksCreations: z.boolean().exactOptional(),
    enforcedForAdmins: z.boolean().exactOptional(),
    pushAllowances: z.array(actor).exactOptional(),
    bypassPullRequestAllowances: z.array(actor).exactOptional(),
  }),
  rulesets: z.object({
    name,
    level: z.enum(["repository", "organization", "enterprise"]),
    repositories: inRepositories,
    target: z.enum(["branch", "tag", "push"]),
    enforcement: z.enum(["active", "evaluate", "disabled"]),
    include: z.array(name),
    exclude: z.array(name),
    rules: z.array(rule),
    bypass: z.array(bypass),
  }),
  secrets: z.object({
    name,
    scope: z.enum(["repository", "organization", "environment", "agents"]),
    repositories: inRepositories,
    environment: name.exactOptional(),
  }),
  environments: z.object({
    repository,
    name,
    reviewers: z.boolean(),
    /** Which branches may deploy: all, those with a protection, or those that fit a pattern. */
    branches: z.union([z.enum(["all", "protected"]), z.array(name)]),
  }),
  runners: z.object({ name, repositories: inRepositories }),
  actions: z.object({
    repository,
    forkApproval: z.enum(FORK_APPROVALS).exactOptional(),
    checksOutForks: z.boolean().exactOptional(),
    publishes: z.boolean().exactOptional(),
  }),
  rulesUnread: repository,
};

const LIMITS = {
  ...{ teams: 50_000, branches: 1_000_000, protections: 500_000, rulesets: 100_000 },
  ...{ secrets: 500_000, environments: 500_000, runners: 100_000, actions: 100_000, rulesUnread: 100_000 },
} as const;

const list = <Of extends z.ZodType>(of: Of, limit: number) => z.array(of).max(limit).exactOptional();

/** What an access file may say beside roles: what guards branches, and what a branch reaches. Absent: nobody looked. */
export const ruleLists = {
  teams: list(entry.teams, LIMITS.teams),
  branches: list(entry.branches, LIMITS.branches),
  protections: list(entry.protections, LIMITS.protections),
  rulesets: list(entry.rulesets, LIMITS.rulesets),
  secrets: list(entry.secrets, LIMITS.secrets),
  environments: list(entry.environments, LIMITS.environments),
  runners: list(entry.runners, LIMITS.runners),
  actions: list(entry.actions, LIMITS.actions),
  rulesUnread: list(entry.rulesUnread, LIMITS.rulesUnread),
};

/** The same with their entries unread. */
export const unreadRuleLists = Object.fromEntries(
  Object.entries(LIMITS).map(([name, limit]) => [name, list(z.unknown(), limit)]),
);

/** Reads the lists that a document has, each by `read`, which takes its name and what an entry looks like. */
export function readRules(
  json: unknown,
  read: <Of extends z.ZodType>(list: keyof typeof LIMITS, of: Of) => readonly z.infer<Of>[],
): AccessRules {
  const has = (name: keyof typeof LIMITS): boolean =>
    typeof json === "object" && json !== null && Object.hasOwn(json, name);
  return {
    ...(has("teams") && { teams: read("teams", entry.teams) }),
    ...(has("branches") && { branches: read("branches", entry.branches) }),
    ...(has("protections") && { protections: read("protections", entry.protections) }),
    ...(has("rulesets") && { rulesets: read("rulesets", entry.rulesets) }),
    ...(has("secrets") && { secrets: read("secrets", entry.secrets) }),
    ...(has("environments") && { environments: read("environments", entry.environments) }),
    ...(has("runners") && { runners: read("runners", entry.runners) }),
    ...(has("actions") && { actions: read("actions", entry.actions) }),
    ...(has("rulesUnread") && { rulesUnread: read("rulesUnread", entry.rulesUnread) }),
  };
}

/** Permissions that a custom role may add to the role that it extends, where they decide about rules. */
export const EXTRA_PERMISSIONS = [
  "bypass_branch_protection",
  "push_protected_branch",
  "edit_repo_protections",
] as const;
export type ExtraPermission = (typeof EXTRA_PERMISSIONS)[number];

type Lists = { readonly [List in keyof typeof entry]: readonly z.infer<(typeof entry)[List]>[] };
/** What guards branches, and what a branch reaches; a list that nobody read is absent. */
export type AccessRules = Partial<Lists>;
export type Protection = Lists["protections"][number];
export type Ruleset = Lists["rulesets"][number];
export type RuleActor = z.infer<typeof actor>;
export type Bypass = z.infer<typeof bypass>;
export type Environment = Lists["environments"][number];
