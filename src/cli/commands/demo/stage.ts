import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createGate, type Gate } from "@sallyport/simulator/src/scenarios/gate.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import { ownAuditAppFile, type Service, startService } from "../../../boot/wire.ts";
import { type Clock, type Instant, plusDays, systemClock } from "../../../clock.ts";
import { processEnvironment } from "../../../config.ts";
import { OperatingError } from "../../../errors.ts";
import { installationId } from "../../../ids.ts";
import { silentLog } from "../../../log.ts";

/** The local GitHub and the app beside it, on a database that goes when it stops. */
export interface Stage {
  readonly gate: Gate;
  readonly simulator: Simulator;
  readonly service: Service;
  readonly webUrl: string;
  readonly clock: Clock;
  /** Resolves when all that was delivered has had its effect. */
  settle(): Promise<void>;
  /** Lets the days pass between the installation and the rest of the story, and with them what falls due. */
  passWeek(): Promise<void>;
  stop(): Promise<void>;
}

/** Where the pages and the local GitHub are easy to remember, when nobody else is there. */
const WEB_PORT = 3000;
const GITHUB_PORT = 4401;
/** The App was installed almost a week ago, so that the audit has something to compare with. */
const WEEK_DAYS = 6.5;
/** More than a weekly audit is moved by. */
const SPREAD_HOURS = 4;
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/**
 * So that the demo shows what the public would see; a real installation starts in shadow mode. The story has an audit of
 * its own, and there is no second one within a day: the weekly one was due last before the App was installed, whatever
 * its minute, and is hours away.
 */
function policyOf(now: Instant): string {
  const due = new Date(plusDays(now, 7 - WEEK_DAYS - SPREAD_HOURS / 24));
  const weekly = `{ day: ${WEEKDAYS[due.getUTCDay()]}, hour: ${due.getUTCHours()}, timezone: UTC }`;
  return `version: 1\nmode: live\naccess:\n  weekly: ${weekly}\n`;
}

/** Time as it is, less the days by which the story is behind. */
function storyClock(): Clock & { behindDays: number } {
  const clock = { behindDays: WEEK_DAYS, now: () => plusDays(systemClock.now(), -clock.behindDays) };
  return clock;
}

/** Sets everything up. Cost: a new RSA key, a new database and two servers, 4 to 8 s. */
export async function setStage(): Promise<Stage> {
  const random = { bytes: (count: number) => randomBytes(count) };
  const webPort = await freePort(WEB_PORT);
  const webUrl = `http://localhost:${webPort}`;
  const secrets = newSecrets();
  const clock = storyClock();
  const { default_permissions: permissions, default_events: events } = ownAuditAppFile();
  const gate = createGate({
    now: clock.now(),
    ...secrets.github,
    hookUrl: `http://127.0.0.1:${webPort}/api/github/webhooks`,
    callbackUrls: [`${webUrl}/login/callback`],
    permissions,
    events,
    policy: policyOf(systemClock.now()),
  });
  // Closed from the last to the first: here when a step fails, by `stop` when none did.
  await using opened = new AsyncDisposableStack();
  const folder = temporaryFolder(opened);
  const simulator = createSimulator({ world: gate.world, clock, random, folder });
  const githubUrl = await simulator.listen(await freePort(GITHUB_PORT));
  opened.defer(() => simulator.stop());
  const config = {
    app: { id: gate.app.id, ...secrets.app },
    github: { webUrl: githubUrl, apiUrl: `${githubUrl}/api/v3`, graphqlUrl: `${githubUrl}/api/graphql` },
    web: { host: "127.0.0.1", port: webPort, publicUrl: webUrl, trustedProxyHops: 0, privacyContact: null },
    webhookProxyUrl: null,
    operations: { host: "127.0.0.1", port: 0 },
    store: { databaseUrl: null, dataDirectory: join(folder, "data") },
    notify: null,
    logLevel: "silent",
    searchPath: processEnvironment().PATH ?? "",
  };
  const service = await startService(config, "all", { clock, random, log: silentLog });
  opened.defer(() => service.stop());
  const closing = opened.move();
  return {
    gate,
    simulator,
    service,
    webUrl,
    clock,
    settle: () => settled(service),
    async passWeek() {
      clock.behindDays = 0;
      await service.store.queue.enqueue([
        { kind: "sweep-installation", installationId: installationId(gate.installation.id) },
      ]);
      await settled(service);
    },
    stop: () => closing.disposeAsync(),
  };
}

/** A folder that goes with the stage, also when a reader that closes the pipe early ends the program where it stands. */
function temporaryFolder(opened: AsyncDisposableStack): string {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-demo-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  opened.defer(() => {
    process.off("exit", remove);
    remove();
  });
  return folder;
}

function newSecrets() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const hex = (bytes: number): string => randomBytes(bytes).toString("hex");
  const [clientId, clientSecret, webhookSecret] = [`Iv1.${hex(8)}`, hex(20), hex(32)];
  return {
    github: { publicKey, clientId, clientSecret, webhookSecret },
    app: { privateKey, clientId, clientSecret, webhookSecrets: [webhookSecret], sessionSecret: hex(32) },
  };
}

const LOOK_EVERY_MS = 25;
const GIVE_UP_MS = 60_000;

async function settled({ store }: Service): Promise<void> {
  for (let waitedMs = 0, quietLooks = 0; quietLooks < 2; waitedMs += LOOK_EVERY_MS) {
    if (waitedMs > GIVE_UP_MS) throw new OperatingError("timeout", "the demo's work did not end within a minute");
    const [inbox, queue] = [await store.inbox.counts(), await store.queue.counts()];
    quietLooks = inbox.waiting + queue.waiting + queue.running === 0 ? quietLooks + 1 : 0;
    await pause(LOOK_EVERY_MS);
  }
}

/** The wanted port when it is free on this machine, else any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () => (wanted === 0 ? reject(new Error("no free port")) : resolve(freePort(0))));
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : wanted));
    });
  });
}
