import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { closePullRequest, pushTo } from "@sallyport/simulator/src/build/build-work.ts";
import type { Fault } from "@sallyport/simulator/src/http/faults.ts";
import type { Webhook } from "@sallyport/simulator/src/payload/common.ts";
import { installationWebhook } from "@sallyport/simulator/src/payload/installation.ts";
import { memberWebhook } from "@sallyport/simulator/src/payload/member.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import type { PullRequest } from "@sallyport/simulator/src/world/world.ts";
import { silentLog } from "../../src/log.ts";
import { openStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { type AppProcess, startAppProcess } from "../support/app-process.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { seededRandom, UNLIMITED } from "../support/running-app.ts";
import { type Missing, makeTown } from "./town.ts";

/** GitHub is away for six hours in which the process is killed ten times, every 36 minutes, half of them dead. */
const KILLS = 10;
const LIFE_MS = 18 * 60_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What stands where GitHub was: by turns. */
const AWAY: readonly Fault[] = [
  { kind: "reset" },
  { kind: "status", status: 502 },
  { kind: "status", status: 401, message: "Bad credentials" },
  { kind: "status", status: 403, page: true },
  { kind: "status", status: 404, message: "Not Found" },
];

const random = seededRandom("away");
const dataDirectory = mkdtempSync(join(tmpdir(), "sallyport-away-"));
/** How far the clocks of GitHub and of the app are ahead of the machine's; only the test moves them. */
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs).toISOString() };
const town = makeTown(clock);
const { world, app, places, pullRequests, granted } = town;

let sim: Simulator;
let store: Store;
let url = "";
let running: AppProcess | null = null;
/** Lines of all processes. */
const logged: string[] = [];
const figures = { events: 0, lost: 0, sent: 0, refused: 0, kills: 0, requestsAway: 0, requestsAfter: 0 };
let missingBefore: Missing;
let missingAfter: Missing;

beforeAll(async () => {
  sim = createSimulator({ world, clock, random: seededRandom("github"), limits: UNLIMITED });
  url = await sim.listen();
  await before();
  for (let turn = 0; turn < KILLS; turn++) await liveAndDie(turn);
  missingBefore = await lookInside(town.missing);
  figures.requestsAway = sim.ledger.entries.length;
  sim.faults.clear();
  await recover();
  figures.requestsAfter = sim.ledger.entries.length - figures.requestsAway;
  missingAfter = await lookInside(town.missing);
  store = await open();
  const measured = { ...figures, jobs: jobs(), sweepsFound: swept(), missingBefore, missingAfter };
  process.stdout.write(`${JSON.stringify(measured, null, 1)}\n`);
});

afterAll(async () => {
  await running?.end("SIGKILL");
  await store?.stop();
  await sim.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
});

test("the campaign did what it says: ten kills in six hours, a third of the deliveries lost, and much was missing", () => {
  expect(figures.kills).toBe(KILLS);
  expect(figures.lost / figures.events).toBeGreaterThan(0.25);
  expect(figures.refused).toBeGreaterThan(0);
  expect(missingBefore.reports).toBeGreaterThan(KILLS);
  expect(missingBefore.stillOpen).toBeGreaterThan(0);
  expect(missingBefore.grants).toBeGreaterThan(0);
});

test("afterwards nothing is missing: heads, closed pull requests, grants", () => {
  expect(missingAfter).toEqual({ checks: 0, reports: 0, stillOpen: 0, grants: 0 });
});

test("afterwards nothing is double: one check run of a head, one report of a head and of a grant", async () => {
  const runs = [...world.checkRuns.values()].map(({ headSha, externalId }) => ({ headSha, externalId }));
  expect(new Set(runs.map(({ headSha }) => headSha)).size).toBe(runs.length);
  expect(new Set(runs.map(({ externalId }) => externalId)).size).toBe(runs.length);
  for (const pullRequest of pullRequests)
    for (const { sha } of pullRequest.commits) {
      const reports = await town.reportsOn(store, pullRequest, sha);
      expect([pullRequest.number, reports.length <= 1]).toEqual([pullRequest.number, true]);
    }
  for (const { person: holder, place } of granted)
    expect(
      await town.tenantOf(store, place).reportsOfHolder(town.at(place).repository.id as never, holder.id as never),
    ).toHaveLength(1);
});

test("afterwards nothing waits and nothing was given up, and no answer or payload broke GitHub's contract", async () => {
  expect(await store.inbox.counts()).toEqual({ waiting: 0, discarded: 0 });
  expect(await store.queue.counts()).toMatchObject({ waiting: 0, discarded: 0 });
  sim.expectNoViolations();
});

/** A quiet day: installed, audited, some pull requests open, each with its check run and its report. */
async function before(): Promise<void> {
  const { operationsUrl, process } = await up();
  for (const { installation, owner: sender } of places)
    await sim.deliver(installationWebhook(sim.stage, { installation, action: "created", sender }));
  for (let index = 0; index < 8; index++) await sim.deliver(told(town.openIn(index % 2), "opened"));
  await settled(operationsUrl);
  expect(await end(process, "SIGTERM").then(() => lookInside(town.missing))).toMatchObject({ checks: 0, reports: 0 });
  aheadMs += 2 * DAY_MS;
}

/** One life in the outage: deliveries come or do not, nothing can be asked, and the end comes at any moment. */
async function liveAndDie(turn: number): Promise<void> {
  sim.faults.clear();
  sim.faults.add("*", AWAY[turn % AWAY.length] ?? fail());
  const isCutShort = turn % 4 === 3;
  const process = launch();
  // Nobody listens any more where the one before did, and nobody does yet.
  await happen(turn);
  if (isCutShort) await pause(dice(200, 1_500));
  else {
    await started(process);
    await happen(turn + KILLS);
    await pause(dice(500, 2_500));
    aheadMs += LIFE_MS;
    process.setAhead(aheadMs);
    await pause(dice(500, 2_500));
  }
  await end(process, "SIGKILL");
  figures.kills++;
  aheadMs += isCutShort ? 2 * LIFE_MS : LIFE_MS;
}

