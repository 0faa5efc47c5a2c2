/**
 * What is known about the repositories of a history from elsewhere: GitHub's answers, or the caller's word. Null
 * everywhere means that nobody said; such a question is not asked of the commits.
 */
export interface KnownRepository {
  /** GitHub's id; 0 for a repository that has none here. */
  readonly id: number;
  /** Account id of the owner. */
  readonly ownerId: number | null;
  /** Seconds since 1970. */
  readonly createdAt: number | null;
  readonly pushedAt: number | null;
  /** Highest number GitHub gave to an issue or pull request there. */
  readonly highestNumber: number | null;
  /** Anybody but the owner acted there on GitHub. */
  readonly othersActed: boolean | null;
  /** It says that it is a mirror, fork or import. */
  readonly declared: boolean;
}

/** A repository nobody said anything about. */
export const UNKNOWN_REPOSITORY: KnownRepository = {
  id: 0,
  ownerId: null,
  createdAt: null,
  pushedAt: null,
  highestNumber: null,
  othersActed: null,
  declared: false,
};

/** What the traces of one identity are taken from. */
export interface Subject {
  /** Index into the identities. */
  readonly identity: number;
  /** Accounts that are the subject's. */
  readonly accountIds: readonly number[];
  /** Seconds since 1970; null when nobody said when the account was made. */
  readonly accountCreatedAt: number | null;
  /** By repository number. */
  readonly repositories: readonly KnownRepository[];
  /**
   * When GitHub received each commit, by row: seconds since 1970, in a table of nothing but the subject's own. Null for
   * a history by itself, where git cannot say who pushed and each commit is taken as made by whom it names.
   */
  readonly receivedAt: Float64Array | null;
  /** The moment of looking: seconds since 1970. */
  readonly asOf: number;
}
