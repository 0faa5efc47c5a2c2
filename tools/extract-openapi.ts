/**
 * Cuts GitHub's OpenAPI description down to what the simulator speaks, so that the project carries a few hundred
 * kilobytes instead of 385 MB. Run after adding an operation or event below:
 *
 *   node tools/extract-openapi.ts path/to/api.github.com.json
 *
 * The description is `generated/api.github.com.json` of the npm package `@octokit/openapi`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** REST operations by their official id. */
const OPERATIONS = [
  "apps/get-authenticated",
  "apps/list-installations",
  "apps/get-installation",
  "apps/create-installation-access-token",
  "apps/get-webhook-config-for-app",
  "apps/list-webhook-deliveries",
  "apps/redeliver-webhook-delivery",
  "apps/create-from-manifest",
  "apps/list-repos-accessible-to-installation",
  "apps/get-repo-installation",
  "apps/delete-token",
  "checks/create",
  "checks/update",
  "checks/get",
  "checks/list-for-ref",
  "pulls/get",
  "pulls/list-files",
  "pulls/list-commits",
  "repos/get",
  "repos/list-pull-requests-associated-with-commit",
  "repos/compare-commits",
  "repos/get-collaborator-permission-level",
  "repos/get-content",
  "repos/list-activities",
  "issues/add-labels",
  "orgs/get",
  "orgs/list-members",
  "orgs/get-membership-for-user",
  "orgs/list-outside-collaborators",
  "orgs/list-pending-invitations",
  "orgs/list-org-roles",
  "orgs/list-org-role-users",
  "orgs/list-org-role-teams",
  "orgs/list-app-installations",
  "orgs/list-pat-grants",
  "actions/list-org-secrets",
  "actions/list-selected-repos-for-org-secret",
  "actions/get-fork-pr-contributor-approval-permissions-repository",
  "actions/list-self-hosted-runner-groups-for-org",
  "actions/list-self-hosted-runners-for-org",
  "actions/list-repo-access-to-self-hosted-runner-group-in-org",
  "actions/list-repo-secrets",
  "actions/list-environment-secrets",
  "repos/get-all-environments",
  "repos/list-deployment-branch-policies",
  "repos/list-invitations",
  "orgs/list-invitation-teams",
  "teams/list",
  "teams/list-members-in-org",
  "teams/get-membership-for-user-in-org",
  "teams/list-repos-in-org",
  "users/get-by-username",
  "users/get-by-id",
  "users/get-authenticated",
  "users/list-gpg-keys-for-user",
  "users/list-ssh-signing-keys-for-user",
  "activity/list-public-events-for-user",
  "search/commits",
  "search/issues-and-pull-requests",
  "meta/get",
] as const;

/** Webhook payloads by their official name. */
const WEBHOOKS = [
  ...["opened", "reopened", "synchronize", "ready-for-review", "edited", "closed"].map(
    (name) => `pull-request-${name}`,
  ),
  ...["added", "edited", "removed"].map((name) => `member-${name}`),
  ...["rerequested", "requested-action"].map((name) => `check-run-${name}`),
  ...["requested", "rerequested"].map((name) => `check-suite-${name}`),
  "push",
  ...["created", "deleted", "suspend", "unsuspend", "new-permissions-accepted"].map((name) => `installation-${name}`),
  ...["added", "removed"].map((name) => `installation-repositories-${name}`),
  ...[
    "created",
    "publicized",
    "privatized",
    "transferred",
    "renamed",
    "archived",
    "unarchived",
    "edited",
    "deleted",
  ].map((name) => `repository-${name}`),
  ...["added", "removed"].map((name) => `membership-${name}`),
  ...["added-to-repository", "removed-from-repository", "edited", "deleted"].map((name) => `team-${name}`),
  ...["added", "removed", "invited"].map((name) => `organization-member-${name}`),
  ...["created", "deleted"].map((name) => `deploy-key-${name}`),
  ...["created", "edited", "deleted"].map((name) => `repository-ruleset-${name}`),
  ...["created", "edited", "deleted"].map((name) => `branch-protection-rule-${name}`),
  ...["approved", "cancelled", "created", "denied"].map((name) => `personal-access-token-request-${name}`),
] as const;

/** Where the description is stricter than GitHub is; each replaces the schema at its path. */
const CORRECTIONS: Readonly<Record<string, Json>> = {
  // A pull request outlives its fork: GitHub then answers null.
  "pull-request/properties/head/properties/repo": nullable({ $ref: "#/components/schemas/repository" }),
  "pull-request-simple/properties/head/properties/repo": nullable({ $ref: "#/components/schemas/repository" }),
  // The list is described with accounts that are a person and an enterprise at once; one entry is an `installation`.
  "apps/list-installations/responses/200": { type: "array", items: { $ref: "#/components/schemas/installation" } },
  // Described without a body; GitHub answers this 404 like every other.
  "teams/get-membership-for-user-in-org/responses/404": { $ref: "#/components/schemas/basic-error" },
  // The payloads of public timelines are described one-of-many with overlaps; the simulator's readers use type and time.
  "event/properties/payload": { type: "object" },
};

