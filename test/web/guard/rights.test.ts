import type { Delivery } from "../../../src/delivery/delivery.ts";
import { receive } from "../../../src/delivery/receive.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import { silentLog } from "../../../src/log.ts";
import { voidingRights } from "../../../src/web/guard/void-rights.ts";
import { makeWebServer } from "../../../src/web/server.ts";
import { bytesOf, example, headersFor, SECRET } from "../../delivery/fixtures.ts";
import { afterAll, beforeAll, describe, expect, test } from "../../support/jest.ts";
import { Client } from "../support/client.ts";
import { countingRandom, MAINTAINER, ORIGIN, OWNER, openTestSite, STRANGER, type TestSite } from "../support/desk.ts";
import { door, INSTALLATION, NOW, OTHER_INSTALLATION, report, SIGNALS } from "../support/reports.ts";

const ORG = `/orgs/${INSTALLATION}`;

let site: TestSite;
/** Another process on the same database, whose memory nothing of this process reaches. */
let elsewhere: Awaited<ReturnType<typeof makeWebServer>>;
beforeAll(async () => {
  site = await openTestSite();
  elsewhere = await makeWebServer({
    store: site.store,
    apps: site.github.apps,
    login: site.github.login,
    clock: site.clock,
    random: countingRandom(),
    log: silentLog,
    signals: SIGNALS,
    publicUrl: ORIGIN,
    githubUrl: "https://github.com",
    sessionSecret: "a secret of the tests, longer than 32 bytes",
    wait: async () => {},
  });
});
afterAll(async () => {
  await elsewhere.close();
  await site.close();
});

/** The event reaches one process. */
const tell = (event: object, installation: number | null = INSTALLATION) => {
  const tenant = installation === null ? null : installationId(installation);
  const guid = `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`;
  const delivery = { guid, installationId: tenant, receivedAt: NOW, event } as Delivery;
  return voidingRights(site.store).accept(delivery);
};
let count = 0;

test.each([
  ["member", { action: "removed" }],
  ["installation", { action: "suspend" }],
  ["installation_repositories", { action: "removed" }],
  ["repository", { action: "transferred" }],
])(
  "withdrawn rights: %s: what was readable is asked anew in every process as soon as the event has come",
  async (name, payload) => {
    const path = `/r/${door().ref}`;
    site.github.grant("maintainer-example", "octo-org/wallet", "maintain");
    await tell({ name, payload });
    const browsers = [await site.signedIn(MAINTAINER), new Client(elsewhere, ORIGIN)];
    await browsers[1]?.signIn(MAINTAINER);
    for (const browser of browsers) expect((await browser.get(path)).statusCode).toBe(200);
    site.github.roles.delete("maintainer-example octo-org/wallet");
    // An event of somebody else, or of another kind, is no reason to ask again.
    await tell({ name, payload }, OTHER_INSTALLATION);
    await tell({ name: "pull_request", payload: { action: "closed" } });
    const before = site.github.requestCount;
    for (const browser of browsers) expect((await browser.get(path)).statusCode).toBe(200);
    expect(site.github.requestCount).toBe(before);
    await tell({ name, payload });
    for (const browser of browsers) expect((await browser.get(path)).statusCode).toBe(404);
    site.clock.set(new Date(Date.parse(site.clock.now()) + 61_000).toISOString());
  },
);

/** A delivery as GitHub sends it, through everything between its bytes and the inbox. */
const receiveExample = (name: string, action: string, like = action) => {
  const body = bytesOf({ ...example(name, like), action, installation: { id: INSTALLATION } });
  const guid = `00000000-0000-4000-9000-${String(++count).padStart(12, "0")}`;
  const received = receive({ headers: headersFor(name, body, { "x-github-delivery": guid }), body }, [SECRET], NOW);
  return received.ok ? voidingRights(site.store).accept(received.delivery) : received.reason;
};

test.each([
  ["membership", "removed", "removed"],
  ["team", "removed_from_repository", "removed_from_repository"],
  ["team", "edited", "edited"],
  ["team", "deleted", "deleted"],
  // GitHub's examples have no removal; its body is that of an addition.
  ["organization", "member_removed", "member_added"],
])(
  "withdrawn rights: %s.%s: who lost a right through it is out at once in every process",
  async (name, action, like) => {
    const path = `/r/${door().ref}`;
    site.github.grant("maintainer-example", "octo-org/wallet", "maintain");
    await tell({ name: "member", payload: { action: "added" } });
    const browsers = [await site.signedIn(MAINTAINER), new Client(elsewhere, ORIGIN)];
    await browsers[1]?.signIn(MAINTAINER);
    for (const browser of browsers) expect((await browser.get(path)).statusCode).toBe(200);
    site.github.roles.delete("maintainer-example octo-org/wallet");
    expect(await receiveExample(name, action, like)).toBe("stored");
    for (const browser of browsers) expect((await browser.get(path)).statusCode).toBe(404);
    site.clock.set(new Date(Date.parse(site.clock.now()) + 61_000).toISOString());
  },
);

