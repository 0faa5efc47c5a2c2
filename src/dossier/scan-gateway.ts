import type { Fetched } from "../absence.ts";
import type { Instant } from "../clock.ts";
import type { ApiCommit } from "../history/rebuild.ts";
import type { AccountId, RepositoryAddress, RepositoryId } from "../ids.ts";
import type { AccountYears } from "./facts.ts";

/** One public repository of an account's own, as far as a scan of its history needs to know it. */
export interface OwnedRepository {
  readonly id: RepositoryId;
  /** Labels of today, for addresses. */
  readonly owner: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly pushedAt: Instant | null;
  /** Head of the default branch; null when nobody has pushed yet. */
  readonly headSha: string | null;
  /** Null when nobody has pushed yet. */
  readonly defaultBranch: string | null;
  readonly diskKiB: number | null;
  /** How many pull requests it ever had; null when they cannot be read. */
  readonly pullRequestCount: number | null;
  /** Highest number among its newest issues and pull requests; 0 when there are none, null when they cannot be read. */
  readonly highestNumber: number | null;
  /** True when a person other than the owner opened one of the newest 20 issues or the newest 20 pull requests. */
  readonly othersActed: boolean | null;
  /** True when it is a mirror, or describes itself as a mirror, fork, import, backup or archive. */
  readonly declaresOrigin: boolean;
}

/** What GitHub's activity log says of a repository's branches, newest first. */
export interface PushLog {
  readonly pushes: readonly {
    readonly at: Instant;
    /** Null when the account is gone. */
    readonly actorId: AccountId | null;
    readonly branch: string;
    /** True when merging a pull request on GitHub moved the branch, whoever pressed the button. */
    readonly merged: boolean;
    /** Heads before and after; forty zeros before the first push. */
    readonly before: string;
    readonly after: string;
  }[];
  /** False when the log goes on beyond the pages that were read. */
  readonly complete: boolean;
}

/** Pull requests of a repository, as far as they tell which commits came in by them. */
export interface RequestLog {
  readonly requests: readonly {
    /** Null when the account is gone, or is no person's. */
    readonly authorId: AccountId | null;
    readonly openedAt: Instant;
    /** Of its branch, of heads that were pushed over, and what merging it made. */
    readonly commits: readonly {
      readonly oid: string;
      /** Null when it says no moment. */
      readonly authoredAt: Instant | null;
      /** True when commits below this one may belong to the request without being listed. */
      readonly beneath: boolean;
    }[];
    /** False when more heads were pushed over than are listed. */
    readonly complete: boolean;
  }[];
  /** False when there are more than were read. */
  readonly complete: boolean;
}

/** What GitHub says of a commit beside what the commit says itself. */
export interface CommitFacts {
  readonly oid: string;
  /** The account to which GitHub credits it, by its author's address; null for none. */
  readonly authorId: AccountId | null;
  /** True when GitHub verified its signature, and it is not GitHub's own. */
  readonly verified: boolean;
  /**
   * Whose key GitHub verified it with, and which: GitHub's word, because what a signature says of its own key is not
   * signed. Null where it was not verified, or GitHub names no key.
   */
  readonly signedBy: { readonly accountId: AccountId; readonly key: string } | null;
}

/** A part of a repository's history, newest first. */
export interface HistoryPage {
  readonly commits: readonly ApiCommit[];
  /** Of the whole history. */
  readonly totalCount: number;
  /** Where the next part begins; null behind the first commit. */
  readonly next: string | null;
}

/** A repository that holds a snapshot that was searched for. */
export interface TreeHolder {
  readonly repositoryId: RepositoryId;
  readonly ownerId: AccountId;
  /** Labels of today, for `repositoryAt`: a search does not say when it was made. */
  readonly owner: string;
  readonly name: string;
  readonly fork: boolean;
  /** True for one that only those with access are shown, as the App where it is installed. */
  readonly isPrivate: boolean;
  /** True when a person owns it, not an organisation. */
  readonly personal: boolean;
  /** The first commit with that tree that the search names, and who wrote it: the account where GitHub knows one. */
  readonly commit: string;
  readonly author: { readonly accountId: AccountId | null; readonly name: string; readonly address: string };
}

