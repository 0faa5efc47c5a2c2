import { createPrivateKey } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { call, jwt, NOW, type Stand, seconds, stand } from "./stand.ts";

let scene: Stand;
let url: string;

beforeEach(async () => {
  scene = stand();
  url = await scene.simulator.listen();
});

afterEach(async () => {
  await scene.simulator.stop();
  scene.simulator.expectNoViolations();
});

const manifest = (changes: Readonly<Record<string, unknown>> = {}) => ({
  name: "My Sallyport",
  url: "https://sallyport.example",
  redirect_url: "http://127.0.0.1:9999/setup",
  callback_urls: ["http://127.0.0.1:9999/login/callback"],
  hook_attributes: { url: "http://127.0.0.1:9/api/github/webhooks" },
  default_permissions: { checks: "write", members: "read" },
  default_events: ["pull_request"],
  ...changes,
});

const submit = (path: string, fields: Readonly<Record<string, string>>) =>
  call(url, path, { method: "POST", body: String(new URLSearchParams(fields)) });

test("manifest flow: one button, a code back with the state, credentials that work, and the code is used up", async () => {
  const sent = { manifest: JSON.stringify(manifest()) };
  const shown = await submit("/organizations/octo-org/settings/apps/new?state=s1", sent);
  expect(shown.body).toContain("<button>Create My Sallyport for octo-org</button>");
  expect(shown.body).toContain('name="state" value="s1"');
  const done = await submit("/organizations/octo-org/settings/apps/new", { ...sent, state: "s1", confirmed: "yes" });
  const to = new URL(done.headers.get("location") ?? "");
  expect([done.status, to.origin + to.pathname, to.searchParams.get("state")]).toEqual([
    302,
    "http://127.0.0.1:9999/setup",
    "s1",
  ]);
  const convert = () =>
    call(url, `/api/v3/app-manifests/${to.searchParams.get("code")}/conversions`, { method: "POST" });
  const { status, body } = await convert();
  expect(status).toBe(201);
  expect(body).toMatchObject({
    slug: "my-sallyport",
    owner: { login: "octo-org" },
    permissions: { metadata: "read", checks: "write", members: "read" },
    html_url: `${url}/github-apps/my-sallyport`,
  });
  const { id, pem } = JSON.parse(JSON.stringify(body));
  expect(createPrivateKey(pem).asymmetricKeyDetails?.modulusLength).toBe(2048);
  const token = jwt({ iat: seconds(NOW), exp: seconds(NOW) + 300, iss: id }, pem);
  expect((await call(url, "/api/v3/app", { token })).body).toMatchObject({ name: "My Sallyport" });
  expect((await convert()).status).toBe(404);
});

test.each([
  ["without a name", { name: undefined }, "name is missing"],
  ["with a name that is taken", { name: "sallyport-test" }, "already taken"],
  ["without a home page", { url: undefined }, "url is missing"],
])("manifest flow: a manifest %s is refused", async (_, changes, says) => {
  const { status, body } = await submit("/settings/apps/new", { manifest: JSON.stringify(manifest(changes)) });
  expect(status).toBe(422);
  expect(body).toContain(says);
});

test("installation page: installs the App on the chosen organisation and tells it", async () => {
  const received: string[] = [];
  const hook = createServer((request, response) => {
    received.push(`${request.headers["x-github-event"]}`);
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  scene.app.hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
  scene.world.installations.clear();
  const page = `/github-apps/${scene.app.slug}/installations/new`;
  expect((await call(url, page)).body).toContain("Install on octo-org");
  expect((await submit(page, { account: "octo-org" })).body).toContain("is installed on octo-org");
  await scene.simulator.stop();
  await new Promise((resolve) => hook.close(resolve));
  expect(received).toEqual(["installation"]);
  expect([...scene.world.installations.values()]).toMatchObject([
    { accountId: scene.org.id, repositorySelection: "all" },
  ]);
});
