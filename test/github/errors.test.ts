import { mock } from "node:test";
import nock from "nock";
import { OperatingError, required } from "../../src/errors.ts";
import type { LogEvent, LogFields } from "../../src/log.ts";
import { describe, expect, test } from "../support/jest.ts";
import { gatewayAt, INSTALLATION, NOW } from "./support/gateway.ts";
import { API, answerQuery, appGateway, installationGateway, mintToken, playGithub } from "./support/played.ts";

const repository = { owner: "octo-example", name: "app" };
const FILES = "/repos/octo-example/app/pulls/7/files?per_page=100&page=1";
const CHECKS = "/repos/octo-example/app/check-runs";
const check = { repository, headSha: "a".repeat(40), externalId: "ref", detailsUrl: "https://sallyport.example/r/ref" };

playGithub();

const absent = (reason: string, retryAt: string | null = null) => ({ ok: false, reason, retryAt });

const REFUSALS: readonly (readonly [string, number, Record<string, string>, string, string, string | null])[] = [
  ["404", 404, {}, "Not Found", "not_found", null],
  ["410 of a deleted thing", 410, {}, "Gone", "not_found", null],
  [
    "403 for a missing permission",
    403,
    { "x-ratelimit-remaining": "4000" },
    "Resource not accessible by integration",
    "forbidden",
    null,
  ],
  [
    "403 of the primary limit",
    403,
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795178220" },
    "API rate limit exceeded",
    "rate_limited",
    "2026-11-20T12:37:00.000Z",
  ],
  [
    "403 of the primary limit, while this machine's clock is ten minutes ahead of GitHub's",
    403,
    {
      date: "Fri, 20 Nov 2026 11:50:00 GMT",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(Date.parse("2026-11-20T11:50:40Z") / 1_000),
    },
    "API rate limit exceeded",
    "rate_limited",
    "2026-11-20T12:00:40.000Z",
  ],
  [
    "403 of the primary limit, while this machine's clock is ten minutes behind",
    403,
    {
      date: "Fri, 20 Nov 2026 12:10:00 GMT",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(Date.parse("2026-11-20T12:10:40Z") / 1_000),
    },
    "API rate limit exceeded",
    "rate_limited",
    "2026-11-20T12:00:40.000Z",
  ],
  [
    "403 of a secondary limit with a time",
    403,
    { "retry-after": "90" },
    "You have exceeded a secondary rate limit",
    "rate_limited",
    "2026-11-20T12:01:30.000Z",
  ],
  [
    "403 of a secondary limit without a time",
    403,
    {},
    "You have exceeded a secondary rate limit.",
    "rate_limited",
    "2026-11-20T12:01:00.000Z",
  ],
  ["429 without a time", 429, {}, "Too many requests", "rate_limited", "2026-11-20T12:01:00.000Z"],
  [
    "429 that names next week",
    429,
    { "retry-after": "604800" },
    "Too many requests",
    "rate_limited",
    "2026-11-20T13:05:00.000Z",
  ],
  [
    "403 with a page of what stands before GitHub",
    403,
    { "content-type": "text/html" },
    "<html>",
    "upstream_error",
    null,
  ],
  [
    "404 with a page of what stands before GitHub",
    404,
    { "content-type": "text/html" },
    "<html>",
    "upstream_error",
    null,
  ],
  ["422 of a question that was put wrong", 422, {}, "Validation Failed", "upstream_error", null],
  ["500", 500, {}, "Server Error", "upstream_error", null],
  ["502", 502, {}, "Bad Gateway", "upstream_error", null],
  ["503 with an HTML page", 503, { "content-type": "text/html" }, "<html>", "upstream_error", null],
];

