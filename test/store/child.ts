import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

export interface Child {
  /** The whole lines it wrote, in order; grows. */
  readonly lines: readonly string[];
  /** What it wrote to standard error. */
  readonly errors: readonly string[];
  /** Resolves at the first line that says `open`, rejects when the process ends before. */
  opened(): Promise<void>;
  /** How it ended by itself, once all it wrote was read. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** kill -9; resolves when the process is gone and all it wrote was read. */
  kill(): Promise<void>;
}

/** Starts `keep-open.ts` with the Node that runs the tests. */
export const startChild = (...args: readonly string[]): Child => start(args, {});

/** The same, on a disk that fails as the file `order` says as soon as it is there: a `DiskFault` as JSON. */
export const startChildOnFailingDisk = (order: string, ...args: readonly string[]): Child => start(args, { order });

const FAILING_DISK = pathToFileURL(join(import.meta.dirname, "../support/failing-disk.ts")).href;

function start(args: readonly string[], { order }: { readonly order?: string }): Child {
  const program = [join(import.meta.dirname, "keep-open.ts"), ...args];
  const child: ChildProcess = spawn(process.execPath, order ? ["--import", FAILING_DISK, ...program] : program, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...(order && { FAILING_DISK: order }) },
  });
  const lines: string[] = [];
  const errors: string[] = [];
  const closed = once(child, "close");
  const open = new Promise<void>((resolve, reject) => {
    if (!child.stdout || !child.stderr) throw new Error("no output");
    createInterface(child.stdout).on("line", (line) => {
      lines.push(line);
      if (line === "open") resolve();
    });
    createInterface(child.stderr).on("line", (line) => errors.push(line));
    void closed.then(() => reject(new Error(`the child ended before it was open: ${errors.join("\n")}`)));
  });
  open.catch(() => {});
  return {
    lines,
    errors,
    opened: () => open,
    ended: closed.then(([code, signal]) => ({ code, signal })),
    async kill() {
      child.kill("SIGKILL");
      await closed;
    },
  };
}
