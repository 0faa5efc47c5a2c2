import { ownAppFile } from "../../src/boot/wire.ts";
import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { addRepository, addTeam, inviteTo } from "../src/build/build.ts";
import { openPullRequest } from "../src/build/build-work.ts";
import { appJwt, call, installationToken, NOW, type Stand, stand } from "./stand.ts";

let scene: Stand;
let url: string;
let token: string;

beforeEach(async () => {
  scene = stand();
  url = await scene.simulator.listen();
  token = installationToken(scene);
});

afterEach(async () => {
  await scene.simulator.stop();
});

/** Every path answers 200 and fits GitHub's schema, because a misfit would be a 500 and a violation. */
const READS = [
  "/repos/octo-org/wallet",
  "/repos/octo-org/wallet/pulls/1",
  "/repos/octo-org/wallet/pulls/1/files",
  "/repos/octo-org/wallet/pulls/1/commits",
  "/repos/octo-org/wallet/collaborators/ada-example/permission",
  "/repos/octo-org/wallet/collaborators/newcomer-example/permission",
  "/repos/octo-org/wallet/contents/README.md",
  "/orgs/octo-org",
  "/orgs/octo-org/members?role=admin",
  "/orgs/octo-org/memberships/ada-example",
  "/orgs/octo-org/outside_collaborators",
  "/orgs/octo-org/invitations?role=all&per_page=100",
  "/orgs/octo-org/teams",
  "/users/ada-example",
  "/users/ada-example/gpg_keys",
  "/users/ada-example/ssh_signing_keys",
  "/users/newcomer-example/events/public?per_page=100",
  "/search/issues?q=repo%3Aocto-org%2Fwallet%20author%3Anewcomer-example%20type%3Apr",
  "/search/commits?q=author%3Aada-example&sort=author-date&order=asc",
  "/meta",
  "/installation/repositories",
];

test.each(READS)("GET %s: answers what GitHub's schema describes", async (path) => {
  const { status, body } = await call(url, `/api/v3${path}`, { token });
  expect([status, status === 200 ? "" : body]).toEqual([200, ""]);
  scene.simulator.expectNoViolations();
});

test.each(["/app", "/app/installations", "/app/hook/deliveries", "/repos/octo-org/wallet/installation"])(
  "GET %s: answers the App what GitHub's schema describes",
  async (path) => {
    const { status } = await call(url, `/api/v3${path}`, { token: appJwt(scene.app.id) });
    expect(status).toBe(200);
    scene.simulator.expectNoViolations();
  },
);

test("GET /user/{id}: names the account by its number", async () => {
  const { body } = await call(url, `/api/v3/user/${scene.ada.id}`, { token });
  expect(body).toMatchObject({ login: "ada-example" });
});

test("collaborator permission: folds maintain into write and keeps the role's name when granted directly", async () => {
  scene.wallet.direct.set(scene.newcomer.id, "maintain");
  const { body } = await call(url, "/api/v3/repos/octo-org/wallet/collaborators/newcomer-example/permission", {
    token,
  });
  expect(body).toMatchObject({ permission: "write", role_name: "maintain" });
  scene.simulator.expectNoViolations();
});

test("pull request files: come in pages with links when there are more than one page", async () => {
  scene.pullRequest.files = Array.from({ length: 5 }, (_, index) => ({
    path: `f${index}.txt`,
    status: "added" as const,
    previousPath: null,
    additions: 1,
    deletions: 0,
    patch: index === 0 ? null : "@@ -0,0 +1 @@\n+x",
    text: index === 0 ? null : "x\n",
  }));
  const path = "/api/v3/repos/octo-org/wallet/pulls/1/files?per_page=2";
  const first = await call(url, path, { token });
  const last = await call(url, `${path}&page=3`, { token });
  expect(first.headers.get("link")).toBe(`<${url}${path}&page=2>; rel="next", <${url}${path}&page=3>; rel="last"`);
  expect(first.body).toMatchObject([{ filename: "f0.txt" }, { filename: "f1.txt", patch: "@@ -0,0 +1 @@\n+x" }]);
  expect(first.body).not.toHaveProperty("0.patch");
  expect(last.body).toHaveLength(1);
  expect(last.headers.get("link")).not.toContain('rel="next"');
});

