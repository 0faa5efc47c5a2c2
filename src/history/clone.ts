import { readdirSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { endOf, type GitEnvironment, type GitSettings, startGit } from "./git.ts";

export interface CloneRequest extends GitSettings {
  readonly url: string;
  /** Value of an Authorization header for exactly that address; never in an argument, where others could read it. */
  readonly authorization?: string | null;
  /** Folder in which the temporary one is made. */
  readonly temporary: string;
  /** Only the default branch: what a deep scan reads. */
  readonly singleBranch?: boolean;
  /** What git may speak; https everywhere but in tests and the demo, whose GitHub is on this machine. */
  readonly protocol?: "https" | "http" | "file";
  readonly limits: { readonly seconds: number; readonly bytes: number };
}

export interface Clone {
  readonly path: string;
  /** Bytes of the packs that came. */
  readonly byteCount: number;
  remove(): Promise<void>;
}

/** Why there is no clone; its folder is gone. `complaint` is git's own line, empty where a limit ended it. */
export interface CloneFailure {
  readonly failed: "too_large" | "timeout" | "unreachable" | "stopped";
  readonly complaint: string;
}

/**
 * Commits of a remote repository without trees and files, in a bare clone in a folder of its own. No hook, no
 * template, no credentials of anybody's, no redirect to another address.
 */
export async function cloneCommits(request: CloneRequest): Promise<Clone | CloneFailure> {
  const folder = await mkdtemp(join(request.temporary, "sallyport-history-"));
  const path = join(folder, "repository.git");
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const failure = await fetchInto(path, request);
  if (failure === null) return { path, remove, byteCount: packBytes(path) };
  await remove();
  return failure;
}

const LOOK_MS = 250;

async function fetchInto(path: string, request: CloneRequest): Promise<CloneFailure | null> {
  const { url, limits, searchPath } = request;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort("timeout"), limits.seconds * 1_000);
  const look = setInterval(() => packBytes(path) > limits.bytes && stop.abort("too_large"), LOOK_MS);
  const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal;
  const branch = request.singleBranch ? ["--single-branch"] : [];
  const options = ["clone", "--quiet", "--bare", "--no-tags", "--template=", "--filter=tree:0", ...branch];
  const child = startGit([...CLONING, ...options, "--", url, path], { searchPath, signal, env: speaking(request) });
  child.stdout.resume();
  const { code, complaint, aborted } = await endOf(child).finally(() => {
    clearTimeout(timer);
    clearInterval(look);
  });
  if (stop.signal.reason === "too_large" || packBytes(path) > limits.bytes)
    return { failed: "too_large", complaint: "" };
  if (stop.signal.reason === "timeout") return { failed: "timeout", complaint: "" };
  if (aborted) return { failed: "stopped", complaint: "" };
  return code === 0 ? null : { failed: "unreachable", complaint };
}

const CLONING = [
  ...["-c", "credential.helper=", "-c", "core.askPass=", "-c", "http.followRedirects=false"],
  ...["-c", "transfer.bundleURI=false", "-c", "fetch.fsckObjects=false", "-c", "gc.auto=0"],
];

function speaking({ authorization, protocol = "https" }: CloneRequest): GitEnvironment {
  return {
    GIT_ALLOW_PROTOCOL: protocol,
    ...(authorization != null && {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "http.extraHeader",
      GIT_CONFIG_VALUE_0: `Authorization: ${authorization}`,
    }),
  };
}

const packBytes = (path: string): number => {
  const packs = join(path, "objects", "pack");
  return filesOf(packs).reduce(
    (sum, name) => sum + (statSync(join(packs, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
};

/** Names in a folder; none while git has not made it yet. */
const filesOf = (folder: string): readonly string[] =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
