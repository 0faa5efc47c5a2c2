import { generateKeyPairSync } from "node:crypto";
import { addOrganization, addRepository, addTeam, addUser } from "@sallyport/simulator/src/build/build.ts";
import { DEFAULT_PERMISSIONS, installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import {
  addedFile,
  closePullRequest,
  commitTo,
  openIssue,
  openPullRequest,
  pushTo,
} from "@sallyport/simulator/src/build/build-work.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import { effectiveRole } from "@sallyport/simulator/src/world/access.ts";
import { createWorld, type PullRequest, type Repository, type User } from "@sallyport/simulator/src/world/world.ts";
import type { Signature } from "@sallyport/simulator/src/world/world-commit.ts";
import { mitigate } from "../../src/assessment/mitigate.ts";
import { collectCollaborator, collectPullRequest } from "../../src/dossier/collect.ts";
import { higherRole, type Role } from "../../src/dossier/role.ts";
import { required } from "../../src/errors.ts";
import type { InstallationGateway } from "../../src/github/gateway.ts";
import { makeAppGateway } from "../../src/github/octokit/app-gateway.ts";
import { makeProbot } from "../../src/github/octokit/transport/client.ts";
import { accountId, installationId, repositoryId } from "../../src/ids.ts";
import { silentLog } from "../../src/log.ts";
import { NO_LOOKS } from "../dossier/played-gateway.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { afterEach, describe, expect, test } from "../support/jest.ts";

const NOW = "2026-11-20T12:00:00.000Z";
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

/** An organisation with one repository, an owner, a member and two strangers. */
function smallWorld() {
  const world = createWorld();
  const owner = addUser(world, { login: "olga-example", createdAt: "2014-02-01T00:00:00.000Z" });
  const member = addUser(world, { login: "mika-example", createdAt: "2016-02-01T00:00:00.000Z" });
  const newcomer = addUser(world, { login: "nora-example", createdAt: "2026-10-01T00:00:00.000Z" });
  const returner = addUser(world, { login: "rune-example", createdAt: "2013-05-01T00:00:00.000Z" });
  const organization = addOrganization(world, {
    login: "octo-example",
    createdAt: "2015-01-01T00:00:00.000Z",
    owners: [owner],
    members: [member],
  });
  const repository = addRepository(world, { owner: organization, name: "app", createdAt: "2015-01-02T00:00:00.000Z" });
  commitTo(world, repository, { by: owner, at: "2015-01-03T00:00:00.000Z", message: "Start" });
  return { world, owner, member, newcomer, returner, organization, repository };
}

async function connected(
  { world, organization, owner }: Pick<ReturnType<typeof smallWorld>, "world" | "organization" | "owner">,
  permissions = DEFAULT_PERMISSIONS,
  repositories?: readonly Repository[],
): Promise<{ readonly sim: Simulator; readonly gateway: InstallationGateway }> {
  const clock = fixedClock(NOW);
  let seed = 0;
  const random = { bytes: (count: number) => Uint8Array.from({ length: count }, () => (seed = (seed * 31 + 7) % 251)) };
  const secrets = { clientId: "Iv1.example", clientSecret: "client-secret", webhookSecret: "w".repeat(32) };
  const app = registerApp(world, { slug: "sallyport", owner, publicKey, createdAt: NOW, permissions, ...secrets });
  const installation = installApp(world, app, {
    account: organization,
    at: NOW,
    ...(repositories && { repositories }),
  });
  simulator = createSimulator({ world, clock, random });
  const webUrl = await simulator.listen();
  const apiUrl = `${webUrl}/api/v3`;
  const probot = makeProbot({ appId: app.id, privateKey, webhookSecret: secrets.webhookSecret, apiUrl });
  const gateway = makeAppGateway({ probot, appId: app.id, webUrl, clock, log: silentLog });
  return { sim: simulator, gateway: await gateway.installation(installationId(installation.id)) };
}

const collected = (gateway: InstallationGateway, author: User, pull: PullRequest, known = {}) =>
  collectPullRequest({
    gateway,
    repository: { owner: "octo-example", name: "app" },
    pullRequest: { ...pull, headSha: pull.commits.at(-1)?.sha ?? "" },
    author,
    known,
    isSensitive: () => false,
    looks: NO_LOOKS,
    secretHash: () => "0123456789abcdef",
    asOf: NOW,
  });

const operations = (sim: Simulator) => sim.ledger.requestsOf().map(({ operation }) => operation);

describe("pull requests", () => {
  test("an unknown author costs 3 requests, the same author known costs 2, and unsigned commits after a merge one more", async () => {
    const place = smallWorld();
    const { world, repository, newcomer, owner } = place;
    const earlier = openPullRequest(world, repository, {
      author: newcomer,
      title: "First",
      at: "2026-10-02T00:00:00.000Z",
    });
    closePullRequest(world, earlier, { at: "2026-10-03T00:00:00.000Z", merger: owner });
    const files = [addedFile(".vscode/tasks.json", '{\n  "version": "2.0.0"\n}')];
    const pull = openPullRequest(world, repository, {
      author: newcomer,
      title: "Help",
      at: "2026-11-20T11:00:00.000Z",
      files,
    });
    const { sim, gateway } = await connected(place);

    const first = required("first", await collected(gateway, newcomer, pull));
    const ofChange = ["graphql/PrTriage", "pulls/list-files", "graphql/SignedBefore"];
    expect(operations(sim)).toEqual([...ofChange, "graphql/AuthorHistory"]);
    if (first.behind || first.toCache === null) throw new Error("the head stands and the author is read");
    const { sections } = first.dossier;
    expect(sections["change.files"]).toMatchObject({
      state: "present",
      value: {
        truncated: false,
        files: [{ path: ".vscode/tasks.json", hunks: [{ lines: [{ line: 1, text: "{" }, {}, {}] }] }],
      },
    });
    expect(sections["change.commits"]).toMatchObject({ state: "present", value: { totalCount: 1 } });
    expect(sections["account.pullRequests"]).toMatchObject({
      state: "present",
      value: { totalCount: 2, mergedCount: 1, mergedElsewhereCount: 1 },
    });
    expect(sections["access.recordHere"]).toMatchObject({
      state: "present",
      value: { mergedCount: 1, mergerCount: 1 },
    });
    expect(first.facts).toMatchObject({
      openedHereCount: 2,
      mergesInOrganization: { mergedCount: 1, mergerCount: 1 },
      author: { id: newcomer.id },
    });

    sim.ledger.clear();
    const again = required("again", await collected(gateway, newcomer, pull, first.toCache));
    expect(operations(sim)).toEqual(ofChange);
    if (again.behind) throw new Error("the head stands");
    expect(again.dossier).toEqual(first.dossier);
    expect(again.toCache).toBeNull();
  });

  test("a large change by somebody back after years costs at most 7 requests and one for each further hundred files", async () => {
    const place = smallWorld();
    const { world, repository, returner } = place;
    openIssue(world, repository, { author: returner, title: "Old", at: "2015-06-01T00:00:00.000Z" });
    const files = Array.from({ length: 350 }, (_, index) => addedFile(`src/${index}.txt`, "text"));
    const pull = openPullRequest(world, repository, {
      author: returner,
      title: "Back",
      at: "2026-11-19T00:00:00.000Z",
      files,
    });
    const { sim, gateway } = await connected(place);
    const answer = required("answer", await collected(gateway, returner, pull));
    expect(operations(sim)).toHaveLength(7 + 2);
    if (answer.behind) throw new Error("the head stands");
    expect(answer.dossier.sections["account.keys"].state).toBe("present");
    expect(answer.dossier.sections["change.files"]).toMatchObject({ value: { truncated: false } });
  });
});

describe("pull requests: authors who sign or were renamed, heads that moved on", () => {
  test("an author who signs is asked for keys, within the seven, and has the credit of old ones", async () => {
    const place = smallWorld();
    const { world, repository, newcomer } = place;
    newcomer.gpgKeys.push({ id: 1, keyId: "A1", createdAt: "2024-01-01T00:00:00.000Z" });
    const at = "2026-11-20T11:00:00.000Z";
    const own = {
      type: "GpgSignature",
      key: "A1",
      valid: true,
      byGitHub: false,
      signerId: newcomer.id,
      verifiedAt: at,
    } as const;
    const opened = (title: string, fileCount: number, signature: Signature) =>
      openPullRequest(world, repository, {
        author: newcomer,
        title,
        at,
        files: Array.from({ length: fileCount }, (_, index) => addedFile(`src/${title}-${index}.txt`, "text")),
        commits: [{ by: newcomer, at, message: "Help", signature }],
      });
    const signed = opened("signed", 250, own);
    const byGitHub = opened("web", 1, { ...own, byGitHub: true, signerId: null });
    const { sim, gateway } = await connected(place);
    const answer = required("answer", await collected(gateway, newcomer, signed));
    if (answer.behind) throw new Error("the head stands");
    expect(operations(sim)).toHaveLength(7);
    expect(answer.dossier.sections["account.keys"]).toMatchObject({ value: { keys: [{ kind: "gpg" }] } });
    expect(mitigate(answer.dossier).granted.map(({ id }) => id)).toEqual(["m2"]);
    sim.ledger.clear();
    await collected(gateway, newcomer, byGitHub);
    expect(operations(sim)).toEqual(["graphql/PrTriage", "pulls/list-files", "graphql/AuthorHistory"]);
  });

  test("an author who was renamed costs one request more when known, and within the same 7 when not", async () => {
    const place = smallWorld();
    const { world, repository, returner } = place;
    openIssue(world, repository, { author: returner, title: "Old", at: "2015-06-01T00:00:00.000Z" });
    const files = Array.from({ length: 350 }, (_, index) => addedFile(`src/${index}.txt`, "text"));
    const at = "2026-11-19T00:00:00.000Z";
    const large = openPullRequest(world, repository, { author: returner, title: "Back", at, files });
    const small = openPullRequest(world, repository, { author: returner, title: "More", at });
    const before = { ...returner };
    returner.login = "rune-now-example";
    const { sim, gateway } = await connected(place);
    const first = required("first", await collected(gateway, before, large));
    expect(operations(sim)).toHaveLength(7 + 3);
    if (first.behind || first.toCache === null) throw new Error("the head stands and the author is read");
    expect(first.facts).toMatchObject({ openedHereCount: 2, author: { login: "rune-now-example" } });
    sim.ledger.clear();
    await collected(gateway, before, small, first.toCache);
    expect(operations(sim)).toEqual(["graphql/PrTriage", "graphql/PrTriage", "pulls/list-files"]);
  });

  test("a head that moved on is the one that is looked at", async () => {
    const place = smallWorld();
    const { world, repository, newcomer } = place;
    const pull = openPullRequest(world, repository, {
      author: newcomer,
      title: "Help",
      at: "2026-11-20T11:00:00.000Z",
    });
    const before = { ...pull, commits: [...pull.commits] };
    const { after } = pushTo(world, pull, { by: newcomer, at: "2026-11-20T11:30:00.000Z", message: "More" });
    const { sim, gateway } = await connected(place);
    const answer = required("pull request", await collected(gateway, newcomer, before));
    expect(answer).toMatchObject({ behind: false, facts: { headSha: after } });
    sim.ledger.clear();
    const later = { ...before, updatedAt: "2026-11-20T11:45:00.000Z" };
    expect(await collected(gateway, newcomer, later)).toEqual({ ok: true, value: { behind: true } });
    expect(operations(sim)).toEqual(["graphql/PrTriage"]);
  });
});

describe("pull requests: what GitHub does not answer", () => {
  test("an outage of one source costs that section and no other", async () => {
    const place = smallWorld();
    const { world, repository, newcomer } = place;
    const pull = openPullRequest(world, repository, {
      author: newcomer,
      title: "Help",
      at: "2026-11-20T11:00:00.000Z",
    });
    const { sim, gateway } = await connected(place);
    sim.faults.add("pulls/list-files", { kind: "status", status: 502 });
    sim.faults.add("graphql/AuthorHistory", {
      kind: "partial",
      path: ["node", "issues"],
      type: "RESOURCE_LIMITS_EXCEEDED",
    });
    const answer = required("answer", await collected(gateway, newcomer, pull));
    if (answer.behind) throw new Error("the head stands");
    const { sections } = answer.dossier;
    expect(sections["change.files"]).toEqual({ state: "unavailable", reason: "upstream_error", retryAt: null });
    expect(sections["account.activity"]).toEqual({ state: "unavailable", reason: "incomplete", retryAt: null });
    expect(sections["account.pullRequests"].state).toBe("present");
    expect(sections["change.commits"].state).toBe("present");
    expect(answer.toCache).toBeNull();
  });

  test("a hole in Q2 takes nothing away that Q1 has said", async () => {
    const place = smallWorld();
    const { world, repository, newcomer } = place;
    const at = "2026-11-20T11:00:00.000Z";
    const pull = openPullRequest(world, repository, { author: newcomer, title: "Help", at });
    const { sim, gateway } = await connected(place);
    sim.faults.add("graphql/AuthorHistory", { kind: "partial", path: ["node", "createdAt"] });
    const answer = required("answer", await collected(gateway, newcomer, pull));
    if (answer.behind) throw new Error("the head stands");
    const profile = { state: "present", value: { accountId: newcomer.id, createdAt: newcomer.createdAt } };
    expect(answer.dossier.sections["account.profile"]).toMatchObject(profile);
    expect(answer.toCache?.["account.profile"]).toMatchObject(profile);
  });

  test("a head is found again by its commit, forks included", async () => {
    const place = smallWorld();
    const { world, repository, newcomer } = place;
    const from = addRepository(world, {
      owner: newcomer,
      name: "app",
      createdAt: "2026-11-01T00:00:00.000Z",
      parent: repository,
    });
    const pull = openPullRequest(world, repository, {
      author: newcomer,
      title: "Help",
      at: "2026-11-20T11:00:00.000Z",
      from,
    });
    const headSha = pull.commits.at(-1)?.sha ?? "";
    const { gateway } = await connected(place);
    const found = await gateway.pullRequestsOfHead({ repository: { owner: "octo-example", name: "app" }, headSha });
    const author = { id: newcomer.id, nodeId: newcomer.nodeId, login: "nora-example", type: "User" };
    const updatedAt = pull.updatedAt.replace(".000Z", "Z");
    expect(found).toEqual({
      ok: true,
      value: [{ number: pull.number, nodeId: pull.nodeId, headSha, updatedAt, author }],
    });
  });
});

describe("check runs", () => {
  test("a run whose answer was lost is found by its external id, and exists once", async () => {
    const place = smallWorld();
    const { world, repository: there, newcomer } = place;
    const pull = openPullRequest(world, there, { author: newcomer, title: "Help", at: "2026-11-20T11:00:00.000Z" });
    const headSha = pull.commits.at(-1)?.sha ?? "";
    const repository = { owner: "octo-example", name: "app" };
    const { sim, gateway } = await connected(place);
    sim.faults.add("checks/create", { kind: "after_commit", status: 502 }, { times: 1 });
    const input = { repository, headSha, externalId: "ref-1", detailsUrl: "https://sallyport.example/r/ref-1" };
    expect(await gateway.findCheckRun(input)).toEqual({ ok: true, value: null });
    await expect(gateway.createSealedCheck(input)).rejects.toMatchObject({ code: "upstream_error" });
    const [run] = [...world.checkRuns.values()];
    expect(world.checkRuns.size).toBe(1);
    expect(await gateway.findCheckRun(input)).toEqual({ ok: true, value: run?.id });
    await gateway.resealCheck({ ...input, checkRunId: run?.id ?? 0 });
    expect(world.checkRuns.size).toBe(1);
  });
});

describe("collaborators", () => {
  test("an outsider with a direct grant: role, record, last activity and standing, by at most 8 requests", async () => {
    const place = smallWorld();
    const { world, repository, newcomer, owner } = place;
    repository.direct.set(newcomer.id, "write");
    const pull = openPullRequest(world, repository, {
      author: newcomer,
      title: "First",
      at: "2026-11-02T00:00:00.000Z",
    });
    closePullRequest(world, pull, { at: "2026-11-03T00:00:00.000Z", merger: owner });
    const { sim, gateway } = await connected(place);
    const { dossier } = await collectCollaborator({
      gateway,
      repository: { id: repositoryId(repository.id), owner: "octo-example", name: "app" },
      ownedByOrganization: true,
      account: { id: accountId(newcomer.id), nodeId: newcomer.nodeId, login: newcomer.login },
      grant: { role: "write", previousRole: null, grantedAt: NOW },
      known: {},
      asOf: NOW,
    });
    expect(dossier.sections["access.grant"]).toMatchObject({ value: { via: "outside", role: "write" } });
    expect(dossier.sections["access.recordHere"]).toMatchObject({
      value: { mergedCount: 1, mergerCount: 1, firstContactAt: "2026-11-02T00:00:00.000Z" },
    });
    expect(dossier.sections["access.lastActivity"]).toMatchObject({ value: { lastActAt: "2026-11-02T00:00:00.000Z" } });
    expect(operations(sim).length).toBeLessThanOrEqual(8);
  });

  test("work in a repository the App is not installed on is not taken for silence", async () => {
    const place = smallWorld();
    const { world, repository, organization, member } = place;
    openIssue(world, repository, { author: member, title: "Old", at: "2023-05-01T00:00:00.000Z" });
    const elsewhere = { owner: organization, name: "vault", createdAt: "2020-01-01T00:00:00.000Z" } as const;
    const vault = addRepository(world, { ...elsewhere, visibility: "private" });
    commitTo(world, vault, { by: member, at: "2026-11-01T00:00:00.000Z", message: "Work" });
    const { gateway } = await connected(place, DEFAULT_PERMISSIONS, [repository]);
    const asked = { organization: "octo-example", login: "mika-example", now: NOW };
    expect(await gateway.lastActivity(asked)).toEqual({ ok: false, reason: "incomplete", retryAt: null });
  });

  test("standing and ownership are read from the membership", async () => {
    const place = smallWorld();
    const { gateway } = await connected(place);
    const standing = (login: string) => gateway.membership({ organization: "octo-example", login });
    expect(await standing("olga-example")).toEqual({ ok: true, value: "owner" });
    expect(await standing("mika-example")).toEqual({ ok: true, value: "member" });
    expect(await standing("nora-example")).toEqual({ ok: true, value: "none" });
    expect(await gateway.isOwner({ organization: "octo-example", login: "mika-example" })).toEqual({
      ok: true,
      value: false,
    });
  });

  test("who is in a team below it is in the team; nobody is in one that is not there", async () => {
    const place = smallWorld();
    const { world, organization, member } = place;
    const core = addTeam(world, organization, { name: "Core" });
    addTeam(world, organization, { name: "Core docs", parent: core, members: [member] });
    const { gateway } = await connected(place);
    const isIn = async (team: string, login: string) => {
      const answer = await gateway.isInTeam({ organization: "octo-example", team, login });
      return answer.ok && answer.value;
    };
    expect(await isIn("core", "mika-example")).toBe(true);
    expect(await isIn("core-docs", "mika-example")).toBe(true);
    for (const login of ["olga-example", "nobody-example"]) expect(await isIn("core", login)).toBe(false);
    expect(await isIn("cores", "mika-example")).toBe(false);
  });
});

/** Seventy repositories, nested teams, more than twenty invited to one repository and over a hundred in one team. */
function largeWorld() {
  const place = smallWorld();
  const { world, organization, repository, member, newcomer } = place;
  const people = Array.from({ length: 130 }, (_, index) =>
    addUser(world, { login: `person-${index}-example`, createdAt: "2018-01-01T00:00:00.000Z" }),
  );
  for (const { id } of people.slice(0, 115)) organization.members.add(id);
  const repositories = Array.from({ length: 70 }, (_, index) =>
    addRepository(world, { owner: organization, name: `part-${index}`, createdAt: "2018-01-01T00:00:00.000Z" }),
  );
  for (const { id } of people.slice(100)) repository.direct.set(id, "triage");
  repository.direct.set(newcomer.id, "maintain");
  repositories[3]?.direct.set(member.id, "admin");
  const [first, second] = [repositories[0], repositories[1]] as [Repository, Repository];
  const parent = addTeam(world, organization, {
    name: "Platform",
    members: [member],
    repositories: [[first, "write"]],
  });
  addTeam(world, organization, {
    name: "Everybody",
    parent,
    members: people.slice(0, 110),
    repositories: [[second, "maintain"], ...repositories.slice(2).map((one): [Repository, "read"] => [one, "read"])],
  });
  return { ...place, people, repositories };
}

describe("access snapshot", () => {
  test("equals the world: every account's effective role on every repository", async () => {
    const place = largeWorld();
    const { world, organization, owner } = place;
    const { sim, gateway } = await connected(place);
    const seen: (readonly [number, number | null])[] = [];
    const answer = await gateway.accessSnapshot({
      organization: "octo-example",
      now: NOW,
      depth: "roles",
      onProgress: (done, total) => seen.push([done, total]),
    });
    const snapshot = required("snapshot", answer);
    expect(snapshot.owners).toEqual([String(owner.id)]);
    expect(snapshot.members).toHaveLength(organization.members.size + 1);
    expect(seen).toEqual([
      [50, 71],
      [71, 71],
    ]);
    // 2 pages of repositories, 1 of a crowded one, 2 of members, 1 of outsiders, 1 of invitations, 1 of teams and 1 of a crowded one, 1 base.
    expect(operations(sim).length).toBe(10);

    const roles = new Map<string, Role>();
    for (const { account, repository, role } of snapshot.grants)
      roles.set(`${account} ${repository}`, higherRole(role, roles.get(`${account} ${repository}`) ?? "read"));
    for (const user of [...world.accounts.values()].filter(({ type }) => type === "User"))
      for (const repository of [...world.repositories.values()]) {
        // Base permission and ownership are said once, not per repository.
        const base = organization.members.has(user.id) ? "read" : null;
        const said = organization.owners.has(user.id) ? "admin" : (roles.get(`${user.id} ${repository.id}`) ?? base);
        expect([user.login, repository.name, said]).toEqual([
          user.login,
          repository.name,
          effectiveRole(world, repository, user.id),
        ]);
      }
  });

  test("tells direct from outside grants and names the team that holds a role", async () => {
    const place = largeWorld();
    const { newcomer, member, repository, repositories, people } = place;
    const { gateway } = await connected(place);
    const snapshot = required(
      "snapshot",
      await gateway.accessSnapshot({ organization: "octo-example", now: NOW, depth: "roles", onProgress() {} }),
    );
    const via = (account: User | undefined, place: Repository | undefined) =>
      snapshot.grants
        .filter((one) => one.account === String(account?.id) && one.repository === String(place?.id))
        .map((one) => one.via);
    expect(via(newcomer, repository)).toEqual([{ kind: "outside" }]);
    expect(via(member, repositories[3])).toEqual([{ kind: "direct" }]);
    expect(via(people[0], repositories[0])).toEqual([{ kind: "team", team: "platform" }]);
    expect(via(people[0], repositories[1])).toEqual([{ kind: "team", team: "everybody" }]);
  });
});

describe("access snapshot: what is missing", () => {
  test("names what it could not see and the permission that would open it", async () => {
    const place = largeWorld();
    const { members: _, ...permissions } = DEFAULT_PERMISSIONS;
    const { gateway } = await connected(place, permissions);
    const snapshot = required(
      "snapshot",
      await gateway.accessSnapshot({ organization: "octo-example", now: NOW, depth: "roles", onProgress() {} }),
    );
    const opens = snapshot.notChecked?.filter(({ opensWith }) => opensWith === "Members: read").map(({ what }) => what);
    expect(opens).toEqual([
      "owners and members",
      "who is an outside collaborator",
      "invitations to the organisation",
      "teams",
    ]);
    expect(snapshot.members).toEqual([]);
    expect(snapshot.grants.every(({ via }) => via.kind === "direct")).toBe(true);
  });

  test("fails as a whole when GitHub fails halfway: half a graph would read as access taken away", async () => {
    const place = largeWorld();
    const { sim, gateway } = await connected(place);
    sim.faults.add("graphql/OrgTeams", { kind: "status", status: 502 });
    const answer = await gateway.accessSnapshot({
      organization: "octo-example",
      now: NOW,
      depth: "roles",
      onProgress() {},
    });
    expect(answer).toEqual({ ok: false, reason: "upstream_error", retryAt: null });
  });

  test("a personal account: its repositories, its owner and whom it invited", async () => {
    const place = smallWorld();
    const { world, owner, newcomer } = place;
    const own = addRepository(world, { owner, name: "dotfiles", createdAt: "2019-01-01T00:00:00.000Z" });
    own.direct.set(newcomer.id, "write");
    const { gateway } = await connected({ ...place, organization: owner as never });
    const snapshot = required(
      "snapshot",
      await gateway.accessSnapshot({ organization: owner.login, now: NOW, depth: "roles", onProgress() {} }),
    );
    expect(snapshot.owners).toEqual([String(owner.id)]);
    expect(snapshot.grants).toEqual([
      { account: String(newcomer.id), repository: String(own.id), role: "write", via: { kind: "direct" } },
    ]);
  });
});
