import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isObjectType } from "graphql";
import { PROHIBITED_FIELDS } from "../../test/dossier/allowed.ts";
import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { addBot, addOrganization, addRepository, addTeam, addUser } from "../src/build/build.ts";
import { installApp } from "../src/build/build-app.ts";
import { comment, commitTo, openIssue, openPullRequest } from "../src/build/build-work.ts";
import { loadSchema, prepare } from "../src/graphql/execute.ts";
import type { Permissions } from "../src/world/world-apps.ts";
import { call, installationToken, NOW, type Stand, stand } from "./stand.ts";

let scene: Stand;
let url: string;
let token: string;
/** Set by tests that leave GitHub's contract on purpose. */
let leftContract: boolean;

beforeEach(async () => {
  scene = stand();
  url = await scene.simulator.listen();
  token = installationToken(scene);
  leftContract = false;
});

afterEach(async () => {
  await scene.simulator.stop();
  if (!leftContract) scene.simulator.expectNoViolations();
});

const ask = async (query: string, variables: Readonly<Record<string, unknown>> = {}, by = token) =>
  (await call(url, "/api/graphql", { token: by, method: "POST", body: { query, variables } })).body;

/** An answer without a single error beside its data, which a partial match would not notice. */
async function whole(text: string, variables: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const body = await ask(text, variables);
  expect(body).not.toHaveProperty("errors");
  return body;
}

/** GITHUB.md's own texts of the queries without prohibited inputs: more than today's queries ask, all of it answered. */
const query = (name: string): string => readFileSync(join(import.meta.dirname, "queries", `${name}.graphql`), "utf8");

const schema = loadSchema();
const userType = schema.getType("User");
const USER_FIELDS = isObjectType(userType) ? userType.getFields() : {};
function priceOf(text: string, variables: Readonly<Record<string, unknown>>) {
  const prepared = prepare(schema, { query: text, variables, operationName: null });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.errors));
  return prepared.price;
}

test("points: GitHub's documented example of 5,101 requests costs 51 points", () => {
  const text = `query { viewer { repositories(first: 100) { edges { repository: node { issues(first: 50) {
    totalCount edges { node { title labels(first: 60) { edges { node { name } } } } } } } } } } }`;
  expect(priceOf(text, {})).toMatchObject({ requests: 5101, points: 51, nodes: 100 + 5000 + 300_000 });
});

test.each([
  ["pr-triage", {}, { requests: 205, nodes: 822, points: 2 }],
  ["author-history", {}, { requests: 84, points: 1 }],
  ["repo-forensics", {}, { requests: 9, nodes: 213, points: 1 }],
  ["org-repos", {}, { requests: 101, points: 1 }],
  ["open-pr-sweep", { repos: Array.from({ length: 100 }, (_, id) => `R_${id}`) }, { requests: 100, points: 1 }],
])("points: %s with %j costs what the design counted", (name, variables, expected) => {
  expect(priceOf(query(name), variables)).toMatchObject(expected);
});

test("query: a misspelt field is refused in GitHub's words and runs nothing", async () => {
  const body = await ask("query Typo { rateLimit { costs } }");
  expect(body).toEqual({
    errors: [
      {
        path: ["query", "costs"],
        extensions: { code: "undefinedField", typeName: "RateLimit", fieldName: "costs" },
        locations: [{ line: 1, column: 26 }],
        message: "Field 'costs' doesn't exist on type 'RateLimit'",
      },
    ],
  });
});

test("query: a connection without first or last is refused", async () => {
  const body = await ask('query { organization(login: "octo-org") { teams { totalCount } } }');
  expect(body).toMatchObject({ errors: [{ type: "MISSING_PAGINATION_BOUNDARIES" }] });
});

test("query: a field the simulator does not know is an error and a violation, not a null", async () => {
  const body = await ask('query Q { organization(login: "octo-org") { location } }');
  expect(body).toMatchObject({ errors: [{ path: ["organization", "location"] }] });
  expect(() => scene.simulator.expectNoViolations()).toThrow("unresolved_field at graphql/Q: Organization.location");
  leftContract = true;
});

test("query: what no dossier may hold about a person has no answer here", async () => {
  for (const field of PROHIBITED_FIELDS.map((one) => one.split(".")[1] ?? "")) {
    const kind = USER_FIELDS[field]?.type.toString();
    if (kind === undefined) continue;
    const selected = /Connection!?$/.test(kind) ? `${field}(first: 1) { totalCount }` : field;
    const body = await ask(`query U($id: ID!) { node(id: $id) { ... on User { ${selected} } } }`, {
      id: scene.ada.nodeId,
    });
    expect([field, body]).toEqual([field, expect.objectContaining({ errors: expect.any(Array) })]);
  }
  leftContract = true;
});

