import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { closePullRequest, openPullRequest, pushTo } from "@sallyport/simulator/src/build/build-work.ts";
import { installationRepositoriesWebhook, installationWebhook } from "@sallyport/simulator/src/payload/installation.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { repositoryEventWebhook } from "@sallyport/simulator/src/payload/repository.ts";
import { createWorld, type PullRequest } from "@sallyport/simulator/src/world/world.ts";
import { plusDays } from "../../src/clock.ts";
import { installationId } from "../../src/ids.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, afterEach, beforeAll, expect, test } from "../support/jest.ts";
import { inCampaigns } from "../support/rows.ts";
import { headOf, NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const person = (login: string) => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const repository = (name: string, on = organization) =>
  addRepository(world, { owner: on, name, createdAt: "2017-01-01T00:00:00Z" });
const [wallet, relayer] = [repository("wallet"), repository("relayer")];
/** So many that no author's brake holds anything back. */
const authors = Array.from({ length: 12 }, (_, index) => person(`author-${index}-example`));

let app: RunningApp;
let made = 0;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true, policy: `${NO_DEEP_SCANS}mode: live\n` });
});

afterEach(() => {
  app.sim.faults.clear();
  app.sim.expectNoViolations();
});

afterAll(async () => {
  await app.stop();
});

/** A pull request of which no delivery tells. */
function untold(place = wallet, at = app.clock.now()): PullRequest {
  const author = authors[made++ % authors.length] ?? owner;
  return openPullRequest(world, place, { author, title: "Tidy", at });
}

const tell = (pullRequest: PullRequest, action: "opened" | "closed") =>
  app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action, sender: owner }));

const runsOn = (pullRequest: PullRequest): number =>
  [...world.checkRuns.values()].filter(({ headSha }) => headSha === headOf(pullRequest)).length;

const reportsOn = async (pullRequest: PullRequest) =>
  (await app.tenant().reportsOfHead(pullRequest.repositoryId as never, headOf(pullRequest))).filter(
    (report) => report.pullRequest?.number === pullRequest.number,
  );

/** Lets time pass, with the look at the delivery log that comes after; three of them missed make a sweep due. */
async function pass(minutes: number): Promise<void> {
  app.clock.set(plusDays(app.clock.now(), minutes / 1_440));
  await look();
}

async function look(): Promise<void> {
  await app.service.store.queue.enqueue([{ kind: "reconcile-deliveries" }]);
  await app.settle();
}

/** Starts a sweep, or goes on with it. */
async function sweep(): Promise<void> {
  await app.service.store.queue.enqueue([
    { kind: "sweep-installation", installationId: installationId(app.installation.id) },
  ]);
  await app.settle();
}

/** What the installation asked; the App itself asks for its log of deliveries, by its own schedule. */
const requests = () =>
  app.sim.ledger.requestsOf().filter(({ installationId }) => installationId === app.installation.id).length;

/** Runs of jobs on pull requests. */
const worked = () =>
  app.logged("job.finished").filter(({ kind }) => kind === "triage-pull-request" || kind === "publish-sealed-check")
    .length;

test("a sweep: a head of which no delivery told gets its check run and its report, once", async () => {
  const [opened, pushed] = [untold(), untold(relayer)];
  await tell(pushed, "opened");
  pushTo(world, pushed, { by: owner, at: plusDays(NOW, 1 / 24), message: "Tidy more" });
  expect([await reportsOn(opened), await reportsOn(pushed)]).toEqual([[], []]);
  await pass(60);
  for (const pullRequest of [opened, pushed])
    expect([runsOn(pullRequest), (await reportsOn(pullRequest)).length]).toEqual([1, 1]);
  const found = expect.objectContaining({ open: 2, missing: 2, unread: 0 });
  expect(app.logged("sweep.completed")).toContainEqual(found);
});

test("a sweep where nothing is missing: two requests, no job, and nothing is written", async () => {
  const [before, done, written] = [requests(), worked(), world.checkRuns.size];
  await sweep();
  expect(requests() - before).toBe(2);
  expect(worked()).toBe(done);
  expect(world.checkRuns.size).toBe(written);
});

test("a sweep: what was closed without a word is closed here, what is open stays, and what was opened again is read", async () => {
  const [closed, open, reopened] = [untold(), untold(), untold()];
  for (const pullRequest of [closed, open, reopened]) await tell(pullRequest, "opened");
  closePullRequest(world, closed, { at: app.clock.now() });
  await tell(reopened, "closed");
  // A pull request that was looked at just now waits for half a minute.
  app.clock.set(plusDays(app.clock.now(), 1 / 1_440));
  await sweep();
  const closedAt = async (pullRequest: PullRequest) => (await reportsOn(pullRequest)).map((report) => report.closedAt);
  expect(await closedAt(closed)).toEqual([app.clock.now()]);
  expect(await closedAt(open)).toEqual([null]);
  // GitHub lists it as open, so the delivery that closed it was followed by another one.
  expect(await closedAt(reopened)).toEqual([null]);
  expect([closed, open, reopened].map(runsOn)).toEqual([1, 1, 1]);
});

