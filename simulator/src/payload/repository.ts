import { organizationSimple, simpleUser } from "../represent/account.ts";
import type { Account, Repository } from "../world/world.ts";
import { repositoryWebhook, type Stage, type Webhook } from "./common.ts";

export type RepositoryAction =
  | "created"
  | "edited"
  | "publicized"
  | "privatized"
  | "archived"
  | "unarchived"
  | "transferred"
  | "renamed"
  | "deleted";

/** `repository`; the world was changed before. A transfer names the owner before, a renaming the name before, and only the description is edited. */
export function repositoryEventWebhook(
  stage: Stage,
  about: {
    readonly repository: Repository;
    readonly action: RepositoryAction;
    readonly sender: Account;
    readonly ownerFrom?: Account;
    readonly nameFrom?: string;
  },
): Webhook {
  const { repository, action, sender, ownerFrom, nameFrom } = about;
  const { urls } = stage;
  const owner =
    ownerFrom?.type === "Organization"
      ? { organization: organizationSimple(urls, ownerFrom) }
      : ownerFrom && { user: simpleUser(urls, ownerFrom) };
  return repositoryWebhook(
    stage,
    { event: "repository", action, repository, sender },
    {
      ...(action === "transferred" ? { changes: { owner: { from: owner } } } : {}),
      ...(action === "edited" ? { changes: { description: { from: null } } } : {}),
      ...(action === "renamed" ? { changes: { repository: { name: { from: nameFrom } } } } : {}),
    },
  );
}
