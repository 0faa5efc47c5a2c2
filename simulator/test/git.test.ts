import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "../../test/support/jest.ts";
import { addRepository } from "../src/build/build.ts";
import { addHistory } from "../src/build/build-history.ts";
import { mergePullRequest, openHistoryPullRequest } from "../src/build/build-merge.ts";
import { openPullRequest } from "../src/build/build-work.ts";
import type { HistoryCommit } from "../src/build/history-commit.ts";
import { createSimulator } from "../src/server.ts";
import { call, countingRandom, installationToken, type Stand, stand } from "./stand.ts";

const run = promisify(execFile);
const env = {
  PATH: process.env.PATH,
  GIT_TERMINAL_PROMPT: "0",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_NO_LAZY_FETCH: "1",
};
const git = async (...args: readonly string[]): Promise<string> => (await run("git", args, { env })).stdout;
const basic = (token: string): string => `basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;

const who = (at: string, offsetMinutes = 0) => ({ name: "Nil Example", email: "nil@example.org", at, offsetMinutes });
const SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\naGVsbG8=\n-----END PGP SIGNATURE-----\n";
const COMMITS: readonly HistoryCommit[] = [
  { author: who("2024-01-01T10:00:00.000Z"), message: "Start", files: { "README.md": "# Tool\n" } },
  {
    author: who("2024-01-02T10:00:00.000Z", -210),
    committer: { ...who("2024-01-03T10:00:00.000Z", 330), email: "other@example.org" },
    message: "Add the parser\n\nIn two files.",
    files: { "src/parse.ts": "export {};\n", "src/deep/a.ts": "1\n", src0: "x", "src.txt": "y" },
  },
  { author: who("2024-01-02T11:00:00.000Z"), message: "On the side", parents: [0], files: { "side.md": "side\n" } },
  { author: who("2024-01-04T10:00:00.000Z"), message: "Merge", parents: [1, 2], signature: SIGNATURE },
];

let scene: Stand;
let url: string;
let folder: string;
let clone: string;

beforeEach(async () => {
  scene = stand();
  url = await scene.simulator.listen();
  folder = mkdtempSync(join(tmpdir(), "sallyport-test-git-"));
  clone = join(folder, "clone");
});

afterEach(async () => {
  await scene.simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

const tool = (visibility: "public" | "private" = "public", name = "tool") =>
  addRepository(scene.world, { owner: scene.org, name, createdAt: "2024-02-01T00:00:00.000Z", visibility });

const refusal = (attempt: Promise<string>): Promise<string> =>
  attempt.then(
    () => "cloned",
    (error: unknown) => String(error),
  );

const cloned = (token: string | null, path: string, ...options: readonly string[]): Promise<string> =>
  git(
    ...(token === null ? [] : ["-c", `http.extraHeader=Authorization: ${basic(token)}`]),
    ...["clone", "--quiet", "--bare", ...options, `${url}/${path}.git`, clone],
  );

describe("git: a clone", () => {
  test("without trees: every commit is there as it was made, and nothing else", async () => {
    const made = addHistory(scene.world, tool(), COMMITS);
    await cloned(installationToken(scene), "octo-org/tool", "--single-branch", "--no-tags", "--filter=tree:0");
    const listed = await git(
      ...["-C", clone, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)"],
    );
    expect(listed.trim().split("\n").toSorted()).toEqual(made.map(({ sha }) => `${sha} commit`).toSorted());
    expect((await git("-C", clone, "rev-parse", "HEAD")).trim()).toBe(made.at(-1)?.sha);
    const text = await git("-C", clone, "cat-file", "commit", made[1]?.sha ?? "");
    expect(text).toBe(
      `tree ${made[1]?.tree}\nparent ${made[0]?.sha}\n` +
        "author Nil Example <nil@example.org> 1704189600 -0330\n" +
        "committer Nil Example <other@example.org> 1704276000 +0530\n\nAdd the parser\n\nIn two files.\n",
    );
    scene.simulator.expectNoViolations();
  });

  test("heads of pull requests are advertised, and no part of a clone of the branch", async () => {
    const repository = tool();
    const made = addHistory(scene.world, repository, COMMITS);
    const request = openHistoryPullRequest(scene.world, repository, {
      author: scene.newcomer,
      title: "Help",
      at: "2024-03-01T10:00:00.000Z",
      commits: [{ author: who("2024-02-20T10:00:00.000Z"), message: "Help", files: { "help.md": "help\n" } }],
    });
    expect(repository.commits[0]?.sha).toBe(made.at(-1)?.sha);
    const refs = await git("ls-remote", `${url}/octo-org/tool.git`);
    expect(refs).toContain(`${request.commits[0]?.sha}\trefs/pull/${request.number}/head`);
    expect(refs).toContain(`${made.at(-1)?.sha}\trefs/heads/main`);
    mergePullRequest(scene.world, request, {
      by: scene.ada,
      as: who("2024-03-02T10:00:00.000Z"),
      at: "2024-03-02T10:00:00.000Z",
      way: "merge",
    });
    expect(scene.world.pushes.at(-1)).toMatchObject({ kind: "pr_merge", actorId: scene.ada.id, branch: "main" });
    expect(repository.commits[0]?.parents).toEqual([made.at(-1)?.sha, request.commits[0]?.sha]);
    expect(await git("ls-remote", `${url}/octo-org/tool.git`)).toContain(`${repository.commits[0]?.sha}\tHEAD`);
    scene.simulator.expectNoViolations();
  });

  test("of everything: git finds nothing wrong with it, and the signature where it belongs", async () => {
    const made = addHistory(scene.world, tool(), COMMITS);
    await cloned(null, "octo-org/tool");
    expect(await git("-C", clone, "fsck", "--full", "--strict")).toBe("");
    expect(await git("-C", clone, "log", "-1", "--format=%P")).toBe(`${made[1]?.sha} ${made[2]?.sha}\n`);
    expect(await git("-C", clone, "cat-file", "commit", "HEAD")).toContain(
      "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n aGVsbG8=\n -----END PGP SIGNATURE-----\n\nMerge\n",
    );
    expect((await git("-C", clone, "ls-tree", "-r", "--name-only", "HEAD")).trim().split("\n")).toEqual([
      "README.md",
      "src.txt",
      "src/deep/a.ts",
      "src/parse.ts",
      "src0",
    ]);
  });
});

describe("git: a clone in another way, or of nothing", () => {
  test("by the old protocol: works too", async () => {
    addHistory(scene.world, tool(), COMMITS);
    await git("-c", "protocol.version=0", "clone", "--quiet", "--bare", `${url}/octo-org/tool.git`, clone);
    expect((await git("-C", clone, "rev-list", "--count", "HEAD")).trim()).toBe("4");
  });

  test("of a history that has grown: brings what is new", async () => {
    const repository = tool();
    addHistory(scene.world, repository, COMMITS);
    await cloned(null, "octo-org/tool", "--filter=tree:0");
    addHistory(scene.world, repository, [{ author: who("2024-02-01T00:00:00.000Z"), message: "Later" }]);
    await git("-C", clone, "fetch", "--quiet", "origin", "main:main");
    expect((await git("-C", clone, "rev-list", "--count", "main")).trim()).toBe("5");
  });

  test("asked in compressed form, as git does once it has much to say: is understood", async () => {
    const made = addHistory(scene.world, tool(), COMMITS);
    const ask = (body: Buffer<ArrayBuffer>) =>
      fetch(`${url}/octo-org/tool.git/git-upload-pack`, {
        method: "POST",
        headers: { "content-encoding": "gzip", "git-protocol": "version=2" },
        body,
      });
    const answer = await ask(gzipSync("0014command=ls-refs\n0000"));
    expect(await answer.text()).toContain(`${made.at(-1)?.sha} refs/heads/main`);
    expect((await ask(Buffer.from("not gzip"))).status).toBe(400);
  });

  test("of a repository nobody pushed to: is empty", async () => {
    tool();
    await cloned(null, "octo-org/tool");
    expect(await git("-C", clone, "count-objects")).toMatch(/^0 objects/);
    scene.simulator.expectNoViolations();
  });

  test("of commits that git knows nothing of: is a violation, not an empty repository", async () => {
    expect(await refusal(cloned(null, "octo-org/wallet"))).toContain("500");
    expect(() => scene.simulator.expectNoViolations()).toThrow("no_git_history");
  });
});

describe("git: who may clone", () => {
  test("private: an installation that reaches it with contents:read, and nobody else", async () => {
    addHistory(scene.world, tool("private"), COMMITS);
    expect(await refusal(cloned(installationToken(scene), "octo-org/tool"))).toContain("not found");
    expect(await refusal(cloned(null, "octo-org/tool"))).toContain("not found");
    await cloned(installationToken(scene, { contents: "read" }), "octo-org/tool");
    expect((await git("-C", clone, "rev-list", "--count", "HEAD")).trim()).toBe("4");
    scene.simulator.expectNoViolations();
  });

  test("a wrong token: 401, for a public repository too", async () => {
    addHistory(scene.world, tool(), COMMITS);
    const path = "/octo-org/tool.git/info/refs?service=git-upload-pack";
    const ask = (authorization: string) => call(url, path, { headers: { authorization } });
    expect((await ask(basic("ghs_nobody"))).status).toBe(401);
    expect((await ask(`bearer ${installationToken(scene)}`)).status).toBe(401);
    expect((await ask(basic(installationToken(scene)))).status).toBe(200);
    expect(await refusal(cloned("ghs_nobody", "octo-org/tool"))).toMatch(/401|Authentication failed|could not read/);
  });

  test("a push: refused before it begins", async () => {
    addHistory(scene.world, tool(), COMMITS);
    const asked = await call(url, "/octo-org/tool.git/info/refs?service=git-receive-pack");
    const sent = await call(url, "/octo-org/tool.git/git-receive-pack", { method: "POST", body: "0000" });
    expect([asked.status, sent.status]).toEqual([403, 403]);
  });

  test("faults: git meets them, and the ledger of the API counts nothing", async () => {
    addHistory(scene.world, tool(), COMMITS);
    scene.simulator.faults.add("git/upload-pack", { kind: "status", status: 503 }, { times: 1 });
    expect(await refusal(cloned(null, "octo-org/tool"))).toContain("503");
    await cloned(installationToken(scene), "octo-org/tool");
    expect(scene.simulator.ledger.entries).toEqual([]);
  });
});

describe("addHistory", () => {
  test("the same commits: the same SHAs and trees in another repository", () => {
    const first = addHistory(scene.world, tool("public", "first"), COMMITS);
    const second = addHistory(scene.world, tool("public", "second"), COMMITS);
    expect(second.map(({ sha }) => sha)).toEqual(first.map(({ sha }) => sha));
    expect(first[0]?.sha).toMatch(/^[0-9a-f]{40}$/);
  });

  test("commits the head does not lead to: are not on the branch", () => {
    const repository = tool();
    const made = addHistory(scene.world, repository, COMMITS.slice(0, 3));
    expect(repository.commits.map(({ sha }) => sha)).toEqual([made[2]?.sha, made[0]?.sha]);
    expect([...repository.files.keys()]).toEqual(["README.md", "side.md"]);
  });

  test("a noreply address: belongs to its account, any other to nobody", () => {
    const { id, login } = scene.newcomer;
    const mine = { ...who("2024-01-01T10:00:00.000Z"), email: `${id}+${login}@users.noreply.github.com` };
    const made = addHistory(scene.world, tool(), [{ author: mine, committer: who(mine.at, 120), message: "Mine" }]);
    expect(made[0]).toMatchObject({
      author: { accountId: id, date: "2024-01-01T10:00:00Z" },
      committer: { accountId: null, date: "2024-01-01T12:00:00+02:00" },
    });
  });

  test("a repository with other commits: is refused, because git could not serve them", () => {
    expect(() => addHistory(scene.world, scene.wallet, COMMITS)).toThrow("git knows nothing of");
    const repository = tool();
    expect(() => addHistory(scene.world, repository, [{ ...COMMITS[3]! }])).toThrow("no commit 1 yet");
  });

  test("pull requests: stand on the history's head", () => {
    const repository = tool();
    const made = addHistory(scene.world, repository, COMMITS);
    const at = "2026-11-23T11:00:00.000Z";
    expect(openPullRequest(scene.world, repository, { author: scene.newcomer, title: "Help", at }).baseSha).toBe(
      made.at(-1)?.sha,
    );
  });
});

test("simulator: stopping removes every repository it made", async () => {
  const { world, clock } = scene;
  addHistory(world, tool(), COMMITS);
  const simulator = createSimulator({ world, clock, random: countingRandom(), folder });
  const origin = await simulator.listen();
  await git("clone", "--quiet", "--bare", `${origin}/octo-org/tool.git`, clone);
  expect(readdirSync(folder)).toHaveLength(2);
  await simulator.stop();
  expect(readdirSync(folder)).toEqual(["clone"]);
});
