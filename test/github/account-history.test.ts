import nock from "nock";
import { required } from "../../src/errors.ts";
import { describe, expect, test } from "../support/jest.ts";
import { NOW } from "./support/gateway.ts";
import { API, answerQuery, installationGateway, playGithub } from "./support/played.ts";

playGithub();

const at = (createdAt: string) => ({ createdAt });
const pull = (createdAt: string, owner: string) => ({
  createdAt,
  mergedAt: null,
  repository: { owner: { id: owner } },
});
const year = (from: string, to: string, commits: number) => ({
  startedAt: from,
  endedAt: to,
  restrictedContributionsCount: 3,
  totalCommitContributions: commits,
  totalIssueContributions: 1,
  totalPullRequestContributions: 1,
  totalPullRequestReviewContributions: 1,
  totalRepositoryContributions: 1,
});
const node = {
  databaseId: 12,
  createdAt: "2015-01-01T00:00:00Z",
  year3: year("2025-11-20T12:00:00Z", "2026-11-20T12:00:00Z", 10),
  year2: year("2024-11-20T12:00:00Z", "2025-11-20T12:00:00Z", 0),
  year1: null,
  year0: null,
  owned: { totalCount: 1, nodes: [{ createdAt: "2016-01-01T00:00:00Z", pushedAt: null }] },
  forks: { totalCount: 1, nodes: [{ createdAt: "2017-01-01T00:00:00Z", pushedAt: "2017-02-01T00:00:00Z" }] },
  prs: { totalCount: 2, nodes: [pull("2026-11-01T00:00:00Z", "O_1"), pull("2018-01-01T00:00:00Z", "U_12")] },
  prsOldest: { nodes: [pull("2018-01-01T00:00:00Z", "U_12")] },
  prsMerged: { totalCount: 1 },
  issues: { totalCount: 1, nodes: [at("2019-01-01T00:00:00Z")] },
  issuesOldest: { nodes: [at("2019-01-01T00:00:00Z")] },
  issueComments: { totalCount: 1, nodes: [at("2020-01-01T00:00:00Z")] },
};
const data = { rateLimit: { cost: 1 }, mergedElsewhere: { issueCount: 5 }, node };
const question = { nodeId: "U_12", login: "ada-example", now: NOW };

async function asked(...answers: readonly (readonly [unknown, number?])[]) {
  const gateway = await installationGateway();
  for (const [answer, status] of answers) answerQuery("AuthorHistory", answer, status);
  return { answer: await gateway.accountHistory(question), requests: gateway.usage.requests };
}

describe("account history", () => {
  test("dates every act once, oldest first, and says whose repositories were worked on", async () => {
    const { answer, requests } = await asked([{ data }]);
    const history = required("history", answer);
    expect(requests).toBe(1);
    expect(history.profile).toEqual({ ok: true, value: { accountId: 12, createdAt: "2015-01-01T00:00:00.000Z" } });
    const activity = required("activity", history.activity);
    expect(activity.acts.map(({ kind }) => kind)).toEqual([
      ...["repository", "repository", "pull_request", "issue", "comment", "pull_request"],
    ]);
    expect(activity.mayHaveHoles).toBe(false);
    expect(activity.years.map(({ contributions, restricted }) => [contributions, restricted])).toEqual([
      [4, 3],
      [14, 3],
    ]);
    const pulls = required("pulls", history.pullRequests);
    expect(pulls).toMatchObject({ totalCount: 2, mergedCount: 1, mergedElsewhereCount: 5 });
    expect(pulls.recent.map(({ elsewhere }) => elsewhere)).toEqual([true, false]);
    expect(required("repositories", history.repositories).repositories.map(({ fork }) => fork)).toEqual([true, false]);
  });

  test("more acts than were fetched: holes are admitted", async () => {
    const { answer } = await asked([
      { data: { ...data, node: { ...node, issues: { ...node.issues, totalCount: 80 } } } },
    ]);
    expect(required("history", answer).activity).toMatchObject({ value: { mayHaveHoles: true } });
  });

  test("a part that GitHub could not answer is asked again with smaller windows, once", async () => {
    const errors = [{ type: "RESOURCE_LIMITS_EXCEEDED", path: ["node", "prs"], message: "limits" }];
    const partial = { data: { ...data, node: { ...node, prs: null } }, errors };
    const { answer, requests } = await asked([partial], [{ data }]);
    expect(requests).toBe(2);
    expect(required("history", answer).pullRequests.ok).toBe(true);
  });

  test("what the first answer said in full stands: the second fills holes only", async () => {
    const errors = [{ type: "RESOURCE_LIMITS_EXCEEDED", path: ["node", "owned"], message: "limits" }];
    const partial = { data: { ...data, node: { ...node, owned: null } }, errors };
    const fewer = { ...node, prs: { totalCount: 2, nodes: [node.prs.nodes[0]] } };
    const { answer } = await asked([partial], [{ data: { ...data, node: fewer } }]);
    const history = required("history", answer);
    expect(required("pulls", history.pullRequests).recent).toHaveLength(2);
    expect(history.repositories.ok).toBe(true);
    expect(history.activity.ok).toBe(true);
  });

  test("a second answer that fails takes nothing away from the first", async () => {
    const errors = [{ type: "RESOURCE_LIMITS_EXCEEDED", path: ["node", "owned"], message: "limits" }];
    const partial = { data: { ...data, node: { ...node, owned: null } }, errors };
    const { answer } = await asked([partial], [{ message: "Bad Gateway" }, 502]);
    const history = required("history", answer);
    expect(history.pullRequests.ok).toBe(true);
    expect(history.repositories).toEqual({ ok: false, reason: "incomplete", retryAt: null });
  });

  test("a part that stays missing is unknown by itself; the others stand", async () => {
    const errors = [{ type: "RESOURCE_LIMITS_EXCEEDED", path: ["node", "prs"], message: "limits" }];
    const partial = { data: { ...data, node: { ...node, prs: null } }, errors };
    const { answer } = await asked([partial], [partial]);
    const history = required("history", answer);
    expect(history.pullRequests).toEqual({ ok: false, reason: "incomplete", retryAt: null });
    expect(history.activity).toEqual({ ok: false, reason: "incomplete", retryAt: null });
    expect(history.repositories.ok).toBe(true);
    expect(history.profile.ok).toBe(true);
  });

  test("a part the App may not see is not asked again", async () => {
    const errors = [{ type: "FORBIDDEN", path: ["node", "owned"], message: "no" }];
    const { answer, requests } = await asked([{ data: { ...data, node: { ...node, owned: null } }, errors }]);
    expect(requests).toBe(1);
    expect(required("history", answer).repositories).toMatchObject({ ok: false, reason: "forbidden" });
  });

  test("a gateway timeout of GitHub's is asked again with smaller windows, then given up", async () => {
    const { answer, requests } = await asked([{ message: "timeout" }, 504], [{ message: "timeout" }, 504]);
    expect(requests).toBe(2);
    expect(answer).toEqual({ ok: false, reason: "upstream_error", retryAt: null });
  });

  test("an account that is gone: every part not_found", async () => {
    const { answer } = await asked([
      { data: { ...data, node: null }, errors: [{ type: "NOT_FOUND", path: ["node"], message: "" }] },
    ]);
    expect(Object.values(required("history", answer)).map((one) => (one.ok ? null : one.reason))).toEqual(
      Array(5).fill("not_found"),
    );
  });
});

