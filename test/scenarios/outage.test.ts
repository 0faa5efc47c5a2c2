import { setTimeout as pause } from "node:timers/promises";
import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { openPullRequest, pushTo } from "@sallyport/simulator/src/build/build-work.ts";
import type { Fault } from "@sallyport/simulator/src/http/faults.ts";
import { installationWebhook } from "@sallyport/simulator/src/payload/installation.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type PullRequest } from "@sallyport/simulator/src/world/world.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, afterEach, beforeAll, expect, test } from "../support/jest.ts";
import { inCampaigns, runs, someOf } from "../support/rows.ts";
import { headOf, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
const author = addUser(world, { login: "dora-example", createdAt: "2019-01-01T00:00:00Z" });
const made = { createdAt: "2016-01-01T00:00:00Z", owners: [owner] };
const organization = addOrganization(world, { login: "octo-org", ...made });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });

let app: RunningApp;
let people = 0;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true });
});

afterEach(() => {
  app.sim.faults.clear();
});

afterAll(async () => {
  await app.stop();
});

const status = (code: number, message?: string): Fault => ({
  kind: "status",
  status: code,
  ...(message && { message }),
});

/** An hour and a half of it. */
const PROBES = runs(18);

/** What GitHub, or what stands before it, has answered to everything. */
const OUTAGES: Readonly<Record<string, Fault>> = {
  "500": status(500),
  "503": status(503),
  "401": status(401, "Bad credentials"),
  "403 with a page": { kind: "status", status: 403, page: true },
  "404": status(404, "Not Found"),
  "409": status(409, "Conflict"),
  "410": status(410, "Gone"),
  "422": status(422, "Validation Failed"),
  "451": status(451, "Unavailable For Legal Reasons"),
  "a closed connection": { kind: "reset" },
};

test.each(someOf(Object.entries(OUTAGES).toReversed(), 1))(
  "outage: GitHub answers %s to everything, and all is done after it",
  async (_, fault) => {
    const pullRequests = [openedNow(), openedNow(), openedNow()];
    app.sim.faults.add("*", fault);
    for (const pullRequest of pullRequests) await app.sim.deliver(opened(pullRequest));
    await app.settle();
    expect(await app.service.store.circuits()).toMatchObject([{ installationId: null }]);
    const entries = () => app.sim.ledger.entries.map(({ operation }) => operation);
    const before = entries().length;
    // Probe by probe, every five minutes.
    for (let probe = 1; probe <= PROBES; probe++) {
      await app.pass(300);
      await eventually(() => entries().length >= before + probe);
      await app.settle();
    }
    expect(new Set(entries().slice(before))).toEqual(new Set(["apps/get-authenticated"]));
    expect(entries().length).toBe(before + PROBES);
    app.sim.faults.clear();
    await idle();
    for (const pullRequest of pullRequests) await expectDone(pullRequest);
    expect((await app.service.store.queue.counts()).discarded).toBe(0);
  },
);

test("outage: an installation that is refused waits by itself, and others go on", async () => {
  const other = addOrganization(world, { login: "other-org", ...made });
  const place = addRepository(world, { owner: other, name: "relayer", createdAt: "2017-01-01T00:00:00Z" });
  const installation = await app.install(other, owner);
  await app.tenant(installation).setPublication("live");
  const seen = app.logged("job.held").length;
  installation.suspendedAt = NOW;
  await app.sim.deliver(installationWebhook(app.sim.stage, { installation, action: "suspend", sender: owner }));
  await app.settle();
  const refused = openPullRequest(world, place, { author, title: "Tidy", at: NOW });
  // GitHub had sent it before the suspension.
  installation.suspendedAt = null;
  await app.sim.deliver(opened(refused));
  installation.suspendedAt = NOW;
  await eventually(
    () =>
      app
        .logged("job.held")
        .slice(seen)
        .filter(({ by }) => by === "installation").length >= 1,
  );
  const pullRequest = openedNow();
  await app.sim.deliver(opened(pullRequest));
  await app.settle();
  await expectDone(pullRequest);
  installation.suspendedAt = null;
  await app.sim.deliver(installationWebhook(app.sim.stage, { installation, action: "unsuspend", sender: owner }));
  await idle();
  await app.reportOf(refused, installation);
  expect(runsOf(refused)).toHaveLength(1);
});

const ODD = [
  ["a page of an edge", { kind: "status", status: 403, page: true }],
  ["422", status(422, "Validation Failed")],
  ["404", status(404, "Not Found")],
  ["that it is suspended", status(403, "This installation has been suspended")],
] as const;

