import nock from "nock";
import type { AppGateway, InstallationGateway } from "../../../src/github/gateway.ts";
import type { Log } from "../../../src/log.ts";
import { afterAll, afterEach, beforeAll, expect } from "../../support/jest.ts";
import { gatewayAt, INSTALLATION } from "./gateway.ts";

export const API = "https://api.github.example";

/** The App gateway against a GitHub that nock plays. */
export const appGateway = (log?: Log): AppGateway => gatewayAt(API, log ? { log } : {});

/** An installation's gateway whose token can be had. */
export async function installationGateway(
  options: {
    readonly permissions?: Readonly<Record<string, string>>;
    readonly selection?: "all" | "selected";
    readonly log?: Log;
  } = {},
): Promise<InstallationGateway> {
  mintToken(options.permissions, options.selection);
  return appGateway(options.log).installation(INSTALLATION);
}

export function mintToken(
  permissions: Readonly<Record<string, string>> = { metadata: "read", members: "read" },
  selection: "all" | "selected" = "all",
): nock.Scope {
  return nock(API).post(`/app/installations/${INSTALLATION}/access_tokens`).reply(201, {
    token: "ghs_example",
    expires_at: "2026-11-20T13:00:00Z",
    permissions,
    repository_selection: selection,
  });
}

/** Answers the next GraphQL request, which must carry the named query. */
export function answerQuery(
  name: string,
  answer: unknown,
  status = 200,
  headers: Record<string, string> = {},
): nock.Scope {
  return nock(API)
    .post("/graphql", (body: { query?: string }) => body.query?.includes(`query ${name}(`) === true)
    .reply(status, answer as nock.Body, { "content-type": "application/json", ...headers });
}

/** Nothing but nock is reached in this file, and every answer it was given is asked for. */
export function playGithub(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    expect(pending).toEqual([]);
  });
  // Other files run in this process: they mean the real network.
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}
