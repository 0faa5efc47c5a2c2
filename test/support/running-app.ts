import { createHash, generateKeyPairSync } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { addRepository } from "@sallyport/simulator/src/build/build.ts";
import { installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import { commitTo } from "@sallyport/simulator/src/build/build-work.ts";
import type { Limits } from "@sallyport/simulator/src/http/ledger.ts";
import type { Webhook } from "@sallyport/simulator/src/payload/common.ts";
import { installationWebhook } from "@sallyport/simulator/src/payload/installation.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import type { Organization, PullRequest, Repository, User, World } from "@sallyport/simulator/src/world/world.ts";
import type { Installation, Permissions } from "@sallyport/simulator/src/world/world-apps.ts";
import { sql } from "kysely";
import { type Service, startService } from "../../src/boot/wire.ts";
import type { AppCredentials, Config } from "../../src/config.ts";
import { installationId } from "../../src/ids.ts";
import { makeLog } from "../../src/log.ts";
import type { Database } from "../../src/store/postgres/engine/database.ts";
import { storeOver } from "../../src/store/postgres/open.ts";
import type { Report, TenantStore } from "../../src/store/store.ts";
import { freshDatabase } from "./database.ts";
import { fixedClock } from "./fixed-clock.ts";

export const WEBHOOK_SECRET = "6f1c2b9d4e8a7053c1b2d3e4f5a69788";
export const CLIENT_ID = "Iv1.0123456789abcdef";
export const CLIENT_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c";
/** Nobody listens there: visitors of a test go to `webUrl` instead. */
export const PUBLIC_URL = "http://localhost:3000";
export const PERMISSIONS: Permissions = {
  metadata: "read",
  pull_requests: "write",
  checks: "write",
  members: "read",
  single_file: "read",
};
export const key = generateKeyPairSync("rsa", {
  modulusLength: 2_048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

/** One line of the app's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

export interface RunningApp {
  readonly sim: Simulator;
  readonly service: Service;
  readonly installation: Installation;
  readonly webUrl: string;
  readonly clock: ReturnType<typeof fixedClock>;
  /** What the app logged, as it came. */
  readonly lines: readonly string[];
  /** The same, of one event. */
  logged(event: string): readonly LogLine[];
  /** What is stored for an installation, the first one unless another is given. */
  tenant(installation?: Installation): TenantStore;
  /** The report on a pull request's head. */
  reportOf(pullRequest: PullRequest, installation?: Installation): Promise<Report>;
  /** Sends a webhook, expects it acknowledged, and waits for its effects. */
  tell(webhook: Webhook): Promise<void>;
  /** Installs the App on another organisation. */
  install(organization: Organization, owner: User): Promise<Installation>;
  /** Resolves when every delivery is planned and every job that can run has run; a snoozed one cannot. */
  settle(): Promise<void>;
  /** Lets time pass, for the app's clock and for whatever waits for a moment: nothing waits for the machine's. */
  pass(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

/** The real service on an in-memory database against the simulator, installed on one organisation. */
export async function runApp(options: {
  readonly world: World;
  readonly organization: Organization;
  readonly owner: User;
  readonly now: string;
  readonly live?: boolean;
  /** What GitHub allows, where that is the subject. */
  readonly limits?: Partial<Limits>;
  /** The organisation's policy file; none unless given. */
  readonly policy?: string;
  /** The operator's file of who is told; nobody unless given. */
  readonly notify?: string;
  /** When an attempt to tell somebody ends; after ten seconds of the machine's clock unless given. */
  readonly deadline?: () => AbortSignal;
}): Promise<RunningApp> {
  const { world, organization, owner, now, policy, notify, deadline } = options;
  if (policy !== undefined) writePolicy(world, organization, policy);
  const clock = fixedClock(now);
  const random = seededRandom("running-app");
  // GitHub's own clock stands still: when a test lets days pass, they pass for the app, and no token ends.
  const sim = createSimulator({ world, clock: fixedClock(now), random, limits: { ...UNLIMITED, ...options.limits } });
  const url = await sim.listen();
  const app = registerApp(world, {
    slug: "sallyport",
    owner: organization,
    publicKey: key.publicKey,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    webhookSecret: WEBHOOK_SECRET,
    createdAt: now,
    permissions: PERMISSIONS,
    callbackUrls: [`${PUBLIC_URL}/login/callback`],
  });
  const lines: string[] = [];
  const log = makeLog("info", { write: (line) => void lines.push(line) });
  const database = await freshDatabase();
  const store = storeOver(database, { clock, log, tuning: { pollMs: 100, secondMs: 1_000 } });
  const runtime = { clock, random, log, store, wait: atOnce, ...(deadline && { deadline }) };
  const service = await startService(configFor(url, app.id, notify), "all", runtime);
  const webUrl = service.webUrl ?? "";
  app.hookUrl = `${webUrl}/api/github/webhooks`;
  const settle = (): Promise<void> => settled(database);
  const install = async (on: Organization, by: User): Promise<Installation> => {
    const made = installApp(world, app, { account: on, at: now });
    made.singleFilePaths = [POLICY_PATH];
    await sim.deliver(installationWebhook(sim.stage, { installation: made, action: "created", sender: by }));
    await settle();
    return made;
  };
  const installation = await install(organization, owner);
  const tenant = (of = installation): TenantStore => service.store.tenant(installationId(of.id));
  if (options.live) await tenant().setPublication("live");
  return {
    sim,
    service,
    installation,
    webUrl,
    clock,
    lines,
    logged: (event) => lines.map(parsed).filter((line) => line.event === event),
    tenant,
    reportOf: (pullRequest, of) => reportOf(tenant(of), pullRequest),
    async tell(webhook) {
      const delivery = await sim.deliver(webhook);
      if (delivery?.statusCode !== 202) throw new Error(`${webhook.event}: answered ${delivery?.statusCode}`);
      await settle();
    },
    install,
    settle,
    async pass(seconds) {
      clock.set(new Date(Date.parse(clock.now()) + seconds * 1_000).toISOString());
      await passInStore(database, seconds);
    },
    async stop() {
      await service.stop();
      await sim.stop();
    },
  };
}

/** The slot of a 404 is tested where it is the subject. */
const atOnce = async (): Promise<void> => {};

/** Where deep scans are not the subject: git and the simulated GitHub would take most of the time with them. */
export const NO_DEEP_SCANS = "version: 1\ntriage: { deep_scan: never }\n";

const POLICY_PATH = ".github/sallyport.yml";

/** GitHub's limits are tested where they are the subject. */
export const UNLIMITED = {
  core: 1_000_000,
  graphql: 1_000_000,
  restPointsPerMinute: 1_000_000,
  graphqlPointsPerMinute: 1_000_000,
  contentPerMinute: 1_000_000,
} as const;

/** Puts a policy file where the organisation keeps its own, or into one repository. */
export function writePolicy(world: World, place: Organization | Repository, text: string): void {
  const kept = [...world.repositories.values()].find(({ ownerId, name }) => ownerId === place.id && name === ".github");
  if (place.type === "Repository") place.files.set(POLICY_PATH, text);
  else if (kept) kept.files.set(POLICY_PATH, text);
  else {
    const files = { [POLICY_PATH]: text };
    const made = addRepository(world, { owner: place, name: ".github", createdAt: place.createdAt, files });
    const [ownerId = 0] = place.owners;
    const owner = world.accounts.get(ownerId);
    if (owner?.type === "User") commitTo(world, made, { by: owner, at: place.createdAt, message: "Add the policy" });
  }
}

/** The commit at the tip of a pull request. */
export const headOf = ({ commits }: PullRequest): string => commits.at(-1)?.sha ?? "";

async function reportOf(tenant: TenantStore, pullRequest: PullRequest): Promise<Report> {
  const reports = await tenant.reportsOfHead(pullRequest.repositoryId as never, headOf(pullRequest));
  const found = reports.find((report) => report.pullRequest?.number === pullRequest.number);
  if (found === undefined) throw new Error(`no report on pull request ${pullRequest.number}`);
  return found;
}

const parsed = (line: string): LogLine => JSON.parse(line);

export function configFor(url: string, appId: number, notify?: string): Config & { readonly app: AppCredentials } {
  return {
    app: {
      id: appId,
      privateKey: key.privateKey,
      webhookSecrets: [WEBHOOK_SECRET],
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      sessionSecret: "b7f7d3c8a9e04f5b8c6d2e1f0a9b8c7d6e5f4a3b",
    },
    github: { webUrl: url, apiUrl: `${url}/api/v3`, graphqlUrl: `${url}/api/graphql` },
    web: { host: "127.0.0.1", port: 0, publicUrl: PUBLIC_URL, trustedProxyHops: 0, privacyContact: null },
    webhookProxyUrl: null,
    operations: { host: "127.0.0.1", port: 0 },
    store: { databaseUrl: null, dataDirectory: "unused" },
    notify: notify === undefined ? null : { path: "notify.yml", text: notify },
    logLevel: "silent",
    searchPath: process.env.PATH ?? "",
  };
}

/** Looks until two looks find nothing to do; how long that takes is no test's business. */
async function settled(database: Database): Promise<void> {
  for (let quiet = 0; quiet < 2; await pause(20)) {
    const { rows } = await database.query((db) => UNDER_WAY.execute(db));
    const { running = 0, retries = 0 } = rows[0] ?? {};
    quiet = running + retries === 0 ? quiet + 1 : 0;
    if (retries > 0) await database.query((db) => TRY_AGAIN.execute(db));
  }
}

// A delivery becomes its jobs in one transaction, so nothing is ever between the two. Messages are no effect of GitHub's
// events, and one to a server that hangs would never be done: whoever sends some waits for them.
const UNDER_WAY = sql<{ running: number; retries: number }>`select
  (select count(*) from delivery where state = 'waiting')
    + (select count(*) from job where kind <> 'send-notice'
      and (state = 'running' or (state = 'waiting' and due_at <= clock_timestamp())))
    as running,
  (select count(*) from job where kind <> 'send-notice' and state = 'waiting' and not snoozed
    and due_at > clock_timestamp()) as retries`;

// What failed is tried again without its wait; what waits for a moment that GitHub or a brake named goes on waiting.
const TRY_AGAIN = sql`update job set due_at = clock_timestamp()
  where kind <> 'send-notice' and state = 'waiting' and not snoozed and due_at > clock_timestamp()`;

/** The store counts waits from the moment they begin; those that have begun are this much nearer to their end. */
async function passInStore(database: Database, seconds: number): Promise<void> {
  for (const table of ["job", "delivery"] as const)
    await database.query((db) =>
      sql`update ${sql.table(table)} set due_at = due_at - ${seconds} * interval '1 second'
        where state = 'waiting'`.execute(db),
    );
  await database.query((db) =>
    sql`update circuit set probe_at = probe_at - ${seconds} * interval '1 second'`.execute(db),
  );
}

/** The same bytes in every run. */
export function seededRandom(seed: string): { bytes(count: number): Uint8Array } {
  let counter = 0;
  return {
    bytes(count) {
      const blocks: Buffer[] = [];
      for (let size = 0; size < count; size += 32) {
        counter += 1;
        blocks.push(createHash("sha256").update(`${seed} ${counter}`).digest());
      }
      return Buffer.concat(blocks).subarray(0, count);
    },
  };
}
