import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { History } from "../world/world-history.ts";
import { packOf } from "./git-objects.ts";

/** The bare repositories git serves from: made in a temporary folder when first asked for. */
export interface GitHost {
  /** What `git upload-pack` answers about a repository; undefined is one nobody has pushed to. */
  uploadPack(
    repository: {
      readonly id: number;
      readonly defaultBranch: string;
      readonly history: History | undefined;
      /** Heads of its pull requests, merged and closed ones too. */
      readonly pulls: readonly { readonly number: number; readonly sha: string }[];
    },
    ask: { readonly advertise: boolean; readonly protocol: string; readonly body: Buffer },
  ): Promise<Buffer>;
  /** Removes every repository and the folder. */
  remove(): Promise<void>;
}

export function createGitHost(parent: string = tmpdir()): GitHost {
  let root: Promise<string> | null = null;
  const made = new Map<string, Promise<string>>();
  let capabilities: Buffer | null = null;
  return {
    async uploadPack({ id, defaultBranch, history, pulls }, { advertise, protocol, body }) {
      // The second version says first what the server can do, which no repository changes.
      const asksForCapabilities = advertise && protocol === "version=2";
      if (asksForCapabilities && capabilities !== null) return capabilities;
      root ??= mkdtemp(join(parent, "sallyport-sim-git-"));
      const refs = refsOf(history, defaultBranch, pulls);
      // A history that has moved gets a folder of its own: somebody may still be reading from the old one.
      const key = `${id}-${createHash("sha1").update(refs).digest("hex")}`;
      const folder =
        made.get(key) ?? root.then((path) => makeRepository(join(path, key), { branch: defaultBranch, history, refs }));
      made.set(key, folder);
      const mode = advertise ? ["--http-backend-info-refs"] : [];
      const options = ["--strict", `--timeout=${LONGEST_SECONDS}`, "--stateless-rpc", ...mode];
      const answer = await git([...SERVING, "upload-pack", ...options, await folder], { input: body, protocol });
      if (asksForCapabilities) capabilities = answer;
      return answer;
    },
    async remove() {
      if (root === null) return;
      const folder = await root;
      await Promise.allSettled(made.values());
      root = null;
      made.clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const LONGEST_SECONDS = 60;

/** What GitHub allows whoever fetches: clones without trees or blobs, and any object by its SHA. */
const SERVING = ["-c", "uploadpack.allowFilter=true", "-c", "uploadpack.allowAnySHA1InWant=true"];

/** Everything GitHub advertises, as `packed-refs` has it: the branch, and pull requests whose commits git has. */
function refsOf(
  history: History | undefined,
  branch: string,
  pulls: readonly { readonly number: number; readonly sha: string }[],
): string {
  if (history == null || history.head === null) return "";
  const heads = pulls
    .filter(({ sha }) => history.objects.has(sha))
    .map(({ number, sha }) => `${sha} refs/pull/${number}/head\n`);
  return [`${history.head} refs/heads/${branch}\n`, ...heads].join("");
}

/**
 * One pack instead of `fast-import`: its objects are the bytes the world hashed, signatures included, and git checks
 * each of them while it indexes.
 */
async function makeRepository(
  folder: string,
  made: { readonly branch: string; readonly history: History | undefined; readonly refs: string },
): Promise<string> {
  await mkdir(join(folder, "objects"), { recursive: true });
  await mkdir(join(folder, "refs"));
  await writeFile(join(folder, "HEAD"), `ref: refs/heads/${made.branch}\n`);
  await writeFile(join(folder, "config"), "[core]\n\trepositoryformatversion = 0\n\tbare = true\n");
  if (made.history === undefined || made.refs === "") return folder;
  await git(["--git-dir", folder, "index-pack", "--stdin"], { input: packOf(made.history.objects.values()) });
  await writeFile(join(folder, "packed-refs"), made.refs);
  return folder;
}

/** Runs git with nothing of the machine's own settings or variables; returns what it wrote. */
function git(
  args: readonly string[],
  { input, protocol = "" }: { readonly input?: Buffer; readonly protocol?: string } = {},
): Promise<Buffer> {
  const child = spawn("git", args, {
    env: {
      PATH: "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
      LC_ALL: "C",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_PROTOCOL: protocol,
    },
  });
  const wrote: Buffer[] = [];
  const complained: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => wrote.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complained.push(chunk));
  // Git stops reading when it has refused; what it says then is in its answer.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0 || wrote.length > 0) return resolve(Buffer.concat(wrote));
      reject(new Error(`simulator/git: git ${args.join(" ")} ended with ${code}: ${Buffer.concat(complained)}`));
    });
  });
}
