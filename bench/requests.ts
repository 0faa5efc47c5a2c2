import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { addOrganization, addRepository, addTeam, addUser } from "@sallyport/simulator/src/build/build.ts";
import { DEFAULT_PERMISSIONS, installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import type { LedgerEntry } from "@sallyport/simulator/src/http/ledger.ts";
import { createSimulator } from "@sallyport/simulator/src/server.ts";
import { createWorld, type Organization, type User, type World } from "@sallyport/simulator/src/world/world.ts";
import type { BranchProtection, Ruleset } from "@sallyport/simulator/src/world/world-rules.ts";
import { makeAppGateway } from "../src/github/octokit/app-gateway.ts";
import { makeProbot } from "../src/github/octokit/transport/client.ts";
import { installationId } from "../src/ids.ts";
import { silentLog } from "../src/log.ts";
import { readTierFile } from "../src/web/pages/setup/manifest.ts";
import { seededNumbers } from "./seeded-numbers.ts";

const [REPOSITORIES, MEMBERS, TEAMS, WRITERS] = [1_000, 5_000, 200, 400];
const NOW = "2026-11-20T12:00:00.000Z";
const AT = "2015-01-01T00:00:00.000Z";

export interface RequestFigures {
  readonly requests: number;
  readonly points: number;
  /** Of asking each repository for its writers, its protections, its rulesets and its keys, and each team for both its lists. */
  readonly naive: number;
}

/** What one weekly audit asks GitHub for an organisation of a thousand repositories, each with a protection and a ruleset. */
export async function benchRequests(): Promise<RequestFigures> {
  const world = createWorld();
  const { organization, owner } = peopled(world);
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const secrets = { clientId: "Iv1.example", clientSecret: "client-secret", webhookSecret: "w".repeat(32) };
  const permissions = { ...DEFAULT_PERMISSIONS, ...auditTier() };
  const app = registerApp(world, { slug: "sallyport", owner, publicKey, createdAt: AT, permissions, ...secrets });
  const installation = installApp(world, app, { account: organization, at: AT });
  const numbers = seededNumbers(7);
  const random = { bytes: (count: number) => Uint8Array.from({ length: count }, () => numbers.next() * 256) };
  const clock = { now: () => NOW };
  const simulator = createSimulator({ world, clock, random });
  try {
    const webUrl = await simulator.listen();
    const apiUrl = `${webUrl}/api/v3`;
    const probot = makeProbot({ appId: app.id, privateKey, webhookSecret: secrets.webhookSecret, apiUrl });
    const gateway = makeAppGateway({ probot, appId: app.id, webUrl, clock, log: silentLog });
    const own = await gateway.installation(installationId(installation.id));
    const asked = { organization: organization.login, now: NOW, depth: "organization", onProgress() {} } as const;
    const answer = await own.accessSnapshot(asked);
    if (!answer.ok || answer.value.protections?.length !== REPOSITORIES) throw new Error("the audit read half of it");
    const naive = 4 * REPOSITORIES + 2 * TEAMS + (REPOSITORIES + MEMBERS) / 100;
    return { ...spent(simulator.ledger.requestsOf()), naive };
  } finally {
    await simulator.stop();
  }
}

const auditTier = () =>
  readTierFile(readFileSync(new URL("../app.audit.yml", import.meta.url), "utf8")).default_permissions;

function spent(entries: readonly LedgerEntry[]): Pick<RequestFigures, "requests" | "points"> {
  const queries = entries.filter(({ resource }) => resource === "graphql");
  return { requests: entries.length, points: queries.reduce((sum, { points }) => sum + points, 0) };
}

function peopled(world: World): { readonly organization: Organization; readonly owner: User } {
  const people = Array.from({ length: MEMBERS }, (_, at) =>
    addUser(world, { login: `person-${at}-example`, createdAt: AT }),
  );
  const [owner, ...members] = people;
  if (!owner) throw new Error("nobody there");
  const organization = addOrganization(world, { login: "octo-org", createdAt: AT, owners: [owner], members });
  const repositories = Array.from({ length: REPOSITORIES }, (_, at) =>
    addRepository(world, { owner: organization, name: `repository-${at}`, createdAt: AT }),
  );
  for (const [at, repository] of repositories.entries()) {
    const writer = members[at % WRITERS];
    if (writer) repository.direct.set(writer.id, "write");
    repository.protections.push({ ...PROTECTION, nodeId: `BPR_${at}` });
    world.rulesets.push({ ...RULESET, nodeId: `RRS_${at}`, source: { type: "Repository", id: repository.id } });
  }
  for (let at = 0; at < TEAMS; at += 1)
    addTeam(world, organization, {
      name: `team-${at}`,
      members: members.slice(at * 2, at * 2 + 2),
      repositories: repositories.slice(at * 5, at * 5 + 5).map((repository) => [repository, "write"] as const),
    });
  return { organization, owner };
}

const PROTECTION: Omit<BranchProtection, "nodeId"> = {
  ...{ pattern: "main", isAdminEnforced: false, requiresApprovingReviews: true, requiredApprovingReviewCount: 1 },
  ...{ requiresCodeOwnerReviews: false, requireLastPushApproval: false, lockBranch: false },
  ...{ restrictsPushes: false, blocksCreations: false, mayPush: [], maySkipReview: [] },
};

const RULESET: Omit<Ruleset, "nodeId" | "source"> = {
  ...{ name: "reviewed", target: "BRANCH", enforcement: "ACTIVE", include: ["~DEFAULT_BRANCH"], exclude: [] },
  ...{ rules: [{ type: "UPDATE", parameters: null }], bypass: [] },
};
