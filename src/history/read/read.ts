import { InvalidInput, OperatingError } from "../../errors.ts";
import { atOnce } from "../../slices.ts";
import { endOf, type GitSettings, onlyAt, runGit, startGit } from "./git.ts";
import { readRecord } from "./record.ts";
import { MAX_ROWS } from "./row-order.ts";
import { type Table, type TableBuilder, tableBuilder } from "./table.ts";

export interface ReadOptions extends GitSettings {
  /** A revision whose ancestors are read; null for everything that any reference reaches. */
  readonly rev?: string | null;
  /** Commits before this moment are left out: seconds since 1970. */
  readonly since?: number | null;
  /** True in a process that serves nobody: reading is faster when the thread stops now and then (see `doze`). */
  readonly mayStopThread?: boolean;
  /** Rows of the table, which are commits and their parents; all that one can have when nobody says less. */
  readonly maxRows?: number;
  /** Called now and then with the number of commits read so far. */
  readonly onProgress?: (commitCount: number) => void;
}

/** One repository as it is on disk. */
export interface Place {
  readonly path: string;
  readonly oidBytes: 20 | 32;
  /** True when older commits are left out on purpose. */
  readonly shallow: boolean;
}

export interface ReadSummary {
  readonly commitCount: number;
  /** Commit objects without a readable author or committer. */
  readonly malformedCount: number;
}

/** Looks at a local repository, bare or not. Throws InvalidInput when `path` is none, or there is no git. */
export async function findRepository(path: string, settings: GitSettings): Promise<Place> {
  const asked = ["rev-parse", "--absolute-git-dir", "--show-object-format", "--is-shallow-repository"];
  const { code, stdout, complaint } = await runGit(["-C", path, ...asked], { ...settings, env: onlyAt(path) });
  const [directory = "", format, shallow] = stdout.toString("utf8").split("\n");
  if (code !== 0 || directory === "") {
    const what = /cannot change to/.test(complaint) ? "no such folder" : "not a git repository";
    throw new InvalidInput([{ where: path, what, mend: "give the folder of a clone, bare or not, or an https URL" }]);
  }
  return { path: directory, oidBytes: format === "sha256" ? 32 : 20, shallow: shallow === "true" };
}

/** Reads every commit of one repository; see `readInto`. Throws InvalidInput for more than a table holds. */
export async function readRepository(
  place: Place,
  options: ReadOptions,
): Promise<{ readonly table: Table; readonly summary: ReadSummary }> {
  const { maxRows = MAX_ROWS } = options;
  const builder = tableBuilder(place.oidBytes, { maxRows });
  const summary = await readInto(builder, place, options);
  if (builder.isCut) throw tooMany(maxRows);
  return { table: atOnce(builder.finish()), summary };
}

/**
 * Streams the commit objects of one repository into a table. One git process walks and prints at once, each object
 * inflated a single time; memory grows by a row a commit and by each new person. Ends early where the table is cut. Throws InvalidInput for a revision
 * that is not there, OperatingError when the repository breaks off.
 */
export async function readInto(table: TableBuilder, place: Place, options: ReadOptions): Promise<ReadSummary> {
  const revisions = options.rev == null ? ["--all"] : [await resolveRevision(place, options.rev, options)];
  const limits = options.since == null ? [] : [sinceLimit(options.since)];
  // The encoding a commit declares is left alone: names stay the bytes that were written.
  const args = ["--git-dir", place.path, "rev-list", "--header", "--encoding=none", ...limits, ...revisions, "--"];
  const child = startGit(args, options);
  const ended = endOf(child);
  const splitter = recordSplitter(table, place.oidBytes * 2);
  let told = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    splitter.take(chunk);
    // Git ends when nobody listens any more.
    if (table.isCut) child.stdout.destroy();
    if (options.mayStopThread && chunk.length < FULL_BYTES) doze();
    if (splitter.summary.commitCount - told < PROGRESS_STEP) return;
    told = splitter.summary.commitCount;
    options.onProgress?.(told);
  });
  const { code, complaint, aborted } = await ended;
  if (aborted) throw new OperatingError("timeout", "the reading was stopped");
  if (code !== 0 && !table.isCut)
    throw new OperatingError("upstream_error", `the repository cannot be read to its end: ${complaint}`);
  return splitter.summary;
}

function tooMany(maxRows: number): InvalidInput {
  const what = `more commits than one reading holds (${maxRows.toLocaleString("en")})`;
  return new InvalidInput([{ where: "repository", what, mend: "read a part of them with --rev or --since" }]);
}

const PROGRESS_STEP = 2_000;

/**
 * Git prints 4 KB at a time, and to wake a reader that sleeps costs it as long as to print half of that. A reader that
 * looks away for a fifth of a millisecond is woken ten times less often and takes eight times as much at once, and git
 * does not wait for it: its pipe holds what it prints in a millisecond.
 */
const doze = (): void => void Atomics.wait(NEVER, 0, 0, DOZE_MS);
const NEVER = new Int32Array(new SharedArrayBuffer(4));
const DOZE_MS = 0.2;
/** A chunk of this size was worth being woken for. */
const FULL_BYTES = 32 * 2 ** 10;

/** How many commits `readInto` will read: a walk of its own, for a progress bar. Null when git cannot say. */
export async function countCommits(place: Place, { rev, since, ...settings }: ReadOptions): Promise<number | null> {
  const limits = since == null ? [] : [sinceLimit(since)];
  const what = rev == null ? ["--all"] : ["--end-of-options", rev];
  const args = ["--git-dir", place.path, "rev-list", "--count", ...limits, ...what];
  const { code, stdout } = await runGit(args, settings);
  return code === 0 ? Number(stdout.toString("latin1")) : null;
}

const sinceLimit = (since: number): string => `--since=${new Date(since * 1_000).toISOString()}`;

async function resolveRevision(place: Place, rev: string, settings: GitSettings): Promise<string> {
  const args = ["--git-dir", place.path, "rev-parse", "--verify", "--quiet", "--end-of-options", `${rev}^{commit}`];
  const { code, stdout } = await runGit(args, settings);
  if (code === 0) return stdout.toString("latin1").trim();
  throw new InvalidInput([{ where: "--rev", what: "no such commit", mend: "give a branch, a tag or a commit id" }]);
}

/** More of one commit is not kept: room for the headers of 100,000 parents. The rest of a message is passed over. */
const MAX_RECORD_BYTES = 8 * 2 ** 20;

/** Cuts what git prints at the NULs between commits; a commit may come in any number of pieces. */
function recordSplitter(
  table: TableBuilder,
  digits: number,
): { take(chunk: Buffer): void; readonly summary: { -readonly [Key in keyof ReadSummary]: ReadSummary[Key] } } {
  const summary = { commitCount: 0, malformedCount: 0 };
  let pieces: Buffer[] = [];
  let kept = 0;

  function record(bytes: Buffer, from: number, to: number): void {
    if (readRecord(bytes, from, to, table, digits)) summary.commitCount++;
    else summary.malformedCount++;
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
