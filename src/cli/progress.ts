import type { Output, Progress } from "./command.ts";

export interface ProgressLine {
  readonly update: Progress;
  /** Wipes the line; call it before anything is printed. */
  clear(): void;
}

/** One line on stderr that counts up in place; silent unless stderr is a terminal. */
export function progressLine(stderr: Output, label: string): ProgressLine {
  if (!stderr.isTTY) return { update() {}, clear() {} };
  let shown = "";
  return {
    update(done, total) {
      const next = `${label} ${done}${total === null ? "" : ` of ${total}`}`.slice(0, stderr.columns - 1);
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

/** ECMA-48 "erase in line". */
const ERASE_REST = "\u001B[K";
