import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clone, type CloneFailure, cloneCommits } from "../../../src/history/read/clone.ts";
import { findRepository } from "../../../src/history/read/read.ts";
import { afterAll, expect, test } from "../../support/jest.ts";
import { git, readRepository, repository } from "../loaded.ts";

const temporary = mkdtempSync(join(tmpdir(), "sallyport-clone-"));
afterAll(() => rmSync(temporary, { recursive: true }));

/** A repository that serves partial clones, with a hook that a clone must not run. */
function served(count: number): string {
  const { path } = repository(
    Array.from({ length: count }, () => ({})),
    { mailmap: "A <a@example.org> <b@example.org>\n" },
  );
  execFileSync("git", ["-C", path, "config", "uploadpack.allowFilter", "true"]);
  return `file://${path}`;
}

const limits = { seconds: 30, bytes: 2 ** 24 };
const request = { ...git, temporary, limits, protocol: "file" as const };

function made(clone: Clone | CloneFailure): Clone {
  if ("failed" in clone) throw new Error(`${clone.failed} ${clone.complaint}`);
  return clone;
}

test("clone: commits come without trees, into a folder that goes again", async () => {
  const clone = made(await cloneCommits({ ...request, url: served(12) }));
  const { summary } = await readRepository(await findRepository(clone.path, git), git);
  expect(summary.commitCount).toBe(12);
  const kinds = execFileSync("git", [
    "-C",
    clone.path,
    "cat-file",
    "--batch-all-objects",
    "--batch-check=%(objecttype)",
  ]);
  expect(new Set(String(kinds).trim().split("\n"))).toEqual(new Set(["commit"]));
  expect(clone.byteCount).toBeGreaterThan(0);
  expect(existsSync(join(clone.path, "hooks"))).toBe(false);
  await clone.remove();
  expect(readdirSync(temporary)).toEqual([]);
});

test("clone: an empty repository is cloned and read as empty", async () => {
  const clone = made(await cloneCommits({ ...request, url: served(0) }));
  expect((await readRepository(await findRepository(clone.path, git), git)).summary.commitCount).toBe(0);
  await clone.remove();
});

test.each([
  ["more bytes than allowed", { limits: { seconds: 30, bytes: 100 } }, "too_large"],
  ["more time than allowed", { limits: { seconds: 0, bytes: 2 ** 20 } }, "timeout"],
  ["being stopped", { signal: AbortSignal.abort() }, "stopped"],
] as const)("clone: %s ends it, and nothing is left", async (_, more, failed) => {
  expect(await cloneCommits({ ...request, url: served(40), ...more })).toMatchObject({ failed });
  expect(readdirSync(temporary)).toEqual([]);
});

test("clone: only the protocol that was asked for is spoken", async () => {
  const { protocol: _, ...https } = request;
  expect(await cloneCommits({ ...https, url: served(3) })).toMatchObject({
    failed: "unreachable",
    complaint: expect.stringMatching(/transport 'file' not allowed/),
  });
  expect(readdirSync(temporary)).toEqual([]);
});

test("clone: what is no repository is said in git's own words, without the authorization", async () => {
  const failure = await cloneCommits({
    ...request,
    url: `file://${temporary}/nothing`,
    authorization: "basic c2VjcmV0",
  });
  expect(failure).toMatchObject({
    failed: "unreachable",
    complaint: expect.stringMatching(/does not (exist|appear)|not found/i),
  });
  expect(JSON.stringify(failure)).not.toContain("c2VjcmV0");
});

/** A server for clones by http, for the length of one test. */
async function servedBy<T>(answer: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/repository.git`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Processes that have the text in their command line. */
const processesWith = (text: string): readonly string[] =>
  execFileSync("ps", ["-eo", "pid=,args="], { encoding: "latin1" })
    .split("\n")
    .filter((line) => line.includes(text) && line.includes("git"));

test("clone: a server that stalls leaves no process of git's behind", async () => {
  let asked = 0;
  await servedBy(
    () => {
      asked += 1;
    },
    async (url) => {
      const stop = new AbortController();
      const clone = cloneCommits({ ...request, url, protocol: "http", signal: stop.signal });
      while (asked === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(processesWith(url).length).toBeGreaterThan(1);
      stop.abort();
      expect(await clone).toMatchObject({ failed: "stopped" });
      while (processesWith(url).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  );
});

test("clone: a server that only hands out files is refused before it sends any", async () => {
  const { path } = repository([{}, {}]);
  execFileSync("git", ["-C", path, "update-server-info"]);
  const sent: string[] = [];
  const root = existsSync(join(path, ".git")) ? join(path, ".git") : path;
  const answer: RequestListener = ({ url = "" }, response) => {
    const name = url.replace(/^\/repository\.git\//, "").split("?", 1)[0] ?? "";
    sent.push(name);
    const file = join(root, name);
    if (existsSync(file)) response.end(readFileSync(file));
    else response.writeHead(404).end();
  };
  const failure = await servedBy(answer, (url) => cloneCommits({ ...request, url, protocol: "http" }));
  expect(failure).toMatchObject({ failed: "unreachable", complaint: expect.stringMatching(/dumb http transport/) });
  expect(sent.filter((name) => name.startsWith("objects/"))).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
});
