import type { Fetched } from "../absence.ts";
import type { ActionsFiles } from "../change/actions/runs-heads.ts";
import type { ChangeCommit, ChangeFiles, ChangeTexts } from "../change/change.ts";
import type { Authorship } from "../change/signatures.ts";
import type { PressedFor } from "../change/thread.ts";
import type { Instant } from "../clock.ts";
import type { AccountId, RepositoryAddress } from "../ids.ts";
import type { SubjectKind } from "./dossier.ts";
import type {
  AccountActivity,
  AccountKeys,
  AccountProfile,
  AccountPullRequests,
  AccountRepositories,
  LastActivity,
  RecordHere,
} from "./facts.ts";
import type { AccountTexts } from "./public-texts.ts";
import type { ScanGateway } from "./scan-gateway.ts";

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
  /** Node ids of the accounts that those commits name as authors, by number. */
  readonly authorNodeIds: ReadonlyMap<number, string>;
  /** Of bodies and of names in commits what a shell would run; nothing else of them is kept. */
  readonly runningTexts: ChangeTexts["texts"];
  readonly commitCount: number;
  readonly changedFileCount: number;
  /** Added and removed lines of the whole change: more than its files show when GitHub left some out. */
  readonly changedLineCount: number;
  /** Paths as Q1 lists them, at most 100; the patch comes from `pullRequestFiles`. */
  readonly paths: readonly string[];
  /** Approvals that stand, the newest word of each who may write; null when GitHub would not tell. */
  readonly approvals: readonly { readonly at: Instant; readonly headSha: string }[] | null;
  /** When the branch was last force-pushed; null when it never was or GitHub would not tell. */
  readonly forcePushedAt: Instant | null;
  /** The last fifty comments on it, oldest first; null when GitHub would not tell. */
  readonly comments: readonly ThreadComment[] | null;
  /** Pull requests of this author in this repository; null when search failed. */
  readonly openedHereCount: number | null;
  /** Its merges in this organisation; null when search failed, or failed in part and so left out who merged. */
  readonly mergesInOrganization: MergesHere | null;
}

/** That somebody spoke on a pull request; not what was said. */
export interface ThreadComment {
  readonly nodeId: string;
  readonly at: Instant;
  /** Null for bots and accounts that are gone. */
  readonly accountId: number | null;
  /** The standing in this repository, as GitHub states it through the installation token. */
  readonly association: string;
}

/** What a comment comes to once its text has been read and dropped. */
export interface SaidInThread {
  readonly nodeId: string;
  readonly link: string;
  readonly pressesFor: readonly PressedFor[];
  /** What its author did in public by now, this comment included; null where GitHub would not tell. */
  readonly acts: number | null;
}

/** Merges of one account in one organisation, as far as one page of search shows who made them. */
export type MergesHere = Omit<RecordHere, "firstContactAt">;

/** Everything Q2 says about one account; 1 request, 2 when GitHub answers in part. Each part can be missing by itself. */
export interface AccountHistory {
  readonly profile: Fetched<AccountProfile>;
  readonly repositories: Fetched<AccountRepositories>;
  readonly pullRequests: Fetched<AccountPullRequests>;
  readonly activity: Fetched<AccountActivity>;
  readonly texts: Fetched<AccountTexts>;
}

/** What the dossier of an account by itself asks of GitHub. */
export type AccountGateway = Pick<
  DossierGateway,
  "usage" | "accountHistory" | "accountKeys" | "accountEvents" | "recordHere" | "lastActivity"
>;

/** Files that one question can ask for. */
export const HEAD_FILES_PER_REQUEST = 10;

/** Accounts that one question can ask for. */
export const MOST_SIGNERS = 3;

/** What collecting a dossier asks of GitHub. Every method names its cost in requests. */
export interface DossierGateway extends ScanGateway {
  /** Q1, 1 request; 1 more when the author is not called `authorLogin` any more. */
  pullRequest(input: {
    readonly repository: RepositoryAddress;
    readonly pullRequestNodeId: string;
    readonly authorLogin: string;
  }): Promise<Fetched<PullRequestFacts>>;
  /** Changed files with patches, 1 request per 100 files, at most 30. */
  pullRequestFiles(input: {
    readonly repository: RepositoryAddress;
    readonly number: number;
  }): Promise<Fetched<ChangeFiles>>;
  /**
   * Whole texts of files as a commit has them, by path, at most ten; 1 request. Those that are no text, or larger than
   * GitHub shows, are left out. Any commit the repository can show, those of pull requests from forks among them.
   */
  headFiles(input: {
    readonly repository: RepositoryAddress;
    readonly headSha: string;
    readonly paths: readonly string[];
  }): Promise<Fetched<ReadonlyMap<string, string>>>;
  /**
   * The last thirty commits of accounts from a commit or the head of a branch back, newest first, by their node ids, at
   * most `MOST_SIGNERS`; null stands for the default branch, which may hold nothing yet. 1 request.
   */
  signedBefore(input: {
    readonly repository: RepositoryAddress;
    readonly before: string | null;
    readonly accounts: readonly string[];
  }): Promise<Fetched<ReadonlyMap<string, readonly Authorship[]>>>;
  /** What comments press for, by their node ids, at most a hundred; 1 request. */
  threadComments(nodeIds: readonly string[]): Promise<Fetched<readonly SaidInThread[]>>;
  /** The Actions files of the default branch, 1 request. */
  workflowFiles(repository: RepositoryAddress): Promise<Fetched<ActionsFiles>>;
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
  /** Standing of an account in the organisation, 1 request; `none` for strangers and open invitations. */
  membership(input: {
    readonly organization: string;
    readonly login: string;
  }): Promise<Fetched<"owner" | "member" | "none">>;
  /** Requests made through this gateway so far, for the `job.finished` line and the request budget tests. */
  readonly usage: { readonly requests: number; readonly points: number };
}
