import { generateKeyPairSync } from "node:crypto";
import { addOrganization, addRepository, addTeam, addUser } from "@sallyport/simulator/src/build/build.ts";
import { DEFAULT_PERMISSIONS, installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import { commitTo } from "@sallyport/simulator/src/build/build-work.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import { createWorld, type Repository } from "@sallyport/simulator/src/world/world.ts";
import type { BranchProtection, Ruleset } from "@sallyport/simulator/src/world/world-rules.ts";
import { effectiveAccess } from "../../src/access/effective.ts";
import type { AccessSnapshot } from "../../src/access/grant.ts";
import { keyOf } from "../../src/access/keys.ts";
import { reachEdges } from "../../src/access/reach/reach.ts";
import { parseAccessSnapshot } from "../../src/access/snapshot.ts";
import { required } from "../../src/errors.ts";
import { makeAppGateway } from "../../src/github/octokit/app-gateway.ts";
import { makeTokenGateway } from "../../src/github/octokit/token-gateway.ts";
import { makeProbot } from "../../src/github/octokit/transport/client.ts";
import { accountId, installationId, repositoryId } from "../../src/ids.ts";
import { silentLog } from "../../src/log.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { afterEach, expect, test } from "../support/jest.ts";

const NOW = "2026-11-20T12:00:00.000Z";
const AT = "2015-01-01T00:00:00.000Z";
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

let simulator: Simulator | undefined;
afterEach(async () => {
  await simulator?.stop();
  simulator?.expectNoViolations();
});

const PROTECTION: BranchProtection = {
  ...{ pattern: "main", isAdminEnforced: false, requiresApprovingReviews: true, requiredApprovingReviewCount: 1 },
  ...{ requiresCodeOwnerReviews: false, requireLastPushApproval: false, lockBranch: false },
  ...{ restrictsPushes: false, blocksCreations: false, mayPush: [], maySkipReview: [] },
};

/** Two repositories: a protected one, and one that a ruleset of the organisation is about, which owners may bypass. */
function town() {
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

async function listen(world: ReturnType<typeof town>["world"]) {
  let seed = 0;
  const random = { bytes: (count: number) => Uint8Array.from({ length: count }, () => (seed = (seed * 31 + 7) % 251)) };
  simulator = createSimulator({ world, clock: fixedClock(NOW), random });
  const webUrl = await simulator.listen();
  return { sim: simulator, webUrl, apiUrl: `${webUrl}/api/v3` };
}

async function asApp(place: ReturnType<typeof town>, more: Readonly<Record<string, "read">>) {
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
  const { webUrl, apiUrl } = await listen(world);
  const probot = makeProbot({ appId: app.id, privateKey, webhookSecret: secrets.webhookSecret, apiUrl });
  const gateway = makeAppGateway({ probot, appId: app.id, webUrl, clock: fixedClock(NOW), log: silentLog });
  const own = await gateway.installation(installationId(installation.id));
  return required(
    "snapshot",
    await own.accessSnapshot({ organization: "octo-org", now: NOW, rules: true, onProgress() {} }),
  );
}

/** `login repository branch: reason` of one kind of edge. */
function told(snapshot: AccessSnapshot, kind: string): readonly string[] {
  const names = new Map<string, string>([
    ...snapshot.accounts.map(({ id, login }) => [String(id), login.replace("-example", "")] as const),
    ...snapshot.repositories.map(({ id, name }) => [String(id), name] as const),
  ]);
  return [...reachEdges(effectiveAccess(snapshot))]
    .filter(({ can }) => can === kind)
    .map(
      ({ account, repository, branch, reason }) =>
        `${names.get(`${account}`)} ${names.get(repository)} ${branch}: ${reason}`,
    );
}

test("rules: an App with Administration: read sees protections and rulesets, and who may bypass classic ones alone", async () => {
  const place = town();
  const snapshot = await asApp(place, { administration: "read" });
  expect(snapshot.branches).toEqual([
    { repository: keyOf(repositoryId(place.wallet.id)), name: "release/1.x" },
    { repository: keyOf(repositoryId(place.wallet.id)), name: "releases-of-others" },
  ]);
  expect(snapshot.protections?.map(({ bypassPullRequestAllowances }) => bypassPullRequestAllowances)).toEqual([
    [
      { kind: "team", team: "core" },
      { kind: "app", app: "merge-bot" },
    ],
  ]);
  expect(snapshot.rulesets?.map(({ level, rules, bypass }) => [level, rules.map(({ type }) => type), bypass])).toEqual([
    ["organization", ["pull_request"], []],
  ]);
  expect(snapshot.notChecked?.map(({ what }) => what)).toContain("who may bypass 1 rulesets (counted as nobody)");
  expect(told(snapshot, "push").filter((line) => line.includes("main"))).toEqual([]);
  expect(told(snapshot, "push")).toContain("mika wallet release/1.x: no_protection");
});

test("rules: an App without Administration says of no repository who can push there", async () => {
  const snapshot = await asApp(town(), {});
  expect([snapshot.protections, snapshot.rulesUnread?.length]).toEqual([[], 2]);
  expect(told(snapshot, "push")).toEqual([]);
  expect(snapshot.notChecked).toContainEqual({
    what: "branch rules of 2 repositories, and so who can push there",
    because: "GitHub refuses it to this App",
    opensWith: "Administration: read",
  });
});

async function asPerson(place: ReturnType<typeof town>, who: "olga" | "mika" | "ivan") {
  const { sim, apiUrl } = await listen(place.world);
  const token = sim.credentials.issuePersonalToken(place[who], ["repo", "read:org", "admin:org"]);
  const gateway = makeTokenGateway({ token, apiUrl, clock: fixedClock(NOW), log: silentLog });
  return required(
    "snapshot",
    await gateway.accessSnapshot({ organization: "octo-org", now: NOW, rules: true, onProgress() {} }),
  );
}

test("rules: an owner's token sees who may bypass rulesets too", async () => {
  const place = town();
  const snapshot = await asPerson(place, "olga");
  expect(told(snapshot, "push").filter((line) => line.includes("main"))).toEqual([
    "olga wallet main: admin",
    "olga relayer main: ruleset_bypass",
  ]);
  expect(told(snapshot, "bypass_review")).toContain("mika wallet main: bypass_pr_allowance");
  expect(snapshot.rulesUnread).toEqual([]);
});

test("rules: somebody who administers one repository is told about that one", async () => {
  const place = town();
  const snapshot = await asPerson(place, "ivan");
  expect(snapshot.rulesUnread).toEqual([keyOf(repositoryId(place.relayer.id))]);
  expect(told(snapshot, "push").filter((line) => line.includes("relayer"))).toEqual([]);
});

test("rules: what is kept of them is a file that can be read again", async () => {
  const snapshot = await asPerson(town(), "olga");
  expect(parseAccessSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
  expect(snapshot.accounts.some(({ id }) => id === keyOf(accountId(999_999)))).toBe(false);
});

test("rules: they are one request for twenty repositories, and none where nobody asks for them", async () => {
  const place = town();
  for (let number = 0; number < 19; number += 1)
    addRepository(place.world, { owner: place.org, name: `part-${number}`, createdAt: AT });
  await asApp(place, { administration: "read" });
  const asked = simulator?.ledger.requestsOf().filter(({ operation }) => operation === "graphql/OrgRules");
  expect(asked).toHaveLength(2);
});

test("rules: nothing is said of rules that nobody asked for", async () => {
  const { world, olga } = town();
  const { sim, apiUrl } = await listen(world);
  const token = sim.credentials.issuePersonalToken(olga, ["repo", "read:org"]);
  const gateway = makeTokenGateway({ token, apiUrl, clock: fixedClock(NOW), log: silentLog });
  const snapshot = required(
    "snapshot",
    await gateway.accessSnapshot({ organization: "octo-org", now: NOW, onProgress() {} }),
  );
  expect(Object.keys(snapshot).filter((key) => ["rulesets", "protections", "teams"].includes(key))).toEqual([]);
});
