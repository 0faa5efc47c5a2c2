import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { SETTINGS_ENDPOINTS } from "./settings-endpoints.ts";
import { instant, integer, word } from "./shapes.ts";

export type { Endpoint } from "./endpoint.ts";
export type Parameters = Readonly<Record<string, unknown>>;

const dated = z.array(z.object({ created_at: instant.nullish().transform((at) => at ?? null) }));
const person = z.object({ id: integer, login: z.string() });
const addressed = z.object({ id: integer, node_id: z.string(), login: z.string(), type: z.string() });
const checkRun = z.object({ id: integer });
const nothing = z.unknown();
/** What an App may do, by permission name. */
const permissions = z.record(z.string(), z.string());

/** What a commit says of a person, and the account behind that; unreadable where whoever wrote it meant it so. */
const hand = z.object({ name: z.string().nullish(), email: z.string().nullish(), date: instant }).nullish().catch(null);
const account = z.object({ id: integer, node_id: z.string(), type: z.string() }).nullish().catch(null);
const comparedCommit = z.object({
  sha: z.string(),
  commit: z.object({
    message: z.string(),
    author: hand,
    committer: hand,
    verification: z.object({ verified: z.boolean(), reason: z.string() }).nullish().catch(null),
  }),
  author: account,
  committer: account,
  parents: z.array(z.object({ sha: z.string() })),
});
export type ComparedCommit = z.infer<typeof comparedCommit>;

const FILE_STATUSES = ["added", "modified", "removed", "renamed", "copied", "changed", "unchanged"] as const;

const changedFile = z.object({
  sha: z.string().nullish(),
  filename: z.string(),
  previous_filename: z.string().nullish(),
  status: word(FILE_STATUSES, "changed"),
  additions: integer,
  deletions: integer,
  patch: z.string().nullish(),
});

/** Every REST call of the adapter. `test/dossier/allowed.ts` lists the same fields, and a test compares. */
export const ENDPOINTS = {
  pullRequestFiles: endpoint("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", z.array(changedFile)),
  // Of a pull request no more than whether it was merged, and where to.
  pullRequestsOfCommit: {
    ...endpoint(
      "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
      z.array(z.object({ merged_at: z.string().nullable(), base: z.object({ ref: z.string() }) })),
    ),
    // "No commit found for SHA".
    invalidMeans: "not_found",
  },
  // Names and addresses of the commits are compared with those of known bots in `repository/pushed-commits.ts`, and dropped.
  compare: endpoint(
    "GET /repos/{owner}/{repo}/compare/{+basehead}",
    z.object({
      total_commits: integer,
      commits: z.array(comparedCommit),
      files: z.array(changedFile).optional(),
    }),
  ),
  gpgKeys: endpoint("GET /users/{username}/gpg_keys", dated),
  sshSigningKeys: endpoint("GET /users/{username}/ssh_signing_keys", dated),
  publicEvents: endpoint("GET /users/{username}/events/public", dated),
  accountById: endpoint("GET /user/{account_id}", addressed),
  accountByLogin: endpoint("GET /users/{username}", addressed.extend({ created_at: instant })),
  collaboratorPermission: endpoint(
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    z.object({ permission: z.string(), role_name: z.string().nullish() }),
  ),
  membership: endpoint("GET /orgs/{org}/memberships/{username}", z.object({ role: z.string(), state: z.string() })),
  teamMembership: endpoint("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", z.object({ state: z.string() })),
  organization: endpoint(
    "GET /orgs/{org}",
    z.object({ default_repository_permission: word(["none", "read", "write", "admin"], null) }),
  ),
  outsideCollaborators: endpoint("GET /orgs/{org}/outside_collaborators", z.array(person)),
  coveredRepositories: endpoint(
    "GET /installation/repositories",
    z.object({
      repositories: z.array(
        z.object({
          id: integer,
          node_id: z.string(),
          full_name: z.string(),
          archived: z.boolean().nullish(),
          owner: z.object({ id: integer, login: z.string(), type: z.string() }),
        }),
      ),
    }),
  ),
  // The address an invitation went to, and whoever sent it, are dropped here.
  invitations: endpoint(
    "GET /orgs/{org}/invitations",
    z.array(
      z.object({
        id: integer,
        login: z.string().nullable(),
        role: word(["admin", "direct_member", "billing_manager", "reinstate"], null),
        created_at: instant,
        inviter: z.object({ id: integer }).nullish(),
        team_count: integer,
      }),
    ),
  ),
  invitationTeams: endpoint(
    "GET /orgs/{org}/invitations/{invitation_id}/teams",
    z.array(z.object({ node_id: z.string() })),
  ),
  repository: endpoint(
    "GET /repos/{owner}/{repo}",
    z.object({ id: integer, full_name: z.string(), created_at: instant, pushed_at: instant.nullish() }),
  ),
  content: endpoint(
    "GET /repos/{owner}/{repo}/contents/{+path}",
    z.object({
      type: z.string(),
      size: integer,
      sha: z.string(),
      encoding: z.string().nullish(),
      content: z.string().nullish(),
    }),
  ),
  // Asked for whether it is answered; what it lists is not read.
  pullRequestHead: endpoint(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    z.object({ head: z.object({ sha: z.string() }) }),
  ),
  activity: endpoint(
    "GET /repos/{owner}/{repo}/activity",
    z.array(
      z.object({
        timestamp: instant,
        activity_type: z.string(),
        ref: z.string(),
        actor: z.object({ id: integer }).nullable(),
        before: z.string(),
        after: z.string(),
      }),
    ),
  ),
  searchCommits: endpoint(
    "GET /search/commits",
    z.object({
      total_count: integer,
      items: z.array(
        z.object({
          sha: z.string(),
          author: z.object({ id: integer }).nullish(),
          commit: z.object({ author: z.object({ name: z.string(), email: z.string() }) }),
          repository: z.object({
            id: integer,
            name: z.string(),
            fork: z.boolean(),
            private: z.boolean(),
            owner: person.extend({ type: z.string() }),
          }),
        }),
      ),
    }),
  ),
  checkRunsOfHead: endpoint(
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    z.object({
      check_runs: z.array(
        z.object({
          id: integer,
          external_id: z.string().nullish(),
          output: z.object({ annotations_count: integer.nullish() }).nullish(),
        }),
      ),
    }),
  ),
  createCheckRun: endpoint("POST /repos/{owner}/{repo}/check-runs", checkRun),
  mintToken: endpoint("POST /app/installations/{installation_id}/access_tokens", z.object({ token: z.string() })),
  updateCheckRun: endpoint("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", nothing),
  addLabels: endpoint("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", nothing),
  app: endpoint("GET /app", z.object({ id: integer, permissions, events: z.array(z.string()) })),
  installations: endpoint(
    "GET /app/installations",
    z.array(
      z.object({
        id: integer,
        account: z.object({ id: integer, login: z.string().nullish(), type: z.string().nullish() }).nullable(),
        suspended_at: z.string().nullish(),
        permissions,
      }),
    ),
  ),
  deliveries: endpoint(
    "GET /app/hook/deliveries",
    z.array(
      z.object({
        id: integer,
        guid: z.string(),
        delivered_at: instant,
        status: z.string(),
        status_code: integer,
        event: z.string(),
        action: z.string().nullish(),
      }),
    ),
  ),
  // Documented refusals of a delivery that is too old to be sent again.
  redeliver: {
    ...endpoint("POST /app/hook/deliveries/{delivery_id}/attempts", nothing),
    invalidMeans: "not_found",
  },
  ...SETTINGS_ENDPOINTS,
} as const;