/** What was found for a snapshot. */
export interface TreeHolders {
  /** Each repository once. */
  readonly holders: readonly TreeHolder[];
  /** False when there are more hits than were read. */
  readonly complete: boolean;
}

/** Merged pull requests of one account by who merged them, newest first, at most fifty. */
export interface MergesOf {
  readonly id: AccountId;
  readonly nodeId: string;
  readonly createdAt: Instant;
  readonly merges: readonly {
    readonly at: Instant;
    /** True when a person owns the repository, not an organisation. */
    readonly personal: boolean;
    readonly by: { readonly id: AccountId; readonly nodeId: string } | "gone" | "no_person";
  }[];
  /** The newest fifty forks it owns in public; null where they were not asked for or could not be read. */
  readonly forks: { readonly count: number; readonly orphanCount: number } | null;
  /** Whom it follows; null where those are more than three, or were not asked for. */
  readonly followedIds: readonly AccountId[] | null;
}

/** Where git fetches a repository, and the HTTP `Authorization` it sends there. */
export interface CloneAddress {
  readonly url: string;
  /** A secret: for git's own process, never for a log, an error or an argument. */
  readonly authorization: string;
}

/** Repositories of one account that are looked at. */
export const MOST_OWNED = 10;

/** Years that one `contributionYears` has places for. */
export const MOST_YEARS = 10;

/** Commits that one `commitFacts` has places for. */
export const MOST_FACTS = 20;

/** What a scan of histories asks GitHub. Only public facts: no permission beyond metadata is used. */
export interface ScanGateway {
  /** Public repositories the account owns as a user, no forks, newest push first, at most `MOST_OWNED`; 1 request, 1 point. */
  ownedRepositories(input: {
    readonly nodeId: string;
    readonly limit: number;
  }): Promise<Fetched<readonly OwnedRepository[]>>;
  /** The newest five hundred pushes, 1 request a hundred. */
  pushes(repository: RepositoryAddress): Promise<Fetched<PushLog>>;
  /** The newest two hundred pull requests, 1 request and 1 point for fifty. */
  pullRequestCommits(repository: RepositoryAddress): Promise<Fetched<RequestLog>>;
  /** At most `MOST_FACTS` commits of a repository; those it does not know are left out. 1 request, 1 point. */
  commitFacts(
    input: RepositoryAddress & { readonly oids: readonly string[] },
  ): Promise<Fetched<readonly CommitFacts[]>>;
  /** A hundred commits from `headSha` back, which nobody is shown as a clone; 1 request, 1 point. */
  commitHistory(
    input: RepositoryAddress & { readonly headSha: string; readonly cursor: string | null },
  ): Promise<Fetched<HistoryPage>>;
  /** What GitHub dates of an account in calendar years, at most `MOST_YEARS`; 1 request, 1 point, none for no year. */
  contributionYears(input: {
    readonly nodeId: string;
    readonly years: readonly number[];
    readonly now: Instant;
  }): Promise<Fetched<AccountYears["years"]>>;
  /** Who merged the pull requests of at most sixteen accounts; those that are gone are left out. 1 request, 1 point. */
  mergesOf(input: {
    readonly nodeIds: readonly string[];
    /** With its forks and whom it follows. */
    readonly whole: boolean;
  }): Promise<Fetched<readonly MergesOf[]>>;
  /** Repositories whose default branch has a commit with this tree, the first 30 hits; 1 search request (30 a minute). */
  repositoriesWithTree(input: { readonly treeSha: string }): Promise<Fetched<TreeHolders>>;
  /**
   * The repository that an owner and a name lead to today, under its own name, when it was made and when anybody last
   * pushed there; 1 request.
   */
  repositoryAt(address: RepositoryAddress): Promise<
    Fetched<
      RepositoryAddress & {
        readonly id: RepositoryId;
        readonly createdAt: Instant;
        /** Null when nobody has pushed yet, or GitHub did not say. */
        readonly pushedAt: Instant | null;
      }
    >
  >;
  /** Where to clone from, with a token that can only read; 1 request, none for the next half hour of the same gateway. */
  cloneAddress(repository: RepositoryAddress): Promise<Fetched<CloneAddress>>;
}
