import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { openPullRequest, pushTo } from "@sallyport/simulator/src/build/build-work.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type PullRequest, type User } from "@sallyport/simulator/src/world/world.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { headOf, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const pusher = person("ada-example");
const other = person("grace-example");
const organization = addOrganization(world, { login: "octo-org", createdAt: "2019-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2019-02-01T00:00:00Z" });

let app: RunningApp;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true });
});

afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

/** Lets time pass, second by second or in longer steps, and all that is due in each. */
async function passing(seconds: number): Promise<void> {
  await app.pass(seconds);
  await app.settle();
}

const open = async (author: User): Promise<PullRequest> => {
  const pullRequest = openPullRequest(world, wallet, { author, title: "Tidy", at: app.clock.now() });
  await app.sim.deliver(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author }));
  return pullRequest;
};

const push = async (pullRequest: PullRequest): Promise<void> => {
  const moved = pushTo(world, pullRequest, { by: pusher, at: app.clock.now(), message: "Tidy more" });
  const action = "synchronize" as const;
  await app.sim.deliver(pullRequestWebhook(app.sim.stage, { pullRequest, action, sender: pusher, ...moved }));
};

const isDone = async (pullRequest: PullRequest): Promise<boolean> =>
  (await app.tenant().reportsOfHead(wallet.id as never, headOf(pullRequest))).length > 0;
const areDone = async (all: readonly PullRequest[]): Promise<boolean> =>
  (await Promise.all(all.map(isDone))).every(Boolean);
const isChecked = (pullRequest: PullRequest): boolean =>
  [...world.checkRuns.values()].some(({ headSha }) => headSha === headOf(pullRequest));
/** A job whose head was looked at by another one ends without asking GitHub anything. */
const assessed = (): number =>
  app
    .logged("job.finished")
    .filter(
      ({ kind, outcome, api_calls }) => kind === "triage-pull-request" && outcome === "completed" && api_calls !== 0,
    ).length;

const PULL_REQUESTS = 50;
const STORM_SECONDS = 200;
/** A tenth of what GitHub allows an installation in an hour. */
const MAX_REQUESTS = 500;
/** A little more than the pace of one author, so that one of its heads is due in each step. */
const STEP_SECONDS = 13;
/** A head waits ten minutes at most, and fifty of one author ten more: one in twelve seconds. */
const CALM_SECONDS = 1_200;

test("T35: a storm of pushes costs little, keeps nobody else waiting, and its last heads are looked at", async () => {
  const stormed: PullRequest[] = [];
  for (let count = 0; count < PULL_REQUESTS; count++) stormed.push(await open(pusher));
  await app.settle();
  for (let second = 1; second <= STORM_SECONDS; second++) {
    await push(stormed[second % PULL_REQUESTS] as PullRequest);
    if (second === STORM_SECONDS / 2) await expectNoWait(await open(other));
    await passing(1);
  }
  // Ten at once, one in each twelve seconds begun, and the one of somebody else: 138 without a brake.
  expect(assessed()).toBeLessThanOrEqual(10 + Math.ceil(STORM_SECONDS / 12) + 1);
  expect(app.sim.ledger.requestsOf().length).toBeLessThanOrEqual(MAX_REQUESTS);
  for (let waited = 0; waited < CALM_SECONDS && !(await areDone(stormed)); waited += STEP_SECONDS)
    await passing(STEP_SECONDS);
  expect(stormed.filter((pullRequest) => !isChecked(pullRequest))).toEqual([]);
  expect(await areDone(stormed)).toBe(true);
});

/** Looked at in the second in which it was opened, before more than ten others are. */
async function expectNoWait(pullRequest: PullRequest): Promise<void> {
  const before = assessed();
  await app.settle();
  expect(await isDone(pullRequest)).toBe(true);
  expect(assessed() - before - 1).toBeLessThanOrEqual(10);
}
