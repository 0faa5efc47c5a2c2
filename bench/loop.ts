import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { WORST_INPUTS } from "./worst/worst-inputs.ts";

export interface LoopFigures {
  /** Longest time in which nothing else had its turn; of three measurements the middle one. */
  readonly longestMs: number;
  readonly totalMs: number;
  /** Of a page that somebody asks for meanwhile. */
  readonly pageP99Ms: number;
  /** Of CPU time over size; null where it is not measured. */
  readonly exponent: number | null;
}

export interface WorstFigures extends LoopFigures {
  readonly name: string;
  /** How much of it there was. */
  readonly full: number;
}

/** Every worst input in a process of its own, three times. About five minutes. */
export async function benchLoop(): Promise<
  readonly (LoopFigures & { readonly name: string; readonly full: number })[]
> {
  const found: WorstFigures[] = [];
  for (const { name, full } of WORST_INPUTS) {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "loop-case.ts"), name]);
    found.push({ name, full, ...JSON.parse(stdout) });
  }
  return found;
}
