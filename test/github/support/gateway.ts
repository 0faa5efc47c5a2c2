import { generateKeyPairSync } from "node:crypto";
import type { Instant } from "../../../src/clock.ts";
import type { AppGateway } from "../../../src/github/gateway.ts";
import { makeAppGateway } from "../../../src/github/octokit/app-gateway.ts";
import { makeProbot } from "../../../src/github/octokit/transport/client.ts";
import type { CallLimits } from "../../../src/github/octokit/transport/fetch.ts";
import type { GitHubClock } from "../../../src/github/octokit/transport/github-clock.ts";
import { installationId } from "../../../src/ids.ts";
import { type Log, silentLog } from "../../../src/log.ts";
import { fixedClock } from "../../support/fixed-clock.ts";

export const NOW = "2026-11-20T12:00:00.000Z";
export const INSTALLATION = installationId(77);

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** The App gateway against the GitHub at an address. */
export function gatewayAt(
  apiUrl: string,
  options: {
    readonly log?: Log;
    readonly limits?: CallLimits;
    readonly now?: Instant;
    readonly githubClock?: GitHubClock;
  } = {},
): AppGateway {
  const probot = makeProbot({ appId: 5, privateKey, webhookSecret: "s".repeat(32), apiUrl }, options);
  const clock = fixedClock(options.now ?? NOW);
  return makeAppGateway({ probot, appId: 5, webUrl: "https://github.example", clock, log: options.log ?? silentLog });
}
