import { z } from "zod";

/**
 * The webhook payloads Sallyport handles, cut to the fields it uses. Parsing is the trimming: zod drops what is
 * not named here, so titles, bodies, names, e-mails and avatars of a payload never reach the database.
 */
const positive = z.number().int().positive();
const installationId = positive.brand<"InstallationId">();
const repositoryId = positive.brand<"RepositoryId">();
const account = z.object({
  id: positive.brand<"AccountId">(),
  login: text(100),
  node_id: text(200),
  type: text(20),
});
const repository = z.object({
  id: repositoryId,
  node_id: text(200),
  name: text(100),
  default_branch: text(255).optional(),
  owner: account,
});
const installation = z.object({ id: installationId }).optional();
const sender = account.optional();
const organization = z.object({ id: z.number().int().positive(), login: text(100) }).optional();
const common = { installation, sender, organization };
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

const pullRequest = z.object({
  ...common,
  action: text(40),
  number: z.number().int().positive(),
  /** `base` is present when the pull request was pointed at another branch; what it was is of no use here. */
  changes: z.object({ base: z.object({}).optional() }).optional(),
  repository,
  pull_request: z.object({
    node_id: text(200),
    number: z.number().int().positive(),
    state: text(10),
    draft: z.boolean().optional(),
    author_association: text(40),
    created_at: text(40),
    updated_at: text(40),
    user: account.nullable(),
    head: z.object({ sha, repo: z.object({ id: z.number().int() }).nullable() }),
    base: z.object({ ref: text(255), sha }),
  }),
});

const member = z.object({
  ...common,
  action: z.enum(["added", "edited", "removed"]),
  repository,
  member: account.nullable(),
  changes: z
    .object({
      role_name: z.object({ from: text(100).nullish(), to: text(100).nullish() }).optional(),
      permission: z.object({ from: text(40).nullish(), to: text(40).nullish() }).optional(),
      old_permission: z.object({ from: text(40) }).optional(),
    })
    .optional(),
});

/** Empty for forks, so jobs go by head SHA; a commit that heads more pull requests than this is still accepted. */
const pullRequestNumbers = z
  .array(z.object({ number: z.number().int().positive() }))
  .transform((list) => list.slice(0, 100));

const checkRun = z.object({
  ...common,
  action: text(40),
  repository,
  requested_action: z.object({ identifier: text(20) }).nullish(),
  check_run: z.object({
    id: z.number().int().positive(),
    head_sha: sha,
    app: z.object({ id: z.number().int() }).nullish(),
    pull_requests: pullRequestNumbers,
  }),
});

const checkSuite = z.object({
  ...common,
  action: text(40),
  repository,
  check_suite: z.object({
    id: z.number().int().positive(),
    head_sha: sha,
    /** Null for a fork's branch. */
    head_branch: text(1_000).nullish(),
    /** Where the branch stood before the push that made the suite; forty zeros where it was not there. */
    before: text(100).nullish(),
    app: z.object({ id: z.number().int() }).nullish(),
    pull_requests: pullRequestNumbers,
  }),
});

/** Of a push no more than which branch moved, from where to where. */
const push = z.object({
  ...common,
  ref: text(1_000),
  before: sha,
  after: sha,
  deleted: z.boolean(),
  repository,
});

const installationRepository = z.object({ id: z.number().int().brand<"RepositoryId">(), name: text(100) });
const fullInstallation = z.object({
  id: installationId,
  /** An enterprise has a slug where organizations and users have a login. */
  account: account.partial({ login: true, type: true }).extend({ slug: text(100).optional() }),
  permissions: z.record(text(100), text(20)).optional(),
});

const installationEvent = z.object({
  sender,
  action: text(40),
  installation: fullInstallation,
});

const installationRepositories = z.object({
  sender,
  action: z.enum(["added", "removed"]),
  installation: fullInstallation,
  repositories_added: z.array(installationRepository),
  repositories_removed: z.array(installationRepository),
});

/** Closed, because `watch` and `branch_protection_configuration` bodies have this very shape: only the action tells. */
const repositoryAction = z.enum([
  "created",
  "deleted",
  "archived",
  "unarchived",
  "edited",
  "renamed",
  "transferred",
  "publicized",
  "privatized",
]);
const repositoryEvent = z.object({ ...common, action: repositoryAction, repository });

/** Closed for the same reason: every event has a sender. */
const authorizationRevoked = z.object({ action: z.literal("revoked"), sender: account });