test("withdrawn rights: who joins a team or an organisation loses nothing: thousands may, and nothing is asked anew for that", async () => {
  const generation = (await site.store.tenant(INSTALLATION).installation())?.rightsGeneration;
  for (const [name, action] of [
    ["membership", "added"],
    ["organization", "member_added"],
    ["organization", "member_invited"],
    ["team", "created"],
    ["team", "added_to_repository"],
  ] as const)
    expect(await receiveExample(name, action)).toBe(action === "created" ? "action_ignored" : "stored");
  expect((await site.store.tenant(INSTALLATION).installation())?.rightsGeneration).toBe(generation);
});

test("withdrawn rights: authorization taken back: the sessions of that account end before the delivery is acknowledged", async () => {
  const browser = await site.signedIn(OWNER);
  await tell({ name: "github_app_authorization", payload: { action: "revoked", sender: { id: STRANGER } } }, null);
  expect((await browser.get("/")).statusCode).toBe(200);
  await tell({ name: "github_app_authorization", payload: { action: "revoked", sender: { id: OWNER } } }, null);
  expect((await browser.get("/")).statusCode).toBe(303);
});

test("withdrawn rights: a suspended installation: nothing of it opens, and GitHub is not asked", async () => {
  const browser = await site.signedIn(OWNER);
  expect((await browser.get(ORG)).statusCode).toBe(200);
  await site.store.tenant(INSTALLATION).setPaused(true);
  const before = site.github.requestCount;
  for (const path of [ORG, `/r/${door().ref}`, `${ORG}/reports/${report().id}`])
    expect((await browser.get(path)).statusCode).toBe(404);
  expect(site.github.requestCount).toBe(before);
  expect((await browser.get("/")).body).not.toContain("octo-org");
  await site.store.tenant(INSTALLATION).setPaused(false);
  expect((await browser.get(ORG)).statusCode).toBe(200);
});

describe("a GitHub that takes its time", () => {
  test("strangers: get the same slot for what is there and what is not, however long GitHub thinks", async () => {
    // The person's patience ends before GitHub has answered anything.
    const site = await openTestSite({ patience: async () => {} });
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    site.github.thinking = () => answered;
    const stranger = await site.signedIn(STRANGER);
    site.waits.length = 0;
    for (const path of [`/r/${door().ref}`, ORG, `${ORG}/reports/${report().id}`, `/r/${"A".repeat(22)}`, "/orgs/99"])
      expect((await stranger.get(path)).statusCode).toBe(404);
    expect(new Set(site.waits)).toEqual(new Set([2_000]));
    answer();
    await site.close();
  });

  test("those with a right: get in once GitHub has answered, and are waited for from then on", async () => {
    const site = await openTestSite({ patience: async () => {} });
    let think = Promise.withResolvers<void>();
    site.github.thinking = () => think.promise;
    const maintainer = await site.signedIn(MAINTAINER);
    expect((await maintainer.get(`/r/${door().ref}`)).statusCode).toBe(404);
    think.resolve();
    await new Promise(setImmediate);
    const page = await maintainer.get(`/r/${door().ref}`);
    expect(page.statusCode).toBe(200);
    think = Promise.withResolvers();
    const form = { csrf: Client.csrfOf(page) };
    const reviewed = maintainer.post(`${ORG}/reports/${report().id}/reviewed`, form);
    await new Promise(setImmediate);
    think.resolve();
    expect((await reviewed).statusCode).toBe(303);
    await site.close();
  });
});

test("a refused form: asks GitHub once a minute for each person and place, not each time", async () => {
  const site = await openTestSite();
  const stranger = await site.signedIn(accountId(STRANGER));
  const csrf = Client.csrfOf(await stranger.get("/"));
  const forms = [`${ORG}/settings/publication`, `${ORG}/flags/flag-1/acknowledge`];
  for (const form of forms) expect((await stranger.post(form, { csrf })).statusCode).toBe(404);
  const before = site.github.requestCount;
  for (let round = 0; round < 20; round++)
    for (const form of forms) expect((await stranger.elsewhere().post(form, { csrf })).statusCode).toBe(404);
  expect(site.github.requestCount).toBe(before);
  await site.close();
});
