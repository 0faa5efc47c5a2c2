import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface Child {
  /** The whole lines it wrote, in order; grows. */
  readonly lines: readonly string[];
  /** Resolves at the first line that says `open`, rejects when the process ends before. */
  opened(): Promise<void>;
  /** kill -9; resolves when the process is gone and all it wrote was read. */
  kill(): Promise<void>;
}

/** Starts `keep-open.ts` with the Node that runs the tests. */
export function startChild(...args: readonly string[]): Child {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, "keep-open.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const ended = once(child, "close");
  const open = new Promise<void>((resolve, reject) => {
    if (!child.stdout) throw new Error("no output");
    createInterface(child.stdout).on("line", (line) => {
      lines.push(line);
      if (line === "open") resolve();
    });
    void ended.then(() => reject(new Error("the child ended before it was open")));
  });
  return {
    lines,
    opened: () => open,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
