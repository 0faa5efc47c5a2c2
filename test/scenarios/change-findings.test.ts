import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addedFile, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { checkSuiteWebhook } from "@sallyport/simulator/src/payload/check.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type PullRequest, type User } from "@sallyport/simulator/src/world/world.ts";
import type { CheckRun } from "@sallyport/simulator/src/world/world-apps.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { headOf, NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const person = (login: string, createdAt: string): User => addUser(world, { login, createdAt });
const owner = person("olga-example", "2015-01-01T00:00:00Z");
const newcomer = person("new-example", "2026-02-28T00:00:00Z");
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });

let app: RunningApp;
beforeAll(async () => {
  const policy = `${NO_DEEP_SCANS}publication: { change: annotate }\n`;
  app = await runApp({ world, organization, owner, now: NOW, live: true, policy });
});
afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

const TASK = '{"tasks":[{"command":"x","runOptions":{"runOn":"folderOpen"}}]}';
const TRAPS = Array.from({ length: 60 }, (_, index) => addedFile(`p${index}/.vscode/tasks.json`, TASK));

async function opened(author: User, files = TRAPS): Promise<PullRequest> {
  const pullRequest = openPullRequest(world, wallet, { author, title: "Add settings", at: NOW, files });
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author }));
  // The findings wait for the report that holds the diff.
  await app.pass(10);
  await app.settle();
  return pullRequest;
}
const runsOf = (pullRequest: PullRequest, name: string): readonly CheckRun[] =>
  [...world.checkRuns.values()].filter((run) => run.headSha === headOf(pullRequest) && run.name === name);
const shown = ({ name, conclusion, output, detailsUrl, actions }: CheckRun) => ({
  name,
  conclusion,
  output,
  detailsUrl,
  actions,
});

test("findings of a diff stand beside its lines, the same for everybody, and the sealed check stays as it is", async () => {
  const [theirs, ours] = [await opened(newcomer), await opened(owner)];
  const [first, second] = [theirs, ours].map((pullRequest) => runsOf(pullRequest, "Sallyport change").map(shown));
  expect(first).toMatchObject([
    { conclusion: "neutral", output: { title: "60 findings in the diff, the gravest critical", annotationCount: 60 } },
  ]);
  expect(second).toEqual(first);
  const [sealed] = runsOf(theirs, "Sallyport");
  expect(sealed?.output).toMatchObject({ title: "Contribution triage", annotationCount: 0 });
  const harmless = await opened(newcomer, [addedFile("README.md", "Read me.")]);
  expect(runsOf(harmless, "Sallyport change").map(({ output }) => output.title)).toEqual(["No findings in the diff"]);
});

test("findings of a diff: reading the head again writes nothing", async () => {
  const pullRequest = await opened(newcomer);
  const [run] = runsOf(pullRequest, "Sallyport change");
  if (run === undefined) throw new Error("no findings were written");
  await app.tell(checkSuiteWebhook(app.sim.stage, { run, sender: owner }));
  await app.pass(60);
  await app.settle();
  expect(runsOf(pullRequest, "Sallyport change").map(({ output }) => output.annotationCount)).toEqual([60]);
});
