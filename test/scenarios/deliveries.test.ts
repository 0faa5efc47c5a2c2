import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { closePullRequest, openPullRequest, pushTo } from "@sallyport/simulator/src/build/build-work.ts";
import type { Webhook } from "@sallyport/simulator/src/payload/common.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type PullRequest } from "@sallyport/simulator/src/world/world.ts";
import { plusDays } from "../../src/clock.ts";
import { EVENT_SCHEMAS } from "../../src/delivery/events.ts";
import { MAX_BODY_BYTES } from "../../src/delivery/receive.ts";
import { bytesOf, EXAMPLES, signature } from "../delivery/fixtures.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "../support/jest.ts";
import { headOf, NO_DEEP_SCANS, type RunningApp, runApp, WEBHOOK_SECRET } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });

let app: RunningApp;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true, policy: NO_DEEP_SCANS });
});

beforeEach(() => {
  // What one author opened in the tests before holds nothing back.
  app.clock.set(plusDays(app.clock.now(), 3 / 1_440));
});

afterAll(async () => {
  await app.stop();
});

interface Sent {
  readonly event: string;
  readonly body: Buffer;
  readonly guid?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A delivery as GitHub sends it; `headers` overrides. By hand, to read an answer that comes before the body is sent. */
function post({ event, body, guid = randomUUID(), headers = {} }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${app.webUrl}/api/github/webhooks`, {
      method: "POST",
      agent: false,
      headers: {
        "content-type": "application/json",
        "content-length": body.length,
        "x-github-event": event,
        "x-github-delivery": guid,
        "x-hub-signature-256": signature(body, WEBHOOK_SECRET),
        ...headers,
      },
    });
    sent.on("response", (answer) => answer.resume().on("end", () => resolve(answer.statusCode ?? 0)));
    sent.on("error", reject);
    sent.end(body);
  });
}

const opening = (pullRequest: PullRequest, action: "opened" | "closed" = "opened"): Webhook =>
  pullRequestWebhook(app.sim.stage, { pullRequest, action, sender: owner });

const newPullRequest = (): PullRequest => openPullRequest(world, wallet, { author: owner, title: "Tidy", at: NOW });

const reportCount = async (headSha: string): Promise<number> =>
  (await app.tenant().reportsOfHead(wallet.id as never, headSha)).length;

const lastTriage = () => app.logged("job.finished").findLast(({ kind }) => kind === "triage-pull-request");

const checkRunsOn = (headSha: string): number =>
  [...world.checkRuns.values()].filter((run) => run.headSha === headSha).length;

test("refused deliveries: the right status, nothing stored, no job, and the same GUID is free for the real one", async () => {
  const pullRequest = newPullRequest();
  const body = bytesOf(opening(pullRequest).payload);
  const event = "pull_request";
  const guid = randomUUID();
  const signed = (name: string, value: string) => ({ event, body, guid, headers: { [name]: value } });
  const own = signature(body, WEBHOOK_SECRET);
  const large = Buffer.alloc(MAX_BODY_BYTES + 1, " ");
  const cut = body.subarray(0, body.length - 40);
  const member = bytesOf(EXAMPLES.find(({ name }) => name === "member")?.body);
  const refused: readonly (readonly [string, number, Sent])[] = [
    ["signed with another secret", 401, signed("x-hub-signature-256", signature(body, "0".repeat(32)))],
    ["signed with Probot's default", 401, signed("x-hub-signature-256", signature(body, "development"))],
    ["unsigned", 401, signed("x-hub-signature-256", "")],
    ["half a signature", 401, signed("x-hub-signature-256", own.slice(0, 40))],
    ["upper case", 401, signed("x-hub-signature-256", own.toUpperCase())],
    ["two signatures", 401, signed("x-hub-signature-256", `${own}, ${own}`)],
    [
      "truncated, with the signature of the whole",
      401,
      { event, body: cut, guid, headers: { "x-hub-signature-256": own } },
    ],
    ["truncated, with its own signature", 400, { event, body: cut, guid }],
    ["too large", 413, { event, body: large, guid }],
    ["as another event", 422, { event: "member", body, guid }],
    ["another event's body", 422, { event, body: member, guid }],
    ["no GUID", 400, signed("x-github-delivery", "1")],
    ["as a form", 415, signed("content-type", "application/x-www-form-urlencoded")],
    ["packed", 415, signed("content-encoding", "gzip")],
  ];
  const stored = app.logged("delivery.received").length;
  for (const [name, status, sent] of refused) expect([name, await post(sent)]).toEqual([name, status]);
  await app.settle();
  expect(app.logged("delivery.received")).toHaveLength(stored);
  expect(await reportCount(headOf(pullRequest))).toBe(0);
  expect(checkRunsOn(headOf(pullRequest))).toBe(0);
  expect(await post({ event, body, guid })).toBe(202);
  await app.settle();
  expect(app.logged("delivery.received").at(-1)).toMatchObject({ guid, outcome: "stored" });
  expect(await reportCount(headOf(pullRequest))).toBe(1);
});

test("a body that never ends: no answer is owed, nothing is stored", async () => {
  const body = bytesOf(opening(newPullRequest()).payload);
  const { hostname, port } = new URL(app.webUrl);
  const stored = app.logged("delivery.received").length;
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        [
          "POST /api/github/webhooks HTTP/1.1",
          "host: localhost",
          "content-type: application/json",
          "x-github-event: pull_request",
          `x-github-delivery: ${randomUUID()}`,
          `x-hub-signature-256: ${signature(body, WEBHOOK_SECRET)}`,
          `content-length: ${body.length}`,
          "",
          "",
        ].join("\r\n"),
      );
      socket.end(body.subarray(0, 1_000), resolve);
    });
    socket.on("error", reject);
  });
  await app.settle();
  expect(app.logged("delivery.received")).toHaveLength(stored);
});

test("one body as every other event: only its own name is let in", async () => {
  const body = bytesOf(opening(newPullRequest()).payload);
  for (const event of EVENT_SCHEMAS.keys())
    expect([event, await post({ event, body })]).toEqual([event, event === "pull_request" ? 202 : 422]);
  await app.settle();
});

test("a hundred copies of one delivery at once: all acknowledged, one stored, one effect", async () => {
  const pullRequest = newPullRequest();
  const body = bytesOf(opening(pullRequest).payload);
  const guid = randomUUID();
  const before = app.sim.ledger.requestsOf().length;
  const copies = Array.from({ length: 100 }, () => post({ event: "pull_request", body, guid }));
  expect(new Set(await Promise.all(copies))).toEqual(new Set([202]));
  await app.settle();
  const outcomes = app.logged("delivery.received").filter((line) => line.guid === guid);
  expect(outcomes.filter(({ outcome }) => outcome === "stored")).toHaveLength(1);
  expect(outcomes).toHaveLength(100);
  expect([checkRunsOn(headOf(pullRequest)), await reportCount(headOf(pullRequest))]).toEqual([1, 1]);
  expect(app.sim.ledger.requestsOf().length - before).toBeLessThanOrEqual(4);
});

test("twenty GUIDs for one event: one check run, one report", async () => {
  const pullRequest = newPullRequest();
  const body = bytesOf(opening(pullRequest).payload);
  await Promise.all(Array.from({ length: 20 }, () => post({ event: "pull_request", body })));
  await app.settle();
  expect([checkRunsOn(headOf(pullRequest)), await reportCount(headOf(pullRequest))]).toEqual([1, 1]);
});

test("closed before opened: the pull request is not looked at, and the job ends", async () => {
  const pullRequest = newPullRequest();
  const webhook = opening(pullRequest);
  closePullRequest(world, pullRequest, { at: NOW });
  await app.tell(opening(pullRequest, "closed"));
  await app.tell(webhook);
  expect(await reportCount(headOf(pullRequest))).toBe(0);
  expect(lastTriage()).toMatchObject({ outcome: "cancelled" });
});

test("every example of the events we read: acknowledged or refused for what it is, and nothing is given up", async () => {
  const names = ["pull_request", "member", "membership", "organization", "installation", "repository"];
  names.push("check_run", "check_suite", "push");
  const bodies = EXAMPLES.filter(({ name }) => names.includes(name));
  expect(bodies.length).toBeGreaterThan(140);
  const answers = await Promise.all(
    bodies.map(async ({ name, source, body }) => [
      await post({ event: name, body: bytesOf(body) }),
      `${source} ${name}.${body.action}`,
    ]),
  );
  expect(answers.filter(([status]) => status !== 202)).toEqual([]);
  await app.settle();
  expect(await app.service.store.inbox.counts()).toEqual({ waiting: 0, discarded: 0 });
  // A second delivery of an event may have come while the first was read: that one still waits.
  expect(await app.service.store.queue.counts()).toMatchObject({ waiting: 0, running: 0, discarded: 0 });
  expect(app.lines.filter((line) => JSON.parse(line).level >= ERROR)).toEqual([]);
  app.sim.expectNoViolations();
});

/** Pino's number. */
const ERROR = 50;

test("synchronize that arrives after a later one: the newer head is judged, the older one never", async () => {
  const pullRequest = newPullRequest();
  const push = (message: string) => pushTo(world, pullRequest, { by: owner, at: NOW, message });
  const synchronize = (moved: { readonly before: string; readonly after: string }): Webhook =>
    pullRequestWebhook(app.sim.stage, { pullRequest, action: "synchronize", sender: owner, ...moved });
  const older = synchronize(push("Tidy more"));
  const newer = synchronize(push("Tidy most"));
  await app.tell(newer);
  app.clock.set(plusDays(app.clock.now(), 1 / 1_440));
  await app.tell(older);
  const [, first, second] = pullRequest.commits.map(({ sha }) => sha);
  expect(lastTriage()).toMatchObject({ outcome: "completed" });
  expect([await reportCount(second ?? ""), checkRunsOn(second ?? "")]).toEqual([1, 1]);
  expect([await reportCount(first ?? ""), checkRunsOn(first ?? "")]).toEqual([0, 1]);
});
