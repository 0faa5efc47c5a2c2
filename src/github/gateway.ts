import type { Fetched } from "../absence.ts";
import type { AccessSnapshot } from "../access/grant.ts";
import type { ChangeCommit, ChangeFiles } from "../change/change.ts";
import type { Instant } from "../clock.ts";
import type { SubjectKind } from "../dossier/dossier.ts";
import type {
  AccountActivity,
  AccountKeys,
  AccountProfile,
  AccountPullRequests,
  AccountRepositories,
  LastActivity,
  RecordHere,
} from "../dossier/facts.ts";
import type { Role } from "../dossier/role.ts";
import type { AccountId, InstallationId } from "../ids.ts";
import type { AccountRef } from "../job/job.ts";
import type { RepositoryAddress } from "./address.ts";
import type { ListingGateway } from "./listing-gateway.ts";
import type { ScanGateway } from "./scan-gateway.ts";

export type { CreatedApp, LoginGateway } from "./login-gateway.ts";

/** Everything Q1 says about one pull request; 1 request. */
export interface PullRequestFacts {
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly headSha: string;
  readonly headBranch: string;
  readonly title: string;
  readonly authorAssociation: string;
  readonly author: {
    readonly id: AccountId | null;
    readonly nodeId: string | null;
    readonly login: string;
    readonly kind: SubjectKind;
    readonly createdAt: Instant | null;
  };
  readonly commits: readonly ChangeCommit[];
  readonly commitSubjects: readonly string[];
  readonly commitCount: number;
  readonly changedFileCount: number;
  /** Added and removed lines of the whole change: more than its files show when GitHub left some out. */
  readonly changedLineCount: number;
  /** Paths as Q1 lists them, at most 100; the patch comes from `pullRequestFiles`. */
  readonly paths: readonly string[];
  /** Pull requests of this author in this repository; null when search failed. */
  readonly openedHereCount: number | null;
  /** Its merges in this organisation; null when search failed, or failed in part and so left out who merged. */
  readonly mergesInOrganization: MergesHere | null;
}

/** Merges of one account in one organisation, as far as one page of search shows who made them. */
export type MergesHere = Omit<RecordHere, "firstContactAt">;

export interface AccountAddress {
  readonly id: AccountId;
  readonly nodeId: string;
  /** Label only. */
  readonly login: string;
  readonly kind: SubjectKind;
}

/** Everything Q2 says about one account; 1 request, 2 when GitHub answers in part. Each part can be missing by itself. */
export interface AccountHistory {
  readonly profile: Fetched<AccountProfile>;
  readonly repositories: Fetched<AccountRepositories>;
  readonly pullRequests: Fetched<AccountPullRequests>;
  readonly activity: Fetched<AccountActivity>;
}

export interface SealedCheckInput {
  readonly headSha: string;
  readonly externalId: string;
  readonly detailsUrl: string;
}