describe("reads: GitHub's refusals become reasons", () => {
  for (const [what, status, headers, message, reason, retryAt] of REFUSALS)
    test(`${what}: ${reason}, asked once`, async () => {
      const gateway = await installationGateway();
      nock(API)
        .get(FILES)
        .reply(status, headers["content-type"] ? message : { message }, headers);
      expect(await gateway.pullRequestFiles({ repository, number: 7 })).toEqual(absent(reason, retryAt));
      expect(gateway.usage.requests).toBe(1);
    });

  test("connection reset: upstream_error", async () => {
    const gateway = await installationGateway();
    nock(API)
      .get(FILES)
      .replyWithError(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));
    expect(await gateway.pullRequestFiles({ repository, number: 7 })).toEqual(absent("upstream_error"));
  });

  test("an answer of another shape: incomplete, and a line that says where", async () => {
    const lines: (readonly [LogEvent, LogFields | undefined])[] = [];
    const note = (event: LogEvent, fields?: LogFields) => void lines.push([event, fields]);
    const gateway = await installationGateway({ log: { info: note, warn: note, error: note } });
    nock(API)
      .get(FILES)
      .reply(200, [{ filename: "a.txt" }]);
    expect(await gateway.pullRequestFiles({ repository, number: 7 })).toEqual(absent("incomplete"));
    expect(lines).toEqual([
      [
        "source.unavailable",
        { source: "GET /repos/{owner}/{repo}/pulls/{pull_number}/files", reason: "incomplete", status: null },
      ],
    ]);
  });
});

describe("a list of files whose next page fails", () => {
  const entry = (index: number) => ({ filename: `${index}.txt`, status: "added", additions: 1, deletions: 0 });
  const first = () =>
    nock(API)
      .get(FILES)
      .reply(
        200,
        Array.from({ length: 100 }, (_, index) => entry(index)),
      );

  test("keeps what was read and is cut", async () => {
    const gateway = await installationGateway();
    first();
    nock(API).get(FILES.replace("&page=1", "&page=2")).reply(502, { message: "Bad Gateway" });
    const { files, truncated } = required("files", await gateway.pullRequestFiles({ repository, number: 7 }));
    expect([files.length, truncated]).toEqual([100, true]);
  });
});

describe("writes: refusals are thrown, and nothing is sent twice", () => {
  const cases: readonly (readonly [number, Record<string, string>, string])[] = [
    [403, {}, "forbidden"],
    [404, {}, "not_found"],
    [409, {}, "conflict"],
    [422, {}, "validation"],
    [429, { "retry-after": "30" }, "rate_limited"],
    [502, {}, "upstream_error"],
  ];
  for (const [status, headers, code] of cases)
    test(`POST check run answered ${status}: ${code} after one request`, async () => {
      const gateway = await installationGateway();
      nock(API).post(CHECKS).reply(status, { message: "no" }, headers);
      const error = await gateway.createSealedCheck(check).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OperatingError);
      expect(error).toMatchObject({ code });
      expect(gateway.usage.requests).toBe(1);
    });

  test("POST check run whose connection breaks: github_unreachable after one request", async () => {
    const gateway = await installationGateway();
    nock(API).post(CHECKS).replyWithError("reset");
    await expect(gateway.createSealedCheck(check)).rejects.toMatchObject({ code: "github_unreachable" });
    expect(gateway.usage.requests).toBe(1);
  });

  test("the error names the route and no parameter of it", async () => {
    const gateway = await installationGateway();
    nock(API).post("/repos/octo-example/app/issues/7/labels").reply(403, { message: "octo-example says no" });
    const error = await gateway.addLabel({ repository, number: 7, name: "first" }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("POST /repos/{owner}/{repo}/issues/{issue_number}/labels");
    expect(String(error)).not.toContain("octo-example");
  });
});

