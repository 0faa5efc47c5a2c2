import { request } from "node:http";
import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type User } from "@sallyport/simulator/src/world/world.ts";
import { plusDays } from "../../src/clock.ts";
import { REQUESTS_PER_MINUTE } from "../../src/web/guard/ask-limit.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { headOf, PUBLIC_URL, type RunningApp, runApp } from "../support/running-app.ts";
import { signIn, type Visitor } from "../support/visitor.ts";
import { openTestSite } from "../web/support/desk.ts";
import type { Route } from "../web/support/routes.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const maintainer = person("milo-example");
const reader = person("rita-example");
const author = person("ada-example");
const strangers = Array.from({ length: 12 }, (_, index) => person(`stranger-${index}-example`));
const organization = addOrganization(world, {
  login: "octo-org",
  createdAt: "2019-01-01T00:00:00Z",
  owners: [owner],
  members: [reader],
});
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2019-02-01T00:00:00Z" });
const fork = addRepository(world, { owner: author, name: "wallet", createdAt: NOW, parent: wallet });
wallet.direct.set(maintainer.id, "maintain");

const insiders: Session[] = [];
const outsiders: Session[] = [];
let app: RunningApp;
let routes: readonly Route[];
/** Real values of the parameters in addresses; a route with another one has to say here what it is. */
let parameters: Readonly<Record<string, string>>;

beforeAll(async () => {
  const site = await openTestSite();
  routes = site.routes;
  await site.close();
  app = await runApp({ world, organization, owner, now: NOW, live: true });
  const pullRequest = openPullRequest(world, wallet, { author, title: "Tidy", at: NOW, from: fork });
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author }));
  const run = [...world.checkRuns.values()].find(({ headSha }) => headSha === headOf(pullRequest));
  const { id } = await app.reportOf(pullRequest);
  const ref = run?.externalId ?? "";
  expect(ref).toMatch(/^[\w-]{22}$/);
  parameters = {
    ...{ installation: String(app.installation.id), id, ref, entry: "1" },
    ...{ account: String(author.id), repository: String(wallet.id) },
    line: `acc-direct-outside-grant.${maintainer.id}.${wallet.id}`,
  };
  for (const { login } of [owner, owner, maintainer, reader, author])
    insiders.push(await sessionOf(await signIn(app, login)));
  for (const { login } of strangers) outsiders.push(await sessionOf(await signIn(app, login)));
  laterBy(2);
});
afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

/** Every address the server has, with what is really there. */
const addresses = () =>
  routes
    .filter(({ method }) => method === "GET" || method === "POST")
    .filter(({ url }) => url !== "/logout" && !url.startsWith("/login"))
    .map(({ method, url }) => ({
      method,
      path: url.replaceAll(/:(\w+)/g, (_, name: string) => parameterOf(name, url)),
    }));

function parameterOf(name: string, url: string): string {
  const value = parameters[name];
  if (value === undefined) throw new Error(`${url}: what stands in for :${name}?`);
  return value;
}

interface Session {
  readonly cookie: string;
  readonly csrf: string;
}

async function sessionOf(visitor: Visitor): Promise<Session> {
  const page = await visitor.get("/");
  return { cookie: visitor.cookie(), csrf: /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? "" };
}

let addressCount = 0;

/** One request from an address that nobody had before; its status. */
function ask({ cookie, csrf }: Session, { method, path }: { readonly method: string; readonly path: string }) {
  addressCount += 1;
  const localAddress = `127.1.${Math.floor(addressCount / 250)}.${(addressCount % 250) + 1}`;
  const form = { "content-type": "application/x-www-form-urlencoded", origin: PUBLIC_URL };
  const headers = { cookie, ...(method === "POST" && form) };
  return new Promise<number>((resolve, reject) => {
    const sent = request(`${app.webUrl}${path}`, { method, headers, localAddress, agent: false }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(
      method === "POST" ? new URLSearchParams({ csrf, publication: "shadow", reason: "long enough" }).toString() : "",
    );
  });
}

const spent = (): number => app.sim.ledger.requestsOf(app.installation.id).length;

const laterBy = (minutes: number): void => app.clock.set(plusDays(app.clock.now(), minutes / 1_440));

/** Everything the server has, asked by everybody given, a few people at once. */
async function everythingBy(sessions: readonly Session[]): Promise<void> {
  for (let start = 0; start < sessions.length; start += 6)
    for (const status of await Promise.all(
      sessions.slice(start, start + 6).flatMap((session) => addresses().map((address) => ask(session, address))),
    ))
      expect([200, 303, 404, 422]).toContain(status);
}

test("pages: every route, of everybody, over and over, costs an installation what is stated and no more", async () => {
  expect(addresses().filter(({ method }) => method === "POST")).toHaveLength(15);
  const before = spent();
  for (let round = 0; round < 2; round++) await everythingBy([...insiders, ...outsiders]);
  expect(spent() - before).toBeGreaterThan(REQUESTS_PER_MINUTE.onePerson);
  expect(spent() - before).toBeLessThanOrEqual(REQUESTS_PER_MINUTE.everybody);
});

test("pages: strangers who ask as much as they can keep out nobody who was let in before", async () => {
  const [known] = insiders;
  if (known === undefined) throw new Error("the owner is signed in");
  const settings = { method: "GET", path: `/orgs/${app.installation.id}/settings` };
  laterBy(2);
  expect(await ask(known, settings)).toBe(200);
  laterBy(2);
  const before = spent();
  await everythingBy(outsiders);
  expect(spent() - before).toBeLessThanOrEqual(REQUESTS_PER_MINUTE.strangers);
  expect(await ask(known, settings)).toBe(200);
});
