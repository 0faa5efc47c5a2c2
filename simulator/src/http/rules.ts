import { organizationNamed, repositoryNamed } from "../world/lookup.ts";
import type { Organization, Repository, World } from "../world/world.ts";
import type { PermissionLevel, Permissions } from "../world/world-apps.ts";
import type { Caller, InstallationCaller, PersonCaller } from "./credentials.ts";
import { failure, forbidden, notFound, type RestResponse } from "./request.ts";

/** Who may call an operation and what it takes. */
export interface Rule {
  readonly caller: "anyone" | "app" | "client" | "user" | "installation" | "token";
  /** Any one of these is enough. */
  readonly permissions?: readonly (readonly [string, PermissionLevel])[];
  /** `public`: what everybody can see needs no permission; `covered`: only repositories of the installation. */
  readonly reach?: "public" | "covered" | "organization";
  /** What a personal token takes beyond seeing the place; without it nobody passes who is no installation. */
  readonly person?: "reader" | "pusher" | "member" | "owner" | "administrator";
}

const token: Rule = { caller: "token" };
const app: Rule = { caller: "app" };
const reads = (name: string): Rule => ({
  caller: "installation",
  permissions: [[name, "read"]],
  reach: "public",
  person: "reader",
});
const readPulls = reads("pull_requests");
const readContents = reads("contents");
const members: Rule = {
  caller: "installation",
  permissions: [["members", "read"]],
  reach: "organization",
  person: "member",
};

/** Operation to rule, after GitHub's list of permissions for GitHub Apps. */
export const RULES: Readonly<Record<string, Rule>> = {
  "apps/get-authenticated": app,
  "apps/list-installations": app,
  "apps/get-installation": app,
  "apps/get-repo-installation": app,
  "apps/create-installation-access-token": app,
  "apps/get-webhook-config-for-app": app,
  "apps/list-webhook-deliveries": app,
  "apps/redeliver-webhook-delivery": app,
  "apps/create-from-manifest": { caller: "anyone" },
  "apps/list-repos-accessible-to-installation": { caller: "installation", permissions: [["metadata", "read"]] },
  "apps/delete-token": { caller: "client" },
  "checks/create": { caller: "installation", permissions: [["checks", "write"]], reach: "covered" },
  "checks/update": { caller: "installation", permissions: [["checks", "write"]], reach: "covered" },
  "checks/get": reads("checks"),
  "checks/list-for-ref": reads("checks"),
  "pulls/get": readPulls,
  "pulls/list-files": readPulls,
  "pulls/list-commits": readPulls,
  "repos/list-pull-requests-associated-with-commit": readPulls,
  "repos/compare-commits": readContents,
  "repos/get": reads("metadata"),
  "repos/get-collaborator-permission-level": {
    caller: "installation",
    permissions: [["metadata", "read"]],
    reach: "covered",
    person: "pusher",
  },
  "repos/get-content": {
    caller: "installation",
    permissions: [
      ["contents", "read"],
      ["single_file", "read"],
    ],
    reach: "public",
    person: "reader",
  },
  "repos/list-activities": readContents,
  "issues/add-labels": {
    caller: "installation",
    permissions: [
      ["issues", "write"],
      ["pull_requests", "write"],
    ],
    reach: "covered",
  },
  "orgs/get": token,
  "orgs/list-members": members,
  "orgs/get-membership-for-user": members,
  // GitHub says of neither who may: the stricter reading is the organisation's own page, which owners see.
  "orgs/list-outside-collaborators": { ...members, person: "owner" },
  "orgs/list-pending-invitations": { ...members, person: "administrator" },
  "orgs/list-invitation-teams": { ...members, person: "administrator" },
  "teams/list": members,
  "teams/list-members-in-org": members,
  "teams/get-membership-for-user-in-org": members,
  "teams/list-repos-in-org": members,
  "users/get-by-username": token,
  "users/get-by-id": token,
  "users/get-authenticated": { caller: "user" },
  "users/list-gpg-keys-for-user": token,
  "users/list-ssh-signing-keys-for-user": token,
  "activity/list-public-events-for-user": token,
  "search/commits": token,
  "search/issues-and-pull-requests": token,
  "meta/get": { caller: "anyone" },
};

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
    return standsIn(caller, organization, rule.person) ? null : failure(403, "You must be a member to see this.");
  }
  if (rule.reach === undefined || rule.person === undefined) return failure(403, NOT_FOR_PERSONS);
  const repository = repositoryNamed(world, params.owner ?? "", params.repo ?? "");
  if (repository === undefined || !canSee(caller, repository)) return notFound();
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
