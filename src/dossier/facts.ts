import type { ChangeCommits, ChangeFiles, ChangePush, ChangeTexts } from "../change/change.ts";
import type { CodeMatches } from "../change/code-index/found.ts";
import type { ChangeSignatures } from "../change/signatures.ts";
import type { ChangeThread } from "../change/thread.ts";
import type { Instant } from "../clock.ts";
import type { ScanSummary } from "../history/traces/scan.ts";
import type {
  ContinuityTraces,
  DateTraces,
  IdentityTraces,
  OriginTraces,
  PictureTraces,
} from "../history/traces/traces.ts";
import type { AccountId, RepositoryId } from "../ids.ts";
import type { Sourced } from "../intel/independent.ts";
import type { NetworkTies } from "./network.ts";
import type { AccountTexts } from "./public-texts.ts";
import type { Role, Via } from "./role.ts";

/**
 * Every section a dossier can have, and its shape. This is the closed list of what is known about anybody:
 * no name, login content, avatar, location, language, e-mail provider or follower count has a place here
 * (SIGNALS.md §3), so no signal can read one.
 */
export interface SectionTypes {
  readonly "change.files": ChangeFiles;
  readonly "change.commits": ChangeCommits;
  readonly "change.texts": ChangeTexts;
  readonly "change.push": ChangePush;
  readonly "change.signatures": ChangeSignatures;
  readonly "change.thread": ChangeThread;
  readonly "account.profile": AccountProfile;
  readonly "account.repositories": AccountRepositories;
  readonly "account.pullRequests": AccountPullRequests;
  readonly "account.activity": AccountActivity;
  readonly "account.years": AccountYears;
  readonly "account.texts": AccountTexts;
  readonly "account.keys": AccountKeys;
  readonly "account.snapshots": AccountSnapshots;
  readonly "access.grant": GrantEvent;
  readonly "access.lastGrant": LastGrant;
  readonly "access.grants": GrantList;
  readonly "access.referrals": Referrals;
  readonly "access.recordHere": RecordHere;
  readonly "access.lastActivity": LastActivity;
  readonly "history.identity": IdentityTraces;
  readonly "history.dates": DateTraces;
  readonly "history.origin": OriginTraces;
  readonly "history.continuity": ContinuityTraces;
  readonly "history.pictures": PictureTraces;
  readonly "history.scan": ScanSummary;
  readonly "code.matches": CodeMatches;
  readonly "network.ties": NetworkTies;
  readonly "intel.localList": LocalList;
  readonly "intel.matches": IntelMatches;
}

export type SectionName = keyof SectionTypes;

/** GitHub's own facts about the account (tier PL). */
export interface AccountProfile {
  readonly accountId: AccountId;
  readonly createdAt: Instant;
}

/** Public repositories the account owns. `repositories` holds the newest ones, at most 100. */
export interface AccountRepositories {
  /** Forks included. */
  readonly ownedCount: number;
  readonly forkCount: number;
  readonly repositories: readonly {
    readonly createdAt: Instant;
    readonly pushedAt: Instant | null;
    readonly fork: boolean;
  }[];
}

/** Pull requests the account opened (tier PL). `recent` is newest first, at most 100; owners are node ids. */
export interface AccountPullRequests {
  readonly totalCount: number;
  readonly mergedCount: number;
  /** Merged in public repositories of others, all time. */
  readonly mergedElsewhereCount: number;
  readonly recent: readonly PullRequestBrief[];
  readonly oldest: readonly PullRequestBrief[];
}

export interface PullRequestBrief {
  readonly createdAt: Instant;
  readonly mergedAt: Instant | null;
  readonly ownerNodeId: string;
  /** False when the repository belongs to the account itself. */
  readonly elsewhere: boolean;
}

/** Server-dated acts (tier PL): pull requests, issues, comments, repository creations; oldest first. */
export interface AccountActivity {
  readonly acts: readonly {
    readonly kind: "pull_request" | "issue" | "comment" | "repository" | "event";
    readonly at: Instant;
  }[];
  /**
   * Yearly totals of contributions as GitHub counts them: screening only, never evidence. `commits` are those among
   * them that bring their own dates; absent in what was read before they were told apart.
   */
  readonly years: readonly {
    readonly from: Instant;
    readonly to: Instant;
    readonly contributions: number;
    readonly commits?: number;
    readonly restricted: number;
  }[];
  /** True when older acts may exist that were not fetched between the oldest and the newest known ones. */
  readonly mayHaveHoles: boolean;
}