test("pulls of a commit: a fork's commit belongs to none, a branch's commit to its pull request", async () => {
  const fork = addRepository(scene.world, {
    owner: scene.newcomer,
    name: "wallet",
    createdAt: "2026-11-01T00:00:00.000Z",
    parent: scene.wallet,
  });
  const forked = openPullRequest(scene.world, scene.wallet, {
    author: scene.newcomer,
    title: "From a fork",
    at: "2026-11-23T11:30:00.000Z",
    from: fork,
  });
  const pulls = async (sha: string) =>
    (await call(url, `/api/v3/repos/octo-org/wallet/commits/${sha}/pulls`, { token })).body;
  expect(await pulls(scene.pullRequest.commits[0]!.sha)).toMatchObject([{ number: 1 }]);
  expect(await pulls(forked.commits[0]!.sha)).toEqual([]);
  scene.simulator.expectNoViolations();
});

test("labels: two requests with the same name leave one label", async () => {
  const path = "/api/v3/repos/octo-org/wallet/issues/1/labels";
  const writer = installationToken(scene, { pull_requests: "write" });
  await call(url, path, { token: writer, method: "POST", body: { labels: ["first contribution"] } });
  const { body } = await call(url, path, { token: writer, method: "POST", body: { labels: ["first contribution"] } });
  expect(body).toHaveLength(1);
  expect(body).toMatchObject([{ name: "first contribution" }]);
  scene.simulator.expectNoViolations();
});

test("permissions and events of the simulated App: those of app.yml, the policy file included", async () => {
  const { default_permissions: permissions, default_events: events, single_file_name: path } = ownAppFile();
  expect([scene.app.permissions, scene.app.events]).toEqual([permissions, events]);
  scene.vault.files.set(path, "version: 1\n").set("other.yml", "");
  const asked = async (name: string) =>
    (await call(url, `/api/v3/repos/octo-org/vault/contents/${name}`, { token })).status;
  expect([await asked(path), await asked("other.yml")]).toEqual([200, 403]);
});

test("archived repository: is read and never written to", async () => {
  scene.wallet.archived = true;
  const writer = installationToken(scene, { pull_requests: "write", checks: "write" });
  const head_sha = scene.pullRequest.commits[0]?.sha;
  for (const [path, body] of [
    ["issues/1/labels", { labels: ["first contribution"] }],
    ["check-runs", { name: "Sallyport", head_sha, status: "completed", conclusion: "neutral" }],
  ] as const) {
    const answer = await call(url, `/api/v3/repos/octo-org/wallet/${path}`, { token: writer, method: "POST", body });
    expect([answer.status, answer.body]).toMatchObject([403, { message: "Repository was archived so is read-only." }]);
  }
  expect((await call(url, "/api/v3/repos/octo-org/wallet/pulls/1", { token })).status).toBe(200);
});

test("path: a stray percent sign is a bad request, not a broken line", async () => {
  for (const path of ["/api/v3/users/50%-off", "/octo-org/wal%let"])
    expect((await call(url, path, { token })).status).toBe(400);
});

test("search: a repository that does not exist or is hidden is refused", async () => {
  const { simulator, app, installation, wallet } = scene;
  const { id: installationId, permissions } = installation;
  const reach = { installationId, permissions, repositoryIds: new Set([wallet.id]) };
  const narrow = simulator.credentials.issueInstallationToken(app, reach, NOW).token;
  for (const [repo, by] of [
    ["octo-org/nothing", token],
    ["octo-org/vault", narrow],
  ] as const)
    expect((await call(url, `/api/v3/search/issues?q=repo%3A${encodeURIComponent(repo)}`, { token: by })).status).toBe(
      422,
    );
  expect((await call(url, "/api/v3/search/issues?q=repo%3Aocto-org%2Fvault", { token })).status).toBe(200);
});

