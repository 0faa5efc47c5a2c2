import nock from "nock";
import { yes } from "../dossier/played-gateway.ts";
import { expect, test } from "../support/jest.ts";
import { API, answerQuery, installationGateway, playGithub } from "./support/played.ts";

playGithub();

const WALLET = { owner: "octo-org", name: "wallet" };
const HEAD = "a".repeat(40);
const file = (filename: string) => ({
  filename,
  status: "added",
  additions: 1,
  deletions: 0,
  patch: "@@ -0,0 +1 @@\n+a",
});
const DATE = "2026-11-20T10:00:00Z";
const hand = (name: string) => ({ name, email: `${name}@example.invalid`, date: DATE });
const account = (id: number, type = "User") => ({ id, node_id: `U_${id}`, login: "x", type });
const commit = (message: string, more: object = {}, signed: object = { verified: false, reason: "unsigned" }) => ({
  sha: HEAD,
  commit: { message, author: hand("x"), committer: hand("x"), verification: signed },
  author: account(12),
  committer: account(12),
  parents: [{ sha: "b".repeat(40) }],
  ...more,
});
const merged = (...when: readonly (string | null)[]) => ({
  associatedPullRequests: { nodes: when.map((mergedAt) => ({ mergedAt })) },
});

test("compared: the first page has the files, and of 300 nobody knows whether there are more", async () => {
  const gateway = await installationGateway();
  const asked = (files: readonly object[] | undefined, total = 1) =>
    nock(API)
      .get(`/repos/octo-org/wallet/compare/release%2F1.0...${HEAD}`)
      .query({ per_page: 100 })
      .reply(200, { total_commits: total, commits: [commit("Update\n\nmore")], ...(files && { files }) });
  const compare = () => gateway.compared({ repository: WALLET, base: "release/1.0", head: HEAD });
  asked([file("a.ts")]);
  const [hunk] = [{ lines: [{ kind: "added", line: 1, text: "a" }] }];
  expect(await compare()).toEqual({
    ok: true,
    value: {
      files: {
        truncated: false,
        files: [{ path: "a.ts", previousPath: null, status: "added", additions: 1, deletions: 0, hunks: [hunk] }],
      },
      commitSubjects: ["Update"],
      commitCount: 1,
      commits: [{ ...UNSIGNED, oid: HEAD }],
      authorNodeIds: new Map([[12, "U_12"]]),
    },
  });
  asked(
    Array.from({ length: 300 }, (_, index) => file(`${index}.ts`)),
    101,
  );
  expect(await compare()).toMatchObject({ value: { files: { truncated: true }, commitCount: 101 } });
  asked(undefined);
  expect(await compare()).toMatchObject({ ok: false, reason: "incomplete" });
});

const UNSIGNED = {
  ...{ authoredAt: "2026-11-20T10:00:00.000Z", committedAt: "2026-11-20T10:00:00.000Z" },
  ...{ parentOids: ["b".repeat(40)], authorAccountId: 12, committerAccountId: 12, authoredByCommitter: true },
  ...{ claims: null, signature: "none", signedByGitHub: false, signerAccountId: null },
};

test.each<[string, object, object, object]>([
  ["signed", { verified: true, reason: "valid" }, {}, { signature: "valid" }],
  ["by a key nobody knows", { verified: false, reason: "unknown_key" }, {}, { signature: "invalid" }],
  ["by an expired key", { verified: false, reason: "expired_key" }, {}, { signature: "expired" }],
  ["not looked at", { verified: false, reason: "gpgverify_unavailable" }, {}, { signature: "unchecked" }],
  ["of another committer", {}, { committer: account(13) }, { committerAccountId: 13 }],
  [
    "of accounts that are not there",
    {},
    { author: null, committer: {} },
    { authorAccountId: null, committerAccountId: null },
  ],
  ["by a bot", {}, { author: account(7, "Bot"), committer: account(7, "Bot") }, { authorAccountId: null }],
])("compared: a commit %s", async (_, signed, more, expected) => {
  const gateway = await installationGateway();
  nock(API)
    .get(/compare/)
    .reply(200, { total_commits: 1, commits: [commit("Update", more, signed)], files: [] });
  const answer = await gateway.compared({ repository: WALLET, base: "main", head: HEAD });
  expect(answer).toMatchObject({ ok: true, value: { commits: [expected], commitCount: 1 } });
  expect(JSON.stringify(answer)).not.toMatch(/x@example/);
});

