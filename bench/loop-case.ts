import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { LoopFigures } from "./loop.ts";
import type { WorstInput } from "./worst/worst-input.ts";
import { WORST_INPUTS } from "./worst/worst-inputs.ts";

const ROUNDS = 5;
const ROUNDS_MS = 500;
const PAGE = "<p>ordinary text of a page</p>".repeat(200);

const wanted = WORST_INPUTS.find(({ name }) => name === process.argv[2]);
if (wanted === undefined) throw new Error(`no worst input is called ${process.argv[2]}`);
const exponent = await growthOf(wanted);
const figures: LoopFigures = { ...middleOf(await threeTimes(() => stopsOf(wanted))), exponent };
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit());

/**
 * Slope of CPU time over size at n, 2n and 4n, both as logarithms. The mean of at least five runs and half a second
 * counts: the kernel counts a thread's time in steps of some milliseconds.
 */
async function growthOf({ growth, make }: WorstInput): Promise<number | null> {
  if (growth === null) return null;
  await (await make(growth))();
  const points: { readonly x: number; readonly y: number }[] = [];
  for (const factor of [1, 2, 4]) {
    const work = await make(growth * factor);
    const before = usedMs();
    const until = performance.now() + ROUNDS_MS;
    let rounds = 0;
    while (rounds < ROUNDS || performance.now() < until) {
      await work();
      rounds += 1;
    }
    points.push({ x: Math.log(factor), y: Math.log((usedMs() - before) / rounds) });
  }
  const mean = (of: "x" | "y"): number => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean("x"), mean("y")];
  const slope = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return slope / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}

type Stops = Omit<LoopFigures, "exponent">;

async function threeTimes(measure: () => Promise<Stops>): Promise<readonly Stops[]> {
  return [await measure(), await measure(), await measure()];
}

/** A stop of ours comes back. A host that takes the processor away, which a guest counts as its own work, does not. */
function middleOf(rounds: readonly Stops[]): Stops {
  const middle = rounds.toSorted((a, b) => a.longestMs - b.longestMs)[1];
  if (middle === undefined) throw new Error("nothing was measured");
  return middle;
}

/** The work at its full size, while somebody in another thread asks for a page again and again. */
async function stopsOf({ full, make }: WorstInput): Promise<Stops> {
  const work = await make(full);
  const server = createServer((_, response) => response.end(PAGE)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const reader = new Worker(new URL("page-reader.ts", import.meta.url), {
    workerData: { port: (server.address() as AddressInfo).port },
  });
  await once(reader, "message");
  const stops = watchStops();
  await pause(20);
  const before = performance.now();
  await work();
  const totalMs = performance.now() - before;
  await pause(20);
  const longestMs = stops();
  reader.postMessage("stop");
  const [latencies]: [readonly number[]] = (await once(reader, "message")) as [readonly number[]];
  server.close();
  server.closeAllConnections();
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    longestMs,
    totalMs,
    pageP99Ms: sorted[Math.ceil(0.99 * sorted.length) - 1] ?? 0,
  };
}

/**
 * A timer that should fire every millisecond; what comes back gives the longest time in which it could not because this
 * thread was at work, in ms: when others use the processor, that is not counted.
 */
function watchStops(): () => number {
  let last = { at: performance.now(), usedMs: usedMs() };
  let longest = 0;
  const timer = setInterval(() => {
    const now = { at: performance.now(), usedMs: usedMs() };
    longest = Math.max(longest, Math.min(now.at - last.at, now.usedMs - last.usedMs));
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
