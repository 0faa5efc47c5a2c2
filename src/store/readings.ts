import type { Instant } from "../clock.ts";

/** An audit that is being read. */
export interface AuditReading {
  /** What the audit will be called once it is stored. */
  readonly id: string;
  readonly startedAt: Instant;
}

/** How far it has come. */
export interface ReadingProgress extends AuditReading {
  readonly repositories: number;
  /** Null before GitHub has said how many there are. */
  readonly ofRepositories: number | null;
  /** When a reading that spares the installation's quota goes on; null while it does. */
  readonly pausedUntil: Instant | null;
}

/**
 * What GitHub answered to an audit that is not done yet, so that one that ended in the middle goes on where it was. One
 * reading of an installation at a time.
 */
export interface TenantReadings {
  /** The reading that was begun since `freshSince` and is not done, or `next` in the place of whatever was there. */
  beginReading(next: AuditReading, freshSince: Instant): Promise<AuditReading>;
  /** What was answered to a question; null when it was not asked yet. */
  keptAnswer(question: string): Promise<string | null>;
  /** Keeps an answer, unless the reading is not the one that runs any more. */
  keepAnswer(
    reading: string,
    kept: { readonly question: string; readonly answer: string } & Pick<
      ReadingProgress,
      "repositories" | "ofRepositories"
    >,
  ): Promise<void>;
  pauseReading(reading: string, until: Instant): Promise<void>;
  readingProgress(): Promise<ReadingProgress | null>;
  /** Erases the reading with all that it keeps. */
  endReading(): Promise<void>;
}
