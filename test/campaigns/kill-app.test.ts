import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import { openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { installationWebhook } from "@sallyport/simulator/src/payload/installation.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import { createWorld, type PullRequest } from "@sallyport/simulator/src/world/world.ts";
import { silentLog } from "../../src/log.ts";
import { openStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { type AppProcess, startAppProcess } from "../support/app-process.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  headOf,
  key,
  PERMISSIONS,
  seededRandom,
  UNLIMITED,
  WEBHOOK_SECRET,
  writePolicy,
} from "../support/running-app.ts";

/** Kills while the process starts, the first ones while it makes its database; and while deliveries come in. */
const KILLS_STARTING = 5;
const KILLS_WORKING = 15;
/** The machine is off this long after a kill: past every lease, and the job that was cut off is taken over. */
const OFF_MS = 61_000;
/** And this long before the last start: past every wait of a job that failed again after it was cut off. */
const NIGHT_OFF_MS = 8 * 3_600_000;
const SENDERS = 2;
const ORGANIZATIONS = 3;

const world = createWorld();
const random = seededRandom("kill -9");
const dataDirectory = mkdtempSync(join(tmpdir(), "sallyport-crash-"));
/** How far the clocks of GitHub and of the app are ahead of the machine's. */
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs).toISOString() };
const now = new Date().toISOString();

const person = (login: string) => addUser(world, { login, createdAt: "2019-05-01T00:00:00Z" });
const appOwner = person("ada-example");
/** Enough that none of them opens more than are looked at at once. */
const authors = Array.from({ length: 24 }, (_, index) => person(`author-${index}-example`));
const places = Array.from({ length: ORGANIZATIONS }, (_, index) => {
  const owner = person(`owner-${index}-example`);
  const organization = addOrganization(world, {
    login: `org-${index}`,
    createdAt: "2016-01-01T00:00:00Z",
    owners: [owner],
  });
  const repository = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });
  writePolicy(world, organization, "version: 1\nmode: live\n");
  return { owner, organization, repository };
});
const app = registerApp(world, {
  slug: "sallyport",
  owner: appOwner,
  publicKey: key.publicKey,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  webhookSecret: WEBHOOK_SECRET,
  createdAt: now,
  permissions: PERMISSIONS,
});
const installations = places.map(({ organization }) => {
  const installation = installApp(world, app, { account: organization, at: now });
  installation.singleFilePaths = [".github/sallyport.yml"];
  return installation;
});

let sim: Simulator;
let store: Store;
let running: AppProcess | null = null;
/** Every pull request that was opened, and whether GitHub was told that its delivery is safe. */
const opened: { readonly pullRequest: PullRequest; readonly deliveryId: number; readonly acknowledged: boolean }[] = [];
const killed = { starting: 0, working: 0 };

beforeAll(async () => {
  sim = createSimulator({ world, clock, random: seededRandom("github"), limits: UNLIMITED });
  const url = await sim.listen();
  for (let kill = 0; kill < KILLS_STARTING; kill++) await killWhileStarting(url);
  await meet(url);
  for (let kill = 0; kill < KILLS_WORKING; kill++) await killWhileWorking(url, kill);
  await recover(url);
  store = await openStore({
    databaseUrl: null,
    dataDir: join(dataDirectory, "data"),
    clock: { now: () => now },
    log: silentLog,
  });
});

afterAll(async () => {
  await running?.end("SIGKILL");
  await store?.stop();
  await sim.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
});

test("kill -9: more than twenty of them, some while the database was made, some while deliveries came in", () => {
  expect(killed.starting + killed.working).toBeGreaterThanOrEqual(20);
  expect(opened.filter(({ acknowledged }) => acknowledged).length).toBeGreaterThan(KILLS_WORKING);
  expect(opened.filter(({ acknowledged }) => !acknowledged).length).toBeGreaterThan(0);
});

test("kill -9: every delivery has its effect, the acknowledged and the redelivered ones", async () => {
  const missing: number[] = [];
  for (const { pullRequest } of opened) {
    const tenant = store.tenant(installationOf(pullRequest).id as never);
    const reports = await tenant.reportsOfHead(pullRequest.repositoryId as never, headOf(pullRequest));
    if (reports.length !== 1) missing.push(pullRequest.id);
  }
  expect(missing).toEqual([]);
});

test("kill -9: every head has one check run, none two", () => {
  const runs = [...world.checkRuns.values()];
  expect(runs.map(({ headSha }) => headSha).toSorted()).toEqual(
    opened.map(({ pullRequest }) => headOf(pullRequest)).toSorted(),
  );
  expect(new Set(runs.map(({ externalId }) => externalId)).size).toBe(runs.length);
});

