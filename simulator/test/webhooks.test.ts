import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhooks } from "@octokit/webhooks";
import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { addRepository } from "../src/build/build.ts";
import { openPullRequest, pushTo } from "../src/build/build-work.ts";
import { checkRunWebhook, checkSuiteWebhook } from "../src/payload/check.ts";
import { installationRepositoriesWebhook, installationWebhook } from "../src/payload/installation.ts";
import { memberWebhook } from "../src/payload/member.ts";
import { pullRequestWebhook } from "../src/payload/pull-request.ts";
import { repositoryEventWebhook } from "../src/payload/repository.ts";
import { appJwt, call, installationToken, jwt, type Stand, stand } from "./stand.ts";

interface Received {
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

let scene: Stand;
let url: string;
let hook: Server;
let received: Received[];
let answerWith: number;

beforeEach(async () => {
  received = [];
  answerWith = 202;
  hook = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answerWith).end();
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  scene = stand();
  scene.app.hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/api/github/webhooks`;
  url = await scene.simulator.listen();
});

afterEach(async () => {
  await scene.simulator.stop();
  hook.closeAllConnections();
  await new Promise((resolve) => hook.close(resolve));
});

async function createCheck(sha: string) {
  const token = installationToken(scene);
  const body = { name: "Sallyport", head_sha: sha, status: "completed", conclusion: "neutral" };
  await call(url, "/api/v3/repos/octo-org/wallet/check-runs", { token, method: "POST", body });
  const [run] = [...scene.world.checkRuns.values()].slice(-1);
  if (run === undefined) throw new Error("the check run was not created");
  return run;
}

test("payloads: every kind fits GitHub's schema and arrives signed over its bytes", async () => {
  const { simulator, pullRequest, newcomer, ada, wallet, vault, installation } = scene;
  const { stage } = simulator;
  const { before, after } = pushTo(scene.world, pullRequest, {
    by: newcomer,
    at: "2026-11-23T11:40:00.000Z",
    message: "More",
  });
  const run = await createCheck(after);
  const baseFrom = { ref: "develop", sha: pullRequest.baseSha };
  const pulls = (["opened", "reopened", "ready_for_review", "closed"] as const).map((action) =>
    pullRequestWebhook(stage, { pullRequest, action, sender: newcomer }),
  );
  const installations = (["created", "suspend", "unsuspend", "new_permissions_accepted", "deleted"] as const).map(
    (action) => installationWebhook(stage, { installation, action, sender: ada }),
  );
  const webhooks = [
    ...pulls,
    pullRequestWebhook(stage, { pullRequest, action: "synchronize", sender: newcomer, before, after }),
    pullRequestWebhook(stage, { pullRequest, action: "edited", sender: newcomer, baseFrom }),
    memberWebhook(stage, { repository: wallet, member: newcomer, sender: ada, action: "added", to: "maintain" }),
    memberWebhook(stage, {
      repository: wallet,
      member: newcomer,
      sender: ada,
      action: "edited",
      from: "read",
      to: "write",
    }),
    memberWebhook(stage, { repository: wallet, member: newcomer, sender: ada, action: "removed" }),
    checkRunWebhook(stage, { run, sender: ada }),
    checkRunWebhook(stage, { run, sender: ada, button: "mark_reviewed" }),
    checkSuiteWebhook(stage, { run, sender: ada }),
    ...installations,
    installationRepositoriesWebhook(stage, { installation, added: [vault], removed: [], sender: ada }),
    installationRepositoriesWebhook(stage, { installation, added: [], removed: [vault], sender: ada }),
    repositoryEventWebhook(stage, { repository: vault, action: "created", sender: ada }),
    repositoryEventWebhook(stage, { repository: vault, action: "publicized", sender: ada }),
    repositoryEventWebhook(stage, { repository: vault, action: "privatized", sender: ada }),
    repositoryEventWebhook(stage, { repository: vault, action: "transferred", sender: ada, ownerFrom: ada }),
    repositoryEventWebhook(stage, { repository: vault, action: "renamed", sender: ada, nameFrom: "safe" }),
  ];
  for (const webhook of webhooks) await simulator.deliver(webhook);
  simulator.expectNoViolations();
  expect(received).toHaveLength(webhooks.length);
  const verifier = new Webhooks({ secret: scene.app.webhookSecret });
  for (const { headers, body } of received)
    expect(await verifier.verify(body, String(headers["x-hub-signature-256"]))).toBe(true);
  expect(new Set(received.map(({ headers }) => headers["x-github-delivery"])).size).toBe(webhooks.length);
});

test("payload: hides a private membership that the App's own token would see", async () => {
  const { simulator, ada, wallet, world } = scene;
  const pullRequest = openPullRequest(world, wallet, { author: ada, title: "Mine", at: "2026-11-23T11:50:00.000Z" });
  await simulator.deliver(pullRequestWebhook(simulator.stage, { pullRequest, action: "opened", sender: ada }));
  expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ pull_request: { author_association: "CONTRIBUTOR" } });
  const asked = await call(url, `/api/v3/repos/octo-org/wallet/pulls/${pullRequest.number}`, {
    token: installationToken(scene),
  });
  expect(asked.body).toMatchObject({ author_association: "MEMBER" });
});

test("check events of a fork's pull request list no pull request", async () => {
  const { simulator, world, newcomer, wallet, ada, pullRequest } = scene;
  const fork = addRepository(world, {
    owner: newcomer,
    name: "wallet",
    createdAt: "2026-11-01T00:00:00.000Z",
    parent: wallet,
  });
  const forked = openPullRequest(world, wallet, {
    author: newcomer,
    title: "Forked",
    at: "2026-11-23T11:30:00.000Z",
    from: fork,
  });
  for (const sha of [forked.commits[0]?.sha ?? "", pullRequest.commits[0]?.sha ?? ""]) {
    const run = await createCheck(sha);
    await simulator.deliver(checkRunWebhook(simulator.stage, { run, sender: ada }));
  }
  expect(received.map(({ body }) => JSON.parse(body))).toMatchObject([
    { check_run: { pull_requests: [] } },
    { check_run: { pull_requests: [{ number: 1 }] } },
  ]);
  simulator.expectNoViolations();
});

test("log: a failed delivery is not repeated by itself; a redelivery has the same GUID and bytes", async () => {
  const { simulator, newcomer, pullRequest, app } = scene;
  answerWith = 500;
  await simulator.deliver(pullRequestWebhook(simulator.stage, { pullRequest, action: "opened", sender: newcomer }));
  expect(received).toHaveLength(1);
  const token = appJwt(app.id);
  const log = await call(url, "/api/v3/app/hook/deliveries", { token });
  expect(log.body).toMatchObject([
    {
      event: "pull_request",
      action: "opened",
      status_code: 500,
      status: "Invalid HTTP Response: 500",
      redelivery: false,
    },
  ]);
  answerWith = 202;
  const [first] = scene.world.deliveries;
  const path = `/api/v3/app/hook/deliveries/${first?.id}/attempts`;
  expect((await call(url, path, { token, method: "POST" })).status).toBe(202);
  await simulator.stop();
  expect(received[1]?.headers["x-github-delivery"]).toBe(received[0]?.headers["x-github-delivery"]);
  expect(received[1]?.body).toBe(received[0]?.body);
  expect(scene.world.deliveries).toMatchObject([{ redelivery: false }, { redelivery: true, status: "OK" }]);
  simulator.expectNoViolations();
});

test("log: pages by cursor, newest first, and says when nobody answered", async () => {
  const { simulator, newcomer, pullRequest, app } = scene;
  for (let round = 0; round < 3; round += 1)
    await simulator.deliver(pullRequestWebhook(simulator.stage, { pullRequest, action: "reopened", sender: newcomer }));
  app.hookUrl = "http://127.0.0.1:9/closed";
  await simulator.deliver(pullRequestWebhook(simulator.stage, { pullRequest, action: "closed", sender: newcomer }));
  const token = appJwt(app.id);
  const first = await call(url, "/api/v3/app/hook/deliveries?per_page=3", { token });
  expect(first.body).toMatchObject([
    { action: "closed", status: "failed to connect to host" },
    { action: "reopened" },
    {},
  ]);
  const next = first.headers.get("link")?.match(/<([^>]+)>; rel="next"/)?.[1] ?? "";
  const second = await call(url, next.replace(url, ""), { token });
  expect(second.body).toHaveLength(1);
  expect(second.headers.get("link")).toBeNull();
});

test("log: forgets after three days, and knows no cursor it never gave out", async () => {
  const { simulator, newcomer, pullRequest, app, clock } = scene;
  const opened = pullRequestWebhook(simulator.stage, { pullRequest, action: "opened", sender: newcomer });
  const first = await simulator.deliver(opened);
  clock.set("2026-11-25T12:00:00.000Z");
  const second = await simulator.deliver(opened);
  const log = async (path = "") => {
    const now = Math.floor(Date.parse(clock.now()) / 1000);
    const token = jwt({ iat: now - 30, exp: now + 300, iss: String(app.id) });
    const method = path.endsWith("/attempts") ? "POST" : "GET";
    return call(url, `/api/v3/app/hook/deliveries${path}`, { token, method });
  };
  expect((await log()).body).toMatchObject([{ id: second?.id }, { id: first?.id }]);
  clock.set("2026-11-26T12:00:01.000Z");
  expect((await log()).body).toMatchObject([{ id: second?.id }]);
  expect((await log(`/${first?.id}/attempts`)).status).toBe(404);
  expect((await log(`?cursor=v1_${first?.id}`)).status).toBe(422);
  simulator.expectNoViolations();
});

test("subscription: events the App did not ask for, and a suspended installation's, are not sent", async () => {
  const { simulator, newcomer, pullRequest, ada, app, installation } = scene;
  app.events = ["repository"];
  const opened = () => pullRequestWebhook(simulator.stage, { pullRequest, action: "opened", sender: newcomer });
  expect(await simulator.deliver(opened())).toBeNull();
  app.events = ["pull_request"];
  const before = opened();
  installation.suspendedAt = "2026-11-23T11:00:00.000Z";
  expect(await simulator.deliver(before)).toBeNull();
  const suspended = installationWebhook(simulator.stage, { installation, action: "suspend", sender: ada });
  expect(await simulator.deliver(suspended)).toMatchObject({ status: "OK" });
  expect(received).toHaveLength(1);
});

test("subscription: an event is sent to an installation that granted its permission alone", async () => {
  const { simulator, newcomer, ada, pullRequest, wallet, installation, app } = scene;
  app.events = ["pull_request", "member"];
  installation.permissions = { metadata: "read", pull_requests: "read" };
  const opened = pullRequestWebhook(simulator.stage, { pullRequest, action: "opened", sender: newcomer });
  const added = { repository: wallet, member: newcomer, sender: ada, action: "added", to: "write" } as const;
  expect(await simulator.deliver(memberWebhook(simulator.stage, added))).toBeNull();
  expect(await simulator.deliver(opened)).toMatchObject({ status: "OK" });
});

test("payload: one that does not fit GitHub's schema fails the test", async () => {
  const { simulator, newcomer, pullRequest } = scene;
  const webhook = pullRequestWebhook(simulator.stage, { pullRequest, action: "opened", sender: newcomer });
  await simulator.deliver({ ...webhook, payload: { ...webhook.payload, number: "one" } });
  expect(() => simulator.expectNoViolations()).toThrow("webhook_schema at pull-request-opened");
});
