import { z } from "zod";
import { instant, integer, word } from "./shapes.ts";

/** A REST route with the fields that are read of its answer; the rest is dropped before anybody sees it. */
export interface Endpoint<T> {
  readonly route: string;
  readonly schema: z.ZodType<T>;
}

export type Parameters = Readonly<Record<string, unknown>>;

const endpoint = <T>(route: string, schema: z.ZodType<T>): Endpoint<T> => ({ route, schema });

const dated = z.array(z.object({ created_at: instant.nullish().transform((at) => at ?? null) }));
const person = z.object({ id: integer, login: z.string() });
const addressed = z.object({ id: integer, node_id: z.string(), login: z.string(), type: z.string() });
const checkRun = z.object({ id: integer });
const nothing = z.unknown();
/** What an App may do, by permission name. */
const permissions = z.record(z.string(), z.string());

const FILE_STATUSES = ["added", "modified", "removed", "renamed", "copied", "changed", "unchanged"] as const;

/** Every REST call of the adapter. `src/dossier/allowed.ts` lists the same fields, and a test compares. */
export const ENDPOINTS = {
  pullRequestFiles: endpoint(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
    z.array(
      z.object({
        filename: z.string(),
        previous_filename: z.string().nullish(),
        status: word(FILE_STATUSES, "changed"),
        additions: integer,
        deletions: integer,
        patch: z.string().nullish(),
      }),
    ),
  ),
  gpgKeys: endpoint("GET /users/{username}/gpg_keys", dated),
  sshSigningKeys: endpoint("GET /users/{username}/ssh_signing_keys", dated),
  publicEvents: endpoint("GET /users/{username}/events/public", dated),
  accountById: endpoint("GET /user/{account_id}", addressed),
  accountByLogin: endpoint("GET /users/{username}", addressed),
  collaboratorPermission: endpoint(
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    z.object({ permission: z.string(), role_name: z.string().nullish() }),
  ),
  membership: endpoint("GET /orgs/{org}/memberships/{username}", z.object({ role: z.string(), state: z.string() })),
  organization: endpoint(
    "GET /orgs/{org}",
    z.object({ default_repository_permission: word(["none", "read", "write", "admin"], null) }),
  ),
  outsideCollaborators: endpoint("GET /orgs/{org}/outside_collaborators", z.array(person)),
  repository: endpoint("GET /repos/{owner}/{repo}", z.object({ id: integer, full_name: z.string() })),
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
  checkRunsOfHead: endpoint(
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    z.object({ check_runs: z.array(z.object({ id: integer, external_id: z.string().nullish() })) }),
  ),
  createCheckRun: endpoint("POST /repos/{owner}/{repo}/check-runs", checkRun),
  updateCheckRun: endpoint("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", nothing),
  addLabels: endpoint("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", nothing),
  app: endpoint(
    "GET /app",
    z.object({ id: integer, slug: z.string().nullish(), permissions, events: z.array(z.string()) }),
  ),
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
        redelivery: z.boolean(),
      }),
    ),
  ),
  redeliver: endpoint("POST /app/hook/deliveries/{delivery_id}/attempts", nothing),
} as const;
