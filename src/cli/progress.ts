import type { Output, Progress } from "./command.ts";

export interface ProgressLine {
  readonly update: Progress;
  /** Wipes the line; call it before anything is printed. */
  clear(): void;
}

/** One line on stderr that counts up in place, with a bar where the end is known; silent unless stderr is a terminal. */
export function progressLine(stderr: Output, label: string): ProgressLine {
  if (!stderr.isTTY) return { update() {}, clear() {} };
  let shown = "";
  return {
    update(done, total) {
      const next = `${label} ${total === null ? done : `${bar(done, total)} ${done} of ${total}`}`.slice(
        0,
        stderr.columns - 1,
      );
      if (next === shown) return;
      shown = next;
      stderr.write(`\r${next}${ERASE_REST}`);
    },
    clear() {
      if (shown !== "") stderr.write(`\r${ERASE_REST}`);
      shown = "";
    },
  };
}

const BAR_WIDTH = 20;

function bar(done: number, total: number): string {
  const filled = total > 0 ? Math.round(Math.min(1, done / total) * BAR_WIDTH) : BAR_WIDTH;
  return `[${"#".repeat(filled)}${"-".repeat(BAR_WIDTH - filled)}]`;
}

/** ECMA-48 "erase in line". */
const ERASE_REST = "\u001B[K";
