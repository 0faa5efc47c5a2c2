import { createHmac } from "node:crypto";
import type { Clock } from "../../src/clock.ts";
import { takeId } from "./build/build.ts";
import type { Contract } from "./http/contract.ts";
import type { RandomHex } from "./http/credentials.ts";
import { grants } from "./http/rules.ts";
import { serialized } from "./http/serialize.ts";
import type { Violation } from "./http/violations.ts";
import type { Webhook } from "./payload/common.ts";
import { appOf } from "./world/lookup.ts";
import type { World } from "./world/world.ts";
import type { App, Delivery, Installation } from "./world/world-apps.ts";

export interface Postman {
  /** Sends a webhook once and logs the attempt; null when GitHub would not send it. Nothing is ever repeated by itself. */
  deliver(webhook: Webhook): Promise<Delivery | null>;
  /** Sends the same bytes again under the same GUID. */
  redeliver(id: number): Promise<Delivery>;
}

/** Everything the post office works with. */
export interface PostOffice {
  readonly world: World;
  readonly clock: Clock;
  readonly random: RandomHex;
  readonly contract: Contract;
  readonly violations: Violation[];
}

export function createPostman(office: PostOffice): Postman {
  const { world, contract, violations, random } = office;
  return {
    async deliver({ event, action, installationId, repositoryId, payload }) {
      const installation = world.installations.get(installationId);
      if (installation === undefined)
        throw new Error(`simulator/webhooks: no installation ${installationId}; deliver before it is removed`);
      const app = appOf(world, installation.appId);
      const name = (action === null ? event : `${event}-${action}`).replaceAll("_", "-");
      const problems = contract.webhookProblems(name, payload);
      if (problems.length > 0) violations.push({ kind: "webhook_schema", where: name, problems });
      const silenced = installation.suspendedAt !== null && event !== "installation";
      if (silenced || !subscribes(app, installation, event) || app.hookUrl === "") return null;
      const body = serialized(payload);
      return attempt(office, {
        app,
        guid: guidFrom(random(16)),
        redelivery: false,
        event,
        action,
        installationId,
        repositoryId,
        body,
      });
    },
    async redeliver(id) {
      const found = world.deliveries.find((delivery) => delivery.id === id);
      if (found === undefined) throw new Error(`simulator/webhooks: no delivery ${id} in the log`);
      return attempt(office, { ...found, app: appOf(world, found.appId), redelivery: true });
    },
  };
}

/** Events every App gets, and those that come with checks:write. */
const AUTOMATIC = new Set(["installation", "installation_repositories", "github_app_authorization"]);
const WITH_CHECKS = new Set(["check_run", "check_suite"]);

/** What an installation must have granted to be told of an event its App asked for. */
const TOLD_WITH: ReadonlyMap<string, string> = new Map([
  ["pull_request", "pull_requests"],
  ["member", "members"],
  ["membership", "members"],
  ["team", "members"],
  ["organization", "members"],
  ["repository", "metadata"],
  ["deploy_key", "deployments"],
  ["repository_ruleset", "administration"],
  ["branch_protection_rule", "administration"],
  ["personal_access_token_request", "organization_personal_access_token_requests"],
  ["check_run", "checks"],
  ["check_suite", "checks"],
  ["push", "contents"],
]);

function subscribes(app: App, { permissions }: Installation, event: string): boolean {
  if (AUTOMATIC.has(event) || (WITH_CHECKS.has(event) && permissions.checks === "write")) return true;
  const needed = TOLD_WITH.get(event);
  if (needed === undefined) throw new Error(`simulator/webhooks: add the permission of ${event} to TOLD_WITH`);
  return app.events.includes(event) && grants(permissions, needed, "read");
}

interface Parcel {
  readonly app: App;
  readonly guid: string;
  readonly redelivery: boolean;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly body: string;
}

async function attempt({ world, clock }: PostOffice, parcel: Parcel): Promise<Delivery> {
  const { app, ...kept } = parcel;
  const deliveredAt = clock.now();
  const { status, statusCode } = await post(app, parcel);
  const durationSeconds = (Date.parse(clock.now()) - Date.parse(deliveredAt)) / 1000;
  const delivery = { ...kept, id: takeId(world), appId: app.id, deliveredAt, durationSeconds, status, statusCode };
  world.deliveries.push(delivery);
  return delivery;
}

/** GitHub waits ten seconds for an answer. */
const TIMEOUT_MS = 10_000;

async function post(app: App, { guid, event, body }: Parcel): Promise<{ status: string; statusCode: number }> {
  try {
    const answer = await fetch(app.hookUrl, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/simulator",
        "x-github-delivery": guid,
        "x-github-event": event,
        "x-github-hook-id": String(app.id),
        "x-github-hook-installation-target-id": String(app.id),
        "x-github-hook-installation-target-type": "integration",
        "x-hub-signature-256": signature(app.webhookSecret, body),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.arrayBuffer();
    return { status: answer.ok ? "OK" : `Invalid HTTP Response: ${answer.status}`, statusCode: answer.status };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return { status: timedOut ? "timed out" : "failed to connect to host", statusCode: timedOut ? 504 : 502 };
  }
}

/** The header's value for a body and a secret. */
export const signature = (secret: string, body: string): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

const guidFrom = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
