import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { addBot, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addHistory, addPush, NO_COMMIT } from "@sallyport/simulator/src/build/build-history.ts";
import { forcePush, mergePullRequest, openHistoryPullRequest } from "@sallyport/simulator/src/build/build-merge.ts";
import { openIssue, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import type { HistoryCommit } from "@sallyport/simulator/src/build/history-commit.ts";
import { primaryLimit, secondaryLimit } from "@sallyport/simulator/src/http/faults.ts";
import type { Repository, User } from "@sallyport/simulator/src/world/world.ts";
import { NOW, PRIVATE_KEY, type Stand, stand } from "../../simulator/test/stand.ts";
import { plusDays } from "../../src/clock.ts";
import { required } from "../../src/errors.ts";
import type { InstallationGateway } from "../../src/github/gateway.ts";
import { makeAppGateway } from "../../src/github/octokit/app-gateway.ts";
import { makeProbot } from "../../src/github/octokit/transport/client.ts";
import { recordOfApiCommit } from "../../src/history/rebuild.ts";
import { installationId } from "../../src/ids.ts";
import type { Log } from "../../src/log.ts";
import { afterEach, beforeEach, describe, expect, test } from "../support/jest.ts";

let scene: Stand;
let gateway: InstallationGateway;
let sol: User;
let url: string;
const lines: string[] = [];
const log: Log = {
  info: (event, about) => lines.push(JSON.stringify([event, about])),
  warn: (event, about) => lines.push(JSON.stringify([event, about])),
  error: (event, about) => lines.push(JSON.stringify([event, about])),
};

beforeEach(async () => {
  scene = stand();
  sol = addUser(scene.world, { login: "sol-example", createdAt: "2020-01-01T00:00:00.000Z" });
  url = await scene.simulator.listen();
  const { app, clock } = scene;
  const probot = makeProbot({
    appId: app.id,
    privateKey: PRIVATE_KEY,
    webhookSecret: app.webhookSecret,
    apiUrl: `${url}/api/v3`,
  });
  const apps = makeAppGateway({ probot, appId: app.id, webUrl: url, clock, log });
  gateway = await apps.installation(installationId(scene.installation.id));
  lines.length = 0;
});

afterEach(async () => {
  await scene.simulator.stop();
  scene.simulator.expectNoViolations();
});

type Extra = Partial<Parameters<typeof addRepository>[1]>;
const own = (name: string, extra: Extra = {}): Repository =>
  addRepository(scene.world, { owner: sol, name, createdAt: "2021-01-01T00:00:00.000Z", ...extra });

const who = { name: "Sol Example", email: "sol@example.org", offsetMinutes: 60 };
const write = (repository: Repository, at: string, text = at) =>
  addHistory(scene.world, repository, [{ author: { ...who, at }, message: "Work", files: { "a.txt": text } }])[0];

const operations = () =>
  scene.simulator.ledger.requestsOf().map(({ operation, resource }) => `${operation} ${resource}`);
const owned = async (limit = 10) => required("owned", await gateway.ownedRepositories({ nodeId: sol.nodeId, limit }));
const notes = { owner: "sol-example", name: "notes" };

describe("owned repositories", () => {
  test("public ones of the account's own: newest push first, no forks, 1 request and 1 point", async () => {
    const old = own("old");
    const notesRepository = own("notes");
    const head = write(notesRepository, "2022-01-01T00:00:00.000Z");
    addPush(scene.world, notesRepository, { by: sol, at: "2022-01-02T00:00:00.000Z" });
    own("fork", { parent: scene.wallet });
    own("secret", { visibility: "private" });
    expect(await owned()).toEqual([
      {
        id: notesRepository.id,
        owner: "sol-example",
        name: "notes",
        createdAt: "2021-01-01T00:00:00.000Z",
        pushedAt: "2022-01-02T00:00:00.000Z",
        headSha: head?.sha,
        diskKiB: 120,
        highestNumber: 0,
        othersActed: false,
        defaultBranch: "main",
        pullRequestCount: 0,
        declaresOrigin: false,
      },
      expect.objectContaining({ id: old.id, headSha: null }),
    ]);
    expect(operations()).toEqual(["graphql/OwnedRepositories graphql"]);
    expect(gateway.usage).toEqual({ requests: 1, points: 1 });
  });

  test("limit: never more than ten", async () => {
    for (let count = 0; count < 12; count += 1) own(`tool-${count}`);
    expect(await owned(3)).toHaveLength(3);
    expect(await owned(100)).toHaveLength(10);
  });

  test("numbers and others: issues and pull requests count, the owner and bots are no others", async () => {
    const at = "2022-01-01T00:00:00.000Z";
    const bot = addBot(scene.world, { login: "updates-example[bot]", createdAt: at });
    const [alone, robot, visited] = [own("alone"), own("robot"), own("visited")];
    for (const title of ["One", "Two"]) openIssue(scene.world, alone, { author: sol, title, at });
    Object.assign(openPullRequest(scene.world, robot, { author: sol, title: "Bump", at }), { authorId: bot.id });
    openPullRequest(scene.world, visited, { author: scene.newcomer, title: "Help", at });
    const gone = own("gone");
    Object.assign(openPullRequest(scene.world, gone, { author: sol, title: "Left", at }), { authorId: null });
    const seen = (await owned()).map(({ name, highestNumber, othersActed }) => [name, highestNumber, othersActed]);
    expect(seen.toSorted()).toEqual([
      ["alone", 2, false],
      ["gone", 1, true],
      ["robot", 1, false],
      ["visited", 1, true],
    ]);
  });

  for (const [description, declared] of [
    ["Mirror of a tool", true],
    ["A fork of something", true],
    ["Imported from another forge", true],
    ["My backups", true],
    ["ARCHIVED", true],
    ["Forklift control", false],
    ["A tool that matters", false],
  ] as const)
    test(`description "${description}": ${declared ? "declares where it comes from" : "declares nothing"}`, async () => {
      own("notes", { description });
      expect((await owned())[0]?.declaresOrigin).toBe(declared);
    });
});

describe("owned repositories: mirrors, and what GitHub does not show", () => {
  test("a mirror: says so without words", async () => {
    own("notes", { mirrorUrl: "https://git.example.org/notes.git" });
    expect((await owned())[0]?.declaresOrigin).toBe(true);
  });

  test("an organisation, or nobody: not_found", async () => {
    const of = (nodeId: string) => gateway.ownedRepositories({ nodeId, limit: 10 });
    const absent = { ok: false, reason: "not_found", retryAt: null };
    expect(await of(scene.org.nodeId)).toEqual(absent);
    expect(await of("U_kgDOnobody")).toEqual(absent);
  });

  test("partial answers: what could not be read is null, and a list that is missing is unavailable", async () => {
    own("notes");
    const partial = (...path: string[]) =>
      scene.simulator.faults.add("graphql/OwnedRepositories", { kind: "partial", path }, { times: 1 });
    partial("node", "repositories", "nodes", "0", "issues");
    expect(await owned()).toMatchObject([{ highestNumber: null, othersActed: null, headSha: null }]);
    partial("node", "repositories", "nodes", "0");
    expect(await owned()).toEqual([]);
    partial("node", "repositories");
    expect(await gateway.ownedRepositories({ nodeId: sol.nodeId, limit: 10 })).toMatchObject({ reason: "incomplete" });
  });
});

describe("commits that came in by pull requests", () => {
  const commit = (at: string, more: Partial<HistoryCommit> = {}): HistoryCommit => ({
    author: { ...who, at },
    message: "Work",
    files: { "b.txt": at },
    ...more,
  });

  test("who asked and when, what the branch held and holds, what merging made; 1 request and 1 point", async () => {
    const repository = own("notes");
    write(repository, "2022-01-01T00:00:00.000Z");
    const asked = { author: scene.newcomer, title: "Help", at: "2022-02-01T00:00:00.000Z" };
    const request = openHistoryPullRequest(scene.world, repository, {
      ...asked,
      commits: [commit("2022-01-30T00:00:00.000Z")],
    });
    const before = request.commits[0]?.sha;
    forcePush(scene.world, request, { at: "2022-02-02T00:00:00.000Z", commits: [commit("2022-01-31T00:00:00.000Z")] });
    const merge = { by: sol, as: { ...who, at: "" }, at: "2022-02-03T00:00:00.000Z", way: "rebase" } as const;
    mergePullRequest(scene.world, request, merge);
    expect(required("requests", await gateway.pullRequestCommits(notes))).toEqual({
      requests: [
        {
          authorId: scene.newcomer.id,
          openedAt: "2022-02-01T00:00:00.000Z",
          commits: [
            { oid: request.commits[0]?.sha, authoredAt: "2022-01-31T00:00:00.000Z", beneath: false },
            { oid: before, authoredAt: "2022-01-30T00:00:00.000Z", beneath: true },
            { oid: repository.commits[0]?.sha, authoredAt: "2022-01-31T00:00:00.000Z", beneath: false },
          ],
          complete: true,
        },
      ],
      complete: true,
    });
    expect(gateway.usage).toEqual({ requests: 1, points: 1 });
  });

  test("more than two hundred requests, and more than a hundred commits: said to be incomplete", async () => {
    const repository = own("notes");
    write(repository, "2022-01-01T00:00:00.000Z");
    const at = "2022-02-01T00:00:00.000Z";
    const many = Array.from({ length: 101 }, (_, index) =>
      commit(new Date(Date.UTC(2022, 0, 1, 0, index)).toISOString()),
    );
    openHistoryPullRequest(scene.world, repository, { author: scene.newcomer, title: "Long", at, commits: many });
    const long = required("requests", await gateway.pullRequestCommits(notes));
    expect(long.requests[0]?.commits.map(({ beneath }) => beneath).filter(Boolean)).toHaveLength(1);
    for (let count = 0; count < 200; count += 1)
      openPullRequest(scene.world, repository, { author: scene.newcomer, title: "One more", at });
    const all = required("requests", await gateway.pullRequestCommits(notes));
    expect([all.requests.length, all.complete]).toEqual([200, false]);
  });

  test("what GitHub says of commits: whom it credits, and whether a signature is good rather than copied", async () => {
    const repository = own("notes");
    const email = `${sol.id}+sol-example@users.noreply.github.com`;
    const signature = "-----BEGIN PGP SIGNATURE-----\n\naGVsbG8=\n-----END PGP SIGNATURE-----\n";
    const at = "2022-01-01T00:00:00.000Z";
    const made = addHistory(scene.world, repository, [
      commit(at, { author: { ...who, email, at }, signature, signedBy: sol, signingKey: "00112233aabbccdd" }),
      commit(at, { author: { ...who, at }, signature }),
    ]);
    const [good = "", copied = ""] = made.map(({ sha }) => sha);
    const asked = { ...notes, oids: [good, copied, "a".repeat(40)] };
    expect(required("facts", await gateway.commitFacts(asked))).toEqual([
      { oid: good, authorId: sol.id, verified: true, signedBy: { accountId: sol.id, key: "openpgp:00112233aabbccdd" } },
      { oid: copied, authorId: null, verified: false, signedBy: null },
    ]);
    expect(gateway.usage).toEqual({ requests: 1, points: 1 });
  });
});

describe("pushes", () => {
  test("who moved the branch and when: newest first, deletions left out, 1 request", async () => {
    const repository = own("notes");
    const [first, second] = [
      write(repository, "2022-01-01T00:00:00.000Z"),
      write(repository, "2022-02-01T00:00:00.000Z"),
    ];
    addPush(scene.world, repository, { by: sol, at: "2022-01-02T00:00:00.000Z", after: first!.sha });
    addPush(scene.world, repository, { by: null, at: "2022-02-02T00:00:00.000Z", before: first!.sha });
    const deletion = { before: second!.sha, after: NO_COMMIT, kind: "branch_deletion" } as const;
    addPush(scene.world, repository, { by: sol, at: "2022-03-01T00:00:00.000Z", ...deletion });
    expect(required("pushes", await gateway.pushes(notes))).toEqual({
      pushes: [
        {
          at: "2022-02-02T00:00:00.000Z",
          actorId: null,
          branch: "main",
          merged: false,
          before: first?.sha,
          after: second?.sha,
        },
        {
          at: "2022-01-02T00:00:00.000Z",
          actorId: sol.id,
          branch: "main",
          merged: false,
          before: NO_COMMIT,
          after: first?.sha,
        },
      ],
      complete: true,
    });
    expect(operations()).toEqual(["repos/list-activities core"]);
  });

  test("more than five hundred: the newest, in 5 requests, and not complete", async () => {
    const repository = own("notes");
    const after = "a".repeat(40);
    const day = (index: number) => new Date(Date.UTC(2022, 0, index)).toISOString();
    for (let index = 1; index <= 500; index += 1)
      addPush(scene.world, repository, { by: sol, at: day(index), after, kind: "pr_merge", branch: "dev" });
    const whole = required("pushes", await gateway.pushes(notes));
    expect([whole.pushes.length, whole.complete, whole.pushes[499]]).toMatchObject([
      500,
      true,
      { at: day(1), merged: true, branch: "dev" },
    ]);
    addPush(scene.world, repository, { by: sol, at: day(501), after });
    const { pushes, complete } = required("pushes", await gateway.pushes(notes));
    expect([pushes.length, pushes[0]?.at, pushes[0]?.merged, complete]).toEqual([500, day(501), false, false]);
    expect(operations()).toHaveLength(10);
  });

  test("no such repository, and one the App may not look into: unavailable", async () => {
    expect(await gateway.pushes({ owner: "sol-example", name: "none" })).toMatchObject({ reason: "not_found" });
    expect(await gateway.pushes({ owner: "octo-org", name: "vault" })).toMatchObject({ reason: "forbidden" });
  });
});

describe("repositories with a tree", () => {
  test("every holder once, by the first hit in it; 1 search request", async () => {
    const mine = own("mine");
    const made = write(mine, "2022-01-01T00:00:00.000Z", "same");
    write(mine, "2022-01-02T00:00:00.000Z", "other");
    const again = write(mine, "2022-01-03T00:00:00.000Z", "same");
    const other = addRepository(scene.world, { owner: scene.newcomer, name: "theirs", createdAt: NOW, parent: mine });
    const copied = write(other, "2021-01-01T00:00:00.000Z", "same");
    expect(again?.tree).toBe(made?.tree);
    const { holders, complete } = required("found", await gateway.repositoriesWithTree({ treeSha: made?.tree ?? "" }));
    expect(complete).toBe(true);
    expect(holders).toEqual([
      {
        repositoryId: mine.id,
        ownerId: sol.id,
        owner: "sol-example",
        name: "mine",
        fork: false,
        isPrivate: false,
        personal: true,
        commit: again?.sha,
        author: { accountId: null, name: "Sol Example", address: "sol@example.org" },
      },
      {
        repositoryId: other.id,
        ownerId: scene.newcomer.id,
        owner: "newcomer-example",
        name: "theirs",
        fork: true,
        isPrivate: false,
        personal: true,
        commit: copied?.sha,
        author: { accountId: null, name: "Sol Example", address: "sol@example.org" },
      },
    ]);
    expect(operations()).toEqual(["search/commits search"]);
  });

  test("a tree nobody else has: nothing found", async () => {
    expect(await gateway.repositoriesWithTree({ treeSha: "0".repeat(40) })).toEqual({
      ok: true,
      value: { holders: [], complete: true },
    });
  });

  test("more hits than are read: not all, and an organisation's is no person's", async () => {
    const repository = addRepository(scene.world, { owner: scene.org, name: "kit", createdAt: NOW });
    let tree = "";
    for (let day = 10; day < 42; day++) tree = write(repository, plusDays(NOW, -day), day % 2 ? "a" : "b")?.tree ?? "";
    for (let day = 50; day < 80; day++) write(own(`kit-${day}`), plusDays(NOW, -day), "a");
    const found = required("found", await gateway.repositoriesWithTree({ treeSha: tree }));
    expect(found.complete).toBe(false);
    expect(found.holders[0]).toMatchObject({ owner: "octo-org", personal: false });
  });

  test("the search limit of the minute: rate_limited until it is over", async () => {
    const ask = () => gateway.repositoriesWithTree({ treeSha: "0".repeat(40) });
    for (let count = 0; count < 30; count += 1) await ask();
    expect(await ask()).toEqual({ ok: false, reason: "rate_limited", retryAt: "2026-11-23T12:01:00.000Z" });
  });

  test("when one was made: 1 request, because the search does not say", async () => {
    own("notes");
    expect(await gateway.repositoryAt(notes)).toMatchObject({
      ok: true,
      value: { createdAt: "2021-01-01T00:00:00.000Z" },
    });
    expect(operations()).toEqual(["repos/get core"]);
    expect(await gateway.repositoryAt({ owner: "sol-example", name: "none" })).toMatchObject({
      reason: "not_found",
    });
  });
});

describe("clone address", () => {
  test("git clones with it, and the token can do nothing but read", async () => {
    const made = write(own("notes"), "2022-01-01T00:00:00.000Z");
    const address = required("address", await gateway.cloneAddress(notes));
    expect(address.url).toBe(`${url}/sol-example/notes.git`);
    const folder = mkdtempSync(join(tmpdir(), "sallyport-test-scan-"));
    const env = {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_TERMINAL_PROMPT: "0",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "http.extraHeader",
      GIT_CONFIG_VALUE_0: `Authorization: ${address.authorization}`,
    };
    const git = async (...args: string[]) => (await promisify(execFile)("git", args, { env })).stdout.trim();
    await git("clone", "--quiet", "--bare", "--filter=tree:0", address.url, join(folder, "clone"));
    expect(await git("-C", join(folder, "clone"), "rev-parse", "HEAD")).toBe(made?.sha);
    rmSync(folder, { recursive: true, force: true });

    const [name, token = ""] = Buffer.from(address.authorization.slice("basic ".length), "base64")
      .toString()
      .split(":");
    expect(name).toBe("x-access-token");
    const identified = scene.simulator.credentials.identify(`bearer ${token}`, NOW);
    expect(identified).toMatchObject({ ok: true, caller: { permissions: { metadata: "read" } } });
    if (!identified.ok || identified.caller.kind !== "installation") throw new Error("it is an installation's token");
    expect(Object.keys(identified.caller.permissions)).toEqual(["metadata"]);
    expect(lines.join("\n")).not.toContain(token);
    expect(await gateway.cloneAddress(notes)).toEqual({ ok: true, value: address });
    expect(gateway.usage.requests).toBe(1);
  });

  test("an installation that is gone: throws, and says nothing of tokens", async () => {
    scene.installation.suspendedAt = NOW;
    await expect(gateway.cloneAddress(notes)).rejects.toMatchObject({
      name: "OperatingError",
      message: expect.not.stringMatching(/ghs_|basic/),
    });
  });

  test("a name that is no name: stays one step of the path", async () => {
    const answer = await gateway.cloneAddress({ owner: "../x", name: "a b" });
    expect(required("address", answer).url).toBe(`${url}/..%2Fx/a%20b.git`);
  });
});

describe("failures", () => {
  const asks = {
    "graphql/OwnedRepositories": () => gateway.ownedRepositories({ nodeId: sol.nodeId, limit: 10 }),
    "repos/list-activities": () => gateway.pushes(notes),
    "search/commits": () => gateway.repositoriesWithTree({ treeSha: "0".repeat(40) }),
    "repos/get": () => gateway.repositoryAt(notes),
  } as const;
  const at = "2026-11-23T12:30:00.000Z";
  for (const [operation, ask] of Object.entries(asks))
    for (const [fault, expected] of [
      [
        { kind: "status", status: 403 },
        { reason: "forbidden", retryAt: null },
      ],
      [
        { kind: "status", status: 404 },
        { reason: "not_found", retryAt: null },
      ],
      [secondaryLimit(90), { reason: "rate_limited", retryAt: "2026-11-23T12:01:30.000Z" }],
      [primaryLimit(at), { reason: "rate_limited", retryAt: at }],
      [
        { kind: "status", status: 502 },
        { reason: "upstream_error", retryAt: null },
      ],
      [{ kind: "reset" }, { reason: "upstream_error", retryAt: null }],
    ] as const)
      test(`${operation}: ${"status" in fault ? fault.status : fault.kind} is ${expected.reason}, as data`, async () => {
        own("notes");
        scene.simulator.faults.add(operation, fault);
        expect(await ask()).toEqual({ ok: false, ...expected });
      });
});

describe("commit history", () => {
  const history = (headSha: string, cursor: string | null = null) =>
    gateway.commitHistory({ ...notes, headSha, cursor });

  test("a hundred commits a page, newest first, 1 request and 1 point each, and no clone", async () => {
    const made = addHistory(
      scene.world,
      own("notes"),
      Array.from({ length: 101 }, (_, index) => ({
        author: {
          ...who,
          at: `2022-01-01T00:${String(Math.floor(index / 60)).padStart(2, "0")}:${String(index % 60).padStart(2, "0")}.000Z`,
        },
        message: `Step ${index}`,
      })),
    );
    const head = made.at(-1)?.sha ?? "";
    const first = required("first", await history(head));
    const second = required("second", await history(head, first.next));
    expect([first.totalCount, first.commits.length, second.commits.length, second.next]).toEqual([101, 100, 1, null]);
    expect([...first.commits, ...second.commits].map(({ oid }) => oid)).toEqual(
      made.toReversed().map(({ sha }) => sha),
    );
    expect([...first.commits, ...second.commits].every((commit) => recordOfApiCommit(commit) !== null)).toBe(true);
    expect(first.commits[0]).toMatchObject({ author: { date: "2022-01-01T01:01:40+01:00" }, signature: null });
    expect(gateway.usage).toEqual({ requests: 2, points: 2 });
    expect(scene.simulator.sightings).toEqual([]);
  });

  test("what GitHub does not show of a commit leaves it out; a head or repository it does not know is not_found", async () => {
    const head = write(own("notes"), "2022-01-01T00:00:00.000Z")?.sha ?? "";
    const path = ["repository", "object", "history", "nodes", "0", "tree"];
    scene.simulator.faults.add("graphql/CommitHistory", { kind: "partial", path }, { times: 1 });
    expect(await history(head)).toMatchObject({ ok: true, value: { totalCount: 1, commits: [] } });
    const absent = { ok: false, reason: "not_found" };
    expect(await history("ab".repeat(20))).toMatchObject(absent);
    expect(await gateway.commitHistory({ ...notes, name: "other", headSha: head, cursor: null })).toMatchObject(absent);
  });
});
