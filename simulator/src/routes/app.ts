import type { Credentials } from "../http/credentials.ts";
import type { Handler, RestRequest } from "../http/request.ts";
import { failure, fields, forbidden, listOf, notFound, ok, paged, pageOf } from "../http/request.ts";
import { covers, grants } from "../http/rules.ts";
import { appView, deliveryView, installationView } from "../represent/app.ts";
import { repositoryView } from "../represent/repository.ts";
import { appOf, repositoriesOfInstallation, repositoryNamed } from "../world/lookup.ts";
import type { App, Delivery, Installation, PermissionLevel, Permissions } from "../world/world-apps.ts";

/** The App about itself: who it is, where it is installed, its tokens and its delivery log. */
export const appRoutes = (credentials: Credentials): Readonly<Record<string, Handler>> => ({
  "apps/get-authenticated": (request) => {
    const app = caller(request);
    return ok({ ...appView(request.urls, request.world, app), installations_count: installationsOf(request).length });
  },
  "apps/list-installations": (request) =>
    paged(request, installationsOf(request), (found) => installationView(request.urls, request.world, found)),
  "apps/get-installation": (request) => {
    const found = installationOf(request);
    return found === undefined ? notFound() : ok(installationView(request.urls, request.world, found));
  },
  "apps/get-repo-installation": (request) => {
    const { world, params } = request;
    const repository = repositoryNamed(world, params.owner ?? "", params.repo ?? "");
    const found = installationsOf(request).find(
      (candidate) => repository !== undefined && repositoriesOfInstallation(world, candidate).includes(repository),
    );
    return found === undefined ? notFound() : ok(installationView(request.urls, world, found));
  },
  "apps/create-installation-access-token": (request) => createToken(credentials, request),
  "apps/list-repos-accessible-to-installation": (request) => {
    const { caller: from, world, urls } = request;
    if (from.kind !== "installation") return forbidden();
    const repositories = repositoriesOfInstallation(world, from.installation).filter((found) => covers(from, found));
    const { slice, headers } = pageOf(request, repositories);
    const body = {
      total_count: repositories.length,
      repository_selection: from.installation.repositorySelection,
      repositories: slice.map((found) => repositoryView(urls, world, found)),
    };
    return ok(body, headers);
  },
  "apps/get-webhook-config-for-app": (request) =>
    ok({ url: caller(request).hookUrl, content_type: "json", insecure_ssl: "0", secret: "********" }),
  "apps/list-webhook-deliveries": listDeliveries,
  "apps/redeliver-webhook-delivery": (request) => {
    const id = Number(request.params.delivery_id);
    const found = keptDeliveries(request).some((delivery) => delivery.id === id);
    return found ? { status: 202, body: {}, redeliver: id } : notFound();
  },
  "apps/delete-token": (request) => {
    const { access_token: token } = fields(request.body);
    const from = request.caller;
    if (from.kind !== "client" || from.app.clientId !== request.params.client_id) return notFound();
    return typeof token === "string" && credentials.revoke(token, from.app) ? { status: 204 } : notFound();
  },
});

function caller(request: RestRequest): App {
  if (request.caller.kind !== "app")
    throw new Error("simulator/routes/app: the rule let a caller through that is no App");
  return request.caller.app;
}

const installationsOf = (request: RestRequest): readonly Installation[] =>
  [...request.world.installations.values()].filter(({ appId }) => appId === caller(request).id);

const installationOf = (request: RestRequest): Installation | undefined =>
  installationsOf(request).find(({ id }) => String(id) === request.params.installation_id);

/** Issues a token, narrowed to the asked permissions and repositories; asking for more than is held is refused. */
function createToken(credentials: Credentials, request: RestRequest): ReturnType<Handler> {
  const { world, now, urls } = request;
  const installation = installationOf(request);
  if (installation === undefined) return notFound();
  if (installation.suspendedAt !== null) return failure(403, "This installation has been suspended");
  const body = fields(request.body);
  const permissions = asked(body.permissions) ?? installation.permissions;
  const tooMuch = Object.entries(permissions).some(([name, level]) => !grants(installation.permissions, name, level));
  if (tooMuch) return failure(422, "The permissions requested are not granted to this installation.");
  const chosen = narrowed(request, installation);
  if (chosen === "unknown")
    return failure(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  const repositoryIds = chosen === null ? null : new Set(chosen.map(({ id }) => id));
  const app = appOf(world, installation.appId);
  const { token, expiresAt } = credentials.issueInstallationToken(
    app,
    { installationId: installation.id, permissions, repositoryIds },
    now,
  );
  return {
    status: 201,
    body: {
      token,
      expires_at: expiresAt,
      permissions,
      repository_selection: chosen === null ? installation.repositorySelection : "selected",
      ...(chosen === null ? {} : { repositories: chosen.map((found) => repositoryView(urls, world, found)) }),
    },
  };
}

function narrowed(request: RestRequest, installation: Installation) {
  const body = fields(request.body);
  const ids = listOf(body.repository_ids);
  const names = listOf(body.repositories);
  if (ids.length + names.length === 0) return null;
  const reachable = repositoriesOfInstallation(request.world, installation);
  const chosen = reachable.filter(({ id, name }) => ids.includes(id) || names.includes(name));
  return chosen.length < ids.length + names.length ? "unknown" : chosen;
}

function asked(value: unknown): Permissions | null {
  const entries = Object.entries(fields(value));
  return entries.length === 0 ? null : Object.fromEntries(entries.filter(isPermission));
}

const isPermission = (entry: [string, unknown]): entry is [string, PermissionLevel] =>
  entry[1] === "read" || entry[1] === "write" || entry[1] === "admin";

/** GitHub keeps a delivery for three days; afterwards it can neither be listed nor sent again. */
const KEPT_MS = 3 * 86_400_000;

function keptDeliveries(request: RestRequest): readonly Delivery[] {
  const since = new Date(Date.parse(request.now) - KEPT_MS).toISOString();
  const mine = request.world.deliveries.filter(({ appId }) => appId === caller(request).id);
  return mine.filter(({ deliveredAt }) => deliveredAt >= since);
}

/** Newest first; the cursor is the id after which the next page goes on. */
function listDeliveries(request: RestRequest): ReturnType<Handler> {
  const { query, urls, path } = request;
  const mine = keptDeliveries(request).toReversed();
  const cursor = query.get("cursor");
  const start = cursor === null ? 0 : mine.findIndex(({ id }) => `v1_${id}` === cursor) + 1;
  if (cursor !== null && start === 0) return failure(422, "Invalid cursor");
  const size = Math.min(100, Number(query.get("per_page") ?? 30));
  const slice = mine.slice(start, start + size);
  const next = start + size < mine.length ? slice.at(-1) : undefined;
  const shown = slice.filter((delivery) => query.get("status") !== "failure" || delivery.statusCode >= 400);
  const link = next && `<${urls.api}${path}?per_page=${size}&cursor=v1_${next.id}>; rel="next"`;
  return ok(shown.map(deliveryView), link === undefined ? {} : { link });
}
