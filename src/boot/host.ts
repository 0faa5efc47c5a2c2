import type { Environment, ReadFile } from "../config.ts";

/** Where a process finds its variables and files. */
export interface Host {
  readonly environment: () => Environment;
  readonly readFile: ReadFile;
  /** Where the set-up page keeps credentials. */
  readonly envFile: string;
}
