import type { SignalCounts, Verdict } from "../assessment/precision.ts";
import type { Instant } from "../clock.ts";
import type { AccountId, RepositoryId } from "../ids.ts";
import type { RecentRuns } from "../job/brake.ts";
import type { ListedReport, Report, ReportPlace } from "./records.ts";

/** A pull request that is assessed, and its author; null when the account is gone. */
export interface Triaged {
  readonly repository: RepositoryId;
  readonly number: number;
  readonly author: AccountId | null;
}

/** A report as the history of its pull request lists it. */
export type EarlierReport = Pick<Report, "id" | "createdAt" | "assessment" | "reviewed">;

/** Who reviewed a report, and what it turned out to be where he says so. */
export interface Reviewer {
  readonly accountId: AccountId;
  readonly login: string;
  readonly at: Instant;
  readonly verdict?: Verdict | undefined;
}

/** What was found about pull requests and holders, and when it was looked for. */
export interface TenantReports {
  /**
   * Replaces an earlier report of the same subject, head and engine; history of other heads stays. That somebody has
   * reviewed it stays too, unless there is something else to look at now: another base, another answer about an access.
   */
  saveReport(report: Report, about?: { readonly lookAgain: boolean }): Promise<void>;
  report(id: string): Promise<Report | null>;
  /** Reports of one head, newest first: several when pull requests share a commit. */
  reportsOfHead(repository: RepositoryId, headSha: string): Promise<readonly Report[]>;
  /** Earlier reports of one pull request, newest first, without dossiers. */
  reportsOfPullRequest(repository: RepositoryId, number: number): Promise<readonly EarlierReport[]>;
  /** Of a pull request the report that was marked reviewed last, else the first one; null when there is none. */
  lookToCompare(repository: RepositoryId, number: number): Promise<Report | null>;
  /** Reports on what an account holds on one repository, newest first. */
  reportsOfHolder(repository: RepositoryId, account: AccountId): Promise<readonly Report[]>;
  /** What was found about an account, newest first. */
  reportsOfAccount(account: AccountId, limit: number): Promise<readonly ListedReport[]>;
  /** Newest report per account for accounts in the list; for joining grants with what is known. */
  latestReportOf(account: AccountId): Promise<Report | null>;
  /** Where the newest reports belong and whom they are about, newest first; without what they say. */
  recentPlaces(limit: number): Promise<readonly ReportPlace[]>;
  /** Those of the ids that exist, newest first. */
  reports(ids: readonly string[]): Promise<readonly Report[]>;
  /** Newest first, without dossiers: those of the ids, or of all; of those that `waiting` leaves nobody has closed any. */
  listReports(
    about:
      | { readonly ids: readonly string[] }
      | { readonly waiting: boolean; readonly limit: number; readonly repository?: RepositoryId },
  ): Promise<readonly ListedReport[]>;
  /** Newest reports first, with all they rest on. */
  recentReports(limit: number): Promise<readonly Report[]>;
  /** Marks the reports of a head that nobody has marked before; returns their ids. */
  markReviewed(repository: RepositoryId, headSha: string, by: Reviewer): Promise<readonly string[]>;
  /** Marks one report on somebody's access; false when it is none, or somebody has marked it before. */
  markAccessReviewed(id: string, by: Reviewer): Promise<boolean>;
  closePullRequest(repository: RepositoryId, number: number, at: Instant): Promise<void>;
  /** Notes that a pull request was assessed; kept for a day. */
  noteTriage(about: Triaged, at: Instant): Promise<void>;
  /** When the pull request was assessed, and those of its author, from a moment on. */
  triagesSince(about: Triaged, since: Instant): Promise<RecentRuns>;
}

/** How often each signal was right, by what people said of reports; no account, and no report, is among it. */
export interface TenantSignalCounts {
  /** By id; of reports that are deleted since as well. Reports are read a page at a time. */
  signalCounts(): Promise<ReadonlyMap<string, SignalCounts>>;
}
