import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { openPullRequest, pushTo } from "@sallyport/simulator/src/build/build-work.ts";
import { checkRunWebhook, checkSuiteWebhook } from "@sallyport/simulator/src/payload/check.ts";
import type { Webhook } from "@sallyport/simulator/src/payload/common.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type PullRequest, type User } from "@sallyport/simulator/src/world/world.ts";
import type { CheckRun } from "@sallyport/simulator/src/world/world-apps.ts";
import { plusDays } from "../../src/clock.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { someOf } from "../support/rows.ts";
import { headOf, NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const maintainer = person("milo-example");
const author = person("ada-example");
const reader = person("rita-example");
const triager = person("tara-example");
const stranger = person("sven-example");
const organization = addOrganization(world, {
  login: "octo-org",
  createdAt: "2019-01-01T00:00:00Z",
  owners: [owner],
  members: [reader],
});
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2019-02-01T00:00:00Z" });
const fork = addRepository(world, { owner: author, name: "wallet", createdAt: NOW, parent: wallet });
wallet.direct.set(maintainer.id, "write");
wallet.direct.set(triager.id, "triage");

let app: RunningApp;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true, policy: NO_DEEP_SCANS });
});

afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

/** A pull request from a fork, looked at, with its check run. */
async function contribution(by: User = author): Promise<{ pullRequest: PullRequest; run: CheckRun }> {
  const pullRequest = openPullRequest(world, wallet, { author: by, title: "Tidy", at: NOW, from: fork });
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: by }));
  const run = [...world.checkRuns.values()].find(({ headSha }) => headSha === headOf(pullRequest));
  if (run === undefined) throw new Error("the pull request has no check run");
  return { pullRequest, run };
}

const press = (run: CheckRun, sender: User, button?: string): Webhook =>
  checkRunWebhook(app.sim.stage, { run, sender, ...(button && { button }) });
const rerunAll = (run: CheckRun, sender: User): Webhook => checkSuiteWebhook(app.sim.stage, { run, sender });

const triages = (): number => app.logged("job.finished").filter(({ kind }) => kind === "triage-pull-request").length;
const written = (): number => app.sim.ledger.requestsOf().filter(({ method }) => WRITES.has(method)).length;
const WRITES: ReadonlySet<string> = new Set(["POST", "PATCH", "PUT", "DELETE", "MUTATION"]);
const reviews = async (): Promise<number> =>
  (await app.tenant().trail(100)).filter(({ act }) => act === "report.reviewed").length;

test("mark reviewed: noted for a maintainer, and GitHub lists no pull request of the fork", async () => {
  const { pullRequest, run } = await contribution();
  const webhook = press(run, maintainer, "mark_reviewed");
  expect(webhook.payload).toMatchObject({ check_run: { pull_requests: [] } });
  const before = written();
  await app.tell(webhook);
  expect((await app.reportOf(pullRequest)).reviewed).toEqual({
    byAccountId: maintainer.id,
    byLogin: maintainer.login,
    at: NOW,
  });
  expect(await reviews()).toBe(1);
  const { id } = await app.reportOf(pullRequest);
  expect((await app.tenant().trail(100)).find(({ act }) => act === "report.reviewed")?.target).toBe(id);
  expect(written()).toBe(before);
});

const OTHERS = [
  ["the author", author],
  ["a member who may read", reader],
  ["somebody who may triage", triager],
  ["a stranger", stranger],
] as const;

test.each(someOf(OTHERS, 2))("every button: no effect when %s presses it", async (_, sender) => {
  const { pullRequest, run } = await contribution();
  const before = { triages: triages(), reviews: await reviews(), written: written(), runs: world.checkRuns.size };
  const report = await app.reportOf(pullRequest);
  for (const webhook of [
    press(run, sender, "mark_reviewed"),
    press(run, sender, "rerun"),
    press(run, sender),
    rerunAll(run, sender),
  ])
    await app.tell(webhook);
  expect(await app.reportOf(pullRequest)).toEqual(report);
  expect({ triages: triages(), reviews: await reviews(), written: written(), runs: world.checkRuns.size }).toEqual(
    before,
  );
});

test("mark reviewed: no effect when a maintainer presses it on a pull request of his own", async () => {
  const { pullRequest, run } = await contribution(maintainer);
  await app.tell(press(run, maintainer, "mark_reviewed"));
  expect((await app.reportOf(pullRequest)).reviewed).toBe(null);
});

test.each([
  ["the button", (run: CheckRun) => press(run, maintainer, "rerun")],
  ["GitHub's re-run", (run: CheckRun) => press(run, maintainer)],
  ["GitHub's re-run of all", (run: CheckRun) => rerunAll(run, maintainer)],
])("re-run by %s: read again, and nothing that the public can see changes", async (_, webhookOf) => {
  const { pullRequest, run } = await contribution();
  const shown = JSON.stringify([...world.checkRuns.values()]);
  const [before, first] = [written(), await app.reportOf(pullRequest)];
  app.clock.set(plusDays(app.clock.now(), 1 / 24));
  await app.tell(webhookOf(run));
  const second = await app.reportOf(pullRequest);
  expect(second.createdAt > first.createdAt).toBe(true);
  expect(second.assessment.change).toEqual(first.assessment.change);
  expect(written()).toBe(before);
  expect(JSON.stringify([...world.checkRuns.values()])).toBe(shown);
});

test("re-run: a review stays, and an outrun head is left alone", async () => {
  const { pullRequest, run } = await contribution();
  await app.tell(press(run, maintainer, "mark_reviewed"));
  await app.tell(press(run, maintainer, "rerun"));
  expect((await app.reportOf(pullRequest)).reviewed).toMatchObject({ byAccountId: maintainer.id });
  const before = triages();
  pushTo(world, pullRequest, { by: author, at: NOW, message: "More" });
  await app.tell(press(run, maintainer, "rerun"));
  expect(triages()).toBe(before);
});

test("pointed at another branch: the same head is another diff, so it is to be reviewed again", async () => {
  const { pullRequest, run } = await contribution();
  await app.tell(press(run, maintainer, "mark_reviewed"));
  const webhook = pullRequestWebhook(app.sim.stage, { pullRequest, action: "edited", sender: author });
  const changes = { base: { ref: { from: "main" }, sha: { from: "0".repeat(40) } } };
  app.clock.set(plusDays(app.clock.now(), 1 / 1_440));
  await app.tell({ ...webhook, payload: { ...webhook.payload, changes } });
  expect((await app.reportOf(pullRequest)).reviewed).toBe(null);
});

test("a button that is not ours: no job", async () => {
  const { run } = await contribution();
  const before = app.logged("job.finished").length;
  await app.tell(press(run, maintainer, "approve"));
  expect(app.logged("job.finished")).toHaveLength(before);
});
