import { setTimeout as pause } from "node:timers/promises";
import { type Config, readConfig } from "../config.ts";
import { InvalidInput } from "../errors.ts";
import { readDestinations } from "../notification/destinations-file.ts";
import { WEBHOOK_PATH } from "../web/ingest.ts";
import { listen } from "../web/listen.ts";
import { credentialsOf, leftOver } from "../web/pages/setup/credentials.ts";
import { tryWriteEnv, whyNotWritable } from "../web/pages/setup/env-file.ts";
import { outOfReach } from "../web/pages/setup/reachable.ts";
import { makeSetupServer } from "../web/pages/setup/server.ts";
import type { Host } from "./host.ts";
import { makeDatabase } from "./make-database.ts";
import { type Runtime, realRuntime } from "./runtime.ts";
import { signalled } from "./signalled.ts";
import { startWatchdog } from "./watchdog.ts";
import { followWebhookProxy } from "./webhook-proxy.ts";
import { exchangeManifest, ownAppFile, ownTierFile, startService } from "./wire.ts";

/** Serves until SIGINT or SIGTERM. Without credentials it sets up first, then goes on with what was written. */
export async function serve(part: "all" | "web" | "worker", host: Host): Promise<number> {
  let config = readConfig(host.environment(), host.readFile);
  // What is wrong with it is said before somebody creates an App.
  readDestinations(config.notify);
  const runtime = realRuntime(config.logLevel);
  const stopped = signalled();
  if (config.app === null) {
    if (part !== "all") throw new InvalidInput([NO_CREDENTIALS]);
    const standing = leftOver(host.environment());
    if (standing.length > 0) throw new InvalidInput(standing);
    if ((await setUp(config, host, { ...runtime, stopped })) === "stopped") return 0;
    config = readConfig(host.environment(), host.readFile);
  }
  startWatchdog();
  const { app } = config;
  if (app === null) throw new InvalidInput([NO_CREDENTIALS]);
  const service = await startService({ ...config, app }, part, runtime);
  const { webUrl } = service;
  // With port 0 only what listens knows its port.
  if (webUrl !== null) host.tell(`Sallyport is at ${config.web.port === 0 ? webUrl : config.web.publicUrl}`);
  await using opened = new AsyncDisposableStack();
  opened.defer(() => service.stop());
  if (config.webhookProxyUrl !== null && webUrl !== null)
    opened.adopt(await followWebhookProxy(config.webhookProxyUrl, webUrl), (proxy) => proxy.stop());
  await stopped;
  return 0;
}

const NO_CREDENTIALS = {
  where: "APP_ID",
  what: "not set: there are no credentials",
  mend: "run `sallyport serve` once to create the App, or copy .env.example to .env and fill it in",
} as const;

const SHOWN =
  "The App exists. Its credentials could not be kept: the page shows them, once. Store them and start Sallyport with them.\n";

/** Time for the browser to show that it worked before the port changes hands. */
const SHOW_MS = 1_500;

/**
 * Shows the set-up page until the App is created and its credentials are kept, or until stopped. Credentials that could
 * not be kept are on the page: whoever stores them starts anew with them.
 */
async function setUp(
  config: Config,
  host: Host,
  { random, log, stopped }: Runtime & { readonly stopped: Promise<void> },
): Promise<"created" | "stopped"> {
  const created = Promise.withResolvers<"created">();
  const { publicUrl } = config.web;
  const { server, address } = await makeSetupServer({
    app: ownAppFile(),
    tier: ownTierFile(),
    publicUrl,
    webhookUrl: config.webhookProxyUrl ?? `${publicUrl}${WEBHOOK_PATH}`,
    outOfReach: config.webhookProxyUrl === null ? outOfReach(publicUrl, config.github.webUrl) : null,
    githubUrl: config.github.webUrl,
    random,
    log,
    exchange: (code) => exchangeManifest(config, code),
    whyNotKept: () => whyNotWritable(host.envFile),
    async keep(app) {
      const why = await tryWriteEnv(host.envFile, credentialsOf(app));
      if (why === null) created.resolve("created");
      else process.stdout.write(SHOWN);
      return why;
    },
  });
  await using opened = new AsyncDisposableStack();
  opened.defer(() => server.close());
  await listen(server, { ...config.web, variable: "PORT" });
  process.stdout.write(`No credentials yet. Create the GitHub App here:\n  ${address}\n`);
  const database = makeDatabase(config.store);
  opened.defer(() => database.stop());
  const end = await Promise.race([created.promise, stopped.then(() => "stopped" as const)]);
  if (end === "created") await Promise.race([Promise.all([pause(SHOW_MS), database.made]), stopped]);
  return end;
}