test("query: an argument the simulator does not know is a violation too", async () => {
  await ask('query Q { organization(login: "octo-org") { repositories(first: 1, isLocked: true) { totalCount } } }');
  expect(() => scene.simulator.expectNoViolations()).toThrow("argument isLocked");
  leftContract = true;
});

test("Q1: answers every field of the design", async () => {
  const { world, wallet, newcomer } = scene;
  const bot = addBot(world, { login: "helper-example[bot]", createdAt: "2020-01-01T00:00:00.000Z" });
  const pull = openPullRequest(world, wallet, {
    author: newcomer,
    title: "Signed work",
    at: "2026-11-23T11:30:00.000Z",
    commits: [
      {
        by: newcomer,
        at: "2026-11-23T11:20:00.000Z",
        authoredAt: "2026-11-23T13:20:00+02:00",
        message: `Change\n\nCo-authored-by: A <${bot.id}+helper@users.noreply.github.com>`,
        signature: {
          type: "SshSignature",
          key: "SHA256:abc",
          valid: true,
          byGitHub: false,
          signerId: newcomer.id,
          verifiedAt: NOW,
        },
      },
    ],
  });
  const body = await ask(query("pr-triage"), {
    pr: pull.nodeId,
    qHere: "repo:octo-org/wallet author:newcomer-example type:pr",
    qOrgMerged: "org:octo-org author:newcomer-example is:pr is:merged",
  });
  expect(body).toMatchObject({
    data: {
      rateLimit: { cost: 2, nodeCount: 822 },
      here: { issueCount: 2 },
      orgMerged: { issueCount: 0 },
      node: {
        title: "Signed work",
        authorAssociation: "FIRST_TIMER",
        createdAt: "2026-11-23T11:30:00Z",
        author: { __typename: "User", databaseId: newcomer.id },
        commits: {
          totalCount: 1,
          nodes: [
            {
              commit: {
                messageHeadline: "Change",
                authoredDate: "2026-11-23T11:20:00Z",
                author: { date: "2026-11-23T13:20:00+02:00" },
                authors: { nodes: [{}, { name: "A" }] },
                signature: { __typename: "SshSignature", keyFingerprint: "SHA256:abc" },
              },
            },
          ],
        },
      },
    },
  });
  expect(body).not.toHaveProperty("errors");
});

test("Q2: answers every field of the design", async () => {
  const { world, wallet, newcomer } = scene;
  const own = addRepository(world, {
    owner: newcomer,
    name: "toys",
    createdAt: "2026-10-02T00:00:00.000Z",
    language: "Zig",
  });
  commitTo(world, own, { by: newcomer, at: "2026-10-03T00:00:00.000Z", message: "One" });
  addRepository(world, { owner: newcomer, name: "wallet", createdAt: "2026-11-01T00:00:00.000Z", parent: wallet });
  const issue = openIssue(world, wallet, { author: newcomer, title: "Question", at: "2026-11-02T00:00:00.000Z" });
  comment(world, issue, { author: newcomer, at: "2026-11-03T00:00:00.000Z" });
  newcomer.restrictedDays.push({ day: "2026-11-05", count: 4 });
  const body = await ask(query("author-history"), {
    user: newcomer.nodeId,
    qElsewhere: "author:newcomer-example is:pr is:merged is:public -user:newcomer-example",
    y0: "2022-11-23T12:00:00Z",
    y1: "2023-11-23T12:00:00Z",
    y2: "2024-11-23T12:00:00Z",
    y3: "2025-11-23T12:00:00Z",
    now: NOW,
  });
  expect(body).not.toHaveProperty("errors");
  expect(body).toMatchObject({
    data: {
      mergedElsewhere: { issueCount: 0 },
      node: {
        cc3: {
          totalCommitContributions: 1,
          totalPullRequestContributions: 1,
          totalIssueContributions: 1,
          restrictedContributionsCount: 4,
        },
        cc2: { totalCommitContributions: 0 },
        owned: {
          totalCount: 1,
          nodes: [{ primaryLanguage: { name: "Zig" }, defaultBranchRef: { target: { history: { totalCount: 1 } } } }],
        },
        forks: { totalCount: 1, nodes: [{ parent: { nameWithOwner: "octo-org/wallet" } }] },
        prs: { totalCount: 1 },
        issues: { totalCount: 1 },
        issueComments: { totalCount: 1, nodes: [{ issue: { author: { login: "newcomer-example" } } }] },
      },
    },
  });
});

