import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import { openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { installationWebhook } from "@sallyport/simulator/src/payload/installation.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import { createWorld } from "@sallyport/simulator/src/world/world.ts";
import { systemClock } from "../../src/clock.ts";
import { openDatabase } from "../../src/store/postgres/open.ts";
import { type Addresses, type AppProcess, startAppProcess } from "../support/app-process.ts";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "../support/jest.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  key,
  PERMISSIONS,
  seededRandom,
  UNLIMITED,
  WEBHOOK_SECRET,
} from "../support/running-app.ts";

// A real file system of its own, so this needs the right to mount one: `sudo npm run test:campaigns`.
const MIB = 2 ** 20;
const DISK_MIB = 320;
const DELIVERIES = 20;
/** Longer than a delivery may take to be answered. */
const ANSWER_MS = 10_000;

const now = systemClock.now();
const world = createWorld();
const owner = addUser(world, { login: "ada-example", createdAt: "2019-05-01T00:00:00Z" });
const organization = addOrganization(world, {
  login: "example-org",
  createdAt: "2016-01-01T00:00:00Z",
  owners: [owner],
});
const repository = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });
const app = registerApp(world, {
  slug: "sallyport",
  owner,
  publicKey: key.publicKey,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  webhookSecret: WEBHOOK_SECRET,
  createdAt: now,
  permissions: PERMISSIONS,
});
const installation = installApp(world, app, { account: organization, at: now });

let sim: Simulator;
let url = "";
let disk = "";
let running: AppProcess | null = null;
beforeAll(async () => {
  sim = createSimulator({ world, clock: systemClock, random: seededRandom("github"), limits: UNLIMITED });
  url = await sim.listen();
});
afterAll(() => sim.stop());
beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), "sallyport-full-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MIB}m`, "tmpfs", disk]);
});
afterEach(async () => {
  await running?.end("SIGKILL");
  execFileSync("umount", ["--lazy", disk]);
  rmSync(disk, { recursive: true });
});

const filler = (): string => join(disk, "filler");
const freeBytes = (): number => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};
/** Somebody else's file takes all but so much, while the app writes, too. */
function fill(leftMib: number): void {
  const block = Buffer.alloc(MIB / 4);
  try {
    while (freeBytes() > leftMib * MIB) appendFileSync(filler(), block);
  } catch (error) {
    if (!String(error).includes("ENOSPC")) throw error;
  }
}

const makeRoom = (): void => rmSync(filler());

async function up(): Promise<Addresses> {
  running = startAppProcess({ appId: app.id, githubHost: new URL(url).host, dataDirectory: disk });
  const addresses = await running.started;
  if (addresses === null) throw new Error(`the app did not start:\n${running.output.join("\n")}`);
  app.hookUrl = `${addresses.webUrl}/api/github/webhooks`;
  return addresses;
}

/** Statuses of new deliveries, with how long the slowest took; the GUIDs of the acknowledged go into `acknowledged`. */
async function deliver(acknowledged: string[]): Promise<ReadonlySet<number>> {
  const statuses = new Set<number>();
  for (let count = 0; count < DELIVERIES; count += 1) {
    const pullRequest = openPullRequest(world, repository, { author: owner, title: "Tidy", at: systemClock.now() });
    const webhook = pullRequestWebhook(sim.stage, { pullRequest, action: "opened", sender: owner });
    const delivery = await sim.deliver(webhook);
    if (delivery === null) throw new Error("GitHub sends no pull requests to this App");
    statuses.add(delivery.statusCode);
    if (delivery.statusCode === 202) acknowledged.push(delivery.guid);
  }
  return statuses;
}

const answerOf = async (address: string): Promise<readonly [number, string]> => {
  const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER_MS) });
  return [answer.status, await answer.text()];
};

async function stored(): Promise<ReadonlySet<string>> {
  const database = await openDatabase({ databaseUrl: null, dataDir: join(disk, "data"), clock: systemClock });
  const rows = await database.query((db) => db.selectFrom("delivery").select("guid").execute());
  await database.close();
  return new Set(rows.map(({ guid }) => guid.split("@")[0] ?? ""));
}

test.each([60, 15, 2, 0])(
  "full disk: with %i MiB left deliveries are refused, pages shown, and it goes on by itself",
  async (left) => {
    const acknowledged: string[] = [];
    const { webUrl, operationsUrl } = await up();
    await sim.deliver(installationWebhook(sim.stage, { installation, action: "created", sender: owner }));
    expect(await deliver(acknowledged)).toEqual(new Set([202]));
    fill(left);
    expect(await deliver(acknowledged)).toEqual(new Set([503]));
    expect(await answerOf(`${operationsUrl}/readyz`)).toEqual([503, "not ready: disk\n"]);
    expect((await answerOf(`${webUrl}/privacy`))[0]).toBe(200);
    expect(await running?.printed('"disk.filled"')).not.toBeNull();
    makeRoom();
    expect(await deliver(acknowledged)).toEqual(new Set([202]));
    expect((await answerOf(`${operationsUrl}/readyz`))[0]).toBe(200);
    await running?.end("SIGTERM");
    const kept = await stored();
    expect(acknowledged.filter((guid) => !kept.has(guid))).toEqual([]);
  },
);

test("full disk: a start is refused in one line, and works when there is room", async () => {
  const acknowledged: string[] = [];
  await up();
  await deliver(acknowledged);
  await running?.end("SIGKILL");
  fill(2);
  running = startAppProcess({ appId: app.id, githubHost: new URL(url).host, dataDirectory: disk });
  expect(await running.ended).toBe(2);
  expect(running.errors()).toMatch(/^\S+: its disk is full: [12] MiB free, 64 needed; make room there, .*\n$/);
  makeRoom();
  await up();
  await running?.end("SIGTERM");
  const kept = await stored();
  expect(acknowledged.filter((guid) => !kept.has(guid))).toEqual([]);
});

test("full disk: what fills it in the middle of work ends the process or has deliveries refused, and loses nothing", async () => {
  const acknowledged: string[] = [];
  await up();
  const sending = (async () => {
    for (let round = 0; round < 3; round += 1) await deliver(acknowledged);
  })();
  await pause(1_000);
  fill(0);
  await sending;
  expect([null, 74]).toContain(await Promise.race([running?.ended, pause(100, null)]));
  await running?.end("SIGKILL");
  makeRoom();
  const kept = await stored();
  expect(acknowledged.filter((guid) => !kept.has(guid))).toEqual([]);
});
