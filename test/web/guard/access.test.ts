import { repositoryId } from "../../../src/ids.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "../../support/jest.ts";
import { Client } from "../support/client.ts";
import {
  AUTHOR,
  MAINTAINER,
  NEIGHBOUR,
  OWNER,
  openTestSite,
  READER,
  STRANGER,
  type TestSite,
} from "../support/desk.ts";
import { door, INSTALLATION, report, WALLET } from "../support/reports.ts";

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
  const own = { file: {}, sourceSha: "c", source: "octo-org/wallet/.github/sallyport.yml", problems: [] };
  await site.store.tenant(INSTALLATION).savePolicy(WALLET, { ...own, fetchedAt: site.clock.now() });
});
beforeEach(() => {
  site.github.failure = null;
});
afterAll(() => site.close());

const ORG = `/orgs/${INSTALLATION}`;
const PEOPLE = {
  owner: OWNER,
  maintainer: MAINTAINER,
  reader: READER,
  stranger: STRANGER,
  neighbour: NEIGHBOUR,
  author: AUTHOR,
};
type Person = keyof typeof PEOPLE;

/** Every closed page: who may open it. Everybody else gets the 404 of an address that does not exist. */
const PAGES: readonly { readonly url: string; readonly path: string; readonly opens: readonly Person[] }[] = [
  { url: "/", path: "/", opens: ["owner", "maintainer", "reader", "stranger", "neighbour", "author"] },
  { url: "/r/:ref", path: `/r/${door().ref}`, opens: ["owner", "maintainer"] },
  { url: "/orgs/:installation", path: ORG, opens: ["owner"] },
  { url: "/orgs/:installation/reports/:id", path: `${ORG}/reports/${report().id}`, opens: ["owner", "maintainer"] },
  { url: "/orgs/:installation/audit", path: `${ORG}/audit`, opens: ["owner"] },
  { url: "/orgs/:installation/audit/accounts", path: `${ORG}/audit/accounts`, opens: ["owner"] },
  {
    url: "/orgs/:installation/audit/lines/:line",
    path: `${ORG}/audit/lines/acc-direct-outside-grant.4712.101`,
    opens: ["owner"],
  },
  { url: "/orgs/:installation/audit.json", path: `${ORG}/audit.json`, opens: ["owner"] },
  { url: "/orgs/:installation/audit.html", path: `${ORG}/audit.html`, opens: ["owner"] },
  { url: "/orgs/:installation/audit.csv", path: `${ORG}/audit.csv`, opens: ["owner"] },
  { url: "/orgs/:installation/accounts/:account", path: `${ORG}/accounts/4712`, opens: ["owner"] },
  {
    url: "/orgs/:installation/accounts/:account/grants/:repository",
    path: `${ORG}/accounts/4712/grants/101`,
    opens: ["owner"],
  },
  { url: "/orgs/:installation/repositories/:repository", path: `${ORG}/repositories/${WALLET}`, opens: ["owner"] },
  { url: "/orgs/:installation/accounts/:account/data", path: `${ORG}/accounts/4711/data`, opens: ["owner"] },
  { url: "/orgs/:installation/accounts/:account/data.json", path: `${ORG}/accounts/4711/data.json`, opens: ["owner"] },
  { url: "/orgs/:installation/flags", path: `${ORG}/flags`, opens: ["owner"] },
  { url: "/orgs/:installation/clusters", path: `${ORG}/clusters`, opens: ["owner"] },
  { url: "/orgs/:installation/pushes", path: `${ORG}/pushes`, opens: ["owner"] },
  { url: "/orgs/:installation/work", path: `${ORG}/work`, opens: ["owner"] },
  { url: "/orgs/:installation/trail", path: `${ORG}/trail`, opens: ["owner"] },
  { url: "/orgs/:installation/trail.csv", path: `${ORG}/trail.csv`, opens: ["owner"] },
  { url: "/orgs/:installation/policy", path: `${ORG}/policy`, opens: ["owner"] },
  { url: "/orgs/:installation/policy/:repository", path: `${ORG}/policy/${WALLET}`, opens: ["owner"] },
  { url: "/orgs/:installation/settings", path: `${ORG}/settings`, opens: ["owner"] },
];
const FORMS = [
  "/logout",
  "/orgs/:installation/reports/:id/reviewed",
  "/orgs/:installation/accounts/:account/data/correction",
  "/orgs/:installation/accounts/:account/data/erase",
  "/orgs/:installation/accounts/:account/grants/:repository",
  "/orgs/:installation/accounts/:account/list",
  "/orgs/:installation/accounts/:account/list/:entry/confirm",
  "/orgs/:installation/accounts/:account/list/:entry/withdraw",
  "/orgs/:installation/accounts/:account/listed/:entry/check",
  "/orgs/:installation/accounts/:account/listed/:entry/confirm",
  "/orgs/:installation/accounts/:account/listed/:entry/revoke",
  "/orgs/:installation/audit/lines/:line",
  "/orgs/:installation/flags/:id/acknowledge",
  "/orgs/:installation/pushes/:id/decide",
  "/orgs/:installation/settings/publication",
  "/orgs/:installation/work/retry",
];

