import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import type { Random } from "../../src/random.ts";
import { fixedClock } from "../../test/support/fixed-clock.ts";
import { addOrganization, addRepository, addUser } from "../src/build/build.ts";
import { installApp, registerApp } from "../src/build/build-app.ts";
import { addedFile, commitTo, openPullRequest } from "../src/build/build-work.ts";
import { createSimulator, type SimulatorOptions } from "../src/server.ts";
import { createWorld } from "../src/world/world.ts";
import type { Permissions } from "../src/world/world-apps.ts";

export const NOW = "2026-11-23T12:00:00.000Z";
export const CALLBACK = "http://127.0.0.1:9999/login/callback";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const PRIVATE_KEY = keys.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const PUBLIC_KEY = keys.publicKey.export({ type: "spki", format: "pem" }).toString();

/** Counts up instead of rolling dice. */
export function countingRandom(): Random {
  let next = 0;
  return {
    bytes(count) {
      next += 1;
      const bytes = new Uint8Array(count);
      new DataView(bytes.buffer).setUint16(count - 2, next);
      return bytes;
    },
  };
}

/** A small organisation with an owner, a stranger, one public and one private repository, and the App installed. */
export function stand(
  options: { readonly permissions?: Permissions; readonly limits?: SimulatorOptions["limits"] } = {},
) {
  const world = createWorld();
  const clock = fixedClock(NOW);
  const ada = addUser(world, { login: "ada-example", createdAt: "2014-02-01T09:00:00.000Z" });
  const newcomer = addUser(world, { login: "newcomer-example", createdAt: "2026-10-01T09:00:00.000Z" });
  const org = addOrganization(world, { login: "octo-org", createdAt: "2015-01-01T00:00:00.000Z", owners: [ada] });
  const wallet = addRepository(world, {
    owner: org,
    name: "wallet",
    createdAt: "2018-01-01T00:00:00.000Z",
    files: { "README.md": "# Wallet\n" },
  });
  const vault = addRepository(world, {
    owner: org,
    name: "vault",
    createdAt: "2019-01-01T00:00:00.000Z",
    visibility: "private",
  });
  for (const repository of [wallet, vault])
    commitTo(world, repository, { by: ada, at: "2026-01-01T10:00:00.000Z", message: "Start" });
  const pullRequest = openPullRequest(world, wallet, {
    author: newcomer,
    title: "Fix a typo",
    at: "2026-11-23T11:00:00.000Z",
    files: [addedFile("docs/hello.md", "Hello\nworld\n")],
  });
  const app = registerApp(world, {
    slug: "sallyport-test",
    owner: ada,
    publicKey: PUBLIC_KEY,
    clientId: "Iv23testclient",
    clientSecret: "client-secret-for-tests",
    webhookSecret: "webhook-secret-for-tests-32-bytes-long",
    createdAt: "2026-01-01T00:00:00.000Z",
    callbackUrls: [CALLBACK],
    ...(options.permissions && { permissions: options.permissions }),
  });
  const installation = installApp(world, app, { account: org, at: "2026-01-02T00:00:00.000Z" });
  const simulator = createSimulator({
    world,
    clock,
    random: countingRandom(),
    ...(options.limits && { limits: options.limits }),
  });
  return { simulator, world, clock, app, installation, org, ada, newcomer, wallet, vault, pullRequest };
}

export type Stand = ReturnType<typeof stand>;

/** An App's token as GitHub wants it, signed here by hand so that each claim can be wrong on purpose. */
export function jwt(claims: Readonly<Record<string, unknown>>, key = PRIVATE_KEY): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), createPrivateKey(key)).toString("base64url")}`;
}

export const seconds = (at: string): number => Math.floor(Date.parse(at) / 1000);

export const appJwt = (appId: number): string =>
  jwt({ iat: seconds(NOW) - 30, exp: seconds(NOW) + 300, iss: String(appId) });

/** An installation's token, straight from the office. */
export function installationToken({ simulator, app, installation }: Stand, permissions?: Permissions): string {
  const token = {
    installationId: installation.id,
    permissions: permissions ?? installation.permissions,
    repositoryIds: null,
  };
  return simulator.credentials.issueInstallationToken(app, token, NOW).token;
}

/** One request, its answer as it is: no retries, no throttling. */
export async function call(
  url: string,
  path: string,
  options: {
    readonly token?: string;
    readonly method?: string;
    readonly body?: unknown;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<{ readonly status: number; readonly headers: Headers; readonly body: unknown }> {
  const { token, method = "GET", body, headers } = options;
  const answer = await fetch(`${url}${path}`, {
    method,
    redirect: "manual",
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = answer.headers.get("content-type")?.includes("json");
  return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
}
