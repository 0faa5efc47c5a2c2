import { createHash } from "node:crypto";
import nock from "nock";
import { makeLoginGateway } from "../../src/github/octokit/login-gateway.ts";
import { convertManifest } from "../../src/github/octokit/manifest.ts";
import { describe, expect, test } from "../support/jest.ts";
import { API, playGithub } from "./support/played.ts";

playGithub();

const WEB = "https://github.example";
const credentials = { clientId: "Iv1.example", clientSecret: "secret-example", webUrl: WEB, apiUrl: API };
const redirectUri = "https://sallyport.example/login/callback";
const codeVerifier = "v".repeat(64);
const visit = { code: "code-example", codeVerifier, redirectUri };

describe("login", () => {
  test("the authorize address carries state, the exact redirect and the S256 challenge, and no secret", () => {
    const codeChallenge = createHash("sha256").update(codeVerifier).digest("base64url");
    const url = new URL(makeLoginGateway(credentials).authorizeUrl({ state: "s&1", codeChallenge, redirectUri }));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "Iv1.example",
      redirect_uri: redirectUri,
      state: "s&1",
      code_challenge: codeChallenge,
      code_challenge_method: "S256",
      allow_signup: "false",
    });
  });

  const exchange = (reply: nock.Body, status = 200) =>
    nock(WEB)
      .post("/login/oauth/access_token", {
        client_id: "Iv1.example",
        client_secret: "secret-example",
        code: "code-example",
        code_verifier: codeVerifier,
        redirect_uri: redirectUri,
      })
      .reply(status, reply);
  const user = () =>
    nock(API, { reqheaders: { authorization: "Bearer ghu_example" } })
      .get("/user")
      .reply(200, { id: 12, login: "ada-example", name: "Ada" });
  const revoke = () => nock(API).delete("/applications/Iv1.example/token", { access_token: "ghu_example" });

  test("a code becomes an account, and the token is withdrawn", async () => {
    exchange({ access_token: "ghu_example" });
    user();
    revoke().basicAuth({ user: "Iv1.example", pass: "secret-example" }).reply(204);
    expect(await makeLoginGateway(credentials).accountOf(visit)).toEqual({ id: 12, login: "ada-example" });
  });

  test("a token that cannot be withdrawn does not stop the login", async () => {
    exchange({ access_token: "ghu_example" });
    user();
    revoke().replyWithError("reset");
    expect(await makeLoginGateway(credentials).accountOf(visit)).toMatchObject({ id: 12 });
  });

  test("a login that fails after the exchange withdraws the token all the same", async () => {
    exchange({ access_token: "ghu_example" });
    nock(API).get("/user").reply(502, { message: "Bad Gateway" });
    revoke().reply(204);
    await expect(makeLoginGateway(credentials).accountOf(visit)).rejects.toMatchObject({ code: "upstream_error" });
  });

  test("a used code: forbidden, and the message holds neither code nor secret", async () => {
    exchange({ error: "bad_verification_code" });
    const error = await makeLoginGateway(credentials)
      .accountOf(visit)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "forbidden" });
    expect(String(error)).not.toMatch(/code-example|secret-example/);
  });

  for (const [what, status, code] of [
    ["an outage", 503, "upstream_error"],
    ["a limit", 429, "rate_limited"],
    ["a refusal", 404, "forbidden"],
  ] as const)
    test(`${what} during the exchange: ${code}`, async () => {
      exchange({}, status);
      await expect(makeLoginGateway(credentials).accountOf(visit)).rejects.toMatchObject({ code });
    });
});

describe("manifest", () => {
  const app = {
    id: 5,
    slug: "sallyport-example",
    client_id: "Iv1",
    client_secret: "cs",
    webhook_secret: "w".repeat(40),
    pem: "PEM",
    html_url: `${WEB}/apps/sallyport-example`,
  };
  test("a code becomes the App's credentials", async () => {
    nock(API)
      .post("/app-manifests/code%2Fexample/conversions")
      .reply(201, { ...app, owner: { login: "octo-example" } });
    expect(await convertManifest(API, "code/example")).toEqual({
      appId: 5,
      slug: "sallyport-example",
      clientId: "Iv1",
      clientSecret: "cs",
      webhookSecret: "w".repeat(40),
      privateKey: "PEM",
      htmlUrl: `${WEB}/apps/sallyport-example`,
    });
  });
  test("an App with a short webhook secret: refused before anything is kept", async () => {
    nock(API)
      .post("/app-manifests/short/conversions")
      .reply(201, { ...app, webhook_secret: "short" });
    await expect(convertManifest(API, "short")).rejects.toMatchObject({ code: "forbidden" });
  });
  test("a used code: forbidden, with the way out", async () => {
    nock(API).post("/app-manifests/used/conversions").reply(404, { message: "Not Found" });
    await expect(convertManifest(API, "used")).rejects.toThrow("start over");
  });
});
