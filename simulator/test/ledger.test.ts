import { afterEach, expect, test } from "../../test/support/jest.ts";
import type { SimulatorOptions } from "../src/server.ts";
import { call, installationToken, NOW, type Stand, seconds, stand } from "./stand.ts";

let scene: Stand;
let url: string;
let token: string;

async function open(limits: SimulatorOptions["limits"] = {}): Promise<void> {
  scene = stand({ limits });
  url = await scene.simulator.listen();
  token = installationToken(scene);
}

afterEach(async () => {
  await scene.simulator.stop();
});

const teams = () => call(url, "/api/v3/orgs/octo-org/teams", { token });
const graphql = (query: string) => call(url, "/api/graphql", { token, method: "POST", body: { query } });
const later = (ms: number) => scene.clock.set(new Date(Date.parse(NOW) + ms).toISOString());

test("headers: every answer says what is left, until when, and of what", async () => {
  await open();
  await teams();
  const { headers } = await teams();
  expect(Object.fromEntries([...headers].filter(([name]) => name.startsWith("x-ratelimit")))).toEqual({
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4998",
    "x-ratelimit-used": "2",
    "x-ratelimit-reset": String(seconds(NOW) + 3600),
    "x-ratelimit-resource": "core",
  });
  expect(headers.get("date")).toBe("Mon, 23 Nov 2026 12:00:00 GMT");
  expect(headers.get("x-github-request-id")).toMatch(/^[0-9A-F]{16}$/);
});

test("core: refused with 403 when the hour is used up, allowed when the next one begins", async () => {
  await open({ core: 1 });
  await teams();
  const refused = await teams();
  expect([refused.status, refused.body]).toMatchObject([
    403,
    { message: expect.stringContaining("API rate limit exceeded") },
  ]);
  expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
  later(3_600_000);
  token = scene.simulator.credentials.issueInstallationToken(
    scene.app,
    { installationId: scene.installation.id, permissions: scene.installation.permissions, repositoryIds: null },
    scene.clock.now(),
  ).token;
  expect((await teams()).status).toBe(200);
});

test("search: has its own minute", async () => {
  await open({ search: 1 });
  const search = () => call(url, "/api/v3/search/issues?q=author%3Aada-example", { token });
  expect((await search()).headers.get("x-ratelimit-resource")).toBe("search");
  expect((await search()).status).toBe(403);
  later(60_000);
  expect((await search()).status).toBe(200);
});

test("graphql: the hour used up is a 200 with RATE_LIMIT, and points are not requests", async () => {
  await open({ graphql: 3 });
  const costly =
    '{ organization(login: "octo-org") { repositories(first: 100) { nodes { pullRequests(first: 100) { nodes { labels(first: 1) { totalCount } } } } } } }';
  const refused = await graphql(costly);
  expect([refused.status, refused.body]).toEqual([
    200,
    {
      errors: [
        {
          type: "RATE_LIMIT",
          code: "graphql_rate_limit",
          message: expect.stringMatching(/^API rate limit already exceeded/),
        },
      ],
    },
  ]);
  const cheap = await graphql("{ rateLimit { cost remaining limit used } }");
  expect(cheap.body).toEqual({ data: { rateLimit: { cost: 1, remaining: 2, limit: 3, used: 1 } } });
});

test.each([
  ["reading too fast", { restPointsPerMinute: 2 }],
  ["too many at once", { concurrent: 0 }],
] as const)("secondary limit: %s answers 429 with retry-after", async (_, limits) => {
  await open(limits);
  const answers = [await teams(), await teams(), await teams()];
  const refused = answers.at(-1);
  expect([refused?.status, refused?.headers.get("retry-after")]).toEqual([429, "60"]);
  expect(refused?.body).toMatchObject({ message: expect.stringContaining("secondary rate limit") });
});

test("secondary limit: content is counted apart from reading", async () => {
  await open({ contentPerMinute: 1 });
  const head_sha = scene.pullRequest.commits[0]?.sha;
  const create = () =>
    call(url, "/api/v3/repos/octo-org/wallet/check-runs", { token, method: "POST", body: { name: "x", head_sha } });
  expect((await create()).status).toBe(201);
  expect((await create()).status).toBe(429);
  expect((await teams()).status).toBe(200);
  later(60_000);
  expect((await create()).status).toBe(201);
});

test("entries: list every request of an installation with its points and how it ended", async () => {
  await open();
  await teams();
  await graphql("query Limits { rateLimit { cost } }");
  await call(url, "/api/v3/orgs/nobody-example/teams", { token });
  const entries = scene.simulator.ledger.requestsOf(scene.installation.id);
  expect(entries.map(({ method, operation, points, status }) => [method, operation, points, status])).toEqual([
    ["GET", "teams/list", 1, 200],
    ["QUERY", "graphql/Limits", 1, 200],
    ["GET", "teams/list", 1, 404],
  ]);
});
