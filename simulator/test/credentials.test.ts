import { generateKeyPairSync } from "node:crypto";
import { plusDays } from "../../src/clock.ts";
import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { appJwt, call, installationToken, jwt, NOW, type Stand, seconds, stand } from "./stand.ts";

let scene: Stand;
let url: string;

beforeEach(async () => {
  scene = stand();
  url = await scene.simulator.listen();
});

afterEach(async () => {
  await scene.simulator.stop();
});

const now = seconds(NOW);
const OTHER_KEY = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();

test.each([
  ["the App's id as a number", {}, 200, "sallyport-test"],
  ["the client id as issuer", { iss: "Iv23testclient" }, 200, "sallyport-test"],
  ["a clock one minute ahead", { iat: now + 60 }, 200, "sallyport-test"],
  ["a clock two minutes ahead", { iat: now + 120 }, 401, "'Issued at' claim"],
  ["an expiry in the past", { exp: now - 1 }, 401, "must be a numeric value representing the future time"],
  ["an expiry eleven minutes away", { exp: now + 660 }, 401, "is too far in the future"],
  ["an issuer nobody registered", { iss: 77 }, 404, "Integration not found"],
])("app JWT: %s", async (_, claims, status, says) => {
  const token = jwt({ iat: now - 30, exp: now + 300, iss: scene.app.id, ...claims });
  const answer = await call(url, "/api/v3/app", { token });
  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.body)).toContain(says);
});

test("app JWT: refused when another key signed it", async () => {
  const token = jwt({ iat: now - 30, exp: now + 300, iss: scene.app.id }, OTHER_KEY);
  const { status, body } = await call(url, "/api/v3/app", { token });
  expect([status, body]).toMatchObject([401, { message: "A JSON web token could not be decoded" }]);
});

test("installation token: narrowed to what was asked, and refused when more was asked than is held", async () => {
  const path = `/api/v3/app/installations/${scene.installation.id}/access_tokens`;
  const ask = (body: unknown) => call(url, path, { token: appJwt(scene.app.id), method: "POST", body });
  const narrow = await ask({ permissions: { metadata: "read" }, repository_ids: [scene.wallet.id] });
  expect(narrow.body).toMatchObject({ permissions: { metadata: "read" }, repository_selection: "selected" });
  expect((await ask({ permissions: { contents: "write" } })).status).toBe(422);
  expect((await ask({ repository_ids: [1] })).status).toBe(422);
  scene.simulator.expectNoViolations();
});

test("installation token: works for an hour and not after it", async () => {
  const token = installationToken(scene);
  scene.clock.set(new Date(Date.parse(NOW) + 3_599_000).toISOString());
  expect((await call(url, "/api/v3/orgs/octo-org/teams", { token })).status).toBe(200);
  scene.clock.set(new Date(Date.parse(NOW) + 3_600_000).toISOString());
  const late = await call(url, "/api/v3/orgs/octo-org/teams", { token });
  expect([late.status, late.body]).toMatchObject([401, { message: "Bad credentials" }]);
});

test("installation token: reaches the selection of the moment it was made, and never what was taken away", async () => {
  const { installation, wallet, vault } = scene;
  installation.repositorySelection = "selected";
  installation.repositoryIds.add(wallet.id);
  const old = installationToken(scene);
  installation.repositoryIds.add(vault.id);
  const seen = async (token: string) => (await call(url, "/api/v3/repos/octo-org/vault", { token })).status;
  expect([await seen(old), await seen(installationToken(scene))]).toEqual([404, 200]);
  const late = installationToken(scene);
  installation.repositoryIds.delete(vault.id);
  expect(await seen(late)).toBe(404);
});

test("installation token: refused while the installation is suspended", async () => {
  const token = installationToken(scene);
  scene.installation.suspendedAt = plusDays(NOW, -1);
  const { status, body } = await call(url, "/api/v3/orgs/octo-org/teams", { token });
  expect([status, body]).toMatchObject([403, { message: "This installation has been suspended" }]);
});

const CREATE = { name: "Sallyport", status: "completed", conclusion: "neutral" };

test.each([
  ["a permission it does not hold", "/api/v3/orgs/octo-org/teams", { metadata: "read" }, 403],
  ["a private repository outside its reach", "/api/v3/repos/octo-org/vault", { metadata: "read" }, 404],
  ["a person's own page", "/api/v3/user", { metadata: "read" }, 403],
  ["the App's page", "/api/v3/app", { metadata: "read" }, 401],
] as const)("installation token: refused for %s", async (_, path, permissions, status) => {
  const token = scene.simulator.credentials.issueInstallationToken(
    scene.app,
    { installationId: scene.installation.id, permissions, repositoryIds: new Set([scene.wallet.id]) },
    NOW,
  ).token;
  expect((await call(url, path, { token })).status).toBe(status);
  scene.simulator.expectNoViolations();
});

test("check run: needs checks:write and a commit of the repository", async () => {
  const path = "/api/v3/repos/octo-org/wallet/check-runs";
  const create = (token: string, body: unknown) => call(url, path, { token, method: "POST", body });
  const head_sha = scene.pullRequest.commits[0]?.sha;
  const reader = installationToken(scene, { checks: "read" });
  expect((await create(reader, { ...CREATE, head_sha })).status).toBe(403);
  const token = installationToken(scene);
  expect((await create(token, { ...CREATE, head_sha: "0".repeat(40) })).status).toBe(422);
  expect((await create(token, { ...CREATE, head_sha, output: { title: "no summary" } })).status).toBe(422);
  expect((await create(token, { status: "completed", head_sha, name: "x" })).status).toBe(422);
  expect(scene.world.checkRuns.size).toBe(0);
  expect((await create(token, { ...CREATE, head_sha })).status).toBe(201);
  scene.simulator.expectNoViolations();
});

test("no credentials: 401", async () => {
  expect((await call(url, "/api/v3/orgs/octo-org")).status).toBe(401);
  expect((await call(url, "/api/graphql", { method: "POST", body: { query: "{ rateLimit { cost } }" } })).status).toBe(
    401,
  );
});
