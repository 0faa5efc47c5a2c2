import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type User } from "@sallyport/simulator/src/world/world.ts";
import { plusDays } from "../../src/clock.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const LIMIT = 1_000;
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const [owner, author] = [person("olga-example"), person("anna-example")];
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const places = Array.from({ length: 120 }, (_, at) =>
  addRepository(world, { owner: organization, name: `place-${at}`, createdAt: "2017-01-01T00:00:00Z" }),
);

let app: RunningApp;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, policy: NO_DEEP_SCANS, limits: { graphql: LIMIT } });
});

afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

const audits = async (): Promise<readonly string[]> => (await app.tenant().auditHeads(5)).map(({ takenAt }) => takenAt);
const asked = (operation: string): number =>
  app.sim.ledger.requestsOf().filter((entry) => entry.operation === operation).length;
const caller = () => ({
  kind: "installation" as const,
  ...{ installation: app.installation, app: [...world.apps.values()][0]!, permissions: {}, repositoryIds: null },
});
const used = (): number => app.sim.ledger.window(caller(), "graphql", NOW).used;

/** Spends or gives back points of the installation's hour. */
const bring = (to: number): void =>
  app.sim.ledger.refund({
    ...{ caller: caller(), resource: "graphql", method: "QUERY", operation: "test", content: false },
    points: used() - to,
  });

/** Lets the hour pass that a pause lasts. */
async function anHour(): Promise<void> {
  await app.pass(3_601);
  await app.settle();
}

test("an audit pauses while little is left of the hour, spends no attempt by it, and no pull request waits for it", async () => {
  expect(await audits()).toEqual([NOW]);
  const pages = asked("graphql/OrgRepos");
  bring(LIMIT * 0.72);
  app.clock.set(plusDays(NOW, 7));
  const snoozed = () => app.logged("job.snoozed").filter(({ kind }) => kind === "audit-organization");
  await eventually(() => snoozed().length === 1);
  await app.settle();
  expect(snoozed()).toMatchObject([{ because: "budget_low" }]);
  const progress = await app.tenant().readingProgress();
  expect(progress).toMatchObject({ startedAt: plusDays(NOW, 7), pausedUntil: plusDays(NOW, 7 + 1 / 24) });

  const pullRequest = openPullRequest(world, places[0]!, { author, title: "Tidy", at: NOW });
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author }));
  expect(await app.reportOf(pullRequest)).toBeDefined();

  // Each time it asks one thing, hears that little is left, and waits on.
  for (let hour = 0; hour < 3; hour++) await anHour();
  expect(snoozed().map(({ attempt, api_points: points }) => [attempt, points])).toEqual(Array(4).fill([1, 1]));
  expect(await audits()).toEqual([NOW]);
  bring(0);
  await anHour();
  expect(await audits()).toEqual([plusDays(NOW, 7), NOW]);
  expect(asked("graphql/OrgRepos")).toBe(2 * pages);
  expect(await app.tenant().readingProgress()).toBeNull();
});