/** What people do meanwhile. */
async function happen(turn: number): Promise<void> {
  const place = turn % 2;
  await send(told(town.openIn(place), "opened"));
  await send(told(town.openIn(1 - place), "opened"));
  const pushed = town.anyOpen(turn);
  const moved = pushTo(world, pushed, { by: town.authorOf(pushed), at: clock.now(), message: `Tidy ${turn}` });
  await send(
    pullRequestWebhook(sim.stage, {
      pullRequest: pushed,
      action: "synchronize",
      sender: town.authorOf(pushed),
      ...moved,
    }),
  );
  if (turn % 3 === 0) {
    const closed = town.anyOpen(turn + 1);
    closePullRequest(world, closed, { at: clock.now() });
    await send(told(closed, "closed"));
  }
  if (turn % 5 !== 1) return;
  const { repository, owner: sender } = town.at(place);
  const member = town.grantIn(place);
  await send(memberWebhook(sim.stage, { repository, member, sender, action: "added", to: "write" }));
}

/** GitHub sends two of three; whether anybody is there to take them is another matter. */
async function send(webhook: Webhook): Promise<void> {
  if (figures.events++ % 3 === 2) {
    figures.lost++;
    return;
  }
  const delivery = await sim.deliver(webhook);
  figures.sent++;
  if (delivery?.statusCode !== 202) figures.refused++;
}

/** GitHub is back: one start, and the clock goes on until nothing waits; then the week of the audit comes round. */
async function recover(): Promise<void> {
  const { operationsUrl, process } = await up();
  await workThrough(process, operationsUrl);
  await end(process, "SIGTERM");
  aheadMs += 8 * DAY_MS;
  const later = await up();
  await workThrough(later.process, later.operationsUrl);
  await end(later.process, "SIGTERM");
}

/** Until nothing waits, for a limit or a brake either: the clock is moved past what does. */
async function workThrough(process: AppProcess, operationsUrl: string): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await settled(operationsUrl);
    quiet = (await snoozed(operationsUrl)) === 0 ? quiet + 1 : 0;
    aheadMs += 5 * MINUTE_MS;
    process.setAhead(aheadMs);
    await pause(1_500);
  }
}

const told = (pullRequest: PullRequest, action: "opened" | "closed"): Webhook =>
  pullRequestWebhook(sim.stage, { pullRequest, action, sender: town.authorOf(pullRequest) });

const open = (): Promise<Store> =>
  openStore({ databaseUrl: null, dataDir: join(dataDirectory, "data"), clock, log: silentLog });

/** Reads the database of a process that has ended. */
async function lookInside<T>(look: (from: Store) => Promise<T>): Promise<T> {
  const opened = await open();
  try {
    return await look(opened);
  } finally {
    await opened.stop();
  }
}

function launch(): AppProcess {
  running = startAppProcess({ appId: app.id, githubHost: new URL(url).host, dataDirectory, aheadMs });
  return running;
}

async function started(process: AppProcess): Promise<string> {
  const addresses = await process.started;
  if (addresses === null) throw new Error(`the app did not start:\n${process.output.join("\n")}`);
  app.hookUrl = `${addresses.webUrl}/api/github/webhooks`;
  return addresses.operationsUrl;
}

async function up(): Promise<{ readonly process: AppProcess; readonly operationsUrl: string }> {
  const process = launch();
  return { process, operationsUrl: await started(process) };
}

async function end(process: AppProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  await process.end(signal);
  logged.push(...process.output);
  running = null;
}

/** Until three looks find nothing waiting or running; how long that takes is no test's business. */
async function settled(operationsUrl: string): Promise<void> {
  for (let quiet = 0; quiet < 3; await pause(50))
    quiet = (await rows(operationsUrl, "waiting|running")) === 0 ? quiet + 1 : 0;
}

/** Rows that wait for a moment. */
const snoozed = (operationsUrl: string): Promise<number> => rows(operationsUrl, "snoozed");

async function rows(operationsUrl: string, states: string): Promise<number> {
  const text = await (await fetch(`${operationsUrl}/metrics`)).text();
  const found = [
    ...text.matchAll(new RegExp(`^sallyport_store_rows\\{what="\\w+",state="(?:${states})"\\} (\\d+)`, "gm")),
  ];
  if (found.length === 0) throw new Error("the metrics say nothing of rows");
  return found.reduce((sum, [, count]) => sum + Number(count), 0);
}

const lines = (): readonly Record<string, unknown>[] =>
  logged.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));

/** Runs of jobs, by how they ended. */
const jobs = () =>
  Object.fromEntries(
    Map.groupBy(
      lines().filter(({ event }) => String(event).startsWith("job.")),
      ({ outcome }) => String(outcome),
    )
      .entries()
      .map(([name, all]) => [name, all.length]),
  );

/** What the sweeps found missing that no delivery told. */
const swept = (): number =>
  lines()
    .filter(({ event }) => event === "sweep.completed")
    .reduce((sum, { missing: found }) => sum + Number(found), 0);

/** From `least` on, below `most`. */
function dice(least: number, most: number): number {
  const [a = 0, b = 0, c = 0] = random.bytes(3);
  return least + Math.floor(((a * 65_536 + b * 256 + c) / 2 ** 24) * (most - least));
}

function fail(): never {
  throw new Error("the campaign names something it did not make");
}
