import type { Caller } from "../http/credentials.ts";
import { canRead, canSee, covers, grants } from "../http/rules.ts";
import type { WorldNode } from "../world/nodes.ts";
import type { Repository } from "../world/world.ts";
import { forbidden, type GraphqlContext } from "./fields.ts";

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
  if (node.type === "Team") return readsOrganization(caller, node.organizationId, "members");
  if (!("repositoryId" in node)) return true;
  const repository = world.repositories.get(node.repositoryId);
  return repository !== undefined && canSee(caller, repository);
}

export const visibleRepositories = (context: GraphqlContext): readonly Repository[] =>
  [...context.world.repositories.values()].filter((repository) => canSee(context.caller, repository));

/** Throws FORBIDDEN unless the installation belongs to the organisation and holds the permission. */
export function requireOrganization({ caller }: GraphqlContext, organizationId: number, permission: string): void {
  if (!readsOrganization(caller, organizationId, permission)) throw forbidden();
}

const readsOrganization = (caller: Caller, organizationId: number, permission: string): boolean =>
  caller.kind === "installation" &&
  caller.installation.accountId === organizationId &&
  grants(caller.permissions, permission, "read");

/** Throws FORBIDDEN unless the installation covers the repository and holds the permission. */
export function requireRepository({ caller }: GraphqlContext, repository: Repository, permission: string): void {
  const own = caller.kind === "installation" && covers(caller, repository);
  if (!own || !grants(caller.permissions, permission, "read")) throw forbidden();
}

/** Membership that the organisation's people hide is shown to an App of that organisation with Members:read. */
export const seesMembers = ({ world, caller }: GraphqlContext, repositoryId: number): boolean => {
  const repository = world.repositories.get(repositoryId);
  if (repository === undefined || caller.kind !== "installation") return false;
  return covers(caller, repository) && grants(caller.permissions, "members", "read");
};
