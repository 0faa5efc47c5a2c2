import { z } from "zod";
import { OperatingError } from "../../errors.ts";
import { accountId } from "../../ids.ts";
import type { LoginGateway } from "../gateway.ts";
import { boundedFetch } from "./transport/fetch.ts";
import { integer } from "./transport/shapes.ts";

/** What the web login needs. */
export interface LoginCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Address of GitHub's pages, for example `https://github.com` or `https://HOST`. */
  readonly webUrl: string;
  readonly apiUrl: string;
}

/**
 * GitHub login with PKCE (S256). octokit's OAuth packages know no code verifier, so these are three plain calls; the
 * user's token lives for the length of `accountOf` and is then withdrawn.
 * Source: https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app
 */
export function makeLoginGateway(credentials: LoginCredentials): LoginGateway {
  return {
    authorizeUrl({ state, codeChallenge, redirectUri }) {
      const url = new URL(`${credentials.webUrl}/login/oauth/authorize`);
      url.search = new URLSearchParams({
        client_id: credentials.clientId,
        redirect_uri: redirectUri,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: "S256",
        allow_signup: "false",
      }).toString();
      return url.href;
    },
    async accountOf({ code, codeVerifier, redirectUri }) {
      const exchange = { code, code_verifier: codeVerifier, redirect_uri: redirectUri };
      const token = await exchangeCode(credentials, exchange);
      try {
        return await readAccount(credentials, token);
      } finally {
        await withdraw(credentials, token);
      }
    },
  };
}

async function exchangeCode(
  credentials: LoginCredentials,
  exchange: Readonly<Record<string, string>>,
): Promise<string> {
  const { clientId: client_id, clientSecret: client_secret, webUrl } = credentials;
  const answer = await call("code exchange", `${webUrl}/login/oauth/access_token`, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify({ client_id, client_secret, ...exchange }),
  });
  // A used or foreign code is answered with status 200 and an `error`.
  const token = z.object({ access_token: z.string().min(1) }).safeParse(answer);
  if (!token.success) throw new OperatingError("forbidden", "code exchange: GitHub refused the code");
  return token.data.access_token;
}

async function readAccount(credentials: LoginCredentials, token: string): ReturnType<LoginGateway["accountOf"]> {
  const answer = await call("GET /user", `${credentials.apiUrl}/user`, {
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${token}` },
  });
  const account = z.object({ id: integer, login: z.string() }).safeParse(answer);
  if (!account.success) throw new OperatingError("upstream_error", "GET /user: GitHub's answer names no account");
  return { id: accountId(account.data.id), login: account.data.login };
}

/** Best effort: GitHub lets the token die by itself after eight hours, and nobody else holds it. */
async function withdraw({ apiUrl, clientId, clientSecret }: LoginCredentials, token: string): Promise<void> {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  try {
    await boundedFetch(`${apiUrl}/applications/${clientId}/token`, {
      method: "DELETE",
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Basic ${basic}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ access_token: token }),
    });
  } catch {
    // Nothing depends on it.
  }
}

async function call(what: string, url: string, init: RequestInit): Promise<unknown> {
  let answer: Response;
  try {
    answer = await boundedFetch(url, { ...init, headers: { "user-agent": "sallyport", ...init.headers } });
  } catch (error) {
    const timeout = error instanceof Error && error.name === "TimeoutError";
    throw new OperatingError(timeout ? "timeout" : "github_unreachable", `${what}: GitHub gave no answer`);
  }
  if (answer.ok) return await answer.json().catch(() => null);
  const code = answer.status >= 500 ? "upstream_error" : answer.status === 429 ? "rate_limited" : "forbidden";
  throw new OperatingError(code, `${what}: GitHub answered ${answer.status}`);
}
