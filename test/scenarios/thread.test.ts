import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import {
  addedFile,
  closePullRequest,
  comment,
  openIssue,
  openPullRequest,
} from "@sallyport/simulator/src/build/build-work.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type PullRequest, type User } from "@sallyport/simulator/src/world/world.ts";
import { plusDays } from "../../src/clock.ts";
import { installationId } from "../../src/ids.ts";
import { afterAll, afterEach, beforeAll, expect, test } from "../support/jest.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const SIGNAL = "beh-thread-pressure";
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const [owner, author, member, contributor] = ["olga", "ada", "mia", "cora"].map((name) =>
  person(`${name}-example`),
) as [User, User, User, User];
const organization = addOrganization(world, {
  ...{ login: "octo-org", createdAt: "2019-01-01T00:00:00Z", owners: [owner], members: [member] },
});
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2019-02-01T00:00:00Z" });
const elsewhere = addRepository(world, {
  owner: person("eve-example"),
  name: "notes",
  createdAt: "2019-02-01T00:00:00Z",
});
closePullRequest(
  world,
  openPullRequest(world, wallet, { author: contributor, title: "Fix", at: "2025-01-01T00:00:00Z" }),
  {
    at: "2025-01-02T00:00:00Z",
    merger: owner,
  },
);

let app: RunningApp;
beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, policy: NO_DEEP_SCANS });
});
afterEach(() => {
  app.sim.faults.clear();
  app.sim.expectNoViolations();
});
afterAll(() => app.stop());

let count = 0;
/** Somebody who did so many things in public before. */
function somebody(acts: number): User {
  const user = person(`user${++count}-example`);
  for (let index = 0; index < acts; index++)
    openIssue(world, elsewhere, { author: user, title: "Question", at: plusDays(NOW, -100 - index) });
  return user;
}

type Saying = readonly [by: User, hoursAgo: number, body: string];

/** A pull request on which this was said, as the report has it. */
async function reported(...sayings: readonly Saying[]) {
  // Pull requests of one account in a row are held back.
  await app.pass(3_600);
  const now = app.clock.now();
  const files = [addedFile("src/pay.ts", "export const fee = 2;")];
  const pullRequest: PullRequest = openPullRequest(world, wallet, {
    author,
    title: "Raise",
    at: plusDays(now, -9),
    files,
  });
  for (const [by, hours, body] of sayings)
    comment(world, pullRequest, { author: by, at: plusDays(now, -hours / 24), body });
  pullRequest.updatedAt = now;
  const before = app.sim.ledger.requestsOf().length;
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "reopened", sender: author }));
  const operations = app.sim.ledger
    .requestsOf()
    .slice(before)
    .map(({ operation }) => operation);
  const { assessment, dossier } = await app.reportOf(pullRequest);
  const finding = assessment.findings.find(({ signal }) => signal === SIGNAL);
  const said = [finding?.outcome, finding?.severity, assessment.change.level];
  return { assessment, dossier, finding, said, asked: operations.includes("graphql/ThreadComments"), pullRequest };
}

const PRESSED = ["fired", "high", "high"];
const QUIET = ["clear", null, "low"];

test("two accounts that did hardly anything before press: said of the conversation, and nobody is the worse for it", async () => {
  const pressed = await reported([somebody(0), 30, "Please merge this"], [somebody(3), 5, "Hand over the project!"]);
  expect(pressed.said).toEqual(PRESSED);
  const quiet = await reported();
  expect([quiet.said, quiet.asked]).toEqual([QUIET, false]);
  expect(pressed.assessment.persona).toEqual(quiet.assessment.persona);
  expect(pressed.finding?.evidence.map(({ tier }) => tier)).toEqual(["TP", "TP", "TP"]);
  const place = `/octo-org/wallet/pull/${pressed.pullRequest.number}#issuecomment-`;
  expect(pressed.finding?.evidence[1]?.link).toContain(place);
  expect(JSON.stringify(pressed.dossier)).not.toMatch(/Please merge|Hand over|user\d/);
});

test.each<[string, () => readonly Saying[]]>([
  [
    "one impatient person",
    () => [somebody(0)].flatMap((one) => [70, 40, 1].map((ago): Saying => [one, ago, "please merge"])),
  ],
  [
    "a crowd of long standing",
    () => Array.from({ length: 9 }, (_, ago): Saying => [somebody(6), ago + 1, "+1 please merge"]),
  ],
  [
    "a crowd with two new ones",
    () => [9, 9, 9, 0, 0].map((acts, ago): Saying => [somebody(acts), ago + 1, "please merge"]),
  ],
  ["two new ones who report a bug", () => [1, 2].map((ago): Saying => [somebody(0), ago, "It crashes here"])],
  ["two new ones a week apart", () => [1, 170].map((ago): Saying => [somebody(0), ago, "please merge"])],
  ["a member and a contributor", () => [member, contributor].map((by): Saying => [by, 3, "please merge asap"])],
  ["the author and a new one", () => [author, somebody(0)].map((by): Saying => [by, 3, "please merge"])],
])("nothing is said where there speaks %s", async (_, sayings) => {
  expect((await reported(...sayings())).said).toEqual(QUIET);
});

test("what GitHub does not show of the conversation is not known, and no risk", async () => {
  app.sim.faults.add("graphql/ThreadComments", { kind: "status", status: 502 });
  const { said, asked } = await reported([somebody(0), 9, "please merge"], [somebody(0), 5, "please merge"]);
  expect([said, asked]).toEqual([["unknown", null, "unknown"], true]);
  app.sim.faults.clear();
  app.sim.faults.add("graphql/PrTriage", { kind: "partial", path: ["node", "comments"] });
  expect((await reported([somebody(0), 9, "please merge"])).said).toEqual(["unknown", null, "unknown"]);
});

test("what is said after a look is seen by the next look at all open pull requests, by one more look", async () => {
  const { pullRequest, said } = await reported();
  expect(said).toEqual(QUIET);
  await app.pass(3_600);
  for (const at of [1, 2, 3, 4])
    comment(world, pullRequest, {
      author: somebody(0),
      at: plusDays(app.clock.now(), -at / 1_440),
      body: "please merge",
    });
  pullRequest.updatedAt = app.clock.now();
  const before = app.sim.ledger.requestsOf().length;
  const installation = installationId(app.installation.id);
  await app.service.store.queue.enqueue([{ kind: "sweep-installation", installationId: installation }]);
  await app.settle();
  const { assessment } = await app.reportOf(pullRequest);
  expect(assessment.findings.find(({ signal }) => signal === SIGNAL)).toMatchObject({
    outcome: "fired",
    severity: "high",
  });
  const asked = app.sim.ledger.requestsOf().slice(before);
  expect(asked.filter(({ operation }) => operation === "graphql/ThreadComments")).toHaveLength(1);
});
