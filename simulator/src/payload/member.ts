import { simpleUser } from "../represent/account.ts";
import type { Account, Repository, RepositoryRole } from "../world/world.ts";
import { repositoryWebhook, type Stage, type Webhook } from "./common.ts";

/** The older word folds five roles into three. */
const LEGACY: Readonly<Record<RepositoryRole, string>> = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
};

/** `member` after a grant was accepted, changed or taken away; the world was changed before. */
export function memberWebhook(
  stage: Stage,
  about: {
    readonly repository: Repository;
    readonly member: Account;
    readonly sender: Account;
    readonly action: "added" | "edited" | "removed";
    readonly from?: RepositoryRole;
    readonly to?: RepositoryRole;
  },
): Webhook {
  const { repository, member, sender, action, from, to } = about;
  const changes = {
    added: to && { permission: { to: LEGACY[to] }, role_name: { to } },
    edited: {
      ...(from && { old_permission: { from: LEGACY[from] } }),
      permission: { from: from && LEGACY[from], to: to && LEGACY[to] },
    },
    removed: undefined,
  }[action];
  return repositoryWebhook(
    stage,
    { event: "member", action, repository, sender },
    { member: simpleUser(stage.urls, member), ...(changes && { changes }) },
  );
}
