import { existsSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput, OperatingError } from "../../errors.ts";
import { endOf, type GitSettings, onlyAt, runGit, startGit } from "./git.ts";
import { type ReadSummary, readRecord } from "./record.ts";
import { type ReferenceChoice, referenceArguments } from "./references.ts";
import type { TableBuilder } from "./table.ts";

export interface ReadOptions extends GitSettings {
  /** A revision whose ancestors are read; null for everything that the references reach. */
  readonly rev?: string | null;
  /** Which references; all of them when nobody says. */
  readonly refs?: ReferenceChoice;
  /**
   * Commits whose commit date is before this moment are left out: seconds since 1970. Every commit is compared by
   * itself: git's own limit knows no date before 1970 or from 2100 on, and stops at the first wrong clock.
   */
  readonly since?: number | null;
  /** True in a process that serves nobody: reading is faster when the thread stops now and then (see `pauseThread`). */
  readonly mayStopThread?: boolean;
  /** Called now and then with the number of commits looked at so far, those that are left out too. */
  readonly onProgress?: (commitCount: number) => void;
}

/** One repository as it is on disk. */
export interface RepositoryLocation {
  readonly path: string;
  /** The folder that all work trees of a repository share: two places with one are one repository. */
  readonly commonPath: string;
  readonly oidBytes: 20 | 32;
  /** Commit that HEAD stands for; null where there is none yet. */
  readonly head: string | null;
  /** True when older commits are left out on purpose. */
  readonly shallow: boolean;
  /** True when a file gives commits other parents than they have. It is not followed: commits are read as written. */
  readonly grafted: boolean;
}

/** Looks at a local repository, bare or not. Throws InvalidInput when `path` is none, or there is no git. */
export async function findRepository(path: string, settings: GitSettings): Promise<RepositoryLocation> {
  const folders = ["--path-format=absolute", "--absolute-git-dir", "--git-common-dir"];
  // HEAD comes last, because without a commit it is not printed.
  const facts = ["--show-object-format", "--is-shallow-repository", "--revs-only", "HEAD"];
  const asked = ["-C", path, "rev-parse", ...folders, ...facts];
  const { code, stdout, complaint } = await runGit(asked, { ...settings, env: onlyAt(path) });
  const [directory = "", commonPath = "", format, shallow, tip = ""] = stdout.toString("utf8").split("\n");
  if (code !== 0 || directory === "") {
    const what = /cannot change to/.test(complaint) ? "no such folder" : "not a git repository";
    throw new InvalidInput([{ where: path, what, mend: "give the folder of a clone, bare or not, or an https URL" }]);
  }
  return {
    path: directory,
    commonPath,
    oidBytes: format === "sha256" ? 32 : 20,
    head: tip === "" ? null : tip,
    shallow: shallow === "true",
    grafted: existsSync(join(commonPath, "info/grafts")),
  };
}

/**
 * Streams the commit objects of one repository into a table. One git process walks and prints at once, each object
 * inflated a single time; memory grows by a row a commit and by each new person. Ends early where the table is cut.
 * Throws InvalidInput for a revision that is not there, OperatingError when the repository breaks off.
 */
export async function readInto(
  table: TableBuilder,
  location: RepositoryLocation,
  options: ReadOptions,
): Promise<ReadSummary> {
  const revisions = await revisionsOf(location, options);
  // The encoding a commit declares is left alone: names stay the bytes that were written.
  const args = ["--git-dir", location.path, "rev-list", "--header", "--encoding=none", ...revisions, "--"];
  const child = startGit(args, options);
  const ended = endOf(child);
  const splitter = recordSplitter(table, {
    digits: location.oidBytes * 2,
    ...(options.since != null && { since: options.since }),
  });
  let reportedCount = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    splitter.take(chunk);
    // Git ends when nobody listens any more.
    if (table.isCut) child.stdout.destroy();
    if (options.mayStopThread && chunk.length < FULL_BYTES) pauseThread();
    const { commitCount, malformedCount, olderCount } = splitter.summary;
    const lookedAt = commitCount + malformedCount + olderCount;
    if (lookedAt - reportedCount < PROGRESS_STEP) return;
    reportedCount = lookedAt;
    options.onProgress?.(reportedCount);
  });
  const { code, complaint, aborted } = await ended;
  if (aborted) throw new OperatingError("timeout", "the reading was stopped");
  if (code !== 0 && !table.isCut)
    throw new OperatingError("upstream_error", `the repository cannot be read to its end: ${complaint}`);
  return splitter.summary;
}

