import type { Fetched } from "../absence.ts";
import type { Instant } from "../clock.ts";
import type { ThreadComment } from "../dossier/gateway.ts";
import type { PullRequestRef, RepositoryRef } from "../job/job.ts";

/** One page of a list; `next` is where it goes on, null at its end. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** What is told of a pull request that is not open any more. */
export interface ClosedPullRequest {
  readonly number: number;
  readonly updatedAt: Instant;
}

/** Pull requests of one repository, newest change first. */
export interface PullRequestLists {
  readonly openCount: number;
  /** Of the 20 that changed last. */
  readonly open: Listed<PullRequestRef>;
  /** Closed or merged: of the 10 that changed last. */
  readonly closed: Listed<ClosedPullRequest>;
}

/** What lists of work an installation can be shown; the part of its gateway that looks for what no delivery told. */
export interface ListingGateway {
  /** Repositories the installation covers, without archived ones, by pages of 100 from 1 on; 1 request. */
  coveredRepositories(page: number): Promise<Fetched<Listed<RepositoryRef>>>;
  /**
   * Pull requests of at most 25 repositories, by their node ids; 1 request and 1 point. A repository of which GitHub
   * showed only a part is left out.
   */
  pullRequestsOf(repositories: readonly string[]): Promise<Fetched<ReadonlyMap<string, PullRequestLists>>>;
  /** The next 50 open pull requests of one repository, after `next` of the page before; 1 request. */
  moreOpen(repository: string, after: string): Promise<Fetched<Listed<PullRequestRef>>>;
  /** The last fifty comments on at most 50 pull requests, oldest first, by their node ids; 1 request and 1 point. */
  threadsOf(pullRequests: readonly string[]): Promise<Fetched<ReadonlyMap<string, readonly ThreadComment[]>>>;
  /** The next 50 pull requests of a repository that are closed or merged, after `next`; 1 request. */
  moreClosed(repository: string, after: string): Promise<Fetched<Listed<ClosedPullRequest>>>;
}
