import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import type { FastifyInstance } from "fastify";
import { makeDispatch } from "../app.ts";
import { ENGINE } from "../assessment/assess.ts";
import type { Services } from "../cli/command.ts";
import { systemClock } from "../clock.ts";
import type { AppCredentials, Config } from "../config.ts";
import { runJob } from "../flows/run-job.ts";
import type { FlowContext } from "../flows/steps/context.ts";
import type { AppGateway, CreatedApp, LoginGateway, LookingGateway } from "../github/gateway.ts";
import { makeAppGateway } from "../github/octokit/app-gateway.ts";
import { makeLoginGateway } from "../github/octokit/login-gateway.ts";
import { convertManifest } from "../github/octokit/manifest.ts";
import { makeTokenGateway } from "../github/octokit/token-gateway.ts";
import { makeProbot } from "../github/octokit/transport/client.ts";
import { type GitHubClock, makeGitHubClock } from "../github/octokit/transport/github-clock.ts";
import { SERVICE_SCHEDULES } from "../job/schedule.ts";
import type { MachineFinding, Room } from "../machine.ts";
import { readDestinations } from "../notification/destinations-file.ts";
import type { Messenger } from "../notification/messenger.ts";
import { makeMessenger } from "../outbound/messenger.ts";
import { CATALOG } from "../signals/catalog.ts";
import { copyIdle } from "../store/postgres/engine/backup.ts";
import { roomAt } from "../store/postgres/engine/room.ts";
import { moveToServer } from "../store/postgres/move.ts";
import { openStore } from "../store/postgres/open.ts";
import type { Stoppable, Store } from "../store/store.ts";
import { voidingRights } from "../web/guard/void-rights.ts";
import { ingestRoutes } from "../web/ingest.ts";
import { listen } from "../web/listen.ts";
import { type Metrics, makeMetrics } from "../web/metrics.ts";
import { makeOperationsServer } from "../web/operations.ts";
import { type AppFile, readAppFile, readTierFile, type TierFile, withTier } from "../web/pages/setup/manifest.ts";
import { makeWebServer } from "../web/server.ts";
import { type ForwardingWatch, watchMachine } from "../web/watch-machine.ts";
import { hashKeyOf } from "./hash-key.ts";
import type { Runtime } from "./runtime.ts";

export interface Service {
  readonly store: Store;
  /** Address the pages listen on; null for a worker. */
  readonly webUrl: string | null;
  readonly operationsUrl: string;
  /** Stops taking work, finishes what runs within `STOP_GRACE_MS`, closes everything. */
  stop(): Promise<void>;
}

/** Most a stop waits for running jobs and open requests; what is left is taken over by the next start. */
const STOP_GRACE_MS = 20_000;
/** Jobs at once in one process; each waits for GitHub most of its time. */
const JOB_CONCURRENCY = 8;

/**
 * Starts the parts asked for and resolves when they listen and work. It listens before it takes work, and closes
 * whatever it opened when a later step fails. Throws InvalidInput or OperatingError when refused.
 */
export async function startService(
  config: Config & { readonly app: AppCredentials },
  part: "all" | "web" | "worker",
  runtime: Runtime,
): Promise<Service> {
  const { log } = runtime;
  const messenger = messengerOf(config, runtime);
  // Closed from the last to the first: here when a step fails, by `stop` when none did.
  await using opened = new AsyncDisposableStack();
  const store = runtime.store ?? (await openConfiguredStore(config, runtime));
  opened.defer(() => store.stop());
  const connected = gateways(config, runtime);
  const watched = watchMachine(config.web, {
    store,
    log,
    githubClock: connected.githubClock,
    servesPages: part !== "worker",
    processId: process.pid,
  });
  const parts = { store, messenger, ...connected, ...watched, metrics: makeMetrics(store) };
  let ready = false;
  const { health } = watched;
  const operations = makeOperationsServer({ store, metrics: parts.metrics, log, isReady: () => ready, health });
  opened.defer(() => operations.close());
  const operationsUrl = await listen(operations, { ...config.operations, variable: "OPERATIONS_PORT" });
  const workers: Stoppable[] = [];
  opened.defer(async () => void (await Promise.all(workers.map((worker) => worker.stop(STOP_GRACE_MS)))));
  const web = part === "worker" ? null : await webServer(parts, config, runtime);
  opened.defer(async () => web?.close());
  const webUrl = web && (await listen(web, { ...config.web, variable: "PORT" }));
  if (part !== "web") for await (const worker of startWorkers(parts, config, runtime)) workers.push(worker);
  ready = true;
  log.info("service.started", { part, web: webUrl, operations: operationsUrl });
  const closing = opened.move();
  return {
    store,
    webUrl,
    operationsUrl,
    async stop() {
      ready = false;
      await closing.disposeAsync();
      log.info("service.stopped");
    },
  };
}

/** The store the configuration names; the caller stops it. Throws InvalidInput or OperatingError. */
export const openConfiguredStore = (
  { store: { databaseUrl, dataDirectory: dataDir } }: Pick<Config, "store">,
  { clock, log }: Pick<Runtime, "clock" | "log">,
): Promise<Store> => openStore({ databaseUrl, dataDir, clock, log });

/** Copies the embedded database to the server that the configuration names. See `Services.move`. */
export const moveConfiguredStore = ({
  store: { databaseUrl, dataDirectory: dataDir },
}: Pick<Config, "store">): ReturnType<Services["move"]> => moveToServer({ databaseUrl, dataDir, clock: systemClock });