test("compared: a commit whose dates nobody can read keeps its subject, and says nothing of who made it", async () => {
  const gateway = await installationGateway();
  const undated = commit("Update", {});
  const far = { ...undated, commit: { ...undated.commit, author: { ...hand("x"), date: "10000-01-01T00:00:00Z" } } };
  nock(API)
    .get(/compare/)
    .reply(200, { total_commits: 1, commits: [far], files: [] });
  const answer = await gateway.compared({ repository: WALLET, base: "main", head: HEAD });
  expect(answer).toMatchObject({ value: { commits: [], commitSubjects: ["Update"], commitCount: 1 } });
});

test("signedBefore: commits of each account by its node id; a part that is missing is no answer", async () => {
  const gateway = await installationGateway();
  const actor = { name: "x", email: "x@example.invalid", user: { databaseId: 12 } };
  const node = {
    ...{
      oid: HEAD,
      authoredDate: DATE,
      committedDate: DATE,
      authoredByCommitter: true,
      author: actor,
      committer: actor,
    },
    ...{ parents: { nodes: [] }, signature: null },
  };
  const asked = async (object: object | null, more: object = {}, before: string | null = HEAD) => {
    answerQuery("SignedBefore", { data: { repository: { object } }, ...more });
    return gateway.signedBefore({ repository: WALLET, before, accounts: ["U_12", "U_13"] });
  };
  const history = { a0: { nodes: [node] }, a1: { nodes: [] }, a2: { nodes: [node] } };
  const found = await asked(history);
  expect(found.ok && [...found.value].map(([nodeId, commits]) => [nodeId, commits.length])).toEqual([
    ["U_12", 1],
    ["U_13", 0],
  ]);
  expect(JSON.stringify([...(found.ok ? found.value : [])])).not.toContain("example.invalid");
  expect(await asked(null)).toMatchObject({ ok: false, reason: "not_found" });
  const empty = await asked(null, {}, null);
  expect(empty.ok && [...empty.value.values()]).toEqual([[], []]);
  const errors = [{ type: "FORBIDDEN", path: ["repository", "object", "a0"], message: "no" }];
  expect(await asked({ ...history, a0: null }, { errors })).toMatchObject({ ok: false, reason: "forbidden" });
  expect(await gateway.signedBefore({ repository: WALLET, before: null, accounts: [] })).toEqual(yes(new Map()));
});

test("mergedInto: branches of merged pull requests alone; a commit that GitHub does not know is not there", async () => {
  const gateway = await installationGateway();
  const path = `/repos/octo-org/wallet/commits/${HEAD}/pulls`;
  const pull = (ref: string, merged_at: string | null) => ({ merged_at, base: { ref }, user: { login: "x" } });
  nock(API)
    .get(path)
    .query(true)
    .reply(200, [pull("main", "2026-01-01T00:00:00Z"), pull("next", null)]);
  expect(await gateway.mergedInto({ repository: WALLET, sha: HEAD })).toEqual({ ok: true, value: ["main"] });
  nock(API).get(path).query(true).reply(422, { message: "No commit found for SHA" });
  expect(await gateway.mergedInto({ repository: WALLET, sha: HEAD })).toMatchObject({ ok: false, reason: "not_found" });
});

test("earlierCommits: those to workflows, or where they are few those to anything; what is hidden is no answer", async () => {
  const gateway = await installationGateway();
  const asked = async (object: object | null) => {
    answerQuery("EarlierCommits", { data: { repository: { object } } });
    return gateway.earlierCommits({ repository: WALLET, before: HEAD });
  };
  const [byMerge, byPush] = [merged(null, "2026-01-01T00:00:00Z"), merged(null)];
  const many = { nodes: [byMerge, byMerge, byMerge, byPush, merged()] };
  const few = { nodes: [byPush, null] };
  expect(await asked({ toWorkflows: many, toAnything: few })).toEqual({
    ok: true,
    value: { commits: 5, byPullRequest: 3 },
  });
  expect(await asked({ toWorkflows: few, toAnything: many })).toEqual({
    ok: true,
    value: { commits: 5, byPullRequest: 3 },
  });
  expect(await asked({ toWorkflows: few, toAnything: few })).toEqual({
    ok: true,
    value: { commits: 1, byPullRequest: 0 },
  });
  expect(await asked({})).toMatchObject({ ok: false, reason: "not_found" });
  expect(await asked(null)).toMatchObject({ ok: false, reason: "not_found" });
});