test("Q3: GitHub's history cursors reach the oldest commit", async () => {
  const { world, ada, wallet } = scene;
  commitTo(world, wallet, { by: ada, at: "2026-02-01T00:00:00.000Z", message: "Two" });
  commitTo(world, wallet, { by: ada, at: "2026-03-01T00:00:00.000Z", message: "Three" });
  const cursor = `${wallet.commits[0]?.sha} 1`;
  const ids = { r0: wallet.nodeId, r1: wallet.nodeId, r2: wallet.nodeId, c0: cursor, c1: cursor, c2: cursor };
  const body = await ask(query("repo-forensics"), { author: ada.nodeId, ...ids });
  expect(body).toMatchObject({
    data: {
      p0: {
        defaultBranchRef: { target: { mine: { totalCount: 3 }, first: { nodes: [{ oid: wallet.commits[2]?.sha }] } } },
      },
    },
  });
});

test("audit queries: tell grants with their sources, teams, members and write holders", async () => {
  const { world, org, ada, newcomer, wallet } = scene;
  const mia = addUser(world, { login: "mia-example", createdAt: "2016-01-01T00:00:00.000Z" });
  org.members.add(mia.id);
  const core = addTeam(world, org, { name: "Core", maintainers: [mia], repositories: [[wallet, "maintain"]] });
  addTeam(world, org, { name: "Core docs", parent: core });
  wallet.direct.set(newcomer.id, "write").set(mia.id, "triage");
  expect(await whole(query("org-repos"), { org: "octo-org" })).toMatchObject({
    data: {
      organization: {
        repositories: {
          totalCount: 2,
          nodes: [
            {
              direct: {
                edges: [
                  {
                    permission: "WRITE",
                    permissionSources: [{ roleName: "write", source: { __typename: "Repository" } }],
                  },
                  {
                    permission: "MAINTAIN",
                    permissionSources: [
                      { permission: "WRITE", roleName: "maintain", source: { __typename: "Team", slug: "core" } },
                      { permission: "READ", roleName: "triage", source: { __typename: "Repository" } },
                      { permission: "READ", source: { __typename: "Organization" } },
                    ],
                  },
                ],
              },
            },
            {},
          ],
        },
      },
    },
  });
  expect(await whole(query("org-teams"), { org: "octo-org" })).toMatchObject({
    data: {
      organization: {
        teams: {
          nodes: [
            {
              slug: "core",
              members: { edges: [{ role: "MAINTAINER" }] },
              repositories: { edges: [{ permission: "MAINTAIN" }] },
            },
            { slug: "core-docs", parentTeam: { databaseId: core.id } },
          ],
        },
      },
    },
  });
  expect(await whole(query("org-members"), { org: "octo-org" })).toMatchObject({
    data: {
      organization: {
        membersWithRole: { edges: [{ role: "ADMIN", node: { databaseId: ada.id } }, { role: "MEMBER" }] },
      },
    },
  });
  expect(await ask(query("write-holders"), { ids: [newcomer.nodeId, "U_kgDOnothing"] })).toMatchObject({
    data: { nodes: [{ contributionsCollection: { contributionYears: [2026] } }, null] },
    errors: [{ type: "NOT_FOUND", path: ["nodes", 1] }],
  });
  expect(await whole(query("collaborator-delta"), { repo: wallet.nodeId, login: "newcomer-example" })).toMatchObject({
    data: { node: { collaborators: { edges: [{ permission: "WRITE", node: { login: "newcomer-example" } }] } } },
  });
  expect(await whole(query("open-pr-sweep"), { repos: [wallet.nodeId] })).toMatchObject({
    data: { nodes: [{ pullRequests: { totalCount: 1, nodes: [{ number: 1 }] } }] },
  });
});

test("pages: cursors lead through a connection to its end", async () => {
  for (let index = 0; index < 3; index += 1)
    addRepository(scene.world, { owner: scene.org, name: `extra-${index}`, createdAt: NOW });
  const text = `query P($after: String) { organization(login: "octo-org") { repositories(first: 3, after: $after,
    orderBy: {field: NAME, direction: ASC}) { totalCount pageInfo { hasNextPage endCursor } nodes { name } } } }`;
  const first = await ask(text);
  expect(first).toMatchObject({
    data: { organization: { repositories: { totalCount: 5, pageInfo: { hasNextPage: true } } } },
  });
  const after = JSON.stringify(first).match(/"endCursor":"([^"]+)"/)?.[1];
  expect(await ask(text, { after })).toMatchObject({
    data: {
      organization: {
        repositories: { pageInfo: { hasNextPage: false }, nodes: [{ name: "vault" }, { name: "wallet" }] },
      },
    },
  });
});

