import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { makeAccessFile } from "./made/made-access.ts";
import { MEASURED, measuredIn } from "./measured.ts";

export interface AccessFigures {
  /** Highest resident memory of the command's process, report included. */
  readonly peakMiB: number;
  readonly seconds: number;
}

const main = resolve(import.meta.dirname, "../src/main.ts");
export interface ReachFigures extends AccessFigures {
  readonly edges: number;
}

/** `sallyport access --snapshot FILE --json` on a made organisation of so many grants, with rules, read through a pipe. */
export async function benchReach(grantCount: number): Promise<ReachFigures> {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  try {
    const file = join(folder, "access.json");
    makeAccessFile(file, grantCount, "with rules");
    const begun = performance.now();
    const args = ["--import", MEASURED, main, "access", "--snapshot", file, "--json"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    const counted = countEdges(child.stdout);
    const said = await text(child.stderr);
    const edges = await counted;
    if (edges < grantCount) throw new Error(`only ${edges} edges of ${grantCount} grants: ${said}`);
    const peakKiB = Number(/peak (\d+)/.exec(said)?.[1]);
    return { edges, peakMiB: peakKiB / 1_024, seconds: (performance.now() - begun) / 1_000 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Counts `"can":` in a stream that is too long to keep. */
async function countEdges(stream: Readable): Promise<number> {
  let count = 0;
  let end = "";
  for await (const piece of stream.setEncoding("utf8")) {
    const seen = end + String(piece);
    count += seen.split('"can":').length - 1;
    end = seen.slice(-5);
  }
  return count;
}

/** `sallyport audit --snapshot FILE --json` on a made organisation of so many grants. Throws when one is missing. */
export async function benchAccess(grantCount: number): Promise<AccessFigures> {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  try {
    const file = join(folder, "access.json");
    makeAccessFile(file, grantCount);
    const begun = performance.now();
    const args = ["--import", MEASURED, main, "audit", "--snapshot", file, "--json"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    const head = new Promise<string>((found) => {
      let seen = "";
      child.stdout.setEncoding("utf8").on("data", (piece: string) => {
        if (seen.length < 2_000) seen += piece;
      });
      child.stdout.once("end", () => found(seen));
    });
    const said = await text(child.stderr);
    const counted = /"grants":(\d+)/.exec(await head)?.[1];
    if (Number(counted) !== grantCount) throw new Error(`read ${counted} of ${grantCount} grants: ${said}`);
    return { peakMiB: measuredIn(said).peakMiB, seconds: (performance.now() - begun) / 1_000 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