const PROGRESS_STEP = 2_000;
/**
 * Git prints 4 KB at a time, and to wake a reader that sleeps costs it as long as to print half of that. A reader that
 * looks away for a fifth of a millisecond is woken ten times less often and takes eight times as much at once, and git
 * does not wait for it: its pipe holds what it prints in a millisecond.
 */
const pauseThread = (): void => void Atomics.wait(NEVER, 0, 0, PAUSE_MS);
const NEVER = new Int32Array(new SharedArrayBuffer(4));
const PAUSE_MS = 0.2;
/** A chunk of this size was worth being woken for. */
const FULL_BYTES = 32 * 2 ** 10;

/** How many commits `readInto` will look at: a walk of its own, for a progress bar. Null when git cannot say. */
export async function countCommits(location: RepositoryLocation, options: ReadOptions): Promise<number | null> {
  const { rev, refs = "all" } = options;
  const revisions = rev == null ? referenceArguments(refs, location.head) : ["--end-of-options", rev];
  const args = ["--git-dir", location.path, "rev-list", "--count", ...revisions, "--"];
  const { code, stdout } = await runGit(args, options);
  return code === 0 ? Number(stdout.toString("latin1")) : null;
}

const revisionsOf = async (location: RepositoryLocation, options: ReadOptions): Promise<readonly string[]> =>
  options.rev == null
    ? referenceArguments(options.refs ?? "all", location.head)
    : [await resolveRevision(location, options.rev, options)];

async function resolveRevision(location: RepositoryLocation, rev: string, settings: GitSettings): Promise<string> {
  const args = ["--git-dir", location.path, "rev-parse", "--verify", "--quiet", "--end-of-options", `${rev}^{commit}`];
  const { code, stdout } = await runGit(args, settings);
  if (code === 0) return stdout.toString("latin1").trim();
  throw new InvalidInput([{ where: "--rev", what: "no such commit", mend: "give a branch, a tag or a commit id" }]);
}

/** More of one commit is not kept: room for the headers of 100,000 parents. The rest of a message is passed over. */
const MAX_RECORD_BYTES = 8 * 2 ** 20;

/** Cuts what git prints at the NULs between commits; a commit may come in any number of pieces. */
function recordSplitter(
  table: TableBuilder,
  form: { readonly digits: number; readonly since?: number },
): { take(chunk: Buffer): void; readonly summary: { -readonly [Key in keyof ReadSummary]: ReadSummary[Key] } } {
  const summary = { commitCount: 0, malformedCount: 0, olderCount: 0 };
  let pieces: Buffer[] = [];
  let kept = 0;

  function record(bytes: Buffer, from: number, to: number): void {
    summary[readRecord(bytes, from, to, table, form)]++;
  }

  function keep(piece: Buffer): void {
    const room = MAX_RECORD_BYTES - kept;
    if (room <= 0 || piece.length === 0) return;
    pieces.push(piece.length > room ? piece.subarray(0, room) : piece);
    kept += piece.length;
  }

  return {
    summary,
    take(chunk) {
      let from = 0;
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
        if (pieces.length === 0) record(chunk, from, end);
        else {
          keep(chunk.subarray(from, end));
          const whole = Buffer.concat(pieces);
          record(whole, 0, whole.length);
          pieces = [];
          kept = 0;
        }
        from = end + 1;
      }
      keep(chunk.subarray(from));
    },
  };
}