/** Copies an embedded database that nobody has open; null while a server holds it. See `Services.backup`. */
export const copyIdleStore = ({ store: { databaseUrl, dataDirectory: dataDir } }: Pick<Config, "store">) =>
  copyIdle({ databaseUrl, dataDir }, systemClock.now());

/** What is free where an embedded database lives, without opening it; null with a server. */
export const roomOf = ({ store: { databaseUrl, dataDirectory } }: Pick<Config, "store">): Room | null =>
  databaseUrl === null ? roomAt(dataDirectory) : null;

/** `app.yml` beside the source: what the App asks GitHub for. */
export const ownAppFile = (): AppFile => readAppFile(readFileSync(new URL("../../app.yml", import.meta.url), "utf8"));

/** `app.audit.yml` beside it: what the tier for audits adds. */
export const ownTierFile = (): TierFile =>
  readTierFile(readFileSync(new URL("../../app.audit.yml", import.meta.url), "utf8"));

/** Both at once: what an App of the tier for audits asks for. */
export const ownAuditAppFile = (): AppFile => withTier(ownAppFile(), ownTierFile());

/** The credentials of an App that was just created on GitHub's page; the code works once. Throws OperatingError. */
export const exchangeManifest = ({ github }: Pick<Config, "github">, code: string): Promise<CreatedApp> =>
  convertManifest(github.apiUrl, code);

/** Reaches nobody before somebody has a message sent. Throws InvalidInput for what is wrong with the operator's file. */
export const messengerOf = (
  { notify }: Pick<Config, "notify">,
  runtime: Pick<Runtime, "clock" | "deadline">,
): Messenger => makeMessenger(readDestinations(notify), runtime);

interface Parts {
  readonly store: Store;
  readonly messenger: Messenger;
  readonly apps: AppGateway;
  readonly login: LoginGateway;
  readonly probot: ReturnType<typeof makeProbot>;
  readonly metrics: Metrics;
  readonly forwarding: ForwardingWatch;
  readonly health: () => readonly MachineFinding[];
}

/** GitHub's side of the wiring; no request is made before somebody asks for one. */
export function gateways(
  { app, github }: { readonly app: AppCredentials; readonly github: Config["github"] },
  { clock, log }: Pick<Runtime, "clock" | "log">,
): Pick<Parts, "apps" | "login" | "probot"> & { readonly githubClock: GitHubClock } {
  const [webhookSecret = ""] = app.webhookSecrets;
  const credentials = { appId: app.id, privateKey: app.privateKey, webhookSecret, apiUrl: github.apiUrl };
  const githubClock = makeGitHubClock(clock);
  const probot = makeProbot(credentials, { githubClock });
  return {
    probot,
    githubClock,
    apps: makeAppGateway({ probot, appId: app.id, webUrl: github.webUrl, clock, log }),
    login: makeLoginGateway({ ...app, webUrl: github.webUrl, apiUrl: github.apiUrl }),
  };
}

/** GitHub by somebody's own token, for commands that look. */
export const tokenGateway = (
  { github }: Pick<Config, "github">,
  token: string,
  { clock, log }: Pick<Runtime, "clock" | "log">,
): LookingGateway => makeTokenGateway({ token, apiUrl: github.apiUrl, clock, log });

/** Gives each worker as soon as it works, so that it can be stopped when the next one cannot start. */
async function* startWorkers(
  { store, messenger, apps, probot, metrics }: Parts,
  config: Config & { readonly app: AppCredentials },
  { clock, random, log }: Runtime,
): AsyncGenerator<Stoppable> {
  const context: Omit<FlowContext, "isOurs"> = {
    store,
    apps,
    clock,
    random,
    log,
    publicUrl: config.web.publicUrl,
    engine: ENGINE,
    messenger,
    hashKey: hashKeyOf(config.app),
    scan: {
      searchPath: config.searchPath,
      temporary: tmpdir(),
      protocol: config.github.webUrl.startsWith("http://") ? "http" : "https",
      clockMs: () => performance.now(),
    },
  };
  // Planning asks nobody anything, so Probot's own client and log stay unused.
  const dispatch = await makeDispatch(probot, { appId: config.app.id });
  for (const { key, job, ...recurrence } of SERVICE_SCHEDULES) await store.queue.schedule(key, recurrence, job);
  await store.queue.enqueue([{ kind: "reconcile-deliveries" }]);
  yield await store.inbox.work(dispatch);
  yield await store.queue.work(
    { concurrency: JOB_CONCURRENCY, probe: apps.answers },
    async (job, attempt, waited, isOurs) => {
      const startedAt = Date.parse(clock.now());
      const outcome = await runJob({ ...context, isOurs }, job, attempt, waited);
      const durationMs = Date.parse(clock.now()) - startedAt;
      metrics.jobFinished({ kind: job.kind, outcome: outcome.kind, durationMs });
      return outcome;
    },
  );
}

function webServer(
  { store, apps, login, metrics, messenger, forwarding, health }: Parts,
  config: Config & { readonly app: AppCredentials },
  { clock, random, log, wait }: Runtime,
): Promise<FastifyInstance> {
  return makeWebServer({
    store,
    apps,
    login,
    clock,
    random,
    log,
    ...(wait && { wait }),
    metrics,
    forwarding,
    health,
    signals: CATALOG,
    publicUrl: config.web.publicUrl,
    githubUrl: config.github.webUrl,
    sessionSecret: config.app.sessionSecret,
    trustedProxyHops: config.web.trustedProxyHops,
    privacyContact: config.web.privacyContact,
    destinationsOf: messenger.destinationsOf,
    ingest: ingestRoutes({ inbox: voidingRights(store), secrets: config.app.webhookSecrets, clock, log }),
  });
}
