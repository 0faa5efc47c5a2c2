import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { judgeChange } from "../src/assessment/judge-change.ts";
import { readDiff } from "../src/change/diff/read-diff.ts";
import { makeChanges } from "./made/made-changes.ts";
import { madeDiff } from "./made/made-diff.ts";
import { MEASURED, measuredIn } from "./measured.ts";

/** Processor time of this program alone, start and collection of garbage included: neither git's nor the disk's. */
export interface ChangeFigures {
  /** Megabytes of ordinary lines a second, by all signals of the axis, secrets included. */
  readonly megabytesPerSecond: number;
  /** `sallyport change --git DIR --stdin`. */
  readonly ranges: { readonly changesPerSecond: number; readonly peakMiB: number };
  /** `sallyport change FILE --json` of 100 MB in 3,000 files. */
  readonly large: { readonly cpuSeconds: number; readonly peakMiB: number };
}

const MB = 1_000_000;
const COMMITS = 600;
const main = resolve(import.meta.dirname, "../src/main.ts");

export async function benchChange(): Promise<ChangeFigures> {
  judged(2 * MB);
  const begun = process.cpuUsage();
  judged(20 * MB);
  const { user, system } = process.cpuUsage(begun);
  return { megabytesPerSecond: 20 / ((user + system) / 1e6), ranges: await ranges(), large: await large() };
}

/** Reads and judges a made diff of so many bytes, a hundred files at 100 KB each. */
function judged(bytes: number): void {
  const files = [...readDiff([...madeDiff(bytes / 20_000, bytes)].join(""))].flatMap((entry) =>
    "file" in entry ? [entry.file] : [],
  );
  judgeChange({ files, unread: [] }, "2026-11-30T00:00:00Z");
}

async function ranges(): Promise<ChangeFigures["ranges"]> {
  const made = makeChanges(COMMITS);
  try {
    const { output, cpuSeconds, peakMiB } = await run(["--git", made.path, "--stdin"], made.ranges.join("\n"));
    const lines = output.trim().split("\n");
    if (lines.length !== COMMITS) throw new Error(`${lines.length} of ${COMMITS} changes were judged`);
    return { changesPerSecond: COMMITS / cpuSeconds, peakMiB };
  } finally {
    made.remove();
  }
}

async function large(): Promise<ChangeFigures["large"]> {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  try {
    const file = join(folder, "large.diff");
    await pipeline(Readable.from(madeDiff(3_000, 100 * MB)), createWriteStream(file));
    const { output, cpuSeconds, peakMiB } = await run([file, "--json"], "");
    const { files } = JSON.parse(output) as { readonly files: readonly unknown[] };
    if (files.length !== 3_000) throw new Error(`read ${files.length} of 3,000 files`);
    return { cpuSeconds, peakMiB };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(
  args: readonly string[],
  input: string,
): Promise<ReturnType<typeof measuredIn> & { readonly output: string }> {
  const child = spawn(process.execPath, ["--import", MEASURED, main, "change", ...args]);
  child.stdin.end(input);
  const [said, output] = await Promise.all([text(child.stderr), text(child.stdout)]);
  return { ...measuredIn(said), output };
}
