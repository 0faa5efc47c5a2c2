import { createHash, generateKeyPairSync } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { fixedClock } from "../../src/clock.ts";
import type { AppCredentials, Config } from "../../src/config.ts";
import { type Log, silentLog } from "../../src/log.ts";
import { installApp, registerApp } from "../../src/sim/build-app.ts";
import { installationWebhook } from "../../src/sim/payload/installation.ts";
import { createSimulator, type Simulator } from "../../src/sim/server.ts";
import type { Organization, User, World } from "../../src/sim/world.ts";
import type { Installation } from "../../src/sim/world-apps.ts";
import { type Service, startService } from "../../src/wire.ts";

const WEBHOOK_SECRET = "6f1c2b9d4e8a7053c1b2d3e4f5a69788";
const CLIENT_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c";
const key = generateKeyPairSync("rsa", {
  modulusLength: 2_048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

export interface RunningApp {
  readonly sim: Simulator;
  readonly service: Service;
  readonly installation: Installation;
  readonly webUrl: string;
  readonly clock: ReturnType<typeof fixedClock>;
  /** Resolves when every delivery is planned and every job that can run has run. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** The real service on an in-memory database against the simulator, installed on one organisation. */
export async function runApp(options: {
  readonly world: World;
  readonly organization: Organization;
  readonly owner: User;
  readonly now: string;
  readonly live?: boolean;
  readonly log?: Log;
}): Promise<RunningApp> {
  const { world, organization, owner, now } = options;
  const clock = fixedClock(now);
  const random = seededRandom("running-app");
  const sim = createSimulator({ world, clock, random });
  const url = await sim.listen();
  const app = registerApp(world, {
    slug: "sallyport",
    owner: organization,
    publicKey: key.publicKey,
    clientId: "Iv1.0123456789abcdef",
    clientSecret: CLIENT_SECRET,
    webhookSecret: WEBHOOK_SECRET,
    createdAt: now,
    permissions: { metadata: "read", pull_requests: "write", checks: "write", members: "read", single_file: "read" },
  });
  const config = configFor(url, app.id);
  const service = await startService(config, "all", { clock, random, log: options.log ?? silentLog });
  const webUrl = service.webUrl ?? "";
  app.hookUrl = `${webUrl}/api/github/webhooks`;
  app.callbackUrls.push(`${webUrl}/login/callback`);
  const installation = installApp(world, app, { account: organization, at: now });
  const settle = (): Promise<void> => settled(service);
  await sim.deliver(installationWebhook(sim.stage, { installation, action: "created", sender: owner }));
  await settle();
  if (options.live) await service.store.tenant(installation.id as never).setPublication("live");
  return {
    sim,
    service,
    installation,
    webUrl,
    clock,
    settle,
    async stop() {
      await service.stop();
      await sim.stop();
    },
  };
}

function configFor(url: string, appId: number): Config & { readonly app: AppCredentials } {
  return {
    app: {
      id: appId,
      privateKey: key.privateKey,
      webhookSecrets: [WEBHOOK_SECRET],
      clientId: "Iv1.0123456789abcdef",
      clientSecret: CLIENT_SECRET,
      sessionSecret: "b7f7d3c8a9e04f5b8c6d2e1f0a9b8c7d6e5f4a3b",
    },
    github: { webUrl: url, apiUrl: `${url}/api/v3`, graphqlUrl: `${url}/api/graphql` },
    web: { host: "127.0.0.1", port: 0, publicUrl: "http://localhost:3000", trustedProxyHops: 0 },
    operations: { host: "127.0.0.1", port: 0 },
    store: { databaseUrl: null, dataDirectory: "memory://" },
    logLevel: "silent",
  };
}

/** Looks often, gives up late: how long a job takes is no test's business. */
async function settled({ store }: Service): Promise<void> {
  for (let quiet = 0, looks = 0; quiet < 3; looks++) {
    if (looks > 3_000) throw new Error(`never settled: ${JSON.stringify(await store.queue.counts())}`);
    const [inbox, queue] = [await store.inbox.counts(), await store.queue.counts()];
    quiet = inbox.waiting + queue.waiting + queue.running === 0 ? quiet + 1 : 0;
    await pause(20);
  }
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
