import nock from "nock";
import { makeGitHubClock } from "../../src/github/octokit/transport/github-clock.ts";
import { accountId } from "../../src/ids.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { describe, expect, test } from "../support/jest.ts";
import { gatewayAt, INSTALLATION, NOW } from "./support/gateway.ts";
import { API, appGateway, installationGateway, mintToken, playGithub } from "./support/played.ts";

playGithub();

const repository = { owner: "octo-example", name: "app" };

describe("the App itself", () => {
  test("identity: who it is, what it may do, and GitHub's clock", async () => {
    const app = {
      id: 5,
      slug: "sallyport",
      permissions: { checks: "write" },
      events: ["pull_request"],
      owner: { login: "x" },
    };
    nock(API).get("/app").reply(200, app, { date: "Fri, 20 Nov 2026 12:00:07 GMT" });
    expect(await appGateway().identity()).toEqual({
      appId: 5,
      githubNow: "2026-11-20T12:00:07.000Z",
      permissions: { checks: "write" },
      events: ["pull_request"],
    });
  });

  test.each([
    [
      "an address",
      200,
      { url: "https://sallyport.example/api/github/webhooks" },
      "https://sallyport.example/api/github/webhooks",
    ],
    ["no address", 200, { content_type: "json" }, null],
    ["no webhook", 404, { message: "Not Found" }, null],
  ])("webhookUrl: %s", async (_, status, body, url) => {
    nock(API).get("/app/hook/config").reply(status, body);
    expect(await appGateway().webhookUrl()).toBe(url);
  });

  test("installations: every page, suspended ones marked", async () => {
    const one = (id: number) => ({
      id,
      account: { id: id + 1, login: `org-${id}-example`, type: "Organization" },
      suspended_at: id === 100 ? "2026-01-01T00:00:00Z" : null,
      permissions: { metadata: "read" },
    });
    const all = Array.from({ length: 101 }, (_, index) => one(index));
    nock(API).get("/app/installations?per_page=100&page=1").reply(200, all.slice(0, 100));
    nock(API).get("/app/installations?per_page=100&page=2").reply(200, all.slice(100));
    const found = await appGateway().installations();
    expect(found).toHaveLength(101);
    expect(found.filter(({ suspended }) => suspended).map(({ id }) => id)).toEqual([100]);
  });

  test.each([
    [200, {}, true],
    [429, { "retry-after": "30" }, true],
    [401, {}, false],
    [404, {}, false],
    [502, {}, false],
  ])("answers: %i to who the App is and to what an installation sees", async (status, headers, answers) => {
    const app = { id: 5, slug: "sallyport", permissions: {}, events: [], message: "no" };
    nock(API).get("/app").reply(status, app, headers);
    expect(await appGateway().answers(null)).toBe(answers);
    if (status === 401) return;
    mintToken();
    nock(API).get("/installation/repositories?per_page=1").reply(status, { repositories: [] }, headers);
    expect(await appGateway().answers(INSTALLATION)).toBe(answers);
  });

  test.each([403, 404, 422, 503])("answers: no, when a token is refused with %i", async (status) => {
    nock(API).post(`/app/installations/${INSTALLATION}/access_tokens`).reply(status, { message: "no" });
    expect(await appGateway().answers(INSTALLATION)).toBe(false);
  });

  test("a refused key: every question fails with a code", async () => {
    nock(API).get("/app").reply(401, { message: "A JSON web token could not be decoded" });
    await expect(appGateway().identity()).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the log of deliveries", () => {
  const delivery = (id: number, deliveredAt: string) => ({
    ...{ id, guid: `guid-${id}`, delivered_at: deliveredAt, status: "OK", status_code: 202 },
    ...{ event: "pull_request", redelivery: false },
  });
  const next = (cursor: string) => ({ link: `<${API}/app/hook/deliveries?per_page=100&cursor=${cursor}>; rel="next"` });

  test("deliveries: pages until one is older, newest first", async () => {
    nock(API)
      .get("/app/hook/deliveries?per_page=100")
      .reply(200, [delivery(3, "2026-11-20T11:00:00Z"), delivery(2, "2026-11-20T10:00:00Z")], next("v1_a%3D"));
    nock(API)
      .get("/app/hook/deliveries?per_page=100&cursor=v1_a%3D")
      .reply(200, [delivery(1, "2026-11-19T10:00:00Z")], next("v1_b"));
    const found = await appGateway().deliveriesSince("2026-11-20T00:00:00.000Z");
    expect(found.map(({ id }) => id)).toEqual([3, 2]);
    expect(found[0]).toMatchObject({ guid: "guid-3", status: "OK", statusCode: 202 });
  });

  test("deliveries: a cursor that comes back ends the list", async () => {
    nock(API)
      .get("/app/hook/deliveries?per_page=100")
      .reply(200, [delivery(3, "2026-11-20T11:00:00Z")], next("loop"));
    nock(API)
      .get("/app/hook/deliveries?per_page=100&cursor=loop")
      .reply(200, [delivery(2, "2026-11-20T10:00:00Z")], next("loop"));
    expect(await appGateway().deliveriesSince("2026-01-01T00:00:00.000Z")).toHaveLength(2);
  });

  test("redelivery: asked for once, and one that GitHub has forgotten is not_found", async () => {
    nock(API).post("/app/hook/deliveries/9/attempts").reply(202, {});
    await appGateway().redeliver(9);
    nock(API).post("/app/hook/deliveries/8/attempts").reply(404, { message: "Not Found" });
    expect(await appGateway().redeliver(8)).toMatchObject({ ok: false, reason: "not_found" });
    nock(API).post("/app/hook/deliveries/7/attempts").reply(422, { message: "Validation Failed" });
    expect(await appGateway().redeliver(7)).toMatchObject({ ok: false, reason: "not_found" });
  });
});

describe("roles", () => {
  for (const [what, answer, expected] of [
    ["maintain, which `permission` folds into write", { permission: "write", role_name: "maintain" }, "maintain"],
    ["triage, which `permission` folds into read", { permission: "read", role_name: "triage" }, "triage"],
    ["a custom role counts as the one it extends", { permission: "write", role_name: "Release Captain" }, "write"],
    ["no access", { permission: "none", role_name: "" }, null],
    ["a role that does not exist yet", { permission: "omnipotent", role_name: null }, null],
  ] as const)
    test(what, async () => {
      const gateway = await installationGateway();
      nock(API).get("/repos/octo-example/app/collaborators/ada-example/permission").reply(200, answer);
      expect(await gateway.role({ repository, login: "ada-example" })).toEqual({ ok: true, value: expected });
    });

  test("an open invitation is no membership", async () => {
    const gateway = await installationGateway();
    nock(API).get("/orgs/octo-example/memberships/ada-example").reply(200, { role: "admin", state: "pending" });
    expect(await gateway.isOwner({ organization: "octo-example", login: "ada-example" })).toEqual({
      ok: true,
      value: false,
    });
  });

  test("an invitation to a team is no membership of it, nor is a team that is not there; one that is not shown stays unknown", async () => {
    const gateway = await installationGateway();
    const asked = { organization: "octo-example", team: "core", login: "ada-example" };
    const answers = [
      [200, { state: "pending" }, { ok: true, value: false }],
      [404, { message: "Not Found" }, { ok: true, value: false }],
      [403, { message: "Resource not accessible" }, { ok: false, reason: "forbidden" }],
      [200, { state: "active" }, { ok: true, value: true }],
    ] as const;
    for (const [status, body, expected] of answers) {
      nock(API).get("/orgs/octo-example/teams/core/memberships/ada-example").reply(status, body);
      expect(await gateway.isInTeam(asked)).toMatchObject(expected);
    }
  });

  test("a login that may not be looked up stays unknown: nobody is called a stranger for it", async () => {
    const gateway = await installationGateway();
    nock(API).get("/orgs/octo-example/memberships/ada-example").reply(403, { message: "Resource not accessible" });
    expect(await gateway.membership({ organization: "octo-example", login: "ada-example" })).toMatchObject({
      reason: "forbidden",
    });
  });

  test("an account is found by id and by login, and nothing but its address is kept", async () => {
    const gateway = await installationGateway();
    const ada = { id: 12, node_id: "U_12", login: "ada-now-example", type: "User", name: "Ada", location: "Here" };
    nock(API).get("/user/12").twice().reply(200, ada);
    nock(API)
      .get("/users/ada-now-example")
      .twice()
      .reply(200, { ...ada, created_at: "2020-01-01T00:00:00Z" });
    const address = { id: 12, nodeId: "U_12", login: "ada-now-example", kind: "user" };
    expect(await gateway.loginOf(accountId(12))).toEqual({ ok: true, value: "ada-now-example" });
    expect(await gateway.accountWithId(accountId(12))).toEqual({ ok: true, value: address });
    expect(await gateway.accountNamed("ada-now-example")).toEqual({ ok: true, value: address });
    expect(await gateway.accountSince("ada-now-example")).toEqual({
      ...{ ok: true, value: { ...address, createdAt: "2020-01-01T00:00:00.000Z" } },
    });
    nock(API).get("/users/gone-example").reply(404, { message: "Not Found" });
    expect(await gateway.accountSince("gone-example")).toMatchObject({ ok: false, reason: "not_found" });
  });
});

describe("a file on the default branch", () => {
  const asked = async (answer: unknown) => {
    const gateway = await installationGateway();
    nock(API)
      .get("/repos/octo-example/app/contents/.github/sallyport.yml")
      .reply(200, answer as nock.Body);
    return gateway.fileOnDefaultBranch({ repository, path: ".github/sallyport.yml", maxBytes: 100 });
  };
  const content = Buffer.from("mode: live # ü\n").toString("base64");
  const file = {
    type: "file",
    size: 16,
    sha: "d".repeat(40),
    encoding: "base64",
    content: `${content.slice(0, 4)}\n${content.slice(4)}`,
  };

  test("is decoded, line feeds in the encoding aside", async () => {
    expect(await asked(file)).toEqual({ ok: true, value: { text: "mode: live # ü\n", sha: file.sha } });
  });
  for (const [what, answer, reason] of [
    ["larger than asked for", { ...file, size: 101 }, "too_large"],
    ["a link", { ...file, type: "symlink" }, "not_found"],
    ["a folder", [file], "incomplete"],
    ["past a megabyte, which GitHub sends without content", { ...file, encoding: "none", content: "" }, "incomplete"],
  ] as const)
    test(`${what}: ${reason}`, async () => {
      expect(await asked(answer)).toMatchObject({ ok: false, reason });
    });
});

test("GitHub's clock: the newest answer says how far ours is off, an answer without a date says nothing", async () => {
  const githubClock = makeGitHubClock(fixedClock(NOW));
  const gateway = gatewayAt(API, { githubClock });
  const app = { id: 5, slug: "sallyport", permissions: {}, events: [] };
  expect(githubClock.differenceSeconds()).toBeNull();
  for (const [date, seconds] of [
    ["Fri, 20 Nov 2026 12:00:07 GMT", -7],
    ["Fri, 20 Nov 2026 11:58:00 GMT", 120],
    ["none", 120],
  ] as const) {
    nock(API).get("/app").reply(200, app, { date });
    await gateway.answers(null);
    expect(githubClock.differenceSeconds()).toBe(seconds);
  }
});
