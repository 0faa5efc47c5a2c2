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
  /** With the names of all files in all versions, and still without a content. */
  readonly withTrees?: boolean;
  /** What git may speak; https everywhere but in tests and the demo, whose GitHub is on this machine. */
  readonly protocol?: "https" | "http" | "file";
  readonly limits: { readonly seconds: number; readonly bytes: number };
}

export interface Clone {
  readonly path: string;
  /** Bytes of everything that came. */
  readonly byteCount: number;
  remove(): Promise<void>;
}

/** Why there is no clone; its folder is gone. `complaint` is git's own line, empty where a limit ended it. */
export interface CloneFailure {
  readonly failed: "too_large" | "timeout" | "unreachable" | "stopped";
  readonly complaint: string;
}

/**
 * Commits of a remote repository without files, and unless asked without trees, in a bare clone in a folder of its own. No hook, no
 * template, no credentials of anybody's, no redirect to another address.
 */
export async function cloneCommits(request: CloneRequest): Promise<Clone | CloneFailure> {
  const folder = await mkdtemp(join(request.temporary, "sallyport-history-"));
  const path = join(folder, "repository.git");
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const failure = await fetchInto(path, request);
  if (failure === null) return { path, remove, byteCount: bytesIn(path) };
  await remove();
  return failure;
}

const LOOK_MS = 250;

async function fetchInto(path: string, request: CloneRequest): Promise<CloneFailure | null> {
  const { url, limits, searchPath } = request;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort("timeout"), limits.seconds * 1_000);
  const look = setInterval(() => bytesIn(path) > limits.bytes && stop.abort("too_large"), LOOK_MS);
  const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal;
  const filter = request.withTrees ? "--filter=blob:none" : "--filter=tree:0";
  const branch = request.singleBranch ? ["--single-branch"] : ["--no-single-branch"];
  const options = ["clone", "--quiet", "--bare", "--no-tags", "--template=", filter, ...WHOLE, ...branch];
  const child = startGit([...CLONING, ...options, "--", url, path], { searchPath, signal, env: speaking(request) });
  child.stdout.resume();
  const { code, complaint, aborted } = await endOf(child).finally(() => {
    clearTimeout(timer);
    clearInterval(look);
  });
  if (stop.signal.reason === "too_large" || bytesIn(path) > limits.bytes) return { failed: "too_large", complaint: "" };
  if (stop.signal.reason === "timeout") return { failed: "timeout", complaint: "" };
  if (aborted) return { failed: "stopped", complaint: "" };
  return code === 0 ? null : { failed: "unreachable", complaint };
}

/**
 * Git's word for a history without end. It costs nothing, and git refuses to ask it of a server that only hands out
 * files ("dumb" HTTP): such a server knows no filter, and sends trees and contents too.
 */
const WHOLE = ["--depth=2147483647"];

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

/** Bytes of all files below a path, unfinished ones too; 0 for what is not there yet, or not any more. */
function bytesIn(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.size ?? 0;
  return namesIn(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}

/** Git moves its temporary folders away while we look. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
