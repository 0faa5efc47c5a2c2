import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { judgeChange } from "../src/assessment/judge-change.ts";
import { readDiff } from "../src/change/diff/read-diff.ts";
import { madeDiff } from "./made/made-diff.ts";
import { MEASURED } from "./measured.ts";

export interface ChangeFigures {
  /** Of ordinary lines, by all signals of the axis, secrets included. */
  readonly megabytesPerSecond: number;
  /** `sallyport change FILE --json` of 100 MB in 3,000 files. */
  readonly large: { readonly seconds: number; readonly peakMiB: number };
}

const MB = 1_000_000;
const main = resolve(import.meta.dirname, "../src/main.ts");

export async function benchChange(): Promise<ChangeFigures> {
  judged(2 * MB);
  const begun = performance.now();
  judged(20 * MB);
  const megabytesPerSecond = 20 / ((performance.now() - begun) / 1_000);
  return { megabytesPerSecond, large: await large() };
}

/** Reads and judges a made diff of so many bytes, a hundred files at 100 KB each. */
function judged(bytes: number): void {
  const files = [...readDiff([...madeDiff(bytes / 20_000, bytes)].join(""))].flatMap((entry) =>
    "file" in entry ? [entry.file] : [],
  );
  judgeChange({ files, unread: [] }, "2026-11-30T00:00:00Z");
}

async function large(): Promise<ChangeFigures["large"]> {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  try {
    const file = join(folder, "large.diff");
    await pipeline(Readable.from(madeDiff(3_000, 100 * MB)), createWriteStream(file));
    const begun = performance.now();
    const child = spawn(process.execPath, ["--import", MEASURED, main, "change", file, "--json"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [said, report] = await Promise.all([text(child.stderr), text(child.stdout)]);
    const { files } = JSON.parse(report) as { readonly files: readonly unknown[] };
    if (files.length !== 3_000) throw new Error(`read ${files.length} of 3,000 files: ${said}`);
    const peakKiB = Number(/peak (\d+)/.exec(said)?.[1]);
    return { seconds: (performance.now() - begun) / 1_000, peakMiB: peakKiB / 1_024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
