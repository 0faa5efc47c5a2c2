import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { closePullRequest, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { createWorld, type PullRequest } from "@sallyport/simulator/src/world/world.ts";
import { ENGINE } from "../../src/assessment/assess.ts";
import { gateways } from "../../src/boot/wire.ts";
import { plusDays } from "../../src/clock.ts";
import { sweepInstallationFlow } from "../../src/flows/jobs/sweep/sweep-installation.ts";
import type { FlowContext } from "../../src/flows/steps/context.ts";
import { installationId } from "../../src/ids.ts";
import type { Outcome } from "../../src/job/outcome.ts";
import { silentLog } from "../../src/log.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { configFor, headOf, PUBLIC_URL, type RunningApp, runApp, seededRandom } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
/** Three pages of GitHub's list, and more heads than one run looks at. */
const OPEN_COUNT = 90;
const world = createWorld();
const person = (login: string) => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const place = (name: string) => addRepository(world, { owner: organization, name, createdAt: "2017-01-01T00:00:00Z" });
const [wallet, relayer] = [place("wallet"), place("relayer")];
/** Enough that none of them opens more than are looked at at once. */
const authors = Array.from({ length: 24 }, (_, index) => person(`author-${index}-example`));
/** Newest first. */
let many: readonly PullRequest[] = [];

let app: RunningApp;
let context: FlowContext;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true });
  const log = silentLog;
  const { apps } = gateways(configFor(app.sim.url, app.installation.appId), { clock: app.clock, log });
  const scan = { searchPath: "", temporary: "", protocol: "http", clockMs: () => 0 } as const;
  const messenger = { destinationsOf: () => [], send: async () => ({ state: "sent" }) as const };
  const rest = {
    messenger,
    publicUrl: PUBLIC_URL,
    engine: ENGINE,
    hashKey: "",
    scan,
    random: seededRandom("long list"),
  };
  context = { store: app.service.store, apps, clock: app.clock, log, ...rest, isOurs: async () => true };
});

afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

function open(index: number, repository: typeof wallet): PullRequest {
  const author = authors[index % authors.length] ?? owner;
  return openPullRequest(world, repository, { author, title: "Tidy", at: plusDays(NOW, -index - 1) });
}

/** One run, as the queue starts it when its time has come, and the jobs it files. */
async function run(): Promise<Outcome> {
  const outcome = await sweepInstallationFlow(context, {
    kind: "sweep-installation",
    installationId: installationId(app.installation.id),
  });
  await app.settle();
  return outcome;
}

const read = async () => (await app.tenant().openPullRequests()).map(({ number }) => number).toSorted((a, b) => a - b);
const numbers = (some: readonly PullRequest[]) => some.map(({ number }) => number).toSorted((a, b) => a - b);
/** What the installation asked; the App itself asks for its log of deliveries, by its own schedule. */
const requests = () =>
  app.sim.ledger.requestsOf().filter(({ installationId }) => installationId === app.installation.id).length;

/** Hours later, with the look at the delivery log that found nobody had looked, and the sweep that follows. */
async function later(days: number): Promise<void> {
  app.clock.set(plusDays(NOW, days));
  await app.service.store.queue.enqueue([{ kind: "reconcile-deliveries" }]);
  await app.settle();
}

test("a long list: newest first, a part in one run, the rest when its share of the budget lets it, each once", async () => {
  many = Array.from({ length: OPEN_COUNT }, (_, index) => open(index, wallet));
  const other = open(OPEN_COUNT, relayer);
  // As of an installation that is just met.
  await app.tenant().savePullRequestSweep({ underWay: null, openCount: 0, completeUntil: null, wholeAt: null });
  expect(await run()).toMatchObject({ kind: "snooze", because: "share of the budget" });
  expect(await read()).toEqual(numbers(many.slice(0, 20)));
  const from = { page: 1, repository: wallet.id, after: expect.any(String) };
  expect(await app.tenant().pullRequestSweep()).toMatchObject({ underWay: { openCount: OPEN_COUNT, from } });
  const second = await run();
  expect(await read()).toEqual(numbers(many.slice(0, 70)));
  // Fifty heads at eleven requests and its own, of 1,500 in an hour.
  const untilMs = second.kind === "snooze" ? Date.parse(second.until) - Date.parse(NOW) : 0;
  expect(Math.round(untilMs / 60_000)).toBe(22);
  await run();
  expect(await run()).toEqual({ kind: "completed" });
  expect(await app.tenant().openPullRequests()).toHaveLength(OPEN_COUNT + 1);
  const heads = [...world.checkRuns.values()].map(({ headSha }) => headSha);
  expect(heads.toSorted()).toEqual([...many, other].map(headOf).toSorted());
  expect(await app.tenant().pullRequestSweep()).toEqual({
    ...{ underWay: null, openCount: OPEN_COUNT + 1, completeUntil: NOW, wholeAt: NOW },
  });
});

test("a long list where nothing changed: only its first page is read again, and to its end once a day", async () => {
  const before = requests();
  await later(1 / 4);
  expect(requests() - before).toBe(2);
  await later(1.1);
  expect(requests() - before).toBe(2 + 4);
  expect(await app.tenant().pullRequestSweep()).toMatchObject({ wholeAt: plusDays(NOW, 1.1) });
});

test("a long list of which most was closed without a word: found on GitHub's list of closed ones, and nothing else", async () => {
  const closed = many.slice(30);
  for (const pullRequest of closed) closePullRequest(world, pullRequest, { at: plusDays(NOW, 1.15) });
  await later(1.2);
  expect(await app.tenant().openPullRequests()).toHaveLength(31);
});

test("a list that GitHub does not show: nothing is closed for it, and the next sweep asks for all of it again", async () => {
  const hidden = open(0, wallet);
  app.sim.faults.add("graphql/OpenPullRequests", { kind: "partial", path: ["nodes", "0"] }, { times: 1 });
  await later(1.3);
  expect(await app.tenant().openPullRequests()).toHaveLength(31);
  const stored = await app.tenant().pullRequestSweep();
  expect(stored?.completeUntil).toBe(plusDays(NOW, 1.2));
  await later(1.4);
  expect(await read()).toContain(hidden.number);
  expect(await app.tenant().openPullRequests()).toHaveLength(32);
});

test("a mark that a wrong clock has left in the future leaves nothing out", async () => {
  const stored = await app.tenant().pullRequestSweep();
  if (stored === null) throw new Error("the sweeps before left something");
  await app.tenant().savePullRequestSweep({ ...stored, completeUntil: plusDays(NOW, 99), wholeAt: plusDays(NOW, 99) });
  const before = requests();
  await run();
  // More than the first page: the rest of those open, and of those closed since the first look.
  expect(requests() - before).toBe(4);
});