describe("routes", () => {
  test("all closed pages and forms stand in these tables when the server is built", () => {
    const closed = (method: string) => site.routes.filter((route) => route.method === method && !route.open);
    expect(
      closed("GET")
        .map(({ url }) => url)
        .sort(),
    ).toEqual(PAGES.map(({ url }) => url).sort());
    expect(
      closed("POST")
        .map(({ url }) => url)
        .sort(),
    ).toEqual([...FORMS].sort());
  });

  test("open ones are sign-in, privacy, the catalogue and static files, and no picture says anything", () => {
    const open = site.routes.filter(({ open, method }) => open && method === "GET").map(({ url }) => url);
    expect(open.sort()).toEqual([
      "/login",
      "/login/callback",
      "/login/start",
      "/playbook",
      "/privacy",
      "/signals",
      "/signals/:id",
      "/static/sallyport.css",
      "/static/sallyport.svg",
    ]);
  });
});

describe("strangers without a session", () => {
  test.each(PAGES)("$url: are sent to sign in, the same way for a page that does not exist", async ({ path }) => {
    const there = await site.client().get(path);
    const nowhere = await site.client().get(`${path === "/" ? "" : path}/no-such-page`);
    for (const [response, asked] of [
      [there, path],
      [nowhere, `${path === "/" ? "" : path}/no-such-page`],
    ] as const) {
      expect(response.statusCode).toBe(303);
      expect(response.headers.location).toBe(`/login?return_to=${encodeURIComponent(asked)}`);
      expect(response.body).toBe("");
    }
    expect(Object.keys(there.headers)).toEqual(Object.keys(nowhere.headers));
  });

  test.each(FORMS)("%s: get a plain refusal when they post", async (url) => {
    const path = url
      .replace(":installation", String(INSTALLATION))
      .replace(":id", "flag-1")
      .replace(":account", "4711");
    expect((await site.client().post(path, { reason: "because I say so" })).statusCode).toBe(403);
  });

  test("sign-in page: is the same for a valid and a random reference apart from the way back", async () => {
    const [valid, random] = await Promise.all(
      [door().ref, "A".repeat(22)].map((ref) => site.client().open(`/r/${ref}`)),
    );
    expect(valid?.body.replaceAll(door().ref, "REF")).toBe(random?.body.replaceAll("A".repeat(22), "REF"));
  });
});

describe.each(Object.entries(PEOPLE))("%s", (person, id) => {
  test.each(PAGES)("$url: opens or is the one 404", async ({ path, opens }) => {
    const browser = await site.signedIn(id);
    const response = await browser.get(path);
    if (opens.includes(person as Person)) {
      expect(response.statusCode).toBe(200);
      return;
    }
    const random = await browser.get(path.replace(door().ref, "A".repeat(22)).replace(String(INSTALLATION), "987654"));
    expect(response.statusCode).toBe(404);
    expect(response.rawPayload.equals(random.rawPayload)).toBe(true);
    expect(response.headers).toEqual({ ...random.headers, date: response.headers.date });
  });
});

