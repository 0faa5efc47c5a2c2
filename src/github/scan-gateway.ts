import type { Instant } from "../clock.ts";
import type { AccountId, RepositoryId } from "../ids.ts";
import type { Fetched, RepositoryAddress } from "./gateway.ts";

/** One public repository of an account's own, as far as a scan of its history needs to know it. */
export interface OwnedRepository {
  readonly id: RepositoryId;
  readonly nodeId: string;
  /** Labels of today, for addresses. */
  readonly owner: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly pushedAt: Instant | null;
  /** Head of the default branch; null when nobody has pushed yet. */
  readonly headSha: string | null;
  /** Ids of up to 20 commits that GitHub credits to the account; empty when it credits none or could not say. */
  readonly ownCommits: readonly string[];
  readonly diskKiB: number | null;
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
    /** Heads before and after; forty zeros before the first push. */
    readonly before: string;
    readonly after: string;
  }[];
  /** False when the log goes on beyond the page that was read. */
  readonly complete: boolean;
}

/** A repository that holds a snapshot that was searched for. */
export interface TreeHolder {
  readonly repositoryId: RepositoryId;
  readonly ownerId: AccountId;
  /** Labels of today, for `repositoryAt`: a search does not say when it was made. */
  readonly owner: string;
  readonly name: string;
  readonly fork: boolean;
  /** The first commit with that tree that the search names. */
  readonly commit: string;
}

/** Where git fetches a repository, and the HTTP `Authorization` it sends there. */
export interface CloneAddress {
  readonly url: string;
  /** A secret: for git's own process, never for a log, an error or an argument. */
  readonly authorization: string;
}

/** What a scan of histories asks GitHub. Only public facts: no permission beyond metadata is used. */
export interface ScanGateway {
  /** Public repositories the account owns as a user, no forks, newest push first, at most 10; 1 request, 1 point. */
  ownedRepositories(input: {
    readonly nodeId: string;
    readonly limit: number;
  }): Promise<Fetched<readonly OwnedRepository[]>>;
  /** The newest hundred pushes, 1 request. */
  pushes(repository: RepositoryAddress): Promise<Fetched<PushLog>>;
  /** Repositories whose default branch has a commit with this tree, the first 30 hits; 1 search request (30 a minute). */
  repositoriesWithTree(input: { readonly treeSha: string }): Promise<Fetched<readonly TreeHolder[]>>;
  /** The repository that an owner and a name lead to today, under its own name, and when it was made; 1 request. */
  repositoryAt(
    address: RepositoryAddress,
  ): Promise<Fetched<RepositoryAddress & { readonly id: RepositoryId; readonly createdAt: Instant }>>;
  /** Where to clone from, with a token that can only read; 1 request, none for the next half hour of the same gateway. */
  cloneAddress(repository: RepositoryAddress): Promise<Fetched<CloneAddress>>;
}
