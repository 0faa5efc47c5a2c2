import { generateKeyPairSync } from "node:crypto";
import { addOrganization, addRepository, addTeam, addUser } from "@sallyport/simulator/src/build/build.ts";
import { DEFAULT_PERMISSIONS, installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import { commitTo } from "@sallyport/simulator/src/build/build-work.ts";
import type { Fault } from "@sallyport/simulator/src/http/faults.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import { createWorld, type Repository } from "@sallyport/simulator/src/world/world.ts";
import type { BranchProtection, Ruleset } from "@sallyport/simulator/src/world/world-rules.ts";
import type { SnapshotDepth } from "../../../src/access/grant.ts";
import { required } from "../../../src/errors.ts";
import { makeAppGateway } from "../../../src/github/octokit/app-gateway.ts";
import { makeTokenGateway } from "../../../src/github/octokit/token-gateway.ts";
import { makeProbot } from "../../../src/github/octokit/transport/client.ts";
import { installationId } from "../../../src/ids.ts";
import { silentLog } from "../../../src/log.ts";
import { fixedClock } from "../../support/fixed-clock.ts";

export const NOW = "2026-11-20T12:00:00.000Z";
export const AT = "2015-01-01T00:00:00.000Z";
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** The simulator of the test that runs. */
let simulator: Simulator | undefined;

/** After each test: what the simulator was asked fits GitHub's schemas, and it is gone. */
export async function closeTown(): Promise<void> {
  await simulator?.stop();
  simulator?.expectNoViolations();
}

/** How often a request was made, by its operation. */
export const askedFor = (operation: string): number =>
  simulator?.ledger.requestsOf().filter((each) => each.operation === operation).length ?? 0;

const PROTECTION: BranchProtection = {
  ...{
    nodeId: "BPR_1",
    pattern: "main",
    isAdminEnforced: false,
    requiresApprovingReviews: true,
    requiredApprovingReviewCount: 1,
  },
  ...{ requiresCodeOwnerReviews: false, requireLastPushApproval: false, lockBranch: false },
  ...{ restrictsPushes: false, blocksCreations: false, mayPush: [], maySkipReview: [] },
};

/** Two repositories: a protected one, and one that a ruleset of the organisation is about, which owners may bypass. */
export function town() {
  const world = createWorld();
  const [olga, mika, ivan, gone] = ["olga", "mika", "ivan", "gone"].map((name) =>
    addUser(world, { login: `${name}-example`, createdAt: AT }),
  );
  if (!olga || !mika || !ivan || !gone) throw new Error("nobody there");
  const org = addOrganization(world, { login: "octo-org", createdAt: AT, owners: [olga], members: [mika] });
  const [wallet, relayer] = ["wallet", "relayer"].map((name) => {
    const made = addRepository(world, { owner: org, name, createdAt: AT });
    commitTo(world, made, { by: olga, at: AT, message: "Start" });
    return made;
  }) as [Repository, Repository];
  const core = addTeam(world, org, { name: "core", members: [mika], repositories: [[wallet, "write"]] });
  relayer.direct.set(ivan.id, "write");
  wallet.direct.set(ivan.id, "admin");
  wallet.branches.push("release/1.x", "releases-of-others", "prerelease");
  wallet.protections.push({
    ...PROTECTION,
    maySkipReview: [{ team: core.id }, { user: gone.id }, { app: "merge-bot" }],
  });
  const ruleset: Ruleset = {
    ...{ nodeId: "RRS_1", name: "reviewed", target: "BRANCH", enforcement: "ACTIVE" },
    ...{ source: { type: "Organization", id: org.id }, include: ["~DEFAULT_BRANCH"], exclude: [] },
    rules: [
      { type: "REQUIRED_LINEAR_HISTORY", parameters: null },
      {
        type: "PULL_REQUEST",
        parameters: {
          ...{ type: "PullRequestParameters", requiredApprovingReviewCount: 1 },
          ...{ requireCodeOwnerReview: false, requireLastPushApproval: true },
        },
      },
    ],
    bypass: [
      { mode: "ALWAYS", who: "owners" },
      { mode: "PULL_REQUEST", who: { team: core.id } },
    ],
  };
  world.rulesets.push(ruleset);
  return { world, org, olga, mika, ivan, wallet, relayer };
}

export type Town = ReturnType<typeof town>;

export async function listen(world: Town["world"]) {
  let seed = 0;
  const random = { bytes: (count: number) => Uint8Array.from({ length: count }, () => (seed = (seed * 31 + 7) % 251)) };
  simulator = createSimulator({ world, clock: fixedClock(NOW), random });
  const webUrl = await simulator.listen();
  return { sim: simulator, webUrl, apiUrl: `${webUrl}/api/v3` };
}

/** What an App with these permissions beside those of tier 1 reads, as deep as repositories unless told otherwise. */
export async function asApp(
  place: Town,
  more: Readonly<Record<string, "read">>,
  depth: SnapshotDepth = "repositories",
  refuses: Readonly<Record<string, number | Fault>> = {},
) {
  const { world, org, olga } = place;
  const secrets = { clientId: "Iv1.example", clientSecret: "client-secret", webhookSecret: "w".repeat(32) };
  const permissions = { ...DEFAULT_PERMISSIONS, ...more };
  const app = registerApp(world, {
    slug: "sallyport",
    owner: olga,
    publicKey,
    createdAt: NOW,
    permissions,
    ...secrets,
  });
  const installation = installApp(world, app, { account: org, at: NOW });
  const { sim, webUrl, apiUrl } = await listen(world);
  for (const [operation, fault] of Object.entries(refuses))
    sim.faults.add(operation, typeof fault === "number" ? { kind: "status", status: fault } : fault);
  const probot = makeProbot({ appId: app.id, privateKey, webhookSecret: secrets.webhookSecret, apiUrl });
  const gateway = makeAppGateway({ probot, appId: app.id, webUrl, clock: fixedClock(NOW), log: silentLog });
  const own = await gateway.installation(installationId(installation.id));
  return required("snapshot", await own.accessSnapshot({ organization: "octo-org", now: NOW, depth, onProgress() {} }));
}

/** The same for somebody of the town, with a token of his own. */
export async function asPerson(place: Town, who: "olga" | "mika" | "ivan", depth: SnapshotDepth = "repositories") {
  const { sim, apiUrl } = await listen(place.world);
  const token = sim.credentials.issuePersonalToken(place[who], ["repo", "read:org", "admin:org"]);
  const gateway = makeTokenGateway({ token, apiUrl, clock: fixedClock(NOW), log: silentLog });
  return required(
    "snapshot",
    await gateway.accessSnapshot({ organization: "octo-org", now: NOW, depth, onProgress() {} }),
  );
}