describe("installations", () => {
  const mint = `/app/installations/${INSTALLATION}/access_tokens`;
  const asked = async (status: number, message: string) => {
    nock(API).post(mint).reply(status, { message });
    const gateway = await appGateway().installation(INSTALLATION);
    return gateway.pullRequestFiles({ repository, number: 7 });
  };
  test("the App was removed: installation_gone, thrown, because nothing else will work", async () => {
    await expect(asked(404, "Not Found")).rejects.toMatchObject({ code: "installation_gone" });
  });
  test("the installation is suspended: installation_suspended", async () => {
    await expect(asked(403, "This installation has been suspended")).rejects.toMatchObject({
      code: "installation_suspended",
    });
  });
  test("GitHub fails while making a token: upstream_error, thrown", async () => {
    await expect(asked(502, "Bad Gateway")).rejects.toMatchObject({ code: "upstream_error" });
  });
  test("a token that died is made anew once and the question asked again", async () => {
    // auth-app takes a 401 in a token's first five seconds for replication lag and waits: the token must look older.
    mock.timers.enable({ apis: ["Date"], now: Date.now() });
    mintToken();
    const gateway = await appGateway().installation(INSTALLATION);
    nock(API).get(FILES).reply(200, []);
    await gateway.pullRequestFiles({ repository, number: 7 });
    mock.timers.setTime(Date.now() + 60_000);
    nock(API).post(mint).reply(201, { token: "ghs_second", permissions: {}, expires_at: "2026-11-20T13:00:00Z" });
    nock(API).get(FILES).matchHeader("authorization", "token ghs_example").reply(401, { message: "Bad credentials" });
    nock(API).get(FILES).matchHeader("authorization", "token ghs_second").reply(200, []);
    const answer = await gateway.pullRequestFiles({ repository, number: 7 });
    mock.timers.reset();
    expect(answer).toEqual({ ok: true, value: { files: [], truncated: false } });
  });
});

test("a new token that is refused as well: GitHub's trouble, so that the job is tried again", async () => {
  mock.timers.enable({ apis: ["Date"], now: Date.now() });
  mintToken();
  const gateway = await appGateway().installation(INSTALLATION);
  nock(API).get(FILES).reply(200, []);
  await gateway.pullRequestFiles({ repository, number: 7 });
  mock.timers.setTime(Date.now() + 60_000);
  mintToken();
  nock(API)
    .get(FILES)
    .times(3)
    .reply(() => {
      // auth-app asks again, once a second, while a token was younger than five seconds when it asked.
      mock.timers.setTime(Date.now() + 60_000);
      return [401, { message: "Bad credentials" }];
    });
  const answer = await gateway.pullRequestFiles({ repository, number: 7 });
  mock.timers.reset();
  expect(answer).toEqual(absent("upstream_error"));
});

describe("tokens older than a minute", () => {
  // The token is made now and the gateway's clock stands an hour later.
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const aged = () => gatewayAt(API, { now: later }).installation(INSTALLATION);

  test("a repository added since: a refused write is sent once more with a new token", async () => {
    mintToken();
    mintToken();
    nock(API).post(CHECKS).reply(404, { message: "Not Found" });
    nock(API).post(CHECKS).reply(201, { id: 31 });
    expect(await (await aged()).createSealedCheck(check)).toBe(31);
  });

  test("a write that may have succeeded is not sent again, however old the token", async () => {
    mintToken();
    nock(API).post(CHECKS).reply(502, { message: "Bad Gateway" });
    await expect((await aged()).createSealedCheck(check)).rejects.toMatchObject({ code: "upstream_error" });
  });

  const POLICY = "/repos/octo-example/app/contents/.github/sallyport.yml";
  const ROLE = "/repos/octo-example/app/collaborators/ada-example/permission";
  const policy = { repository, path: ".github/sallyport.yml", maxBytes: 1_000 };

  test("a repository added to a selection since: role and policy are read once more with a new token", async () => {
    mintToken(undefined, "selected");
    mintToken(undefined, "selected");
    nock(API).get(ROLE).reply(404, { message: "Not Found" });
    nock(API).get(ROLE).reply(200, { permission: "write", role_name: "write" });
    expect(await (await aged()).role({ repository, login: "ada-example" })).toEqual({ ok: true, value: "write" });
    mintToken(undefined, "selected");
    mintToken(undefined, "selected");
    nock(API).get(POLICY).reply(404, { message: "Not Found" });
    nock(API).get(POLICY).reply(404, { message: "Not Found" });
    expect(await (await aged()).fileOnDefaultBranch(policy)).toEqual(absent("not_found"));
  });

  test("an installation on all repositories: what is not there is asked for once", async () => {
    mintToken();
    nock(API).get(POLICY).reply(404, { message: "Not Found" });
    expect(await (await aged()).fileOnDefaultBranch(policy)).toEqual(absent("not_found"));
  });

  test("a repository that an event named and GitHub denies is asked for once more: who has a role there", async () => {
    mintToken(undefined, "selected");
    mintToken(undefined, "selected");
    const denied = [{ type: "NOT_FOUND", path: ["repository"] }];
    const found = {
      id: "R_10",
      databaseId: 10,
      name: "app",
      visibility: "PUBLIC",
      isArchived: false,
      owner: { databaseId: 7 },
    };
    answerQuery("RepoAccess", { data: { rateLimit: { cost: 1 }, repository: null }, errors: denied });
    answerQuery("RepoAccess", { data: { rateLimit: { cost: 1 }, repository: { ...found, collaborators: null } } });
    expect(await (await aged()).repositoryAccess(repository)).toMatchObject({ ok: true, value: { ownerId: 7 } });
  });

  test("a pull request that a delivery named and GitHub denies is asked for once more", async () => {
    mintToken();
    mintToken();
    const denied = { data: { rateLimit: { cost: 1 }, node: null }, errors: [{ type: "NOT_FOUND", path: ["node"] }] };
    answerQuery("PrTriage", denied);
    answerQuery("PrTriage", denied);
    const question = { repository, pullRequestNodeId: "PR_7", authorLogin: "ada-example" };
    expect(await (await aged()).pullRequest(question)).toEqual(absent("not_found"));
  });
});

