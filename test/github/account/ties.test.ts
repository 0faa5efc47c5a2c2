import { addBot, addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { closePullRequest, openIssue, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import type { Organization, User } from "@sallyport/simulator/src/world/world.ts";
import { NOW, PRIVATE_KEY, type Stand, stand } from "../../../simulator/test/stand.ts";
import type { InstallationGateway } from "../../../src/github/gateway.ts";
import { makeAppGateway } from "../../../src/github/octokit/app-gateway.ts";
import { makeProbot } from "../../../src/github/octokit/transport/client.ts";
import { installationId } from "../../../src/ids.ts";
import { silentLog } from "../../../src/log.ts";
import { afterEach, beforeEach, expect, test } from "../../support/jest.ts";

const CREATED = "2020-03-01T00:00:00.000Z";
const MERGED = "2026-02-03T00:00:00.000Z";

let scene: Stand;
let gateway: InstallationGateway;
let [ada, bo]: User[] = [];

beforeEach(async () => {
  scene = stand();
  [ada, bo] = ["ada-example", "bo-example"].map((login) => addUser(scene.world, { login, createdAt: CREATED }));
  const apiUrl = `${await scene.simulator.listen()}/api/v3`;
  const { app, clock } = scene;
  const probot = makeProbot({ appId: app.id, privateKey: PRIVATE_KEY, webhookSecret: app.webhookSecret, apiUrl });
  const apps = makeAppGateway({ probot, appId: app.id, webUrl: apiUrl, clock, log: silentLog });
  gateway = await apps.installation(installationId(scene.installation.id));
});
afterEach(async () => {
  await scene.simulator.stop();
  scene.simulator.expectNoViolations();
});

const person = (user: User | undefined): User => user ?? scene.newcomer;

function merged(author: User, owner: User | Organization, merger: User) {
  const { world } = scene;
  const repository = addRepository(world, { owner, name: `tool-${world.nextId}`, createdAt: CREATED });
  const pull = openPullRequest(world, repository, { author, title: "Fix", at: MERGED });
  closePullRequest(world, pull, { at: MERGED, merger });
  return pull;
}

test("merges: by whom, and whether in a person's repository; 1 request and 1 point for several accounts", async () => {
  const [a, b] = [person(ada), person(bo)];
  const organization = addOrganization(scene.world, { login: "shop-example", createdAt: CREATED, owners: [b] });
  merged(a, b, b);
  merged(a, organization, b);
  Object.assign(merged(a, b, b), { mergedById: null });
  const bot = addBot(scene.world, { login: "merger-example[bot]", createdAt: CREATED });
  Object.assign(merged(a, b, b), { mergedById: bot.id });
  const answer = await gateway.mergesOf({ nodeIds: [a.nodeId, b.nodeId], whole: false });
  const by = { id: b.id, nodeId: b.nodeId };
  expect(answer).toMatchObject({
    ok: true,
    value: [
      { id: a.id, nodeId: a.nodeId, createdAt: CREATED, forks: null },
      { id: b.id, merges: [] },
    ],
  });
  expect(answer.ok && answer.value[0]?.merges).toEqual(
    expect.arrayContaining([
      { at: MERGED, personal: true, by },
      { at: MERGED, personal: false, by },
      { at: MERGED, personal: true, by: "gone" },
      { at: MERGED, personal: true, by: "no_person" },
    ]),
  );
  expect(gateway.usage).toEqual({ requests: 1, points: 1 });
});

test("merges: forks, and those that have lost what they were forked from", async () => {
  const a = person(ada);
  const parent = addRepository(scene.world, { owner: person(bo), name: "original", createdAt: CREATED });
  const gone = addRepository(scene.world, { owner: person(bo), name: "gone", createdAt: CREATED });
  for (const original of [parent, gone])
    addRepository(scene.world, { owner: a, name: `fork-${original.id}`, createdAt: NOW, parent: original });
  gone.visibility = "private";
  expect(await gateway.mergesOf({ nodeIds: [a.nodeId], whole: true })).toMatchObject({
    value: [{ forks: { count: 2, orphanCount: 1 } }],
  });
});

test("merges: whom it follows, where those are three at most; who follows it is not asked", async () => {
  const a = person(ada);
  const ask = async () => {
    const answer = await gateway.mergesOf({ nodeIds: [a.nodeId], whole: true });
    return answer.ok ? answer.value[0]?.followedIds : answer.reason;
  };
  person(bo).follows.add(a.id);
  expect(await ask()).toEqual([]);
  const followed = ["cy", "di", "ed", "flo"].map((name) =>
    addUser(scene.world, { login: `${name}-example`, createdAt: CREATED }),
  );
  for (const { id } of followed.slice(0, 3)) a.follows.add(id);
  expect(await ask()).toEqual(followed.slice(0, 3).map(({ id }) => id));
  for (const { id } of followed) a.follows.add(id);
  expect(await ask()).toBeNull();
});

test("merges: an account that is gone is left out, and an answer with nobody is none", async () => {
  const a = person(ada);
  const both = await gateway.mergesOf({ nodeIds: [a.nodeId, "U_none"], whole: true });
  expect(both).toMatchObject({ ok: true, value: [{ id: a.id }] });
  expect(await gateway.mergesOf({ nodeIds: ["U_none"], whole: true })).toMatchObject({ ok: false });
});

test("years: what GitHub dates itself and what it hides, without commits; 1 request and 1 point", async () => {
  const a = person(ada);
  const repository = addRepository(scene.world, { owner: a, name: "own", createdAt: "2021-07-01T00:00:00.000Z" });
  openIssue(scene.world, repository, { author: a, title: "Idea", at: "2021-12-31T23:00:00.000Z" });
  a.commitDays.push({ day: "2022-05-01", count: 9, repositoryId: repository.id });
  a.restrictedDays.push({ day: "2023-05-01", count: 4 });
  const ask = (years: readonly number[]) => gateway.contributionYears({ nodeId: a.nodeId, years, now: NOW });
  expect(await ask([2026, 2023, 2022, 2021])).toEqual({
    ok: true,
    value: [
      { year: 2026, dated: 0, restricted: 0 },
      { year: 2023, dated: 0, restricted: 4 },
      { year: 2022, dated: 0, restricted: 0 },
      { year: 2021, dated: 2, restricted: 0 },
    ],
  });
  expect(gateway.usage).toEqual({ requests: 1, points: 1 });
  expect(await ask([])).toEqual({ ok: true, value: [] });
  expect(gateway.usage.requests).toBe(1);
  expect(await gateway.contributionYears({ nodeId: "U_none", years: [2021], now: NOW })).toMatchObject({
    reason: "not_found",
  });
});