describe("404", () => {
  test("takes the same time slot when the page exists, does not exist, or is about the reader", async () => {
    const stranger = await site.signedIn(STRANGER);
    const author = await site.signedIn(AUTHOR);
    site.waits.length = 0;
    await stranger.get(`/r/${door().ref}`);
    await stranger.get(`/r/${"A".repeat(22)}`);
    await author.get(`/r/${door().ref}`);
    await stranger.get("/no-such-page");
    expect(site.waits).toEqual([2_000, 2_000, 2_000, 2_000]);
  });

  test("another tenant's report: is not found through one's own installation", async () => {
    const neighbour = await site.signedIn(NEIGHBOUR);
    expect((await neighbour.get(`/orgs/22/reports/${report().id}`)).statusCode).toBe(404);
    expect((await neighbour.get("/orgs/22")).statusCode).toBe(200);
  });
});

describe("live permission", () => {
  test("looking: ends within 60 seconds when the role is taken away", async () => {
    const browser = await site.signedIn(MAINTAINER);
    const path = `/r/${door().ref}`;
    expect((await browser.get(path)).statusCode).toBe(200);
    site.github.roles.delete("maintainer-example octo-org/wallet");
    const start = site.clock.now();
    site.clock.set(new Date(Date.parse(start) + 61_000).toISOString());
    expect((await browser.get(path)).statusCode).toBe(404);
    site.github.grant("maintainer-example", "octo-org/wallet", "maintain");
    site.clock.set(new Date(Date.parse(start) + 122_000).toISOString());
  });

  test("acting: is refused at once when the role is taken away", async () => {
    const browser = await site.signedIn(MAINTAINER);
    const page = await browser.get(`/r/${door().ref}`);
    expect(page.statusCode).toBe(200);
    site.github.grant("maintainer-example", "octo-org/wallet", "read");
    const action = `/orgs/${INSTALLATION}/reports/${report().id}/reviewed`;
    expect((await browser.post(action, { csrf: Client.csrfOf(page) })).statusCode).toBe(404);
    site.github.grant("maintainer-example", "octo-org/wallet", "maintain");
    expect((await site.store.tenant(INSTALLATION).report(report().id))?.reviewed).toBeNull();
  });

  test.each(["down", "throws"] as const)(
    "acting: is refused when GitHub is %s, even just after looking",
    async (failure) => {
      const browser = await site.signedIn(OWNER);
      const page = await browser.get(`${ORG}/settings`);
      expect(page.statusCode).toBe(200);
      site.github.failure = failure;
      const form = { csrf: Client.csrfOf(page), publication: "live" };
      expect((await browser.post(`${ORG}/settings/publication`, form)).statusCode).toBe(404);
      expect((await site.store.tenant(INSTALLATION).installation())?.publication).toBe("shadow");
    },
  );

  test("a login that changed hands: opens nothing for the account that had it before", async () => {
    const browser = await site.signedIn(MAINTAINER);
    site.github.person(MAINTAINER, "maintainer-renamed-example");
    site.clock.set(new Date(Date.parse(site.clock.now()) + 61_000).toISOString());
    expect((await browser.get(`/r/${door().ref}`)).statusCode).toBe(404);
    site.github.person(MAINTAINER, "maintainer-example");
  });

  test("a repository's name that another one has by now: opens nothing for those who work there", async () => {
    const later = (seconds: number) =>
      site.clock.set(new Date(Date.parse(site.clock.now()) + seconds * 1_000).toISOString());
    site.github.person(STRANGER, "contractor-example");
    site.github.grant("contractor-example", "octo-org/wallet", "maintain");
    site.github.repositories.set("octo-org/wallet", repositoryId(999));
    const browser = await site.signedIn(STRANGER);
    later(61);
    expect((await browser.get(`/r/${door().ref}`)).statusCode).toBe(404);
    expect((await browser.get(`${ORG}/reports/${report().id}`)).statusCode).toBe(404);
    expect((await browser.get("/")).body).not.toContain("Fix typo");
    site.github.repositories.set("octo-org/wallet", WALLET);
    later(61);
    expect((await browser.get(`/r/${door().ref}`)).statusCode).toBe(200);
    site.github.roles.delete("contractor-example octo-org/wallet");
    site.github.person(STRANGER, "stranger-example");
    later(61);
  });

  test("sessions of an account: end everywhere when it takes the authorisation back", async () => {
    const browser = await site.signedIn(READER);
    expect((await browser.get("/")).statusCode).toBe(200);
    await site.store.sessions.removeOfAccount(READER);
    expect((await browser.get("/")).statusCode).toBe(303);
  });
});
