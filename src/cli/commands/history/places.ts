import { tmpdir } from "node:os";
import { InvalidInput, OperatingError, type Problem } from "../../../errors.ts";
import { type Clone, type CloneFailure, cloneCommits } from "../../../history/read/clone.ts";
import type { GitSettings } from "../../../history/read/git.ts";
import { findRepository, type RepositoryLocation } from "../../../history/read/read.ts";
import type { Io } from "../../command.ts";
import { progressLine } from "../../progress.ts";
import { type AskedPlace, problem } from "./request.ts";
import { commandLine } from "./shell.ts";

/** A place with its repository, or with none before it is cloned. */
export interface Place extends AskedPlace {
  readonly location: RepositoryLocation | null;
}

/** What a treeless clone of a repository with a million commits needs, twice over. */
const CLONE_LIMITS = { seconds: 900, bytes: 2 * 2 ** 30 };

/** Finds the local repositories before anything is fetched. Throws InvalidInput with every one that is wrong. */
export async function findPlaces(asked: readonly AskedPlace[], settings: GitSettings): Promise<readonly Place[]> {
  const problems: Problem[] = [];
  const places: Place[] = [];
  for (const each of asked) {
    const location = each.remote ? null : await found(each.place, settings, problems);
    const same = places.find((place) => location !== null && place.location?.commonPath === location.commonPath);
    if (same) problems.push(problem(each.place, `the same repository as ${same.place}`, "give each repository once"));
    places.push({ ...each, location });
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  return places;
}

async function found(place: string, settings: GitSettings, problems: Problem[]): Promise<RepositoryLocation | null> {
  try {
    return await findRepository(place, settings);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

/**
 * Hands the repository of a place over, cloned where it is an address; the clone is gone afterwards. A repository on
 * this machine that breaks off is its owner's to mend.
 */
export async function withRepository(
  place: Place,
  { settings, io }: { readonly settings: GitSettings; readonly io: Io },
  use: (location: RepositoryLocation) => Promise<void>,
): Promise<void> {
  if (place.location !== null)
    return use(place.location).catch((error: unknown) => Promise.reject(asLocal(error, place)));
  const clone = await fetched(place.place, settings, io);
  try {
    await use(await findRepository(clone.path, settings));
  } finally {
    await clone.remove();
  }
}

function asLocal(error: unknown, { place }: Place): unknown {
  if (!(error instanceof OperatingError) || error.code !== "upstream_error") return error;
  return new InvalidInput([
    problem(place, error.message, `${commandLine(["git", "-C", place, "fsck"])} says what is broken in it`),
  ]);
}

async function fetched(url: string, settings: GitSettings, io: Io): Promise<Clone> {
  const progress = progressLine(io.stderr, "fetching commits: second");
  const startedAt = performance.now();
  const tick = setInterval(() => progress.update(Math.round((performance.now() - startedAt) / 1_000), null), 1_000);
  try {
    const clone = await cloneCommits({ ...settings, url, temporary: tmpdir(), limits: CLONE_LIMITS });
    if ("failed" in clone) throw cloneError(url, clone);
    return clone;
  } finally {
    clearInterval(tick);
    progress.clear();
  }
}

function cloneError(url: string, { failed, complaint }: CloneFailure): InvalidInput | OperatingError {
  const mebibytes = CLONE_LIMITS.bytes / 2 ** 20;
  if (failed === "too_large")
    return new InvalidInput([
      problem(url, `more than ${mebibytes} MiB of commits`, "clone it yourself and give the path"),
    ]);
  if (failed === "unreachable")
    return new OperatingError("github_unreachable", `the repository cannot be cloned: ${complaint}`);
  const why = failed === "timeout" ? `took longer than ${CLONE_LIMITS.seconds} s` : "was stopped";
  return new OperatingError("timeout", `the clone ${why}`);
}