const DECORATION = new Set([
  "description",
  "title",
  "example",
  "examples",
  "deprecated",
  "externalDocs",
  "xml",
  "nullable",
]);

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

const source = process.argv[2];
if (source === undefined) throw new Error("usage: node tools/extract-openapi.ts path/to/api.github.com.json");
const description = object(JSON.parse(readFileSync(source, "utf8")));
const components = object(description.components);
const target = join(import.meta.dirname, "../simulator/src/schema");

const operations = Object.fromEntries(OPERATIONS.map((id) => [id, corrected(operation(id), id)]));
const webhooks = Object.fromEntries(WEBHOOKS.map((name) => [name, webhook(name)]));
write("operations.json", operations);
write("webhooks.json", webhooks);
write("components.json", reachable([operations, webhooks]));

/** The parts of one operation that the simulator checks: where it is, what it takes, what it answers. */
function operation(id: string): Json {
  for (const [path, item] of Object.entries(object(description.paths)))
    for (const [method, candidate] of Object.entries(object(item))) {
      const found = object(candidate);
      if (found.operationId !== id) continue;
      const parameters = list(found.parameters ?? []).map((parameter) => object(dereferenced(parameter)));
      return {
        method: method.toUpperCase(),
        path,
        query: schemaOf(parameters.filter((parameter) => parameter.in === "query")),
        body: found.requestBody === undefined ? null : schemaOfContent(found.requestBody),
        bodyRequired: object(found.requestBody ?? {}).required === true,
        responses: Object.fromEntries(
          Object.entries(object(found.responses)).map(([status, answer]) => [status, schemaOfContent(answer)]),
        ),
      };
    }
  throw new Error(`${source}: no operation ${id}; was it renamed?`);
}

function webhook(name: string): Json {
  const found = object(description["x-webhooks"])[name];
  if (found === undefined) throw new Error(`${source}: no webhook ${name}; was it renamed?`);
  return schemaOfContent(object(object(found).post).requestBody ?? null);
}

/** Query parameters as one object schema; GitHub ignores parameters it does not know, so those stay allowed. */
function schemaOf(parameters: readonly JsonObject[]): Json {
  return {
    type: "object",
    required: parameters.filter((parameter) => parameter.required === true).map((parameter) => parameter.name ?? ""),
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [String(name), cut(schema ?? true)])),
  };
}

/** The JSON schema of a request body or response; null when it carries no JSON. */
function schemaOfContent(holder: Json): Json {
  const content = object(object(dereferenced(holder)).content ?? {});
  const json = content["application/json"] ?? content["application/scim+json"];
  return json === undefined ? null : cut(object(json).schema ?? true);
}

/** The schema without prose and examples, in the 2020-12 dialect: OpenAPI 3.0's `nullable` becomes a null type. */
function cut(value: Json): Json {
  if (Array.isArray(value)) return value.map(cut);
  if (value === null || typeof value !== "object") return value;
  const schema = object(value);
  const kept = Object.entries(schema).filter(([key]) => !DECORATION.has(key) && !key.startsWith("x-"));
  const result = Object.fromEntries(kept.map(([key, item]) => [key, key === "properties" ? named(item) : cut(item)]));
  return schema.nullable === true ? nullable(result) : result;
}

/** Values of `properties` are schemas under free names, of which some are called `title` or `description`. */
function named(properties: Json): Json {
  return Object.fromEntries(Object.entries(object(properties)).map(([name, schema]) => [name, cut(schema)]));
}

function nullable(schema: JsonObject): Json {
  if (typeof schema.type === "string" && schema.enum === undefined) return { ...schema, type: [schema.type, "null"] };
  return { anyOf: [schema, { type: "null" }] };
}

/** Every component schema that the given schemas reach, cut the same way. */
function reachable(roots: readonly Json[]): Json {
  const found = new Map<string, Json>();
  const open = roots.flatMap(references);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    const schema = corrected(cut(object(components.schemas)[name] ?? true), name);
    found.set(name, schema);
    open.push(...references(schema));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function corrected(value: Json, path: string): Json {
  const correction = CORRECTIONS[path];
  if (correction !== undefined) return correction;
  if (Array.isArray(value) || value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(object(value)).map(([key, item]) => [key, corrected(item, `${path}/${key}`)]),
  );
}

function references(value: Json): readonly string[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap(references);
  const { $ref, ...rest } = object(value);
  const own = typeof $ref === "string" ? [$ref.replace("#/components/schemas/", "")] : [];
  return [...own, ...Object.values(rest).flatMap(references)];
}

function dereferenced(value: Json): Json {
  const reference = value === null ? undefined : object(value).$ref;
  if (typeof reference !== "string") return value;
  return reference
    .slice(2)
    .split("/")
    .reduce<Json>((node, part) => object(node)[part] ?? null, description);
}

function object(value: Json | undefined): JsonObject {
  if (value === undefined || value === null || typeof value !== "object" || Array.isArray(value))
    throw new Error(`${source}: expected an object in the description, found ${JSON.stringify(value)?.slice(0, 60)}`);
  return value as JsonObject; // Array.isArray does not narrow a readonly array away
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function write(name: string, value: Json): void {
  writeFileSync(join(target, name), `${JSON.stringify(value)}\n`);
}
