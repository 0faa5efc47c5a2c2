import type { CommitRef } from "../../history/traces/traces.ts";

/** A content of the organisation's in a repository of others, and what brought it there. */
export interface BroughtBlob {
  readonly oid: string;
  readonly path: string;
  /** On the first-parent line. */
  readonly commit: string;
  readonly parentCount: number;
  /** True when the organisation's repository had it in a first commit, too. */
  readonly atFirst: boolean;
}

export interface CodeInClone {
  /** Different contents in all versions of the repository. */
  readonly blobCount: number;
  readonly matched: readonly BroughtBlob[];
}

/** Files of the organisation's own private code in public repositories of an account's own. */
export interface CodeMatches {
  /** Repositories in which anything was found, those with most first. */
  readonly repositories: readonly CodeInRepository[];
  /** Repositories that were compared, and those that could not be. */
  readonly comparedCount: number;
  readonly uncomparedCount: number;
  /**
   * Different contents over all of them that the account's own pushes brought, without what both sides began with and
   * without repositories that the organisation has public itself.
   */
  readonly countedCount: number;
}

export interface CodeInRepository {
  readonly repository: number;
  /** Different contents in all its versions, and how many of them are the organisation's. */
  readonly blobCount: number;
  readonly matchedCount: number;
  /** Of those, what the account's own pushes brought as far as GitHub's activity log tells. */
  readonly pushedCount: number;
  /** Of the pushed ones, what stood in a first commit on both sides, as files of a template do. */
  readonly begunWithCount: number;
  /** True when the organisation itself has the same snapshot in public; null when that could not be asked. */
  readonly published: boolean | null;
  /** Commits that brought most of the pushed ones. */
  readonly refs: readonly CommitRef[];
  /** Of pushed ones, the first twenty over all repositories, with the commit that brought each. */
  readonly paths: readonly { readonly path: string; readonly commit: string }[];
}
