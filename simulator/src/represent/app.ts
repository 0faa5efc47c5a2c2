import type { Urls } from "../http/request.ts";
import { accountOf, appOf, fullName } from "../world/lookup.ts";
import type { Repository, World } from "../world/world.ts";
import type { App, Delivery, Installation } from "../world/world-apps.ts";
import { simpleUser } from "./account.ts";

type View = Readonly<Record<string, unknown>>;

export const appView = (urls: Urls, world: World, app: App): View => ({
  id: app.id,
  slug: app.slug,
  node_id: app.nodeId,
  client_id: app.clientId,
  owner: simpleUser(urls, accountOf(world, app.ownerId)),
  name: app.name,
  description: null,
  external_url: app.externalUrl,
  html_url: `${urls.html}/github-apps/${app.slug}`,
  created_at: app.createdAt,
  updated_at: app.createdAt,
  permissions: app.permissions,
  events: app.events,
});

export function installationView(urls: Urls, world: World, installation: Installation): View {
  const account = accountOf(world, installation.accountId);
  const app = appOf(world, installation.appId);
  const home = account.type === "Organization" ? `/organizations/${account.login}` : "";
  return {
    id: installation.id,
    account: simpleUser(urls, account),
    repository_selection: installation.repositorySelection,
    access_tokens_url: `${urls.api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${urls.api}/installation/repositories`,
    html_url: `${urls.html}${home}/settings/installations/${installation.id}`,
    app_id: app.id,
    client_id: app.clientId,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: installation.singleFilePaths[0] ?? null,
    has_multiple_single_files: installation.singleFilePaths.length > 1,
    single_file_paths: installation.singleFilePaths,
    suspended_by: null,
    suspended_at: installation.suspendedAt,
  };
}

/** A repository as installation webhooks list it. */
export const repositoryBrief = (world: World, repository: Repository): View => ({
  id: repository.id,
  node_id: repository.nodeId,
  name: repository.name,
  full_name: fullName(world, repository),
  private: repository.visibility !== "public",
});

export const deliveryView = (delivery: Delivery): View => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: delivery.deliveredAt,
  redelivery: delivery.redelivery,
  duration: delivery.durationSeconds,
  status: delivery.status,
  status_code: delivery.statusCode,
  event: delivery.event,
  action: delivery.action,
  installation_id: delivery.installationId,
  repository_id: delivery.repositoryId,
  throttled_at: null,
});