/** Of one that is gone GitHub may say no more than its id. Who joined or left, and what changed, is asked for. */
const teamRef = z.object({ id: positive, node_id: text(200).optional(), slug: text(200).optional() });
const membership = z.object({ ...common, action: z.enum(["added", "removed"]), scope: text(20), team: teamRef });
const team = z.object({
  ...common,
  action: z.enum(["created", "deleted", "edited", "added_to_repository", "removed_from_repository"]),
  team: teamRef,
});
/** Closed, and without a repository: else a body of many an event would do. Of an address that was invited nothing is kept. */
const organizationEvent = z.object({
  ...common,
  action: z.enum(["deleted", "renamed", "member_added", "member_invited", "member_removed"]),
  organization: z.object({ id: z.number().int().positive(), login: text(100) }),
  repository: z.undefined().optional(),
  membership: z.object({ user: account.pick({ id: true, login: true }).nullish() }).optional(),
  user: account.pick({ id: true, login: true }).nullish(),
});

/** Rules and keys: that something changed, and where. Whose key, token or rule it is says the next audit. */
const ofRules = {
  installation,
  organization,
  action: text(40),
  repository: z.object({ id: repositoryId }).optional(),
};
const deployKey = z.object({ ...ofRules, key: z.object({}), repository: z.object({ id: repositoryId }) });
const ruleset = z.object({ ...ofRules, repository_ruleset: z.object({}) });
const protectionRule = z.object({ ...ofRules, rule: z.object({}), repository: z.object({ id: repositoryId }) });
const tokenRequest = z.object({ ...ofRules, personal_access_token_request: z.object({}) });

/** The schema of each event by its `X-GitHub-Event` name; a Map, so that no header value can reach a prototype. */
export const EVENT_SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ["pull_request", pullRequest],
  ["member", member],
  ["check_run", checkRun],
  ["check_suite", checkSuite],
  ["push", push],
  ["installation", installationEvent],
  ["installation_repositories", installationRepositories],
  ["repository", repositoryEvent],
  ["membership", membership],
  ["team", team],
  ["organization", organizationEvent],
  ["deploy_key", deployKey],
  ["repository_ruleset", ruleset],
  ["branch_protection_rule", protectionRule],
  ["personal_access_token_request", tokenRequest],
  ["github_app_authorization", authorizationRevoked],
]);

export type PullRequestEvent = z.infer<typeof pullRequest>;
export type MemberEvent = z.infer<typeof member>;
export type CheckRunEvent = z.infer<typeof checkRun>;
export type CheckSuiteEvent = z.infer<typeof checkSuite>;
export type PushEvent = z.infer<typeof push>;
export type InstallationEvent = z.infer<typeof installationEvent>;
export type InstallationRepositoriesEvent = z.infer<typeof installationRepositories>;
export type RepositoryEvent = z.infer<typeof repositoryEvent>;
export type MembershipEvent = z.infer<typeof membership>;
export type TeamEvent = z.infer<typeof team>;
export type OrganizationEvent = z.infer<typeof organizationEvent>;
export type RulesEvent = Pick<z.infer<typeof ruleset>, keyof typeof ofRules>;
export type AuthorizationRevokedEvent = z.infer<typeof authorizationRevoked>;

/** A delivery's event with the payload that fits its name. */
export type TrimmedEvent =
  | { readonly name: "pull_request"; readonly payload: PullRequestEvent }
  | { readonly name: "member"; readonly payload: MemberEvent }
  | { readonly name: "check_run"; readonly payload: CheckRunEvent }
  | { readonly name: "check_suite"; readonly payload: CheckSuiteEvent }
  | { readonly name: "push"; readonly payload: PushEvent }
  | { readonly name: "installation"; readonly payload: InstallationEvent }
  | { readonly name: "installation_repositories"; readonly payload: InstallationRepositoriesEvent }
  | { readonly name: "repository"; readonly payload: RepositoryEvent }
  | { readonly name: "membership"; readonly payload: MembershipEvent }
  | { readonly name: "team"; readonly payload: TeamEvent }
  | { readonly name: "organization"; readonly payload: OrganizationEvent }
  | { readonly name: "deploy_key"; readonly payload: RulesEvent }
  | { readonly name: "repository_ruleset"; readonly payload: RulesEvent }
  | { readonly name: "branch_protection_rule"; readonly payload: RulesEvent }
  | { readonly name: "personal_access_token_request"; readonly payload: RulesEvent }
  | { readonly name: "github_app_authorization"; readonly payload: AuthorizationRevokedEvent };

/** A string of at most `max` UTF-16 units that any store can keep. */
function text(max: number) {
  return z.string().max(max).overwrite(storable);
}

/** PostgreSQL refuses NUL, and half a surrogate pair is not UTF-8: both are replaced, not refused, as text is a label. */
function storable(value: string): string {
  return value.isWellFormed() && !value.includes("\0") ? value : value.toWellFormed().replaceAll("\0", "\uFFFD");
}
