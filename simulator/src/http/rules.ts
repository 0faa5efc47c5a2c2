import { organizationNamed, repositoryNamed } from "../world/lookup.ts";
import type { Organization, Repository, World } from "../world/world.ts";
import type { PermissionLevel, Permissions } from "../world/world-apps.ts";
import type { Caller, InstallationCaller, PersonCaller } from "./credentials.ts";
import type { Rule } from "./operation-rules.ts";
import { failure, forbidden, notFound, type RestResponse } from "./request.ts";

interface Call {
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly method: string;
}

/** The refusal GitHub would answer, or null when the caller may go on. */
export function refusal(world: World, rule: Rule, call: Call): RestResponse | null {
  const { caller } = call;
  if (rule.caller === "anyone") return null;
  if (caller.kind === "anonymous") return failure(401, "Requires authentication");
  if (rule.caller === "app" && caller.kind !== "app") return failure(401, "A JSON web token could not be decoded");
  if (rule.caller === "user") return caller.kind === "user" || caller.kind === "person" ? null : forbidden();
  if (rule.caller === "client") return caller.kind === "client" ? null : failure(401, "Requires authentication");
  if (rule.caller === "token")
    return ["installation", "user", "person"].includes(caller.kind) ? null : failure(401, "Bad credentials");
  if (rule.caller !== "installation") return null;
  if (caller.kind === "person") return personRefusal(world, rule, { caller, params: call.params });
  return caller.kind === "installation" ? installationRefusal(world, rule, { ...call, caller }) : forbidden();
}

function installationRefusal(
  world: World,
  rule: Rule,
  { caller, params, method }: Call & { readonly caller: InstallationCaller },
): RestResponse | null {
  const permitted = (rule.permissions ?? []).some(([name, level]) => grants(caller.permissions, name, level));
  if (rule.reach === "organization") {
    const organization = organizationNamed(world, params.org ?? "");
    if (organization === undefined) return notFound();
    return permitted && organization.id === caller.installation.accountId ? null : forbidden();
  }
  if (rule.reach === undefined) return permitted ? null : forbidden();
  const repository = repositoryNamed(world, params.owner ?? "", params.repo ?? "");
  if (repository === undefined || !canSee(caller, repository)) return notFound();
  if (rule.reach === "public" && repository.visibility === "public") return null;
  if (!permitted || !covers(caller, repository)) return forbidden();
  return method !== "GET" && repository.archived ? failure(403, "Repository was archived so is read-only.") : null;
}

const NOT_FOR_PERSONS = "Resource not accessible by personal access token";

function personRefusal(
  world: World,
  rule: Rule,
  { caller, params }: { readonly caller: PersonCaller; readonly params: Call["params"] },
): RestResponse | null {
  if (rule.reach === "organization") {
    const organization = organizationNamed(world, params.org ?? "");
    if (organization === undefined) return notFound();
    if (rule.person === "nobody") return failure(403, NOT_FOR_PERSONS);
    return standsIn(caller, organization, rule.person) ? null : failure(403, "You must be a member to see this.");
  }
  if (rule.reach === undefined || rule.person === undefined) return failure(403, NOT_FOR_PERSONS);
  const repository = repositoryNamed(world, params.owner ?? "", params.repo ?? "");
  if (repository === undefined || !canSee(caller, repository)) return notFound();
  if (rule.person === "administrator")
    return canAdminister(caller, repository) ? null : failure(403, "Must have admin rights to Repository.");
  if (rule.person === "reader" || pushes(caller, repository)) return null;
  return failure(403, "Must have push access to view collaborator permission.");
}

/** Membership shows itself to tokens with `read:org`; what owners alone see takes `admin:org` where it is about people to come. */
export function standsIn(
  { user, scopes }: PersonCaller,
  organization: Organization,
  as: Rule["person"] = "member",
): boolean {
  const isOwner = organization.owners.has(user.id);
  if (as === "administrator") return isOwner && scopes.has("admin:org");
  const reads = scopes.has("read:org") || scopes.has("admin:org");
  return reads && (as === "owner" ? isOwner : isOwner || organization.members.has(user.id));
}

/** True from write on, with a token that opens more than what is public. */
export function pushes({ scopes, roleOn }: PersonCaller, repository: Repository): boolean {
  const role = roleOn(repository);
  const reaches = scopes.has("repo") || (repository.visibility === "public" && scopes.has("public_repo"));
  return reaches && role !== null && !["read", "triage"].includes(role);
}

/** True for a person who administers the repository, and for an App that may change its settings. */
export const canAdminister = (caller: Caller, repository: Repository): boolean =>
  caller.kind === "person"
    ? caller.roleOn(repository) === "admin"
    : caller.kind === "installation" &&
      covers(caller, repository) &&
      grants(caller.permissions, "administration", "write");

const LEVELS: readonly PermissionLevel[] = ["read", "write", "admin"];

export function grants(permissions: Permissions, name: string, level: PermissionLevel): boolean {
  const held = permissions[name];
  return held !== undefined && LEVELS.indexOf(held) >= LEVELS.indexOf(level);
}

/** True when the token reaches the repository as an installation, beyond what everybody sees. */
export const covers = ({ installation, repositoryIds }: InstallationCaller, repository: Repository): boolean =>
  repository.ownerId === installation.accountId &&
  (installation.repositorySelection === "all" || installation.repositoryIds.has(repository.id)) &&
  (repositoryIds === null || repositoryIds.has(repository.id));

/** What lies in a repository, by the permission that opens it where not everybody can look. */
const OPENED_BY = {
  PullRequest: ["pull_requests"],
  Issue: ["issues"],
  IssueComment: ["issues", "pull_requests"],
  Commit: ["contents"],
} as const;

export type Content = keyof typeof OPENED_BY;

/** True when the caller may read such things of the repository, which it must be able to see. */
export const canRead = (caller: Caller, repository: Repository, content: Content): boolean =>
  repository.visibility === "public" ||
  (caller.kind === "person" && canSee(caller, repository)) ||
  (caller.kind === "installation" &&
    covers(caller, repository) &&
    OPENED_BY[content].some((name) => grants(caller.permissions, name, "read")));

/** True when the caller can know that the repository exists. */
export const canSee = (caller: Caller, repository: Repository): boolean =>
  repository.visibility === "public" ||
  (caller.kind === "person" && caller.scopes.has("repo") && caller.roleOn(repository) !== null) ||
  (caller.kind === "installation" && covers(caller, repository));