describe("last activity: acts that GitHub counts and does not show", () => {
  const occurred = (at: string | null) => ({ nodes: at === null ? [] : [{ occurredAt: at }] });
  async function asked(hiddenCount: number, found: { readonly pulled?: string; readonly opened?: string }) {
    const gateway = await installationGateway();
    answerQuery("OrganizationId", { data: { rateLimit: { cost: 1 }, organization: { id: "O_1" } } });
    const contributionsCollection = {
      restrictedContributionsCount: hiddenCount,
      commitContributionsByRepository: [],
      pullRequestContributions: occurred(found.pulled ?? null),
      pullRequestReviewContributions: occurred(null),
    };
    const authored = { nodes: found.opened ? [{ createdAt: found.opened }] : [] };
    const data = { rateLimit: { cost: 1 }, user: { contributionsCollection }, authored, reviewed: { nodes: [] } };
    answerQuery("ActivityHere", { data });
    return gateway.lastActivity({ organization: "octo-example", login: "ada-example", now: NOW });
  }
  const searchedSince = "2025-11-21T12:00:00.000Z";

  test("hidden acts and an old one that is shown: incomplete", async () => {
    expect(await asked(812, { opened: "2023-05-01T00:00:00Z" })).toEqual(absent("incomplete"));
  });
  test("hidden acts and nothing else: incomplete", async () => {
    expect(await asked(1, {})).toEqual(absent("incomplete"));
  });
  test("hidden acts and one of this year: that one is a lower bound", async () => {
    const value = { lastActAt: "2026-05-01T00:00:00.000Z", searchedSince, actsUnseen: true };
    expect(await asked(812, { pulled: "2026-05-01T00:00:00Z" })).toEqual({ ok: true, value });
  });
  test("nothing hidden: the old one is the last", async () => {
    const value = { lastActAt: "2023-05-01T00:00:00.000Z", searchedSince };
    expect(await asked(0, { opened: "2023-05-01T00:00:00Z" })).toEqual({ ok: true, value });
  });
});

