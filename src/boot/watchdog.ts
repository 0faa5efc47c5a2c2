import { write } from "node:fs";
import { isMainThread, Worker, workerData } from "node:worker_threads";

/** How long the event loop may stand still. */
export interface Patience {
  /** Between two looks, in ms. */
  readonly lookMs: number;
  /** Looks in a row that find it where it was. */
  readonly looks: number;
}

const PATIENCE: Patience = { lookMs: 1_000, looks: 60 };
const HEAP = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4, stackSizeMb: 1 };

/**
 * Ends this process by SIGKILL, after one line on standard error, when its event loop has stood for a minute, so that
 * a supervisor starts it again: whatever stands for so long in one call does not come back. A thread of its own
 * watches, which needs nothing of the loop. It counts its looks and not the time: while the machine sleeps or the
 * process is stopped (SIGSTOP) nobody looks, and nothing is counted. Costs a thread of a few MB.
 */
export function startWatchdog(patience: Patience = PATIENCE): void {
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  setInterval(() => Atomics.add(beats, 0, 1), patience.lookMs / 2).unref();
  const task: Task = { task: TASK, beats, patience };
  new Worker(new URL(import.meta.url), { workerData: task, env: {}, execArgv: [], resourceLimits: HEAP }).unref();
}

const TASK = "sallyport.watch-loop";

interface Task {
  readonly task: typeof TASK;
  readonly beats: Int32Array;
  readonly patience: Patience;
}

/** This file is also what runs in the thread. */
if (!isMainThread && isTask(workerData)) watch(workerData);

function watch({ beats, patience: { lookMs, looks } }: Task): void {
  let last = Atomics.load(beats, 0);
  let stood = 0;
  const looking = setInterval(() => {
    const now = Atomics.load(beats, 0);
    stood = now === last ? stood + 1 : 0;
    last = now;
    if (stood < looks) return;
    clearInterval(looking);
    endAfter(
      `sallyport: its event loop stood still for ${(looks * lookMs) / 1_000} s; this process ends to be started again\n`,
    );
  }, lookMs);
}

const STDERR = 2;
/** When nobody reads what is written, the line is lost and the process ends all the same. */
const LINE_MS = 1_000;

function endAfter(line: string): void {
  const end = (): void => void process.kill(process.pid, "SIGKILL");
  write(STDERR, line, end);
  setTimeout(end, LINE_MS);
}

function isTask(data: unknown): data is Task {
  return typeof data === "object" && data !== null && "task" in data && data.task === TASK;
}
