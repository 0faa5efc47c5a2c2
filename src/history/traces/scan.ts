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

/**
 * A late snapshot of one repository that few other people hold in repositories of their own that are no forks. Those
 * that more than twenty owners hold, forks included, are a template or a course and are left out.
 */
export interface SharedSnapshot {
  readonly repository: number;
  /** People beside the account that hold it. */
  readonly ownerCount: number;
  /**
   * Owners of the three oldest such repositories that GitHub's dates of pushes show to have held it before the account's
   * repository was made: who could not have had it from there.
   */
  readonly earlierIds: readonly number[];
  readonly ref: CommitRef;
}

/** Merges and commits made on the web are left out. */
export interface Credit {
  readonly commitCount: number;
  /** Under an address that GitHub credits to no account. */
  readonly unlinkedCount: number;
  /** Under an address that GitHub was not asked about. */
  readonly unknownCount: number;
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
  /** Snapshots that other people hold, too; absent in what was read before they were counted, null as `copies`. */
  readonly shared?: readonly SharedSnapshot[] | null;
  /** To whom GitHub credits what the account pushed; absent in what was read before that was counted. */
  readonly credit?: Credit;
  readonly requests: number;
  readonly points: number;
  readonly seconds: number;
}