/**
 * Calendar years as GitHub counts them (tier PL), those into which the account's own commits are dated and their
 * neighbours. GitHub's counts can be wrong: they may excuse, and what they leave out is no evidence by itself.
 */
export interface AccountYears {
  readonly years: readonly {
    readonly year: number;
    /** Pull requests, issues, reviews and new repositories: what GitHub dates itself. */
    readonly dated: number;
    /** Contributions to what GitHub does not show. */
    readonly restricted: number;
  }[];
}

/** When each public key of the account was added (tier PL). Null dates: GitHub did not say. */
export interface AccountKeys {
  readonly keys: readonly { readonly kind: "gpg" | "ssh_signing"; readonly createdAt: Instant | null }[];
}

/** What Sallyport itself saw earlier of the same account id; hashes only, oldest first. */
export interface AccountSnapshots {
  readonly snapshots: readonly { readonly at: Instant; readonly loginHash: string; readonly ownedCount: number }[];
}

/** The grant that a `member` or team event reported (tier PL). */
export interface GrantEvent {
  readonly repositoryId: RepositoryId;
  readonly role: Role;
  readonly previousRole: Role | null;
  readonly via: Via;
  readonly grantedAt: Instant;
  /** True when the organisation knows the account by single sign-on; null when nobody could tell. */
  readonly ssoLinked: boolean | null;
}

/** The newest grant here that an earlier report was about, and the account's record at that time (tier PL). */
export interface LastGrant extends Pick<GrantEvent, "role" | "previousRole" | "grantedAt" | "ssoLinked"> {
  readonly record: RecordHere;
}

/** Everything the account can reach in the organisation, one entry per repository and source; archived ones left out. */
export interface GrantList {
  readonly grants: readonly { readonly repositoryId: RepositoryId; readonly role: Role; readonly via: Via }[];
  readonly owner: boolean;
  readonly member: boolean;
  /** Who belongs to the organisation was not read: that `owner` and `member` are false says nothing. */
  readonly membersUnread?: true;
  /** What the base permission gives the account on every repository; absent where it gives nothing. */
  readonly base?: Role;
}

/**
 * Whom the account let in here (tier PL): gave a role on a repository, or invited to the organisation. By number, each with
 * the last time; who let in the account itself has no place here, because nobody can help being invited.
 */
export interface Referrals {
  readonly letIn: readonly { readonly accountId: AccountId; readonly at: Instant }[];
}

/** The account's record in the organisation that asks (tier PL). */
export interface RecordHere {
  readonly mergedCount: number;
  /** Distinct people other than the account who merged its work here; null when too few of its merges name one. */
  readonly mergerCount: number | null;
  /** Further people may have merged: `mergerCount` is a lower bound. */
  readonly mergersUnseen?: true;
  readonly firstContactAt: Instant | null;
}

/** The account's last commit, pull request, issue or review in the organisation (tier PL); null when none was found. */
export interface LastActivity {
  readonly lastActAt: Instant | null;
  /** How far back the search could look. */
  readonly searchedSince: Instant;
  /** GitHub counts acts since then that it does not show this App: the last one may be later. */
  readonly actsUnseen?: true;
}

/** The organisation's own vouches and denouncements of this account id, unexpired ones only. */
export interface LocalList {
  readonly entries: readonly {
    readonly disposition: "vouched" | "denounced";
    readonly reason: string;
    readonly byAccountId: AccountId;
    readonly at: Instant;
    readonly until: Instant;
  }[];
}

/** What lists of others that the organisation took in say of this account id (tier EX); those that are not over. */
export interface IntelMatches {
  readonly matches: readonly (Sourced & {
    /** Named by its number; or by an address that GitHub credits to it, on commits that the account itself pushed. */
    readonly by: "account" | "address";
    /** Its authors state what they saw themselves, and nobody else can write to the list. */
    readonly primary: boolean;
    /** The entry says why, or where it can be checked. */
    readonly sourced: boolean;
    readonly at: Instant;
    readonly until: Instant;
    /** Two people of the organisation looked and say that it is right. */
    readonly confirmed: boolean;
  })[];
}
