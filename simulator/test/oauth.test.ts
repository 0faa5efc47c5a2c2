import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { registerApp } from "../src/build/build-app.ts";
import type { App } from "../src/world/world-apps.ts";
import { CALLBACK, call, NOW, type Stand, stand } from "./stand.ts";

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

const VERIFIER = "a-verifier-of-at-least-forty-three-characters-0";
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

function authorizeUrl(changes: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    client_id: scene.app.clientId,
    redirect_uri: CALLBACK,
    state: "state-1",
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    ...changes,
  });
  return `/login/oauth/authorize?${query}`;
}

async function codeFor(login: string): Promise<string> {
  const { headers } = await call(url, authorizeUrl({ login }));
  return new URL(headers.get("location") ?? "").searchParams.get("code") ?? "";
}

async function exchange(changes: Readonly<Record<string, string>>): Promise<unknown> {
  const body = new URLSearchParams({
    client_id: scene.app.clientId,
    client_secret: scene.app.clientSecret,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    ...changes,
  });
  const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
  return (await call(url, "/login/oauth/access_token", { method: "POST", body: String(body), headers })).body;
}

test("authorize: shows everybody who could be at the keyboard, and their choice goes back with code and state", async () => {
  const shown = await call(url, authorizeUrl());
  expect(shown.body).toContain("Continue as ada-example");
  expect(shown.body).toContain("Continue as newcomer-example");
  expect(shown.body).not.toContain("Continue as octo-org");
  const form = new URLSearchParams(authorizeUrl({ login: "ada-example" }).split("?")[1]);
  const chosen = await call(url, "/login/oauth/authorize", { method: "POST", body: String(form) });
  expect(chosen.status).toBe(302);
  expect(chosen.headers.get("location")).toMatch(
    /^http:\/\/127\.0\.0\.1:9999\/login\/callback\?code=\w+&state=state-1$/,
  );
});

test("login: the code becomes a user token that says who it is, until it is revoked", async () => {
  const answer = await exchange({ code: await codeFor("newcomer-example") });
  expect(answer).toMatchObject({ token_type: "bearer", scope: "", expires_in: 28_800 });
  const token = JSON.stringify(answer).match(/"access_token":"(\w+)"/)?.[1] ?? "";
  const user = await call(url, "/api/v3/user", { token });
  expect(user.body).toMatchObject({ id: scene.newcomer.id, login: "newcomer-example" });
  const basic = Buffer.from(`${scene.app.clientId}:${scene.app.clientSecret}`).toString("base64");
  const revoked = await call(url, `/api/v3/applications/${scene.app.clientId}/token`, {
    method: "DELETE",
    body: { access_token: token },
    headers: { authorization: `Basic ${basic}` },
  });
  expect(revoked.status).toBe(204);
  expect((await call(url, "/api/v3/user", { token })).status).toBe(401);
});

test("token: ended by the App it was issued through alone, under that App's own client id", async () => {
  const { world, app, ada } = scene;
  const secrets = { clientId: "Iv23other", clientSecret: "other-secret", webhookSecret: "w" };
  const about = { slug: "other", owner: ada, publicKey: app.publicKey, createdAt: NOW };
  const other = registerApp(world, { ...about, ...secrets });
  const answer = await exchange({ code: await codeFor("newcomer-example") });
  const token = JSON.stringify(answer).match(/"access_token":"(\w+)"/)?.[1] ?? "";
  const end = async (as: App, clientId: string) => {
    const basic = Buffer.from(`${as.clientId}:${as.clientSecret}`).toString("base64");
    const headers = { authorization: `Basic ${basic}` };
    const path = `/api/v3/applications/${clientId}/token`;
    return (await call(url, path, { method: "DELETE", body: { access_token: token }, headers })).status;
  };
  expect(await end(other, other.clientId)).toBe(404);
  expect(await end(other, app.clientId)).toBe(404);
  expect(await end(app, other.clientId)).toBe(404);
  expect(await end(app, app.clientId)).toBe(204);
});

test.each([
  ["another verifier", { code_verifier: "something-else" }, "bad_verification_code"],
  ["another secret", { client_secret: "guessed" }, "incorrect_client_credentials"],
  ["another callback", { redirect_uri: `${CALLBACK}/` }, "redirect_uri_mismatch"],
  ["an invented code", { code: "invented" }, "bad_verification_code"],
] as const)("exchange: refused with %s", async (_, changes, error) => {
  expect(await exchange({ code: await codeFor("ada-example"), ...changes })).toMatchObject({ error });
});

test("exchange: a code is good once", async () => {
  const code = await codeFor("ada-example");
  expect(await exchange({ code })).toHaveProperty("access_token");
  expect(await exchange({ code })).toMatchObject({ error: "bad_verification_code" });
});

test("exchange: a wrong verifier burns the code, so it cannot be tried again", async () => {
  const code = await codeFor("ada-example");
  await exchange({ code, code_verifier: "wrong" });
  expect(await exchange({ code })).toMatchObject({ error: "bad_verification_code" });
});

test("exchange: a code is too old after ten minutes", async () => {
  const code = await codeFor("ada-example");
  scene.clock.set(new Date(Date.parse(NOW) + 600_000).toISOString());
  expect(await exchange({ code })).toMatchObject({ error: "bad_verification_code" });
});

test.each([
  ["a callback that is not registered", { redirect_uri: `${CALLBACK}?x=1` }, 400],
  ["a plain challenge", { code_challenge_method: "plain" }, 400],
  ["an unknown client", { client_id: "Iv23nobody" }, 404],
] as const)("authorize: refused on a page for %s, without any redirect", async (_, changes, status) => {
  const answer = await call(url, authorizeUrl({ ...changes, login: "ada-example" }));
  expect([answer.status, answer.headers.get("location")]).toEqual([status, null]);
});
