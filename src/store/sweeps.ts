import type { Instant } from "../clock.ts";
import type { InstallationId, RepositoryId } from "../ids.ts";
import type { PullRequestSweep } from "./records.ts";

/** Where the reading of GitHub's log of deliveries stands. */
export interface Reconciled {
  /** GitHub's time of the newest delivery that was looked at. */
  readonly until: Instant;
  /** When that look was, by our own clock. */
  readonly lookedAt: Instant;
}

/** What the program remembers of looking for what no delivery told. */
export interface SweepPlan {
  /** How far GitHub's log of deliveries was read, and when; null before the first time. */
  reconciled(): Promise<Reconciled | null>;
  setReconciled(reconciled: Reconciled): Promise<void>;
  /** Installations whose open pull requests are due for a look, the longest waiting first; paused ones never are. */
  dueForSweep(now: Instant, limit: number): Promise<readonly InstallationId[]>;
  /** Makes a look at the open pull requests of every installation due. */
  hastenSweeps(now: Instant): Promise<void>;
}

/** The same for one installation. */
export interface TenantSweeps {
  /** Pull requests with a report that nothing has closed. */
  openPullRequests(): Promise<
    readonly { readonly repository: RepositoryId; readonly number: number; readonly firstReportAt: Instant }[]
  >;
  /** What there is of these heads: reports that nothing has closed, check runs that are known to exist. */
  headsDone(
    repository: RepositoryId,
    heads: readonly string[],
  ): Promise<{
    readonly reports: readonly { readonly number: number; readonly headSha: string; readonly at: Instant }[];
    readonly checks: readonly string[];
  }>;
  /** Null before the first one. */
  pullRequestSweep(): Promise<PullRequestSweep | null>;
  /** `nextDueAt` is given with the beginning of one; later it can have been hastened. */
  savePullRequestSweep(sweep: PullRequestSweep, nextDueAt?: Instant): Promise<void>;
}
