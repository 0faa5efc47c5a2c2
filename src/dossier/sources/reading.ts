import type { Fetched } from "../../absence.ts";
import type { GitSettings } from "../../history/read/git.ts";
import type { Table, TableBuilder } from "../../history/read/table.ts";
import type { ScanSummary } from "../../history/traces/scan.ts";
import type { OwnedRepository, PushLog, RequestLog } from "../scan-gateway.ts";

/** A repository that was read, with what GitHub says of how its commits came in. */
export interface ReadRepository {
  readonly repository: OwnedRepository;
  readonly log: Fetched<PushLog>;
  readonly requests: Fetched<RequestLog>;
}

/** Histories that were fetched, in one table, with what GitHub says about each repository. */
export interface Fetches {
  readonly table: Table;
  /** By repository number in the table. */
  readonly read: readonly ReadRepository[];
  readonly summaries: ScanSummary["repositories"];
}

/** Where the commits of repositories come from, one after the other. */
export interface HistoryReader {
  /** The repository at a place in the list, ready to be read, or why it is not. */
  open(
    index: number,
  ): Promise<
    | { readInto(table: TableBuilder): Promise<Pick<ScanSummary["repositories"][number], "commitCount" | "byteCount">> }
    | Skipped
  >;
  close(): Promise<void>;
}

export interface Skipped {
  readonly skipped: NonNullable<ScanSummary["repositories"][number]["because"]>;
}

/** How git is run for a scan. */
export interface ScanTools extends GitSettings {
  readonly temporary: string;
  readonly protocol: "https" | "http";
  /** Milliseconds, for the costs that are shown. */
  readonly clockMs: () => number;
  /** Commits and parents that one scan holds; all that a table can have when nobody says less. */
  readonly maxRows?: number;
}
