import { afterAll, beforeAll, describe, expect, test } from "../../../support/jest.ts";
import { Client } from "../../support/client.ts";
import { type Desk, MAINTAINER, ORIGIN, OWNER, openDesk } from "../../support/desk.ts";
import { door, INSTALLATION, NOW } from "../../support/reports.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const SESSION = "__Host-sallyport";
const LOGIN = "__Host-sallyport-login";
const later = (minutes: number): string => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

async function begin(browser: Client): Promise<URL> {
  return new URL(String((await browser.get("/login/start?return_to=/")).headers.location));
}

describe("sign-in", () => {
  test("goes to GitHub with state and PKCE S256, and comes back to the page that was asked for", async () => {
    const browser = desk.client();
    const to = await begin(browser);
    expect(to.searchParams.get("code_challenge_method")).toBe("S256");
    expect(to.searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    expect(to.searchParams.get("state")).toMatch(/^[\w-]{22}$/);
    expect(to.searchParams.get("redirect_uri")).toBe(`${ORIGIN}/login/callback`);
    const back = await browser.signIn(MAINTAINER, `/r/${door().ref}`);
    expect(back.statusCode).toBe(303);
    expect(back.headers.location).toBe(`/r/${door().ref}`);
  });

  test("cookies are __Host-, Secure, HttpOnly, SameSite=Lax and end with the browser", async () => {
    const browser = desk.client();
    const start = await browser.get("/login/start");
    const back = await browser.signIn(MAINTAINER);
    for (const line of [start, back].flatMap(({ headers }) => headers["set-cookie"] ?? [])) {
      expect(line).toMatch(/^__Host-sallyport(-login)?=/);
      expect(line).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$|Expires=Thu, 01 Jan 1970/);
      expect(line).not.toMatch(/Domain=|Max-Age=[1-9]/);
    }
  });

  test("leaves nothing of the browser's earlier cookies valid", async () => {
    const browser = desk.client();
    await begin(browser);
    const before = new Map(browser.cookies);
    await browser.signIn(MAINTAINER);
    const old = desk.client();
    old.cookies.set(SESSION, before.get(LOGIN) ?? "");
    expect((await old.get("/")).statusCode).toBe(303);
    const first = browser.cookies.get(SESSION);
    await browser.signIn(MAINTAINER);
    expect(browser.cookies.get(SESSION)).not.toBe(first);
    old.cookies.set(SESSION, first ?? "");
    expect((await old.get("/")).statusCode).toBe(303);
  });

  test.each([
    ["without a state", (): string => "/login/callback?code=802"],
    ["with a foreign state", (): string => `/login/callback?code=802&state=${"x".repeat(22)}`],
    ["without a code", (state: string): string => `/login/callback?state=${state}`],
    ["with the state twice", (state: string): string => `/login/callback?code=802&state=${state}&state=${state}`],
    ["with GitHub's refusal", (state: string): string => `/login/callback?error=access_denied&state=${state}`],
    ["with a code GitHub does not know", (state: string): string => `/login/callback?code=1&state=${state}`],
  ])("callback %s: is refused and the login is used up", async (_name, address) => {
    const browser = desk.client();
    const state = (await begin(browser)).searchParams.get("state") ?? "";
    expect((await browser.get(address(state))).statusCode).toBe(400);
    expect((await browser.get(`/login/callback?code=802&state=${state}`)).statusCode).toBe(400);
    expect(browser.cookies.has(SESSION)).toBe(false);
  });

  test("callback: is refused when another browser began the login, or it is used again", async () => {
    const browser = desk.client();
    const state = (await begin(browser)).searchParams.get("state") ?? "";
    const address = `/login/callback?code=802&state=${state}`;
    expect((await desk.client().get(address)).statusCode).toBe(400);
    const cookies = new Map(browser.cookies);
    expect((await browser.get(address)).statusCode).toBe(303);
    const again = desk.client();
    for (const [name, value] of cookies) again.cookies.set(name, value);
    expect((await again.get(address)).statusCode).toBe(400);
  });

  test("a cookie somebody made up: is refused without asking the database", async () => {
    const browser = desk.client();
    browser.cookies.set(SESSION, `${"A".repeat(22)}.${"B".repeat(43)}`);
    expect((await browser.get("/")).statusCode).toBe(303);
  });
});

