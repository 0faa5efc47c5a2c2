import type { MemberEvent, PullRequestEvent } from "../delivery/events.ts";
import type { AccountRef, RepositoryRef } from "./job.ts";

/** A repository as a delivery names it. */
export function repositoryRef(repository: PullRequestEvent["repository"]): RepositoryRef {
  const { id, node_id: nodeId, name, owner } = repository;
  return { id, nodeId, owner: owner.login, ownerId: owner.id, ownerType: owner.type, name };
}

/** An account as a delivery names it. */
export function accountRef({ id, node_id: nodeId, login, type }: NonNullable<MemberEvent["member"]>): AccountRef {
  return { id, nodeId, login, type };
}
