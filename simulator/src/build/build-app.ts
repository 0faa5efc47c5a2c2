import type { Instant } from "../../../src/clock.ts";
import { nodeId } from "../world/nodes.ts";
import type { Account, Repository, User, World } from "../world/world.ts";
import type { App, Installation, Permissions } from "../world/world-apps.ts";
import { takeId } from "./build.ts";

/** What `app.yml` asks for; a test holds the two against each other. */
export const DEFAULT_PERMISSIONS: Permissions = {
  metadata: "read",
  pull_requests: "read",
  checks: "write",
  members: "read",
  single_file: "read",
};

/** The one file that `single_file` opens: a setting of the App beside its permissions. */
const SINGLE_FILE = ".github/sallyport.yml";

/** Registers an App. Ids and secrets are the caller's, so that a test knows them. */
export function registerApp(
  world: World,
  input: {
    readonly slug: string;
    readonly owner: Account;
    readonly publicKey: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly webhookSecret: string;
    readonly createdAt: Instant;
    readonly name?: string;
    readonly hookUrl?: string;
    readonly externalUrl?: string;
    readonly callbackUrls?: readonly string[];
    readonly permissions?: Permissions;
    readonly events?: readonly string[];
  },
): App {
  const id = takeId(world);
  const app: App = {
    id,
    nodeId: nodeId("App", id),
    slug: input.slug,
    name: input.name ?? input.slug,
    ownerId: input.owner.id,
    clientId: input.clientId,
    clientSecret: input.clientSecret,
    webhookSecret: input.webhookSecret,
    publicKey: input.publicKey,
    hookUrl: input.hookUrl ?? "",
    externalUrl: input.externalUrl ?? "https://sallyport.example",
    callbackUrls: [...(input.callbackUrls ?? [])],
    permissions: input.permissions ?? DEFAULT_PERMISSIONS,
    events: input.events ?? ["pull_request", "member", "membership", "team", "organization", "repository"],
    createdAt: input.createdAt,
  };
  world.apps.set(id, app);
  return app;
}

/** Installs an App on an account with everything it asks for; `repositories` left out means all of them. */
export function installApp(
  world: World,
  app: App,
  input: {
    readonly account: Account;
    readonly at: Instant;
    readonly repositories?: readonly Repository[];
    readonly permissions?: Permissions;
  },
): Installation {
  const id = takeId(world);
  const permissions = input.permissions ?? app.permissions;
  const installation: Installation = {
    id,
    appId: app.id,
    accountId: input.account.id,
    permissions,
    events: app.events,
    repositorySelection: input.repositories === undefined ? "all" : "selected",
    repositoryIds: new Set((input.repositories ?? []).map((repository) => repository.id)),
    createdAt: input.at,
    suspendedAt: null,
    singleFilePaths: permissions.single_file === undefined ? [] : [SINGLE_FILE],
  };
  world.installations.set(id, installation);
  return installation;
}

/** Adds commits to the contribution graph: `perDay` on every `everyDays`-th day from `from` up to `to`. */
export function contribute(
  user: User,
  input: {
    readonly repository: Repository;
    readonly from: Instant;
    readonly to: Instant;
    readonly everyDays: number;
    readonly perDay: number;
  },
): void {
  const stepMs = input.everyDays * 86_400_000;
  for (let at = Date.parse(input.from); at < Date.parse(input.to); at += stepMs)
    user.commitDays.push({
      day: new Date(at).toISOString().slice(0, 10),
      count: input.perDay,
      repositoryId: input.repository.id,
    });
}
