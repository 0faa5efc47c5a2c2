import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { addOrganization, addRepository, addUser } from "../../src/sim/build.ts";
import { openPullRequest, pushTo } from "../../src/sim/build-work.ts";
import { pullRequestWebhook } from "../../src/sim/payload/pull-request.ts";
import { createWorld, type PullRequest, type User } from "../../src/sim/world.ts";
import { eventually } from "../store/eventually.ts";
import { headOf, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const SPEED = 40;
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const pusher = person("ada-example");
const other = person("grace-example");
const organization = addOrganization(world, { login: "octo-org", createdAt: "2019-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2019-02-01T00:00:00Z" });

let app: RunningApp;
let startedAt = 0;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true, speed: SPEED });
  startedAt = performance.now();
});

afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

/** Seconds of the app's time. */
const elapsed = (): number => ((performance.now() - startedAt) * SPEED) / 1_000;
const instant = (): string => new Date(Date.parse(NOW) + elapsed() * 1_000).toISOString();

const open = async (author: User): Promise<PullRequest> => {
  const pullRequest = openPullRequest(world, wallet, { author, title: "Tidy", at: instant() });
  await app.sim.deliver(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author }));
  return pullRequest;
};

const push = async (pullRequest: PullRequest): Promise<void> => {
  const moved = pushTo(world, pullRequest, { by: pusher, at: instant(), message: "Tidy more" });
  const action = "synchronize" as const;
  await app.sim.deliver(pullRequestWebhook(app.sim.stage, { pullRequest, action, sender: pusher, ...moved }));
};

const isDone = async (pullRequest: PullRequest): Promise<boolean> =>
  (await app.tenant().reportsOfHead(wallet.id as never, headOf(pullRequest))).length > 0;
const isChecked = (pullRequest: PullRequest): boolean =>
  [...world.checkRuns.values()].some(({ headSha }) => headSha === headOf(pullRequest));
const assessed = (): number =>
  app.logged("job.finished").filter(({ kind, outcome }) => kind === "triage-pull-request" && outcome === "completed")
    .length;

const PULL_REQUESTS = 50;
const STORM_SECONDS = 200;
/** A tenth of what GitHub allows an installation in an hour. */
const MAX_REQUESTS = 500;

test("T35: a storm of pushes costs little, keeps nobody else waiting, and its last heads are looked at", async () => {
  const stormed: PullRequest[] = [];
  for (let count = 0; count < PULL_REQUESTS; count++) stormed.push(await open(pusher));
  let pushes = 0;
  let before: Promise<number> | null = null;
  while (elapsed() < STORM_SECONDS || pushes < 4 * PULL_REQUESTS) {
    await push(stormed[pushes++ % PULL_REQUESTS] as PullRequest);
    if (before === null && elapsed() > STORM_SECONDS / 2) before = assessedBefore(await open(other));
    await pause(5);
  }
  // Ten at once, one in twelve seconds, and the one of somebody else.
  expect(assessed()).toBeLessThanOrEqual(10 + elapsed() / 12 + 1);
  expect(app.sim.ledger.requestsOf().length).toBeLessThanOrEqual(MAX_REQUESTS);
  expect(await before).toBeLessThanOrEqual(10);
  await eventually(async () => stormed.every(isChecked) && (await Promise.all(stormed.map(isDone))).every(Boolean));
}, 90_000);

/** How many others are assessed from now until this one is. */
async function assessedBefore(pullRequest: PullRequest): Promise<number> {
  const from = assessed();
  await eventually(() => isDone(pullRequest));
  return assessed() - from - 1;
}
