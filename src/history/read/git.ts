import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { dirname, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { InvalidInput } from "../../errors.ts";

/** How git is run here: where it is looked for, and what may end it early. */
export interface GitSettings {
  /** The search path of the process. */
  readonly searchPath: string;
  readonly signal?: AbortSignal;
}

export type GitProcess = ChildProcessByStdio<null, Readable, Readable>;
/** Git that is asked one thing after the other. */
export type GitDialogue = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts git on a repository that may be hostile: nobody's configuration but the repository's, no hooks, no prompts,
 * no replaced objects or grafts, and no protocol, so that a partial clone cannot fetch what it lacks. Commands used
 * here run nothing that a repository's own configuration names.
 */
export function startGit(
  args: readonly string[],
  settings: GitSettings & { readonly env?: GitEnvironment },
): GitProcess {
  return endedBy(
    settings,
    spawn("git", commandLine(args), { ...howStarted(settings), stdio: ["ignore", "pipe", "pipe"] }),
  );
}

/** The same, for commands that take requests on standard input and answer each at once. */
export function startDialogue(
  args: readonly string[],
  settings: GitSettings & { readonly env?: GitEnvironment },
): GitDialogue {
  const started = { ...howStarted(settings), stdio: ["pipe", "pipe", "pipe"] as ["pipe", "pipe", "pipe"] };
  const child = endedBy(settings, spawn("git", commandLine(args), started));
  // Git that ends early is known by its exit; what was still to be written to it is not an error of its own.
  child.stdin.on("error", () => {});
  return child;
}

const commandLine = (args: readonly string[]): string[] => ["--no-pager", ...HARDENED, ...args];

const howStarted = ({ signal, searchPath, env }: GitSettings & { readonly env?: GitEnvironment }) => ({
  env: { ...QUIET, PATH: searchPath, ...env },
  ...(signal && { signal }),
  killSignal: "SIGKILL" as const,
  detached: true,
});

function endedBy<Child extends ChildProcess>({ signal }: GitSettings, child: Child): Child {
  const end = (): void => endGroup(child);
  signal?.addEventListener("abort", end, { once: true });
  child.once("exit", () => signal?.removeEventListener("abort", end));
  if (signal?.aborted) end();
  return child;
}

/** Git leaves the network to a program of its own, which lives on when git alone is ended: the whole group goes. */
function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  // Until Node has said that it ended, its number is nobody else's.
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, "SIGKILL");
}

export type GitEnvironment = Readonly<Record<string, string>>;

/** Ownership by another user is no danger to commands that run nothing of the repository's. */
const HARDENED = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "safe.directory=*"];

const QUIET: GitEnvironment = {
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_GRAFT_FILE: "/dev/null",
  // Since git 2.45; before, the missing protocol is what keeps a lazy fetch from happening.
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
  // Records are flushed one by one otherwise, which costs a third of the time.
  GIT_FLUSH: "0",
};

/** The environment that finds a repository at exactly `path` and not in a folder above it. */
export const onlyAt = (path: string): GitEnvironment => ({ GIT_CEILING_DIRECTORIES: dirname(resolve(path)) });

export interface GitEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** First line git complained with, without its prefix. */
  readonly complaint: string;
  /** True when `signal` ended it. */
  readonly aborted: boolean;
}

/** Runs git to its end and keeps the beginning of what it prints. Throws InvalidInput when there is no git. */
export async function runGit(
  args: readonly string[],
  settings: GitSettings & { readonly env?: GitEnvironment },
): Promise<GitEnd & { readonly stdout: Buffer }> {
  const child = startGit(args, settings);
  const chunks: Buffer[] = [];
  let kept = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    if (kept < MAX_OUTPUT_BYTES) chunks.push(chunk);
    kept += chunk.length;
  });
  const end = await endOf(child);
  return { ...end, stdout: Buffer.concat(chunks) };
}

const MAX_OUTPUT_BYTES = 4 * 2 ** 20;
const MAX_COMPLAINT_BYTES = 4_096;

/** How git ended. Throws InvalidInput when there is none. */
export async function endOf(child: GitProcess | GitDialogue): Promise<GitEnd> {
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (stderr.length < MAX_COMPLAINT_BYTES) stderr += chunk.toString("latin1");
  });
  const { code, error } = await new Promise<{ code: number | null; error: NodeJS.ErrnoException | null }>((resolve) => {
    child.once("error", (failed) => resolve({ code: null, error: failed }));
    child.once("close", (exit) => resolve({ code: exit, error: null }));
  });
  const complaint = firstComplaint(stderr);
  if (error === null) return { code, complaint, aborted: false };
  if (error.name === "AbortError") return { code: null, complaint, aborted: true };
  throw notStarted(error);
}

function notStarted(error: NodeJS.ErrnoException): InvalidInput {
  const missing = error.code === "ENOENT";
  const what = missing ? "not found on the search path" : `cannot be started (${error.code ?? error.name})`;
  return new InvalidInput([{ where: "git", what, mend: "install git 2.31 or newer" }]);
}

/** The line that says what is wrong; progress, hints and warnings come before it. */
function firstComplaint(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  const fatal = lines.find((line) => /^(fatal|error):/.test(line)) ?? lines.find((line) => line !== "") ?? "";
  return fatal.replace(/^(fatal|error): /, "").slice(0, 200);
}