/** GitHub as one installation sees it. Every method names its cost in requests; none retries a write by itself. */
export interface InstallationGateway extends ScanGateway, ListingGateway {
  readonly installationId: InstallationId;
  /** Q1, 1 request; 1 more when the author is not called `authorLogin` any more. */
  pullRequest(input: {
    readonly repository: RepositoryAddress;
    readonly pullRequestNodeId: string;
    readonly authorLogin: string;
  }): Promise<Fetched<PullRequestFacts>>;
  /** The commit at the tip of a pull request, 1 request; 2 with an old token of a selection. */
  pullRequestHead(input: { readonly repository: RepositoryAddress; readonly number: number }): Promise<Fetched<string>>;
  /** Changed files with patches, 1 request per 100 files, at most 3. */
  pullRequestFiles(input: {
    readonly repository: RepositoryAddress;
    readonly number: number;
  }): Promise<Fetched<ChangeFiles>>;
  /** Q2, 1 request; 2 when GitHub answers the first in part or not at all. */
  accountHistory(input: {
    readonly nodeId: string;
    readonly login: string;
    readonly now: Instant;
  }): Promise<Fetched<AccountHistory>>;
  /** When the account's keys were added, 2 requests. */
  accountKeys(login: string): Promise<Fetched<AccountKeys>>;
  /** Server-dated public events of the last 30 days, 1 request; only kinds and times are read. */
  accountEvents(login: string): Promise<Fetched<readonly { readonly kind: "event"; readonly at: Instant }[]>>;
  /** Merges of the account's pull requests in the repository's organisation: how many, by how many distinct others, first contact. 1 request. */
  recordHere(input: { readonly repository: RepositoryAddress; readonly login: string }): Promise<Fetched<RecordHere>>;
  /** Last contribution of the account inside the organisation, 1 request (2 the first time there). */
  lastActivity(input: {
    readonly organization: string;
    readonly login: string;
    readonly now: Instant;
  }): Promise<Fetched<LastActivity>>;
  /** Effective role of an account on a repository over all sources, 1 request; null when it has none. */
  role(input: { readonly repository: RepositoryAddress; readonly login: string }): Promise<Fetched<Role | null>>;
  /** True when the account is an active owner of the organisation, 1 request. */
  isOwner(input: { readonly organization: string; readonly login: string }): Promise<Fetched<boolean>>;
  /** Standing of an account in the organisation, 1 request; `none` for strangers and open invitations. */
  membership(input: {
    readonly organization: string;
    readonly login: string;
  }): Promise<Fetched<"owner" | "member" | "none">>;
  /** Current login of an account id, 1 request. */
  loginOf(id: AccountId): Promise<Fetched<string>>;
  /** How an account is addressed and what kind it is, by its id, 1 request. */
  accountWithId(id: AccountId): Promise<Fetched<AccountAddress>>;
  /** The same by its login of today, 1 request. */
  accountNamed(login: string): Promise<Fetched<AccountAddress>>;
  /** Full access graph by A1, A2 and the member lists; about 160 requests for 1,000 repositories. */
  accessSnapshot(input: {
    readonly organization: string;
    readonly now: Instant;
    readonly onProgress: (done: number, total: number | null) => void;
  }): Promise<Fetched<AccessSnapshot>>;
  /** A file on the default branch, 1 request; `not_found` when there is none, `too_large` over `maxBytes`. */
  fileOnDefaultBranch(input: {
    readonly repository: RepositoryAddress;
    readonly path: string;
    readonly maxBytes: number;
  }): Promise<Fetched<{ readonly text: string; readonly sha: string }>>;
  /** Pull requests whose head is this commit, 1 request; forks included. */
  pullRequestsOfHead(input: { readonly repository: RepositoryAddress; readonly headSha: string }): Promise<
    Fetched<
      readonly {
        readonly number: number;
        readonly nodeId: string;
        readonly headSha: string;
        readonly updatedAt: Instant;
        readonly author: AccountRef | null;
      }[]
    >
  >;
  /** Id of our newest check run on the head that carries the external id; null when there is none. 1 request. */
  findCheckRun(input: {
    readonly repository: RepositoryAddress;
    readonly headSha: string;
    readonly externalId: string;
  }): Promise<Fetched<number | null>>;
  /** Posts the sealed check run, 1 request, never retried here: look with `findCheckRun` first. Throws OperatingError. */
  createSealedCheck(input: { readonly repository: RepositoryAddress } & SealedCheckInput): Promise<number>;
  /** Overwrites one of our check runs with the sealed constant, 1 request. */
  resealCheck(
    input: { readonly repository: RepositoryAddress; readonly checkRunId: number } & SealedCheckInput,
  ): Promise<Fetched<null>>;
  /** Adds one label, 1 request; adding it twice is one label. Throws OperatingError. */
  addLabel(input: {
    readonly repository: RepositoryAddress;
    readonly number: number;
    readonly name: string;
  }): Promise<void>;
  /** Requests made through this gateway so far, for the `job.finished` line and the request budget tests. */
  readonly usage: { readonly requests: number; readonly points: number };
}

/** One delivery as GitHub's own log lists it. */
export interface LoggedDelivery {
  readonly id: number;
  readonly guid: string;
  readonly deliveredAt: Instant;
  readonly status: string;
  /** What the delivery was answered with; GitHub's own 5xx when no answer came. */
  readonly statusCode: number;
  readonly event: string;
  readonly action: string | null;
}

/** GitHub as the App itself sees it. */
export interface AppGateway {
  installation(id: InstallationId): Promise<InstallationGateway>;
  installations(): Promise<
    readonly {
      readonly id: InstallationId;
      readonly accountId: AccountId;
      readonly accountLogin: string;
      readonly accountType: string;
      readonly suspended: boolean;
      readonly permissions: Readonly<Record<string, string>>;
    }[]
  >;
  /** Who this App is, and GitHub's clock at the answer (its Date header). Throws OperatingError. */
  identity(): Promise<{
    readonly appId: number;
    readonly githubNow: Instant;
    readonly permissions: Readonly<Record<string, string>>;
    readonly events: readonly string[];
  }>;
  /**
   * True when GitHub answers something that it must be able to answer: to the App who it is (null), to an installation
   * what it may see. 1 request, 2 when a token has to be made. A limit is an answer; never throws for a refusal.
   */
  answers(installation: InstallationId | null): Promise<boolean>;
  /** Deliveries newer than `since`, newest first; pages until there. */
  deliveriesSince(since: Instant): Promise<readonly LoggedDelivery[]>;
  /** Asks for one delivery again, 1 request; `not_found` when GitHub has dropped it from its log. */
  redeliver(id: number): Promise<Fetched<null>>;
}
