import type { Caller } from "../http/credentials.ts";
import { canRead, canSee, covers, grants, pushes, standsIn } from "../http/rules.ts";
import { accountOf } from "../world/lookup.ts";
import type { WorldNode } from "../world/nodes.ts";
import type { Repository, Team, World } from "../world/world.ts";
import { forbidden, type GraphqlContext, githubError } from "./fields.ts";

/** True when the caller can know that the thing exists and may read it: what a list shows. */
export const isVisible = (context: GraphqlContext, node: WorldNode): boolean =>
  isKnown(context, node) && isReadable(context, node);

/** True when the permissions reach into the private repository where the thing lies. */
export function isReadable({ world, caller }: GraphqlContext, node: WorldNode): boolean {
  if (node.type === "Repository" || !("repositoryId" in node)) return true;
  const repository = world.repositories.get(node.repositoryId);
  return repository !== undefined && canRead(caller, repository, node.type);
}

/** True when the caller can know that the thing exists. */
export function isKnown({ world, caller }: GraphqlContext, node: WorldNode): boolean {
  if (node.type === "Repository") return canSee(caller, node);
  if (node.type === "Team")
    return readsOrganization(world, caller, node.organizationId) && seesTeam(world, caller, node);
  if (!("repositoryId" in node)) return true;
  const repository = world.repositories.get(node.repositoryId);
  return repository !== undefined && canSee(caller, repository);
}

export const visibleRepositories = (context: GraphqlContext): readonly Repository[] =>
  [...context.world.repositories.values()].filter((repository) => canSee(context.caller, repository));

/** Throws FORBIDDEN unless the installation is the organisation's with Members:read, or the person belongs to it. */
export function requireMembers({ world, caller }: GraphqlContext, organizationId: number): void {
  if (!readsOrganization(world, caller, organizationId)) throw forbidden();
}

function readsOrganization(world: World, caller: Caller, organizationId: number): boolean {
  const organization = accountOf(world, organizationId);
  if (caller.kind === "person") return organization.type === "Organization" && standsIn(caller, organization);
  const isOwn = caller.kind === "installation" && caller.installation.accountId === organizationId;
  return isOwn && grants(caller.permissions, "members", "read");
}

/** A secret team shows itself to its own people and to owners, and to Apps that read members. */
export function seesTeam(world: World, caller: Caller, team: Team): boolean {
  if (team.privacy === "VISIBLE" || caller.kind !== "person") return true;
  const { id } = caller.user;
  const organization = accountOf(world, team.organizationId);
  const owns = organization.type === "Organization" && organization.owners.has(id);
  return owns || team.members.has(id) || team.maintainers.has(id);
}

/** Throws FORBIDDEN unless the installation covers the repository and holds the permission, or the person may push. */
export function requireRepository({ caller }: GraphqlContext, repository: Repository, permission: string): void {
  if (caller.kind === "person") {
    const mayLook = permission === "contents" ? canSee(caller, repository) : pushes(caller, repository);
    if (!mayLook) throw githubError("FORBIDDEN", "You do not have permission to view repository collaborators.");
    return;
  }
  const own = caller.kind === "installation" && covers(caller, repository);
  if (!own || !grants(caller.permissions, permission, "read")) throw forbidden();
}

/** Membership that the organisation's people hide is shown to an App of that organisation with Members:read, and inside. */
export const seesMembers = ({ world, caller }: GraphqlContext, repositoryId: number): boolean => {
  const repository = world.repositories.get(repositoryId);
  if (repository === undefined) return false;
  if (caller.kind === "person") return readsOrganization(world, caller, repository.ownerId);
  if (caller.kind !== "installation") return false;
  return covers(caller, repository) && grants(caller.permissions, "members", "read");
};
