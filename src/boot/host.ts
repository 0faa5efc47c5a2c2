import type { Environment, ReadFile } from "../config.ts";

/** Where a process finds its variables and files. */
export interface Host {
  readonly environment: () => Environment;
  readonly readFile: ReadFile;
  /** Where the set-up page keeps credentials. */
  readonly envFile: string;
  /** Says a line to whoever sits at the terminal; where none is, logs are written and the line is not. */
  readonly tell: (line: string) => void;
}
