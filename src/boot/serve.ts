import { setTimeout as pause } from "node:timers/promises";
import { type Config, readConfig } from "../config.ts";
import { InvalidInput } from "../errors.ts";
import { readDestinations } from "../notification/destinations-file.ts";
import { listen } from "../web/listen.ts";
import { writeEnv } from "../web/pages/setup/env-file.ts";
import { credentialsOf, makeSetupServer } from "../web/pages/setup/server.ts";
import type { Host } from "./host.ts";
import { signalled } from "./signalled.ts";
import { startWatchdog } from "./watchdog.ts";
import { exchangeManifest, ownAppFile, type Runtime, realRuntime, startService } from "./wire.ts";

/** Serves until SIGINT or SIGTERM. Without credentials it sets up first, then goes on with what was written. */
export async function serve(part: "all" | "web" | "worker", host: Host): Promise<number> {
  let config = readConfig(host.environment(), host.readFile);
  // What is wrong with it is said before somebody creates an App.
  readDestinations(config.notify);
  const runtime = realRuntime(config.logLevel);
  const stopped = signalled();
  if (config.app === null) {
    if (part !== "all") throw new InvalidInput([NO_CREDENTIALS]);
    if ((await setUp(config, host, { ...runtime, stopped })) === "stopped") return 0;
    config = readConfig(host.environment(), host.readFile);
  }
  startWatchdog();
  const { app } = config;
  if (app === null) throw new InvalidInput([NO_CREDENTIALS]);
  const service = await startService({ ...config, app }, part, runtime);
  await stopped;
  await service.stop();
  return 0;
}

const NO_CREDENTIALS = {
  where: "APP_ID",
  what: "not set: there are no credentials",
  mend: "run `sallyport serve` once to create the App, or copy .env.example to .env and fill it in",
} as const;

/** Time for the browser to show that it worked before the port changes hands. */
const SHOW_MS = 1_500;

/** Shows the set-up page until the App is created and its credentials are kept, or until stopped. */
async function setUp(
  config: Config,
  host: Host,
  { random, log, stopped }: Runtime & { readonly stopped: Promise<void> },
): Promise<"created" | "stopped"> {
  const created = Promise.withResolvers<"created">();
  const { server, address } = await makeSetupServer({
    app: ownAppFile(),
    publicUrl: config.web.publicUrl,
    githubUrl: config.github.webUrl,
    random,
    log,
    exchange: (code) => exchangeManifest(config, code),
    async onCreated(app) {
      await writeEnv(host.envFile, credentialsOf(app));
      created.resolve("created");
    },
  });
  await using opened = new AsyncDisposableStack();
  opened.defer(() => server.close());
  await listen(server, { ...config.web, variable: "PORT" });
  process.stdout.write(`No credentials yet. Create the GitHub App here:\n  ${address}\n`);
  const end = await Promise.race([created.promise, stopped.then(() => "stopped" as const)]);
  if (end === "created") await pause(SHOW_MS);
  return end;
}