test("a sweep: one author's pull request is found like another's, and shadow mode writes nothing", async () => {
  await app.tenant().setPublication("shadow");
  const stored = { file: {}, sourceSha: null, source: null, problems: [], fetchedAt: app.clock.now() };
  await app.tenant().savePolicy(null, stored);
  const pullRequest = untold();
  await sweep();
  expect([runsOn(pullRequest), (await reportsOn(pullRequest)).length]).toEqual([0, 1]);
  await app.tenant().setPublication("live");
  await app.tenant().savePolicy(null, { ...stored, file: { mode: "live" } });
  await sweep();
  expect([runsOn(pullRequest), (await reportsOn(pullRequest)).length]).toEqual([1, 1]);
});

test("an author whom the policy skips: no report is asked for, sweep after sweep", async () => {
  const pullRequest = untold();
  const stored = { sourceSha: null, source: null, problems: [], fetchedAt: app.clock.now() };
  const file = { mode: "live" as const, triage: { skip_bots: [pullRequest.authorId ?? 0] } };
  await app.tenant().savePolicy(null, { ...stored, file });
  await sweep();
  const done = worked();
  await sweep();
  expect(worked()).toBe(done);
  expect([runsOn(pullRequest), (await reportsOn(pullRequest)).length]).toEqual([1, 0]);
  await app.tenant().savePolicy(null, { ...stored, file: { mode: "live" } });
  await sweep();
});

test("an installation that is met, resumed, or given more repositories: its open pull requests are read", async () => {
  const second = addOrganization(world, { login: "second-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
  const [place, later] = [repository("tools", second), repository("later", second)];
  const before = untold(place);
  const installation = await app.install(second, owner);
  expect(await app.reportOf(before, installation)).toBeDefined();
  installation.suspendedAt = NOW;
  const about = { installation, sender: owner };
  await app.tell(installationWebhook(app.sim.stage, { ...about, action: "suspend" }));
  const meanwhile = untold(place);
  installation.suspendedAt = null;
  await app.tell(installationWebhook(app.sim.stage, { ...about, action: "unsuspend" }));
  expect(await app.reportOf(meanwhile, installation)).toBeDefined();
  const there = untold(later);
  await app.tell(installationRepositoriesWebhook(app.sim.stage, { ...about, added: [later], removed: [] }));
  expect(await app.reportOf(there, installation)).toBeDefined();
});

inCampaigns(
  "a sweep comes back by itself every six hours, and at once for all when GitHub or we were away",
  async () => {
    await look();
    const swept = () => app.logged("sweep.completed").length;
    const after = async (minutes: number) => {
      const before = swept();
      await pass(minutes);
      return swept() - before;
    };
    expect(await after(5)).toBe(0);
    // Three looks did not come off, and both installations are looked through.
    expect(await after(16)).toBe(2);
    expect(await after(5)).toBe(0);
    for (let minutes = 0; minutes < 330; minutes += 10) expect(await after(10)).toBe(0);
    expect((await after(10)) + (await after(10)) + (await after(10))).toBe(2);
    // Put far ahead by a clock that was wrong, it is due all the same.
    await pass(30 * 1_440);
    app.clock.set(plusDays(app.clock.now(), -30));
    expect(await after(5)).toBe(2);
  },
);

test("the delivery log: only what leads to work is asked for again, also after the clock was ahead for a moment", async () => {
  const known = world.apps.get(app.installation.appId);
  if (known === undefined) throw new Error("the App is registered by now");
  await look();
  const real = app.clock.now();
  await pass(1_440);
  app.clock.set(real);
  const pullRequest = untold();
  const { hookUrl } = known;
  known.hookUrl = "http://127.0.0.1:9/";
  await app.sim.deliver(repositoryEventWebhook(app.sim.stage, { repository: wallet, action: "edited", sender: owner }));
  await app.sim.deliver(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: owner }));
  known.hookUrl = hookUrl;
  const asked = () => app.sim.ledger.entries.filter(({ operation }) => operation.startsWith("apps/redeliver")).length;
  const before = asked();
  await look();
  expect(asked() - before).toBe(1);
  await eventually(async () => (await reportsOn(pullRequest)).length > 0);
});

test("a head that was set aside is not asked for again by a sweep, but when somebody says so", async () => {
  app.sim.faults.add("checks/create", { kind: "status", status: 422, message: "Unprocessable" });
  const pullRequest = untold();
  await sweep();
  const setAside = await app.service.store.setAside(null);
  expect(setAside.map(({ kind, because }) => [kind, because])).toEqual([["publish-sealed-check", "validation"]]);
  app.sim.faults.clear();
  const done = worked();
  await sweep();
  expect([worked() - done, runsOn(pullRequest)]).toEqual([0, 0]);
  const ids = setAside.map(({ id }) => id);
  await app.service.store.tryAgain(ids, null);
  await app.settle();
  expect(runsOn(pullRequest)).toBe(1);
});