test("a text that cannot be read takes no date away, and a hole in the texts is asked again", async () => {
  const place = {
    nameWithOwner: "octo/app",
    visibility: "PUBLIC",
    stargazerCount: 1,
    id: "R_1",
    owner: { id: "O_1" },
  };
  const comment = {
    ...at(NOW),
    body: "Hello",
    authorAssociation: "NONE",
    lastEditedAt: null,
    userContentEdits: null,
  };
  const comments = {
    totalCount: 2,
    nodes: [
      { ...comment, repository: place },
      { ...comment, body: 7, repository: place },
    ],
  };
  const readable = { ...node, issueComments: comments };
  const { answer, requests } = await asked([{ data: { ...data, node: readable } }]);
  const history = required("history", answer);
  expect([requests, required("activity", history.activity).acts.length]).toEqual([1, 6]);
  const kept = { kind: "comment", at: NOW, ownerNodeId: "O_1", repositoryNodeId: "R_1", stars: 1 };
  expect(history.texts).toEqual({ ok: true, value: { texts: [kept] } });
  const errors = [{ type: "RESOURCE_LIMITS_EXCEEDED", path: ["node", "issueComments"], message: "too much" }];
  const cut = { data: { ...data, node: { ...readable, issueComments: null } }, errors };
  const again = await asked([cut], [{ data: { ...data, node: readable } }]);
  expect([again.requests, required("history", again.answer).texts]).toEqual([2, history.texts]);
});

describe("keys and events", () => {
  test("only times are kept; a key without one stays undated", async () => {
    const gateway = await installationGateway();
    const key = { id: 1, name: "Laptop", emails: [{ email: "ada@example.org" }] };
    nock(API)
      .get("/users/ada-example/gpg_keys?per_page=100")
      .reply(200, [{ ...key, created_at: "2020-01-01T00:00:00Z" }]);
    nock(API)
      .get("/users/ada-example/ssh_signing_keys?per_page=100")
      .reply(200, [{ ...key, created_at: null }]);
    expect(await gateway.accountKeys("ada-example")).toEqual({
      ok: true,
      value: {
        keys: [
          { kind: "gpg", createdAt: "2020-01-01T00:00:00.000Z" },
          { kind: "ssh_signing", createdAt: null },
        ],
      },
    });
    const event = { type: "WatchEvent", repo: { name: "x/y" }, created_at: "2026-11-01T00:00:00Z" };
    nock(API).get("/users/ada-example/events/public?per_page=100").reply(200, [event]);
    expect(await gateway.accountEvents("ada-example")).toEqual({
      ok: true,
      value: [{ kind: "event", at: "2026-11-01T00:00:00.000Z" }],
    });
  });
});
