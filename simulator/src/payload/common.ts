import type { Urls } from "../http/request.ts";
import { organizationSimple, simpleUser } from "../represent/account.ts";
import { repositoryView } from "../represent/repository.ts";
import { accountOf, installationFor } from "../world/lookup.ts";
import { nodeId } from "../world/nodes.ts";
import type { Account, Repository, World } from "../world/world.ts";

/** Where payloads are made: the world and its addresses. */
export interface Stage {
  readonly world: World;
  readonly urls: Urls;
}

/** A webhook that is ready to be sent to one installation. */
export interface Webhook {
  readonly event: string;
  /** Null for the one event without any, `push`. */
  readonly action: string | null;
  readonly installationId: number;
  readonly repositoryId: number | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A webhook about a repository; throws when no installation covers it, since GitHub would send nothing. */
export function repositoryWebhook(
  { world, urls }: Stage,
  about: {
    readonly event: string;
    readonly action: string | null;
    readonly repository: Repository;
    readonly sender: Account;
  },
  fields: Readonly<Record<string, unknown>>,
): Webhook {
  const { event, action, repository, sender } = about;
  const installation = installationFor(world, repository);
  if (installation === undefined)
    throw new Error(
      `simulator/payload: no installation covers repository ${repository.id}; install the App on its owner`,
    );
  const owner = accountOf(world, repository.ownerId);
  return {
    event,
    action,
    installationId: installation.id,
    repositoryId: repository.id,
    payload: {
      ...(action !== null && { action }),
      ...fields,
      repository: repositoryView(urls, world, repository),
      ...(owner.type === "Organization" ? { organization: organizationSimple(urls, owner) } : {}),
      installation: { id: installation.id, node_id: nodeId("App", installation.id) },
      sender: simpleUser(urls, sender),
    },
  };
}