test("node: what does not exist and what is hidden answer alike, with 200 and NOT_FOUND", async () => {
  const hidden = openPullRequest(scene.world, scene.vault, { author: scene.ada, title: "Hidden", at: NOW });
  const narrow = scene.simulator.credentials.issueInstallationToken(
    scene.app,
    {
      installationId: scene.installation.id,
      permissions: { metadata: "read" },
      repositoryIds: new Set([scene.wallet.id]),
    },
    NOW,
  ).token;
  for (const id of [hidden.nodeId, "PR_kgDOnothing"])
    expect(await ask("query N($id: ID!) { node(id: $id) { id } }", { id }, narrow)).toMatchObject({
      data: { node: null },
      errors: [
        { type: "NOT_FOUND", path: ["node"], message: `Could not resolve to a node with the global id of '${id}'.` },
      ],
    });
});

test("private repository: pull requests, issues and commits each take their permission", async () => {
  const { world, vault, ada } = scene;
  const at = "2026-11-20T12:00:00.000Z";
  const hidden = openPullRequest(world, vault, { author: ada, title: "Hidden", at });
  openIssue(world, vault, { author: ada, title: "Hidden too", at });
  const text = `query P($id: ID!) {
    node(id: $id) { ... on PullRequest { title files(first: 5) { totalCount }
      commits(first: 5) { totalCount nodes { commit { oid } } } } }
    pulls: search(query: "repo:octo-org/vault is:pr", type: ISSUE, first: 5) { issueCount }
    issues: search(query: "repo:octo-org/vault is:issue", type: ISSUE, first: 5) { issueCount } }`;
  const by = async (permissions: Permissions) =>
    ask(text, { id: hidden.nodeId }, installationToken(scene, { metadata: "read", ...permissions }));
  expect(await by({})).toEqual({
    data: { node: null, pulls: { issueCount: 0 }, issues: { issueCount: 0 } },
    errors: [expect.objectContaining({ type: "FORBIDDEN", path: ["node"] })],
  });
  const shown = { title: "Hidden", files: { totalCount: 1 } };
  expect(await by({ pull_requests: "read" })).toEqual({
    data: {
      node: { ...shown, commits: { totalCount: 1, nodes: [null] } },
      pulls: { issueCount: 1 },
      issues: { issueCount: 0 },
    },
    errors: [expect.objectContaining({ type: "FORBIDDEN", path: ["node", "commits", "nodes", 0, "commit"] })],
  });
  expect(await by({ pull_requests: "read", contents: "read", issues: "read" })).toEqual({
    data: {
      node: { ...shown, commits: { totalCount: 1, nodes: [{ commit: { oid: hidden.commits[0]?.sha } }] } },
      pulls: { issueCount: 1 },
      issues: { issueCount: 1 },
    },
  });
});

test("query: both ways through a connection at once is refused", async () => {
  const text = `{ organization(login: "octo-org") { repositories(first: 1, last: 1) { totalCount } } }`;
  expect(await ask(text)).toEqual({
    errors: [{ message: expect.stringContaining("both `first` and `last` to paginate the `repositories` connection") }],
  });
});

test("search: counts everything and hands out a thousand", async () => {
  const { world, wallet, newcomer } = scene;
  for (let index = 0; index < 1001; index += 1)
    openIssue(world, wallet, { author: newcomer, title: "Again", at: "2026-11-20T12:00:00.000Z" });
  const after = Buffer.from("cursor:v2:999").toString("base64");
  const text = `{ search(query: "is:issue", type: ISSUE, first: 1, after: "${after}") { issueCount nodes { __typename } } }`;
  expect(await ask(text)).toEqual({ data: { search: { issueCount: 1001, nodes: [] } } });
});

test("team: read by its own organisation's installation with the permission, and by nobody else", async () => {
  const { world, app, org, ada, wallet } = scene;
  const team = addTeam(world, org, { name: "Core", maintainers: [ada], repositories: [[wallet, "write"]] });
  const other = addOrganization(world, { login: "other-org", createdAt: NOW, owners: [ada] });
  const stranger = installationToken({ ...scene, installation: installApp(world, app, { account: other, at: NOW }) });
  const text = `query T($id: ID!) { node(id: $id) { ... on Team {
    slug members(first: 5) { totalCount } repositories(first: 5) { totalCount } } } }`;
  const variables = { id: team.nodeId };
  expect(await whole(text, variables)).toMatchObject({ data: { node: { slug: "core", members: { totalCount: 1 } } } });
  for (const by of [stranger, installationToken(scene, { metadata: "read" })])
    expect(await ask(text, variables, by)).toMatchObject({ data: { node: null }, errors: [{ type: "NOT_FOUND" }] });
});

test("organization: members without the permission are FORBIDDEN and a hole where GitHub allows no null", async () => {
  const bare = installationToken(scene, { metadata: "read" });
  expect(await ask(query("org-members"), { org: "octo-org" }, bare)).toMatchObject({
    data: { organization: null },
    errors: [{ type: "FORBIDDEN", path: ["organization", "membersWithRole"] }],
  });
});
