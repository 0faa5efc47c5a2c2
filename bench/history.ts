import { type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cloneCommits } from "../src/history/read/clone.ts";
import { type HistoryShape, type MadeHistory, makeHistory } from "./made/made-history.ts";

export interface HistoryFigures {
  readonly reading: Readonly<Record<"signed" | "long" | "short", ReadingFigures>>;
  /** Commits alone cloned and reported ÷ a full clone and its log. Median of 3. */
  readonly cloneRatio: number;
}

export interface ReadingFigures {
  readonly commits: number;
  /** Wall time of the whole command ÷ that of git printing the same commits. Median of 7. */
  readonly ratio: number;
  /** Git alone. Median. */
  readonly floorSeconds: number;
}

export interface LargeHistoryFigures {
  /** Peak of our process alone at a million commits, the highest of the runs. */
  readonly residentMiB: number;
  /** Peak of the git process that reads for us. */
  readonly gitMiB: number;
  /** Wall time at a million commits ÷ at a hundred thousand. Median of 3. */
  readonly growth: number;
}

/**
 * The repositories that the rows name. Real ones of 75,000 to 87,000 commits take git alone 0.6 to 0.8 s: `signed` and
 * `long` are made to weigh as much, by signatures or by number. `short` is a third lighter, and what does not grow with
 * the commits weighs more in it.
 */
const SHAPES = {
  signed: { commits: 87_000, identities: 3_000, signed: true, mergeEvery: 3, messageBytes: [80, 2_000] },
  long: { commits: 120_000, identities: 3_000, mergeEvery: 3, messageBytes: [80, 2_000] },
  short: { commits: 75_000, identities: 3_000 },
  full: { commits: 20_000, identities: 1_000, blobs: true },
  hundredThousand: { commits: 100_000, identities: 3_000 },
  million: { commits: 1_000_000, identities: 30_000 },
} as const satisfies Record<string, HistoryShape>;

/** Measures `sallyport history` against git alone, in turns on the same machine. About two minutes. */
export async function benchHistory(): Promise<HistoryFigures> {
  return {
    reading: {
      signed: await withHistory(SHAPES.signed, benchReading),
      long: await withHistory(SHAPES.long, benchReading),
      short: await withHistory(SHAPES.short, benchReading),
    },
    cloneRatio: await withHistory(SHAPES.full, benchCloning),
  };
}

/** Memory and time at a million commits. About two minutes, most of it for making them. */
export function benchLargeHistory(): Promise<LargeHistoryFigures> {
  return withHistory(SHAPES.hundredThousand, (small) =>
    withHistory(SHAPES.million, async (large) => {
      const peaks: Peaks[] = [];
      const growth = await medianRatio(3, {
        ours: async () => peaks.push(await report(large)),
        theirs: () => report(small),
      });
      const highest = (of: keyof Peaks): number => Math.max(...peaks.map((each) => each[of]));
      return { residentMiB: highest("ownMiB"), gitMiB: highest("gitMiB"), growth };
    }),
  );
}

interface Place {
  readonly made: MadeHistory;
  readonly commits: number;
}

async function withHistory<T>(shape: HistoryShape, use: (place: Place) => Promise<T>): Promise<T> {
  const made = await makeHistory(shape);
  try {
    return await use({ made, commits: shape.commits });
  } finally {
    made.remove();
  }
}

async function benchReading(place: Place): Promise<ReadingFigures> {
  const git = `git -C "$0" rev-list --all | git -C "$0" cat-file --batch --buffer > /dev/null`;
  const { ratio, theirSeconds } = await inTurns(7, {
    ours: () => report(place),
    theirs: () => run("sh", ["-c", git, place.made.path]),
  });
  return { commits: place.commits, ratio, floorSeconds: theirSeconds };
}

const CLONE_LIMITS = { seconds: 300, bytes: 2 ** 31 };

async function benchCloning({ made, commits }: Place): Promise<number> {
  const url = `file://${made.path}`;
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  const full = join(folder, "full.git");
  const log = `git clone --quiet --bare "$0" "$1" && git -C "$1" log --all --format='%H %an %ae %aI %cn %ce %cI %s' > /dev/null`;
  const settings = { temporary: folder, searchPath: process.env.PATH ?? "", protocol: "file" } as const;
  try {
    return await medianRatio(3, {
      ours: async () => {
        const clone = await cloneCommits({ ...settings, url, limits: CLONE_LIMITS });
        if ("failed" in clone) throw new Error(`the clone failed: ${clone.failed} ${clone.complaint}`);
        await report({ made: { ...made, path: clone.path }, commits });
        await clone.remove();
      },
      theirs: async () => {
        await run("sh", ["-c", log, url, full]);
        rmSync(full, { recursive: true });
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One of each unmeasured, then in turns, so that what else the machine does weighs on both. */
async function inTurns(
  pairs: number,
  { ours, theirs }: Pair,
): Promise<{ readonly ratio: number; readonly theirSeconds: number }> {
  await theirs();
  await ours();
  const ratios: number[] = [];
  const floors: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const floor = await secondsOf(theirs);
    floors.push(floor);
    ratios.push((await secondsOf(ours)) / floor);
  }
  return { ratio: median(ratios), theirSeconds: median(floors) };
}

interface Pair {
  readonly ours: () => Promise<unknown>;
  readonly theirs: () => Promise<unknown>;
}

const medianRatio = async (pairs: number, pair: Pair): Promise<number> => (await inTurns(pairs, pair)).ratio;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

interface Peaks {
  readonly ownMiB: number;
  readonly gitMiB: number;
}

const main = resolve(import.meta.dirname, "../src/main.ts");

/** The command as a process of its own, its report in a file. Throws when a commit is missing in it. */
async function report({ made, commits }: Place): Promise<Peaks> {
  const file = `${made.path}.json`;
  const out = openSync(file, "w");
  const peaks = { ownMiB: 0, gitMiB: 0 };
  try {
    await run(process.execPath, [main, "history", made.path, "--json"], {
      stdio: ["ignore", out, "inherit"],
      whileRunning: (pid) => {
        peaks.ownMiB = Math.max(peaks.ownMiB, peakMiB(pid));
        for (const child of childrenOf(pid)) peaks.gitMiB = Math.max(peaks.gitMiB, peakMiB(child));
      },
    });
    const found = /"commits":(\d+)/.exec(readFileSync(file, "utf8"))?.[1];
    if (Number(found) !== commits) throw new Error(`read ${found} of ${commits} commits`);
    return peaks;
  } finally {
    closeSync(out);
    rmSync(file);
  }
}

const LOOK_MS = 20;

async function run(
  command: string,
  args: readonly string[],
  { whileRunning, ...options }: SpawnOptions & { readonly whileRunning?: (pid: number) => void } = {},
): Promise<void> {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], ...options });
  const ended = once(child, "close");
  const { pid } = child;
  while (whileRunning && pid !== undefined && (await Promise.race([ended, pause(LOOK_MS)])) === undefined)
    whileRunning(pid);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
}

/** Of one process alone; zero once it is gone. */
function peakMiB(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readProcess(pid, "status"))?.[1] ?? 0) / 1_024;
}

const childrenOf = (pid: number): readonly number[] =>
  (readProcess(pid, `task/${pid}/children`).match(/\d+/g) ?? []).map(Number);

function readProcess(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
