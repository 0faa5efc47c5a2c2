import type { Fetched } from "../../absence.ts";
import type { CodeInClone } from "../../change/code-index/found.ts";
import type { ClonedCode, CodeLookup } from "../../change/git/cloned-code.ts";
import type { CloneRequest } from "../../history/read/clone.ts";
import type { GitSettings } from "../../history/read/git.ts";
import type { Table, TableBuilder } from "../../history/read/table.ts";
import type { ScanSummary } from "../../history/traces/scan.ts";
import type { AccountId } from "../../ids.ts";
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
  /** What of the organisation's code is in each that was read; null where it could not be compared, or nobody asked. */
  readonly code: readonly (CodeInClone | null)[];
}

/** Where the commits of repositories come from, one after the other. */
export interface HistoryReader {
  /** The repository at a place in the list, ready to be read, or why it is not. */
  open(index: number): Promise<Opened | Skipped>;
  close(): Promise<void>;
}

export interface Opened {
  readInto(table: TableBuilder): Promise<Pick<ScanSummary["repositories"][number], "commitCount" | "byteCount">>;
  /** Its contents by name, as long as the reader is open; null where nobody asked for them, or they could not be had. */
  readonly code: ClonedCode | null;
}

/** Whose code is looked for, and in which index. */
export interface OwnCode {
  readonly organization: { readonly id: AccountId };
  /** Changes with the index: what was compared with another one does not stand. */
  readonly digest: string;
  readonly lookup: CodeLookup;
}

export interface Skipped {
  readonly skipped: NonNullable<ScanSummary["repositories"][number]["because"]>;
}

/** How git is run for a scan. */
export interface ScanTools extends GitSettings {
  readonly temporary: string;
  readonly protocol: NonNullable<CloneRequest["protocol"]>;
  /** Milliseconds, for the costs that are shown. */
  readonly clockMs: () => number;
  /** Commits and parents that one scan holds; all that a table can have when nobody says less. */
  readonly maxRows?: number;
  /** Bytes of one clone; as many as `git-reader.ts` allows when nobody says less. */
  readonly maxCloneBytes?: number;
}
