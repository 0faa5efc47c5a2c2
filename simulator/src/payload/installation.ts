import { organizationSimple, simpleUser } from "../represent/account.ts";
import { installationView, repositoryBrief } from "../represent/app.ts";
import { accountOf, repositoriesOfInstallation } from "../world/lookup.ts";
import type { Account, Repository } from "../world/world.ts";
import type { Installation } from "../world/world-apps.ts";
import type { Stage, Webhook } from "./common.ts";

export type InstallationAction = "created" | "deleted" | "suspend" | "unsuspend" | "new_permissions_accepted";

/** `installation`, with the repositories it covers. */
export function installationWebhook(
  stage: Stage,
  about: { readonly installation: Installation; readonly action: InstallationAction; readonly sender: Account },
): Webhook {
  const { installation, action, sender } = about;
  const repositories = repositoriesOfInstallation(stage.world, installation).map((found) =>
    repositoryBrief(stage.world, found),
  );
  return webhook(stage, { event: "installation", installation, action, sender }, { repositories, requester: null });
}

/** `installation_repositories` after the selection changed. */
export function installationRepositoriesWebhook(
  stage: Stage,
  about: {
    readonly installation: Installation;
    readonly added: readonly Repository[];
    readonly removed: readonly Repository[];
    readonly sender: Account;
  },
): Webhook {
  const { installation, added, removed, sender } = about;
  const action = added.length > 0 ? "added" : "removed";
  const brief = (list: readonly Repository[]) => list.map((found) => repositoryBrief(stage.world, found));
  return webhook(
    stage,
    { event: "installation_repositories", installation, action, sender },
    {
      repository_selection: installation.repositorySelection,
      repositories_added: brief(added),
      repositories_removed: brief(removed),
      requester: null,
    },
  );
}

function webhook(
  { world, urls }: Stage,
  about: {
    readonly event: string;
    readonly installation: Installation;
    readonly action: string;
    readonly sender: Account;
  },
  fields: Readonly<Record<string, unknown>>,
): Webhook {
  const { event, installation, action, sender } = about;
  const account = accountOf(world, installation.accountId);
  return {
    event,
    action,
    installationId: installation.id,
    repositoryId: null,
    payload: {
      action,
      installation: installationView(urls, world, installation),
      ...fields,
      ...(account.type === "Organization" ? { organization: organizationSimple(urls, account) } : {}),
      sender: simpleUser(urls, sender),
    },
  };
}
