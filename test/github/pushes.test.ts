import nock from "nock";
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
const commit = (message: string) => ({ commit: { message, author: { name: "x", email: "x@example.invalid" } } });
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
