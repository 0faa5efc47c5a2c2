import { generateKeyPairSync } from "node:crypto";
import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { DEFAULT_PERMISSIONS, installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import { createWorld } from "@sallyport/simulator/src/world/world.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { OperatingError, required } from "../../../src/errors.ts";
import type { AppGateway, Reading } from "../../../src/github/gateway.ts";
import { makeAppGateway } from "../../../src/github/octokit/app-gateway.ts";
import { makeProbot } from "../../../src/github/octokit/transport/client.ts";
import { installationId } from "../../../src/ids.ts";
import { silentLog } from "../../../src/log.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { afterEach, expect, test } from "../../support/jest.ts";

const NOW = "2026-11-20T12:00:00.000Z";
const AT = "2015-01-01T00:00:00.000Z";
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

let running: Simulator | undefined;
afterEach(async () => {
  await running?.stop();
  running?.expectNoViolations();
  running = undefined;
});

/** An organisation of 260 repositories, which are six pages, and of 120 people from outside, which are two. */
async function town(limits: { readonly core?: number; readonly graphql?: number } = {}) {
  const world = createWorld();
  const olga = addUser(world, { login: "olga-example", createdAt: AT });
  const org = addOrganization(world, { login: "octo-org", createdAt: AT, owners: [olga] });
  for (let at = 0; at < 260; at++) addRepository(world, { owner: org, name: `place-${at}`, createdAt: AT });
  const [first] = world.repositories.values();
  for (let at = 0; at < 120; at++)
    first?.direct.set(addUser(world, { login: `outside-${at}-example`, createdAt: AT }).id, "write");
  const clock = fixedClock(NOW);
  let seed = 0;
  const random = { bytes: (count: number) => Uint8Array.from({ length: count }, () => (seed = (seed * 31 + 7) % 251)) };
  const sim = createSimulator({ world, clock, random, limits });
  running = sim;
  const webUrl = await sim.listen();
  const secrets = { clientId: "Iv1.example", clientSecret: "client-secret", webhookSecret: "w".repeat(32) };
  const app = registerApp(world, {
    ...{
      slug: "sallyport",
      owner: olga,
      publicKey,
      createdAt: NOW,
      permissions: { ...DEFAULT_PERMISSIONS, administration: "read" },
      ...secrets,
    },
  });
  const installation = installApp(world, app, { account: org, at: NOW });
  /** The App as a process that has just started. */
  const start = (): AppGateway => {
    const at = { appId: app.id, privateKey, webhookSecret: secrets.webhookSecret, apiUrl: `${webUrl}/api/v3` };
    return makeAppGateway({ probot: makeProbot(at), appId: app.id, webUrl, clock, log: silentLog });
  };
  const requests = () => sim.ledger.requestsOf().length;
  return { sim, apps: start(), start, id: installationId(installation.id), clock, requests };
}
type Town = Awaited<ReturnType<typeof town>>;

/** What a job keeps, and when it was told to pause. */
function keeping() {
  const kept = new Map<string, string>();
  const pauses: string[] = [];
  const reading: Reading = {
    recall: async (question) => kept.get(question) ?? null,
    keep: async (question, answer) => void kept.set(question, answer),
    pause: async (until) => void pauses.push(until),
  };
  return { kept, pauses, reading };
}

const snapshotOf = async ({ apps, id }: Town, reading?: Reading) =>
  (await apps.installation(id, reading)).accessSnapshot({
    ...{ organization: "octo-org", now: NOW, depth: "organization" as const },
    onProgress() {},
  });

const read = async (place: Town, reading?: Reading): Promise<AccessSnapshot> =>
  required("snapshot", await snapshotOf(place, reading));

const failing = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => null,
    (error: unknown) => error,
  );

test("reading: one that ended between pages goes on there, and says the same as one that did not", async () => {
  const place = await town();
  const whole = await read(place);
  const once = place.requests();
  for (const [operation, skip] of [
    ["graphql/OrgRepos", 4],
    ["graphql/OrgRules", 3],
    ["graphql/OrgTeams", 0],
    ["orgs/list-outside-collaborators", 1],
  ] as const) {
    const { reading } = keeping();
    place.sim.ledger.clear();
    place.sim.faults.add(operation, { kind: "status", status: 502 }, { times: 1, skip });
    expect([operation, await snapshotOf(place, reading)]).toMatchObject([
      operation,
      { ok: false, reason: "upstream_error" },
    ]);
    expect(await read(place, reading)).toEqual(whole);
    // The failed one, the organisation's own settings, and of a list with numbers the pages before.
    expect(place.requests() - once).toBeLessThanOrEqual(3);
  }
});

test("reading: nothing is kept of an answer with a hole, which the next one may fill", async () => {
  const place = await town();
  const { reading } = keeping();
  const hole = { kind: "partial", path: ["organization", "teams"], type: "INTERNAL" } as const;
  place.sim.faults.add("graphql/OrgTeams", hole, { times: 1 });
  expect(await snapshotOf(place, reading)).toMatchObject({ ok: false });
  expect(await read(place, reading)).toEqual(await read(place));
});

test("reading: what is kept is what is read of an answer, and no address comes with it", async () => {
  const place = await town();
  const { kept, reading } = keeping();
  await read(place, reading);
  expect(kept.size).toBeGreaterThan(10);
  for (const [question, answer] of kept) {
    expect(question).toMatch(/^[0-9a-f]{64}$/);
    expect(answer).not.toMatch(/https?:|"email"/);
  }
});

/** Spends an installation's requests, as live jobs do. */
async function spend({ apps, id }: { readonly apps: AppGateway; readonly id: Town["id"] }, count: number) {
  const live = await apps.installation(id);
  for (let at = 0; at < count; at++) required("account", await live.accountNamed("olga-example"));
}

test.each<[string, { readonly core?: number; readonly graphql?: number }]>([
  ["points", { graphql: 16 }],
  ["requests", { core: 80 }],
])(
  "reading: it pauses below 30 percent of the %s until the hour is over, and goes on from there",
  async (_, limits) => {
    const place = await town(limits);
    const { pauses, reading } = keeping();
    if (limits.core) await spend(place, 54);
    const until = "2026-11-20T13:00:00.000Z";
    const error = await failing(snapshotOf(place, reading));
    expect(error).toBeInstanceOf(OperatingError);
    expect(error).toMatchObject({ code: "budget_low", retryAt: until });
    expect(pauses).toEqual([until]);
    const spent = place.requests();
    // Whoever tries again before that asks nothing.
    expect(await failing(snapshotOf(place, reading))).toMatchObject({ code: "budget_low" });
    expect(place.requests()).toBe(spent);
    // Live work is not held up, for which the rest is.
    await spend(place, 2);
    place.clock.set(until);
    expect((await read({ ...place, apps: place.start() }, reading)).repositories).toHaveLength(260);
  },
);

test("reading: with plenty of quota it does not pause", async () => {
  const place = await town({ core: 100, graphql: 100 });
  const { pauses, reading } = keeping();
  await read(place, reading);
  expect(pauses).toEqual([]);
});
