import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packOf } from "./git-objects.ts";
import type { History } from "./world-history.ts";

/** The bare repositories git serves from: made in a temporary folder when first asked for. */
export interface GitHost {
  /** What `git upload-pack` answers about a repository; undefined is one nobody has pushed to. */
  uploadPack(
    repository: { readonly id: number; readonly defaultBranch: string; readonly history: History | undefined },
    ask: { readonly advertise: boolean; readonly protocol: string; readonly body: Buffer },
  ): Promise<Buffer>;
  /** Removes every repository and the folder. */
  remove(): Promise<void>;
}

export function createGitHost(parent: string = tmpdir()): GitHost {
  let root: Promise<string> | null = null;
  const made = new Map<string, Promise<string>>();
  return {
    async uploadPack({ id, defaultBranch, history }, { advertise, protocol, body }) {
      root ??= mkdtemp(join(parent, "sallyport-sim-git-"));
      // A history that has grown gets a folder of its own: somebody may still be reading from the old one.
      const key = `${id}-${history?.commits.length ?? 0}`;
      const folder = made.get(key) ?? root.then((path) => makeRepository(join(path, key), defaultBranch, history));
      made.set(key, folder);
      const mode = advertise ? ["--http-backend-info-refs"] : [];
      const options = ["--strict", `--timeout=${LONGEST_SECONDS}`, "--stateless-rpc", ...mode];
      return git([...SERVING, "upload-pack", ...options, await folder], { input: body, protocol });
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

/**
 * One pack instead of `fast-import`: its objects are the bytes the world hashed, signatures included, and git checks
 * each of them while it indexes.
 */
async function makeRepository(folder: string, branch: string, history: History | undefined): Promise<string> {
  await git(["init", "--quiet", "--bare", "--template=", `--initial-branch=${branch}`, folder]);
  const head = history?.commits.at(-1);
  if (history === undefined || head === undefined) return folder;
  await git(["--git-dir", folder, "index-pack", "--stdin"], { input: packOf(history.objects.values()) });
  await writeFile(join(folder, "packed-refs"), `${head.sha} refs/heads/${branch}\n`);
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
      reject(new Error(`sim/git: git ${args.join(" ")} ended with ${code}: ${Buffer.concat(complained)}`));
    });
  });
}
