import type { NewSince } from "../../../assessment/new-since.ts";
import type { Instant } from "../../../clock.ts";
import type { ReportReaders } from "../../../policy/report-readers.ts";
import type { Correction, EarlierReport, ListedReport, Report } from "../../../store/store.ts";
import type { WebContext } from "../../context.ts";
import type { Viewer } from "../../guard/session.ts";

/** The head of the same pull request that somebody marked reviewed before this one was read, and what is new since. */
export interface SinceReview {
  readonly earlier: Pick<Report, "pullRequest" | "reviewed">;
  /** Null when what that head held is deleted by now. */
  readonly found: NewSince | null;
}

/** Everything one report page is made of. */
export interface ReportView {
  readonly report: Report;
  /** Reports of other pull requests with the same head commit. */
  readonly siblings: readonly Report[];
  /** Assessments of this pull request, newest first, this one among them. */
  readonly history: readonly EarlierReport[];
  /** What is new since the last review of another look; null when there was none. */
  readonly since: SinceReview | null;
  /** Other reports about the same account that the viewer may read, newest first. */
  readonly others: readonly ListedReport[];
  /** Whether the viewer owns the organisation: owners have a page of the account. */
  readonly owner: boolean;
  /** Whether the viewer administers the repository, and so has a page of it. */
  readonly administers: boolean;
  /** What owners noted about the account. */
  readonly corrections: readonly Correction[];
  /** Role from which reports of the repository are read. */
  readonly readers: ReportReaders;
  readonly viewer: Viewer;
  readonly mayReview: boolean;
  readonly now: Instant;
  /** The path this page was opened under; `Mark reviewed` comes back to it. */
  readonly address: string;
  readonly context: Pick<WebContext, "githubUrl" | "signals">;
}
