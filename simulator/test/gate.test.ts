import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fixedClock } from "../../test/support/fixed-clock.ts";
import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { createGate, type Gate } from "../src/scenarios/gate.ts";
import { createSimulator, type Simulator } from "../src/server.ts";
import { countingRandom, NOW } from "./stand.ts";

const { publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

let gate: Gate;
let simulator: Simulator;
let hook: Server;
let events: string[];

const build = (): Gate =>
  createGate({
    now: NOW,
    publicKey,
    clientId: "Iv23story",
    clientSecret: "client-secret",
    webhookSecret: "a-webhook-secret-of-32-bytes-here",
    hookUrl: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
    policy: "version: 1\n",
  });

beforeEach(async () => {
  events = [];
  hook = createServer((request, response) => {
    events.push(String(request.headers["x-github-event"]));
    request.resume();
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  gate = build();
  simulator = createSimulator({ world: gate.world, clock: fixedClock(NOW), random: countingRandom() });
  await simulator.listen();
});

afterEach(async () => {
  await simulator.stop();
  hook.closeAllConnections();
  await new Promise((resolve) => hook.close(resolve));
});

test("story: every step happens, and its deliveries fit GitHub's schema", async () => {
  const played = [];
  for (const step of gate.steps) played.push([step.id, (await step.play(simulator, NOW)).delivery?.status ?? null]);
  expect(played).toEqual([
    ["install", "OK"],
    ["newcomer", "OK"],
    ["veteran", "OK"],
    ["editor-task", "OK"],
    ["returned", "OK"],
    ["thin-grant", "OK"],
    ["returned-grant", "OK"],
    ["team-grant", null],
    ["push", null],
    ["audit", null],
    ["what-if", null],
  ]);
  expect(events).toEqual(["installation", ...Array.from({ length: 4 }, () => "pull_request"), "member", "member"]);
  simulator.expectNoViolations();
});

test("story: the account that comes back did nothing that GitHub dates for more than five years", () => {
  const { returned } = gate.cast;
  const acts = [...gate.world.pullRequests.values()].filter(({ authorId }) => authorId === returned.id);
  const repositories = [...gate.world.repositories.values()].filter(({ ownerId }) => ownerId === returned.id);
  const times = [...acts, ...repositories].map(({ createdAt }) => Date.parse(createdAt)).sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? time)) / 86_400_000);
  expect(times.length).toBeGreaterThanOrEqual(10);
  expect(Math.max(...gaps)).toBeGreaterThan(5 * 365.25);
});

test("story: two builds are the same world", () => {
  const ids = ({ world }: Gate) => [...world.pullRequests.values()].map(({ nodeId, createdAt }) => [nodeId, createdAt]);
  expect(ids(build())).toEqual(ids(gate));
});
