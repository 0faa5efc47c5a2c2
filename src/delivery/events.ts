import { z } from "zod";

/**
 * The webhook payloads Sallyport handles, cut to the fields it uses. Parsing is the trimming: zod drops what is
 * not named here, so titles, bodies, names, e-mails and avatars of a payload never reach the database.
 */
const account = z.object({
  id: z.number().int().positive(),
  login: z.string().max(100),
  node_id: z.string().max(200),
  type: z.string().max(20),
});
const owner = account;
const repository = z.object({
  id: z.number().int().positive(),
  node_id: z.string().max(200),
  name: z.string().max(100),
  private: z.boolean(),
  default_branch: z.string().max(255).optional(),
  owner,
});
const installation = z.object({ id: z.number().int().positive() }).optional();
const sender = account.optional();
const organization = z.object({ id: z.number().int().positive(), login: z.string().max(100) }).optional();
const common = { installation, sender, organization };
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

const pullRequest = z.object({
  ...common,
  action: z.string().max(40),
  number: z.number().int().positive(),
  changes: z.object({ base: z.unknown().optional() }).optional(),
  repository,
  pull_request: z.object({
    node_id: z.string().max(200),
    number: z.number().int().positive(),
    state: z.string().max(10),
    draft: z.boolean().optional(),
    author_association: z.string().max(40),
    created_at: z.string().max(40),
    user: account.nullable(),
    head: z.object({ sha, repo: z.object({ id: z.number().int() }).nullable() }),
    base: z.object({ ref: z.string().max(255), sha }),
  }),
});

const member = z.object({
  ...common,
  action: z.enum(["added", "edited", "removed"]),
  repository,
  member: account.nullable(),
  changes: z
    .object({
      role_name: z.object({ from: z.string().max(100).nullish(), to: z.string().max(100).nullish() }).optional(),
      permission: z.object({ from: z.string().max(40).nullish(), to: z.string().max(40).nullish() }).optional(),
      old_permission: z.object({ from: z.string().max(40) }).optional(),
    })
    .optional(),
});

const checkRun = z.object({
  ...common,
  action: z.string().max(40),
  repository,
  requested_action: z.object({ identifier: z.string().max(20) }).nullish(),
  check_run: z.object({
    id: z.number().int().positive(),
    external_id: z.string().max(200).nullish(),
    head_sha: sha,
    app: z.object({ id: z.number().int() }).nullish(),
    pull_requests: z.array(z.object({ number: z.number().int().positive() })).max(100),
  }),
});

const checkSuite = z.object({
  ...common,
  action: z.string().max(40),
  repository,
  check_suite: z.object({
    id: z.number().int().positive(),
    head_sha: sha,
    app: z.object({ id: z.number().int() }).nullish(),
    pull_requests: z.array(z.object({ number: z.number().int().positive() })).max(100),
  }),
});

const installationRepository = z.object({ id: z.number().int(), name: z.string().max(100), private: z.boolean() });
const fullInstallation = z.object({
  id: z.number().int().positive(),
  account: account.partial({ login: true, type: true }),
  permissions: z.record(z.string().max(100), z.string().max(20)).optional(),
});

const installationEvent = z.object({
  sender,
  action: z.string().max(40),
  installation: fullInstallation,
});

const installationRepositories = z.object({
  sender,
  action: z.enum(["added", "removed"]),
  installation: fullInstallation,
  repositories_added: z.array(installationRepository),
  repositories_removed: z.array(installationRepository),
});

const repositoryEvent = z.object({ ...common, action: z.string().max(40), repository });

const authorizationRevoked = z.object({ action: z.string().max(40), sender: account });

/** The schema of each event by its `X-GitHub-Event` name; a Map, so that no header value can reach a prototype. */
export const EVENT_SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ["pull_request", pullRequest],
  ["member", member],
  ["check_run", checkRun],
  ["check_suite", checkSuite],
  ["installation", installationEvent],
  ["installation_repositories", installationRepositories],
  ["repository", repositoryEvent],
  ["github_app_authorization", authorizationRevoked],
]);

export type PullRequestEvent = z.infer<typeof pullRequest>;
export type MemberEvent = z.infer<typeof member>;
export type CheckRunEvent = z.infer<typeof checkRun>;
export type CheckSuiteEvent = z.infer<typeof checkSuite>;
export type InstallationEvent = z.infer<typeof installationEvent>;
export type InstallationRepositoriesEvent = z.infer<typeof installationRepositories>;
export type RepositoryEvent = z.infer<typeof repositoryEvent>;
export type AuthorizationRevokedEvent = z.infer<typeof authorizationRevoked>;

/** A delivery's event with the payload that fits its name. */
export type TrimmedEvent =
  | { readonly name: "pull_request"; readonly payload: PullRequestEvent }
  | { readonly name: "member"; readonly payload: MemberEvent }
  | { readonly name: "check_run"; readonly payload: CheckRunEvent }
  | { readonly name: "check_suite"; readonly payload: CheckSuiteEvent }
  | { readonly name: "installation"; readonly payload: InstallationEvent }
  | { readonly name: "installation_repositories"; readonly payload: InstallationRepositoriesEvent }
  | { readonly name: "repository"; readonly payload: RepositoryEvent }
  | { readonly name: "github_app_authorization"; readonly payload: AuthorizationRevokedEvent };