test.each(someOf(ODD, 2))(
  "odd answer: %s at the minting of a token costs neither report nor check run",
  async (_, fault) => {
    people++;
    const other = addOrganization(world, { login: `odd-${people}-org`, ...made });
    const place = addRepository(world, { owner: other, name: "relayer", createdAt: "2017-01-01T00:00:00Z" });
    app.sim.faults.add("apps/create-installation-access-token", fault, { times: 3 });
    const installation = await app.install(other, owner);
    await app.tenant(installation).setPublication("live");
    const pullRequest = openPullRequest(world, place, { author, title: "Tidy", at: NOW });
    await app.sim.deliver(opened(pullRequest));
    await idle();
    await app.reportOf(pullRequest, installation);
    expect(runsOf(pullRequest)).toHaveLength(1);
  },
);

inCampaigns("part of GitHub is out: nothing is lost, and what waits does not ask one by one", async () => {
  const pullRequests = Array.from({ length: 8 }, openedNow);
  app.sim.faults.add("graphql/PrTriage", status(404, "Not Found"));
  for (const pullRequest of pullRequests) await app.sim.deliver(opened(pullRequest));
  const asked = () => app.sim.ledger.entries.filter(({ operation }) => operation === "graphql/PrTriage").length;
  const before = asked();
  await eventually(() => app.logged("job.held").filter(({ because }) => because === "not_found").length > 0);
  for (let minute = 0; minute < 10; minute++) {
    await app.pass(60);
    await unbusy();
  }
  expect(asked() - before).toBeLessThanOrEqual(8 + 12);
  for (const pullRequest of pullRequests) expect(runsOf(pullRequest)).toHaveLength(1);
  app.sim.faults.clear();
  await idle();
  for (const pullRequest of pullRequests) await app.reportOf(pullRequest);
});

test.each(["gone", "forbidden"] as const)(
  "%s: a pull request that GitHub denies for good ends, and no circuit opens",
  async (name) => {
    const pullRequest = openedNow();
    const webhook = opened(pullRequest);
    if (name === "gone") world.pullRequests.delete(pullRequest.id);
    else app.sim.faults.add("graphql/PrTriage", status(403, "Resource not accessible by integration"));
    const seen = app.lines.length;
    await app.sim.deliver(webhook);
    await idle();
    const lines = app.lines.slice(seen).map((line) => JSON.parse(line));
    const ends = lines.filter(({ kind }) => kind === "triage-pull-request").map(({ outcome, by }) => [outcome, by]);
    // Three waits outlast the lag of GitHub's answers.
    expect(ends).toEqual([...Array(3).fill(["held", "job"]), ["cancelled", undefined]]);
  },
);

test("newest head: of two pushes of one second, the newest delivered first, the newest has check run and report", async () => {
  const pullRequest = openedNow();
  const first = { ...pullRequest, commits: [...pullRequest.commits] };
  const older = opened(first);
  pushTo(world, pullRequest, { by: author, at: NOW, message: "More" });
  const newer = pullRequestWebhook(app.sim.stage, { pullRequest, action: "synchronize", sender: author });
  await Promise.all([app.sim.deliver(newer), app.sim.deliver(older)]);
  await idle();
  await app.reportOf(pullRequest);
  expect(runsOf(pullRequest)).toHaveLength(1);
});

const openedNow = (): PullRequest => openPullRequest(world, wallet, { author: somebody(), title: "Tidy", at: NOW });

/** Each pull request by somebody else: a brake holds many of one author. */
const somebody = () => {
  people++;
  return addUser(world, { login: `person-${people}-example`, createdAt: "2019-01-01T00:00:00Z" });
};

const opened = (pullRequest: PullRequest) =>
  pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author });

const runsOf = (pullRequest: PullRequest) =>
  [...world.checkRuns.values()].filter(({ headSha }) => headSha === headOf(pullRequest));

/** Lets time pass until nothing waits, not even for its time. */
const idle = (): Promise<void> =>
  eventually(async () => {
    await app.settle();
    const { waiting, running, snoozed } = await app.service.store.queue.counts();
    if (snoozed > 0) await app.pass(60);
    return waiting + running + snoozed === 0;
  });

/** Until three looks find no job running; what waits goes on waiting. */
async function unbusy(): Promise<void> {
  for (let quiet = 0; quiet < 3; await pause(50))
    quiet = (await app.service.store.queue.counts()).running === 0 ? quiet + 1 : 0;
}

async function expectDone(pullRequest: PullRequest): Promise<void> {
  await app.reportOf(pullRequest);
  expect(runsOf(pullRequest)).toHaveLength(1);
}
