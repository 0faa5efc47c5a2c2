import { isMainThread, Worker, workerData } from "node:worker_threads";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { silentLog } from "../log.ts";

/**
 * Makes the embedded database, or brings it up to date, in a thread: six seconds of a core where none was prepared, while
 * somebody is on GitHub's page. `stop` ends it anywhere, as a start that was killed. What kept it from being made is not
 * said here: the start that follows finds the same. Does nothing with a server.
 */
export function makeDatabase({ databaseUrl, dataDirectory }: Config["store"]): {
  readonly made: Promise<void>;
  stop(): Promise<void>;
} {
  if (databaseUrl !== null) return { made: Promise.resolve(), stop: async () => {} };
  const task: Task = { task: TASK, dataDirectory };
  const worker = new Worker(new URL(import.meta.url), { workerData: task, stdout: true, stderr: true });
  const made = new Promise<void>((resolve) => {
    worker.once("error", () => resolve());
    worker.once("exit", () => resolve());
  });
  return { made, stop: async () => void (await worker.terminate()) };
}

const TASK = "sallyport.make-database";

interface Task {
  readonly task: typeof TASK;
  readonly dataDirectory: string;
}

/** This file is also what runs in the thread. */
if (!isMainThread && isTask(workerData)) {
  const { openConfiguredStore } = await import("./wire.ts");
  const place = { databaseUrl: null, dataDirectory: workerData.dataDirectory };
  const store = await openConfiguredStore({ store: place }, { clock: systemClock, log: silentLog });
  await store.stop();
}

function isTask(data: unknown): data is Task {
  return typeof data === "object" && data !== null && "task" in data && data.task === TASK;
}