test("account: its page counts public repositories alone", async () => {
  const { world, ada } = scene;
  const at = { owner: ada, createdAt: "2020-01-01T00:00:00.000Z" };
  addRepository(world, { ...at, name: "shown" });
  addRepository(world, { ...at, name: "hidden", visibility: "private" });
  expect((await call(url, "/api/v3/users/ada-example", { token })).body).toMatchObject({ public_repos: 1 });
});

test("pull request page: shows the check runs of its own repository alone", async () => {
  const { world, org, wallet, pullRequest } = scene;
  const head_sha = pullRequest.commits[0]?.sha ?? "";
  const other = addRepository(world, { owner: org, name: "copy", createdAt: "2020-01-01T00:00:00.000Z" });
  other.commits.push({ ...pullRequest.commits[0]!, repositoryId: other.id });
  const create = (name: string, title: string) => {
    const body = { name: title, head_sha, status: "completed", conclusion: "neutral" };
    return call(url, `/api/v3/repos/octo-org/${name}/check-runs`, { token, method: "POST", body });
  };
  expect([(await create("wallet", "Own")).status, (await create("copy", "Foreign")).status]).toEqual([201, 201]);
  const { body } = await call(url, `/octo-org/${wallet.name}/pull/${pullRequest.number}`);
  expect(body).toContain("Own");
  expect(body).not.toContain("Foreign");
});

test("unknown route: answers 404 and is remembered as a violation", async () => {
  const { status } = await call(url, "/api/v3/repos/octo-org/wallet/traffic/views", { token });
  expect(status).toBe(404);
  expect(() => scene.simulator.expectNoViolations()).toThrow(
    "unknown_route at GET /repos/octo-org/wallet/traffic/views",
  );
});

test("response: a world that does not fit the schema answers 500 and fails the test", async () => {
  Object.assign(scene.wallet, { stars: "many" });
  const { status } = await call(url, "/api/v3/repos/octo-org/wallet", { token });
  expect(status).toBe(500);
  expect(() => scene.simulator.expectNoViolations()).toThrow("response_schema at repos/get 200");
});

test("search: an unknown qualifier is a violation, not an empty result", async () => {
  const { status } = await call(url, "/api/v3/search/issues?q=label%3Abug", { token });
  expect(status).toBe(500);
  expect(() => scene.simulator.expectNoViolations()).toThrow("unknown_search_qualifier");
});

test("search: an account nobody knows is refused with 422", async () => {
  const { status } = await call(url, "/api/v3/search/commits?q=author%3Anobody-example", { token });
  expect(status).toBe(422);
  scene.simulator.expectNoViolations();
});

test("conditional request: the same tag answers 304 and costs nothing", async () => {
  const path = "/api/v3/orgs/octo-org/teams";
  const first = await call(url, path, { token });
  const again = await call(url, path, { token, headers: { "if-none-match": first.headers.get("etag") ?? "" } });
  const third = await call(url, path, { token });
  expect(again.status).toBe(304);
  expect(third.headers.get("x-ratelimit-used")).toBe("2");
});

test("invitations: pending ones by role, an address without a login, and nobody by the source that made none", async () => {
  const { world, org, ada } = scene;
  const team = addTeam(world, org, { name: "core" });
  const createdAt = "2026-11-20T00:00:00.000Z";
  inviteTo(world, org, { login: "newcomer-example", role: "admin", createdAt, by: ada, teams: [team] });
  inviteTo(world, org, { login: null, email: "someone@example.com", role: "direct_member", createdAt, by: ada });
  const list = async (query: string) => (await call(url, `/api/v3/orgs/octo-org/invitations${query}`, { token })).body;
  expect(await list("")).toMatchObject([
    { login: "newcomer-example", email: null, role: "admin", team_count: 1, failed_at: null },
    { login: null, email: "someone@example.com", role: "direct_member", team_count: 0 },
  ]);
  expect(await list("?role=direct_member")).toMatchObject([{ login: null }]);
  expect(await list("?invitation_source=scim")).toEqual([]);
  scene.simulator.expectNoViolations();
});
