import type { Instant } from "../clock.ts";
import type { AccountId } from "../ids.ts";

/** Accounts of a merge graph that are asked about: one more than a ring can have, so that a crowd shows as one. */
export const MOST_TIED = 16;

/** Merged pull requests of one account that are looked at, the newest. */
export const MOST_MERGES = 50;

/** Whoever follows more is not looked at. */
export const MOST_FOLLOWED = 3;

/**
 * Who merged whose pull requests around one account (tier PL at both ends), from its own pull requests on: a merge that
 * somebody else sought in a repository of this account leads nowhere by itself.
 */
export interface NetworkTies {
  /** The account itself first, then those it leads to, by number. */
  readonly accounts: readonly TiedAccount[];
  /** Merges by one person of another person's pull requests in repositories that a person owns, by author and merger. */
  readonly edges: readonly MergeEdge[];
  /** Accounts that merged and were not asked about, because there were too many. */
  readonly unreadCount: number;
  /** The account's newest forks, at most fifty, and how many of them have lost what they were forked from. */
  readonly forks: { readonly count: number; readonly orphanCount: number };
  /** Whom the account follows, where those are three at most: null where they are more. */
  readonly followedIds: readonly AccountId[] | null;
}

export interface TiedAccount {
  readonly id: AccountId;
  readonly createdAt: Instant;
  /** Of its newest fifty merged pull requests those that somebody else merged, wherever that was. */
  readonly mergedCount: number;
  /** Those of them whose merger is gone from GitHub. */
  readonly goneCount: number;
}

export interface MergeEdge {
  readonly author: AccountId;
  readonly merger: AccountId;
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}