test("kill -9: the store remembers the check runs that GitHub has, and nothing waits or was given up", async () => {
  for (const { repository } of places) {
    const [installation] = installations.filter(({ accountId }) => accountId === repository.ownerId);
    const doors = await store.tenant(installation?.id as never).doorsOfRepository(repository.id as never);
    const onGitHub = [...world.checkRuns.values()].filter(({ repositoryId }) => repositoryId === repository.id);
    expect(doors.map(({ ref, checkRunId }) => [ref, checkRunId]).toSorted()).toEqual(
      onGitHub.map(({ externalId, id }) => [externalId, id]).toSorted(),
    );
  }
  expect(await store.inbox.counts()).toEqual({ waiting: 0, discarded: 0 });
  expect((await store.queue.counts()).discarded).toBe(0);
  sim.expectNoViolations();
});

const launch = (url: string): AppProcess => {
  running = startAppProcess({ appId: app.id, githubHost: new URL(url).host, dataDirectory, aheadMs });
  return running;
};

async function killWhileStarting(url: string): Promise<void> {
  const process = launch(url);
  await pause(dice(200, 1_800));
  await process.end("SIGKILL");
  killed.starting++;
  aheadMs += OFF_MS;
}

/** Starts it for good; fails with what it said when it did not start. */
async function up(url: string): Promise<{ readonly process: AppProcess; readonly operationsUrl: string }> {
  const process = launch(url);
  const addresses = await process.started;
  if (addresses === null) throw new Error(`the app did not start:\n${process.output.join("\n")}`);
  app.hookUrl = `${addresses.webUrl}/api/github/webhooks`;
  return { process, operationsUrl: addresses.operationsUrl };
}

/** GitHub tells of the installations before anything happens in them. */
async function meet(url: string): Promise<void> {
  const { process, operationsUrl } = await up(url);
  for (const [index, installation] of installations.entries()) {
    const sender = places[index]?.owner ?? appOwner;
    await sim.deliver(installationWebhook(sim.stage, { installation, action: "created", sender }));
  }
  await settled(operationsUrl);
  await process.end("SIGKILL");
  killed.working++;
  aheadMs += OFF_MS;
}

async function killWhileWorking(url: string, turn: number): Promise<void> {
  // The run exists and its answer is lost; and an answer that is still under way when the process ends.
  if (turn % 3 === 0) sim.faults.add("checks/create", { kind: "after_commit", status: 502 }, { times: 1 });
  if (turn % 2 === 0) sim.faults.add("checks/create", { kind: "delay", ms: 150 }, { times: 3 });
  const { process } = await up(url);
  let alive = true;
  const senders = Array.from({ length: SENDERS }, async () => {
    while (alive) {
      await send();
      await pause(40);
    }
  });
  const acknowledged = (): number => opened.filter((sent) => sent.acknowledged).length;
  const enough = acknowledged() + dice(2, 12);
  await until(() => acknowledged() >= enough);
  await pause(dice(0, 60));
  await process.end("SIGKILL");
  alive = false;
  await Promise.all(senders);
  // And one that nobody is there to take.
  await send();
  killed.working++;
  aheadMs += OFF_MS;
}

async function send(): Promise<void> {
  const { repository } = places[dice(0, ORGANIZATIONS)] ?? fail();
  const author = authors[opened.length % authors.length] ?? fail();
  const pullRequest = openPullRequest(world, repository, { author, title: "Tidy", at: clock.now() });
  const webhook = pullRequestWebhook(sim.stage, { pullRequest, action: "opened", sender: author });
  const delivery = await sim.deliver(webhook);
  if (delivery === null) throw new Error("GitHub sends no pull requests to this App");
  opened.push({ pullRequest, deliveryId: delivery.id, acknowledged: delivery.statusCode === 202 });
}

/** Starts it once more, sends by hand what never arrived and again some of what did, and lets it end its work. */
async function recover(url: string): Promise<void> {
  sim.faults.clear();
  aheadMs += NIGHT_OFF_MS;
  const { process, operationsUrl } = await up(url);
  await settled(operationsUrl);
  for (const [index, { deliveryId, acknowledged }] of opened.entries())
    if (!acknowledged || index % 4 === 0) expect((await sim.redeliver(deliveryId)).statusCode).toBe(202);
  await settled(operationsUrl);
  await process.end("SIGTERM");
  running = null;
}

const installationOf = ({ repositoryId }: PullRequest) =>
  installations.find(({ accountId }) => accountId === world.repositories.get(repositoryId)?.ownerId) ?? fail();

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(5);
}

/** Until three looks find nothing waiting or running; how long that takes is no test's business. */
async function settled(operationsUrl: string): Promise<void> {
  for (let quiet = 0; quiet < 3; await pause(50)) {
    const text = await (await fetch(`${operationsUrl}/metrics`)).text();
    const rows = [...text.matchAll(/^sallyport_store_rows\{what="\w+",state="(?:waiting|running|snoozed)"\} (\d+)/gm)];
    quiet = rows.length > 0 && rows.every(([, count]) => count === "0") ? quiet + 1 : 0;
  }
}

/** From `least` on, below `most`. */
function dice(least: number, most: number): number {
  const [a = 0, b = 0, c = 0] = random.bytes(3);
  return least + Math.floor(((a * 65_536 + b * 256 + c) / 2 ** 24) * (most - least));
}

function fail(): never {
  throw new Error("the scenario names something it did not make");
}
