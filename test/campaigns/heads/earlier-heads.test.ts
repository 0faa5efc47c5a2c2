import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addedFile, openPullRequest, pushTo, review } from "@sallyport/simulator/src/build/build-work.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { type ChangedFile, createWorld, type PullRequest, type User } from "@sallyport/simulator/src/world/world.ts";
import { plusDays } from "../../../src/clock.ts";
import { afterAll, beforeAll, expect, test } from "../../support/jest.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp } from "../../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const [owner, maintainer, reader, author] = ["olga", "milo", "rita", "ada"].map((name) =>
  person(`${name}-example`),
) as [User, User, User, User];
const organization = addOrganization(world, { login: "octo-org", createdAt: "2019-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2019-02-01T00:00:00Z" });
wallet.direct.set(maintainer.id, "write");
wallet.direct.set(reader.id, "read");

let app: RunningApp;
beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, policy: NO_DEEP_SCANS });
});
afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

const CODE = addedFile("src/pay.ts", "export const fee = 2;");
const WORKFLOW = addedFile(
  ".github/workflows/ci.yml",
  "on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: ls }] } }",
);
const DRAFTED = plusDays(NOW, -9);

async function opened(): Promise<PullRequest> {
  const pullRequest = openPullRequest(world, wallet, { author, title: "Raise the fee", at: DRAFTED, files: [CODE] });
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author }));
  return pullRequest;
}

/** Pushes on top, or with `over` in place of every commit. */
async function push(
  pullRequest: PullRequest,
  files: readonly ChangedFile[],
  { over = false, dated = app.clock.now() }: { readonly over?: boolean; readonly dated?: string } = {},
): Promise<void> {
  await app.pass(3_600);
  const at = app.clock.now();
  const forced = pullRequest.commits.at(-1);
  const moved = pushTo(world, pullRequest, {
    by: author,
    at: dated,
    authoredAt: DRAFTED,
    message: "Raise the fee",
    files,
  });
  if (over && forced) {
    pullRequest.forcedOver.push({ at, before: forced });
    pullRequest.commits.splice(0, pullRequest.commits.length - 1);
  }
  pullRequest.files = files;
  pullRequest.updatedAt = at;
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "synchronize", sender: author, ...moved }));
}

const found = async (pullRequest: PullRequest, signal: string) => {
  const { assessment } = await app.reportOf(pullRequest);
  const finding = assessment.findings.find((each) => each.signal === signal);
  return [finding?.outcome, finding?.severity, finding?.evidence[0]?.place?.path];
};
const APPROVAL = "chg-post-approval-push";
const REWRITTEN = "chg-rewritten-branch";

test("a workflow that comes after an approval is shown as such; a word of who may not write is none", async () => {
  const pullRequest = await opened();
  review(pullRequest, { by: reader, at: app.clock.now() });
  await push(pullRequest, [CODE, WORKFLOW]);
  expect(await found(pullRequest, APPROVAL)).toEqual(["clear", null, undefined]);
  const other = await opened();
  review(other, { by: maintainer, at: app.clock.now() });
  await push(other, [CODE, WORKFLOW]);
  expect(await found(other, APPROVAL)).toEqual(["fired", "high", WORKFLOW.path]);
  review(other, { by: maintainer, at: app.clock.now() });
  await push(other, [CODE, WORKFLOW]);
  expect(await found(other, APPROVAL)).toEqual(["clear", null, undefined]);
});

test("an approval that was taken back counts no more", async () => {
  const pullRequest = await opened();
  for (const state of ["APPROVED", "CHANGES_REQUESTED", "COMMENTED"] as const)
    review(pullRequest, { by: maintainer, at: app.clock.now(), state });
  await push(pullRequest, [CODE, WORKFLOW]);
  expect(await found(pullRequest, APPROVAL)).toEqual(["clear", null, undefined]);
});

test("a force push is known by its content: a rebase is none, an old date on other content is one", async () => {
  const rebased = await opened();
  await push(rebased, [CODE], { over: true, dated: DRAFTED });
  expect(await found(rebased, REWRITTEN)).toEqual(["clear", null, undefined]);
  const amended = await opened();
  const other = addedFile(CODE.path, "export const fee = 20;");
  await push(amended, [other], { over: true });
  expect(await found(amended, REWRITTEN)).toEqual(["fired", "low", CODE.path]);
  const turnedBack = await opened();
  await push(turnedBack, [other], { over: true, dated: DRAFTED });
  expect(await found(turnedBack, REWRITTEN)).toEqual(["fired", "high", CODE.path]);
  // A harmless push on top does not cover it up.
  await push(turnedBack, [other, addedFile("src/z.md", "fees")]);
  expect(await found(turnedBack, REWRITTEN)).toEqual(["fired", "high", CODE.path]);
});