describe("session", () => {
  test("ends after 30 minutes without a request", async () => {
    desk.clock.set(NOW);
    const browser = await desk.signedIn(MAINTAINER);
    desk.clock.set(later(29));
    expect((await browser.get("/")).statusCode).toBe(200);
    desk.clock.set(later(58));
    expect((await browser.get("/")).statusCode).toBe(200);
    desk.clock.set(later(89));
    expect((await browser.get("/")).statusCode).toBe(303);
    desk.clock.set(NOW);
  });

  test("ends after 8 hours however busy it is", async () => {
    desk.clock.set(NOW);
    const browser = await desk.signedIn(MAINTAINER);
    for (let minutes = 20; minutes < 8 * 60; minutes += 20) {
      desk.clock.set(later(minutes));
      expect((await browser.get("/")).statusCode).toBe(200);
    }
    desk.clock.set(later(8 * 60 + 1));
    expect((await browser.get("/")).statusCode).toBe(303);
    desk.clock.set(NOW);
  });

  test("ends on the server when somebody signs out", async () => {
    const browser = await desk.signedIn(MAINTAINER);
    const copy = new Map(browser.cookies);
    const page = await browser.get("/");
    expect((await browser.post("/logout", { csrf: Client.csrfOf(page) })).statusCode).toBe(200);
    const thief = desk.client();
    for (const [name, value] of copy) thief.cookies.set(name, value);
    expect((await thief.get("/")).statusCode).toBe(303);
  });
});

test("a session that ends while one of its requests is under way: stays ended", async () => {
  const browser = await desk.signedIn(MAINTAINER);
  const { read } = desk.store.sessions;
  desk.clock.set(later(2));
  Object.assign(desk.store.sessions, {
    read: async (...asked: Parameters<typeof read>) => {
      const found = await read(...asked);
      await desk.store.sessions.removeOfAccount(MAINTAINER);
      return found;
    },
  });
  expect((await browser.get("/")).statusCode).toBe(303);
  Object.assign(desk.store.sessions, { read });
  expect((await browser.get("/")).statusCode).toBe(303);
  desk.clock.set(NOW);
});

test("sign-ins: are refused after 20 a minute from one address, other addresses go on", async () => {
  const browser = desk.client();
  const statuses: number[] = [];
  for (let count = 0; count < 21; count += 1) statuses.push((await browser.get("/login/start")).statusCode);
  expect(statuses).toEqual([...Array(20).fill(303), 429]);
  expect((await desk.client().get("/login/start")).statusCode).toBe(303);
});

describe("forms", () => {
  const action = `/orgs/${INSTALLATION}/settings/publication`;
  const changed = async (): Promise<boolean> =>
    (await desk.store.tenant(INSTALLATION).installation())?.publication === "live";

  test.each([
    ["from another site", { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" }],
    ["from a sister site", { origin: "https://evil.sallyport.example", "sec-fetch-site": "same-site" }],
    ["without any origin", { origin: "", "sec-fetch-site": "" }],
    ["with a null origin from elsewhere", { origin: "null", "sec-fetch-site": "cross-site" }],
  ])("post %s: changes nothing, the right token notwithstanding", async (_name, headers) => {
    const browser = await desk.signedIn(OWNER);
    const csrf = Client.csrfOf(await browser.get(`/orgs/${INSTALLATION}/settings`));
    expect((await browser.post(action, { csrf, publication: "live" }, headers)).statusCode).toBe(403);
    expect(await changed()).toBe(false);
  });

  test.each(["", "x", "A".repeat(22)])("post with the token '%s': changes nothing", async (csrf) => {
    const browser = await desk.signedIn(OWNER);
    expect((await browser.post(action, { csrf, publication: "live" })).statusCode).toBe(403);
    expect(await changed()).toBe(false);
  });

  test("post with another person's token: changes nothing", async () => {
    const other = await desk.signedIn(MAINTAINER);
    const csrf = Client.csrfOf(await other.get("/"));
    const browser = await desk.signedIn(OWNER);
    expect((await browser.post(action, { csrf, publication: "live" })).statusCode).toBe(403);
    expect(await changed()).toBe(false);
  });
});

test("server: is made with the limits on slow senders that the webhook route is tested with", () => {
  const { headersTimeout, requestTimeout } = desk.app.server;
  expect({ headersTimeout, requestTimeout }).toEqual({ headersTimeout: 10_000, requestTimeout: 15_000 });
});

test("headers: forbid scripts, frames, caches, referrers and indexing on every page", async () => {
  const browser = await desk.signedIn(OWNER);
  for (const path of ["/", `/r/${door().ref}`, "/login", "/privacy", "/no-such-page"]) {
    const { headers } = await browser.get(path);
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none';style-src 'self';img-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none';upgrade-insecure-requests",
    );
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["x-robots-tag"]).toContain("noindex");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    expect(headers["strict-transport-security"]).toContain("max-age=31536000");
  }
});
