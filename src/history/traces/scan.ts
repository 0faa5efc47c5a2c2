import type { CommitRef } from "./traces.ts";

/** Snapshots of one repository that are older in a repository of others. */
export interface Copy {
  readonly repository: number;
  readonly equalTreeCount: number;
  /** How many of them name somebody else in the older repository; absent in what was read before that was compared. */
  readonly reauthoredCount?: number;
  readonly foreignRepository: number;
  readonly refs: readonly CommitRef[];
}

/** What reads histories. GitHub shows the owner of a repository what git asks for, and not what the API is asked for. */
export const READERS = ["git", "api"] as const;
export type Reader = (typeof READERS)[number];

/** What a deep scan looked at and what it cost. */
export interface ScanSummary {
  /** Absent in what was read before there were two: git. */
  readonly by?: Reader;
  readonly repositories: readonly {
    readonly repository: number;
    readonly state: "read" | "skipped";
    /** Why it was skipped; null when it was read. */
    readonly because: "too_large" | "timeout" | "unreachable" | "empty" | "incomplete" | null;
    readonly commitCount: number;
    readonly byteCount: number;
    readonly cached: boolean;
    /**
     * True when GitHub's activity log and pull requests show whose commits they are; false when they could not be read,
     * or there are more than are read: then none counts.
     */
    readonly attested: boolean;
  }[];
  /**
   * What was found in repositories of others; null when nothing was, and a question had no answer or none could be
   * asked.
   */
  readonly copies: readonly Copy[] | null;
  readonly requests: number;
  readonly points: number;
  readonly seconds: number;
}
