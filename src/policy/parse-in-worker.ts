import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type ParsedPolicy, parsePolicy } from "./policy-file.ts";

/** What a parse may use; tests give smaller budgets and a thread that never ends. */
export interface ParseLimits {
  /** Processor time after the thread has started, in ms. */
  readonly budgetMs: number;
  /** Wall-clock time, start included, in ms: for a machine too busy to give the thread its share. */
  readonly patienceMs: number;
  /** Module that runs in the thread. */
  readonly entry: URL;
}

const LIMITS: ParseLimits = { budgetMs: 250, patienceMs: 10_000, entry: new URL(import.meta.url) };
/** How often the processor time is looked at, in ms. */
const LOOK_EVERY_MS = 50;
const HEAP = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 };

/**
 * Parses a policy file in a thread of its own, with a bounded heap and without this process's environment, and ends
 * the thread when its budget is used up: text from repositories is hostile, and the loop that answers deliveries
 * must not wait for it. Costs a thread start (about 0.2 s), so parse only what changed. Never rejects.
 */
export function parseInWorker(text: string, place: string, limits: ParseLimits = LIMITS): Promise<ParsedPolicy> {
  const task: Task = { task: TASK, text, place };
  const worker = new Worker(limits.entry, { workerData: task, env: {}, execArgv: [], resourceLimits: HEAP });
  return new Promise<ParsedPolicy>((resolve) => {
    const give = (what: string): void => resolve({ ok: false, problems: [{ where: place, what, mend: MEND }] });
    const patience = setTimeout(() => give("takes too long to read"), limits.patienceMs);
    let look: NodeJS.Timeout | undefined;
    worker.on("message", (message: Message) => {
      if (message.kind === "parsed") return resolve(message.parsed);
      const overrun = (usedMs: number): boolean => usedMs - message.usedMs > limits.budgetMs;
      look = setInterval(async () => overrun(await usedMs(worker)) && give("takes too long to read"), LOOK_EVERY_MS);
    });
    // Out of heap or stack.
    worker.on("error", () => give("cannot be read: too large or nested too deep"));
    worker.on("exit", () => {
      clearTimeout(patience);
      clearInterval(look);
      give("cannot be read: the parser stopped");
    });
  }).finally(() => worker.terminate());
}

const MEND = "make it shorter and simpler; the last good policy stays in force";

/** Processor time of the thread in ms; 0 when it is gone, which `exit` deals with. */
function usedMs(worker: Worker): Promise<number> {
  return worker.cpuUsage().then(milliseconds, () => 0);
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;

const TASK = "sallyport.parse-policy";

interface Task {
  readonly task: typeof TASK;
  readonly text: string;
  readonly place: string;
}

/** The first message says that modules are loaded and the budget starts. */
type Message =
  | { readonly kind: "started"; readonly usedMs: number }
  | { readonly kind: "parsed"; readonly parsed: ParsedPolicy };

/** This file is also what runs in the thread. */
if (!isMainThread && parentPort && isTask(workerData)) {
  parentPort.postMessage({ kind: "started", usedMs: milliseconds(process.threadCpuUsage()) } satisfies Message);
  const parsed = parsePolicy(workerData.text, workerData.place);
  parentPort.postMessage({ kind: "parsed", parsed } satisfies Message);
}

function isTask(data: unknown): data is Task {
  return typeof data === "object" && data !== null && "task" in data && data.task === TASK;
}
