/**
 * What is known about the repositories of a history from elsewhere: GitHub's answers, or the caller's word. Null
 * everywhere means that nobody said; such a question is not asked of the commits.
 */
export interface KnownRepository {
  /** GitHub's id, or a number of the caller's that tells its repositories apart; 0 for one nobody numbered. */
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
  /** All accounts that acted there on GitHub; null when nobody said which. */
  readonly actedIds: readonly number[] | null;
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
  actedIds: null,
  declared: false,
};

/** Whether somebody with these accounts acted in a repository on GitHub; null when nobody said. */
export function actedIn({ actedIds, othersActed }: KnownRepository, accountIds: readonly number[]): boolean | null {
  if (actedIds !== null) return accountIds.some((id) => actedIds.includes(id));
  // That others acted does not say which of them.
  return othersActed === false ? false : null;
}

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