describe("GraphQL", () => {
  const ask = async () => (await installationGateway()).recordHere({ repository, login: "ada-example" });
  const merged = { issueCount: 3, nodes: [] };
  const spent = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795178220" };
  const already = "API rate limit already exceeded for installation ID 77.";
  for (const [what, error] of [
    ["GitHub's word today", { type: "RATE_LIMIT", code: "graphql_rate_limit", message: already }],
    ["the word of older servers", { type: "RATE_LIMITED", message: "API rate limit exceeded" }],
    ["the message alone", { message: already }],
  ] as const)
    test(`a limit in an answer with status 200, ${what}: rate_limited until its reset`, async () => {
      answerQuery("RecordHere", { data: null, errors: [error] }, 200, spent);
      expect(await ask()).toEqual(absent("rate_limited", "2026-11-20T12:37:00.000Z"));
    });
  test("a secondary limit in an answer with status 200: rate_limited for a minute", async () => {
    answerQuery("RecordHere", { errors: [{ message: "You have exceeded a secondary rate limit" }] });
    expect(await ask()).toEqual(absent("rate_limited", "2026-11-20T12:01:00.000Z"));
  });
  test("data with a hole in the asked part: its reason, never zero", async () => {
    const errors = [{ type: "FORBIDDEN", path: ["first"], message: "Resource not accessible by integration" }];
    answerQuery("RecordHere", { data: { rateLimit: { cost: 1 }, merged, first: null }, errors });
    expect(await ask()).toEqual(absent("forbidden"));
  });
  test("data with a hole of an unknown kind: incomplete", async () => {
    const errors = [{ type: "RESOURCE_LIMITS_EXCEEDED", path: ["merged"], message: "Resource limits exceeded" }];
    answerQuery("RecordHere", { data: { rateLimit: { cost: 1 }, merged: null, first: null }, errors });
    expect(await ask()).toEqual(absent("incomplete"));
  });
  test("a refused document: upstream_error", async () => {
    answerQuery("RecordHere", { errors: [{ message: "Field 'x' doesn't exist", path: ["query", "x"] }] });
    expect(await ask()).toEqual(absent("upstream_error"));
  });
  test("counts as text and unknown extra fields: read all the same", async () => {
    answerQuery("RecordHere", {
      data: {
        rateLimit: { cost: 1 },
        merged: { issueCount: "3", nodes: [null], surprise: {} },
        first: { issueCount: 0, nodes: [] },
      },
    });
    expect(await ask()).toEqual({ ok: true, value: { mergedCount: 3, mergerCount: null, firstContactAt: null } });
  });
  const by = (databaseId: number | null) => ({
    mergedBy: databaseId === null ? null : { databaseId },
    author: { databaseId: 12 },
  });
  const bot = { mergedBy: {}, author: { databaseId: 12 } };
  for (const [what, issueCount, nodes, found] of [
    ["merged by the account itself", 2, [by(12), by(12)], { mergerCount: 0 }],
    ["all merged by one other", 2, [by(1), by(1)], { mergerCount: 1 }],
    ["all merged by a bot", 2, [bot, bot], { mergerCount: null }],
    ["merged by somebody who is gone", 2, [by(null), by(1)], { mergerCount: null }],
    ["one merger in a sample of fifty", 200, Array(50).fill(by(1)), { mergerCount: null }],
    [
      "two mergers in a sample of fifty",
      200,
      [...Array(49).fill(by(1)), by(2)],
      { mergerCount: 2, mergersUnseen: true },
    ],
  ] as const)
    test(`${what}: a merge that names nobody is not one by nobody`, async () => {
      const data = { rateLimit: { cost: 1 }, merged: { issueCount, nodes }, first: { issueCount: 0, nodes: [] } };
      answerQuery("RecordHere", { data });
      const value = { mergedCount: issueCount, firstContactAt: null, ...found };
      expect(await ask()).toEqual({ ok: true, value });
    });
  test("points are added up from GitHub's own account", async () => {
    const gateway = await installationGateway();
    answerQuery("RecordHere", { data: { rateLimit: { cost: 4 }, merged, first: { issueCount: 0, nodes: [] } } });
    await gateway.recordHere({ repository, login: "ada-example" });
    expect(gateway.usage).toEqual({ requests: 1, points: 4 });
  });
});
