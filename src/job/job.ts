import type { Instant } from "../clock.ts";
import type { AccountId, InstallationId, RepositoryId } from "../ids.ts";
import type { Notice } from "./notice.ts";
import type { Rank } from "./shares.ts";

/** A repository as jobs carry it: the id is the key, owner and name are labels for addresses. */
export interface RepositoryRef {
  readonly id: RepositoryId;
  readonly nodeId: string;
  readonly owner: string;
  readonly ownerId: AccountId;
  readonly ownerType: string;
  readonly name: string;
}

export interface AccountRef {
  readonly id: AccountId;
  readonly nodeId: string;
  readonly login: string;
  readonly type: string;
}

export interface PullRequestRef {
  readonly nodeId: string;
  readonly number: number;
  readonly headSha: string;
  /** When the pull request last changed, as GitHub says it: of two heads the newer one counts. */
  readonly updatedAt: Instant;
  /** The opener as the delivery or the list named it; null for a deleted account. */
  readonly author: AccountRef | null;
}

interface OfInstallation {
  readonly installationId: InstallationId;
}

interface OfRepository extends OfInstallation {
  /** No job asks by the node id, and who files one from a report does not know it. */
  readonly repository: Omit<RepositoryRef, "nodeId">;
}

interface TriageJob extends OfRepository {
  readonly kind: "triage-pull-request";
  readonly pullRequest: PullRequestRef;
  /** Asked for by a maintainer or by ourselves: the brake for pushes does not hold it. */
  readonly force: boolean;
  /** The head was pointed at another branch: a diff nobody has reviewed. */
  readonly newBase: boolean;
  /** The queue's word: another head was said to be of the same second, and only GitHub knows which one is newer. */
  readonly contested?: true;
  /** The same head, looked at again because more is known: nothing of it may show outside. */
  readonly secondLook: boolean;
}

/** A branch that moved, as a delivery told of it. */
export interface PushRef {
  readonly branch: string;
  /** Null when the delivery did not say. */
  readonly defaultBranch: string | null;
  /** Where the branch stood; null when it is new, or nobody said. */
  readonly before: string | null;
  readonly headSha: string;
  /** True where GitHub says that an App pushed. */
  readonly byApp: boolean;
  readonly toldAt: Instant;
}

interface AssessCollaboratorJob extends OfInstallation {
  readonly kind: "assess-collaborator";
  /** An audit that found the grant knows no more of the repository. */
  readonly repository: Pick<RepositoryRef, "id" | "owner" | "ownerType" | "name">;
  readonly account: AccountRef;
  readonly role: string;
  readonly previousRole: string | null;
  readonly grantedAt: Instant;
  /** Who gave it, as the delivery told; absent where none did. */
  readonly givenBy?: Pick<AccountRef, "id" | "login">;
}

interface AssessInvitedJob extends OfInstallation {
  readonly kind: "assess-invited";
  readonly account: Pick<AccountRef, "id" | "login">;
  readonly notBefore?: Instant;
}

interface AssessHolderJob extends OfInstallation {
  readonly kind: "assess-holder";
  readonly accountId: AccountId;
  /** An audit that finds many gives each its time; absent for now. */
  readonly notBefore?: Instant;
}

/** Something that gives access, as a delivery named it. `gone`: it was said to be there no more, which GitHub may not confirm. */
export type AccessSourceRef =
  | {
      readonly kind: "team";
      readonly id: number;
      readonly nodeId: string;
      /** Label only: what an audit knows the team by. */
      readonly slug: string;
      readonly gone: boolean;
    }
  | { readonly kind: "repository"; readonly id: RepositoryId; readonly name: string; readonly gone: boolean }
  | { readonly kind: "account"; readonly id: AccountId; readonly login: string };

interface ButtonPress {
  readonly headSha: string;
  readonly senderLogin: string;
  readonly senderId: AccountId;
}

type RepositoryJob = OfRepository &
  (
    | {
        readonly kind: "publish-sealed-check";
        readonly headSha: string;
        readonly pullRequestNumber: number;
        readonly updatedAt: Instant;
        readonly contested?: true;
      }
    | {
        readonly kind: "label-pull-request";
        readonly pullRequestNumber: number;
        readonly headSha: string;
        readonly name: string;
      }
    /** The report made at `readAt`, or a later one on the head, holds the diff. */
    | {
        readonly kind: "publish-change-findings";
        readonly pullRequestNumber: number;
        readonly headSha: string;
        readonly readAt: Instant;
      }
    | { readonly kind: "judge-push"; readonly push: PushRef }
    | { readonly kind: "close-pull-request"; readonly pullRequestNumber: number }
    | (ButtonPress & { readonly kind: "rerun-head" })
    | (ButtonPress & { readonly kind: "mark-reviewed" })
    | { readonly kind: "withdraw-grant"; readonly accountId: AccountId; readonly at: Instant }
    /** `afterRef` is the last door that was done, as each job does some of them; null for the first job. */
    | { readonly kind: "reseal-repository"; readonly afterRef: string | null }
    | { readonly kind: "rename-repository" }
  );

type InstallationJob = OfInstallation &
  (
    | {
        readonly kind: "deep-scan-account";
        readonly account: AccountRef;
        /** What is done again when the histories are known. */
        readonly again: TriageJob | AssessCollaboratorJob | AssessHolderJob | AssessInvitedJob;
      }
    /** The same by the API, because of what was found: nobody is shown it, so it neither waits for git nor makes git wait. */
    | { readonly kind: "read-histories"; readonly account: AccountRef; readonly again: TriageJob }
    /** What counts of what is said about an account is not what it was: in one repository, or in all (null). */
    | {
        readonly kind: "look-again";
        readonly accountId: AccountId;
        readonly repositoryId: RepositoryId | null;
        /** Pull requests are gone through newest first, in steps: those opened before, or all (null). */
        readonly openedBefore: Instant | null;
        /** Each step has its time; absent for now. */
        readonly notBefore?: Instant;
      }
    | { readonly kind: "audit-organization"; readonly first: boolean }
    /** Somebody who was invited to the organisation, and is not in yet. */
    | AssessInvitedJob
    /** Rules or keys of a repository, or of the organisation (null), are not what the audit saw. */
    | { readonly kind: "note-rule-change"; readonly repositoryId: RepositoryId | null; readonly at: Instant }
    /** Events come in bursts: those until `notBefore` are one job. */
    | { readonly kind: "follow-access"; readonly source: AccessSourceRef; readonly notBefore: Instant }
    /** Where it goes on is stored with the installation. */
    | { readonly kind: "sweep-installation" }
    | {
        readonly kind: "bootstrap-installation";
        readonly account: { readonly id: AccountId; readonly login: string; readonly type: string };
        readonly permissions: Readonly<Record<string, string>>;
      }
    | { readonly kind: "set-installation-paused"; readonly paused: boolean }
    | { readonly kind: "purge-installation" }
    | { readonly kind: "forget-repositories"; readonly repositoryIds: readonly RepositoryId[] }
    /** Flags were raised that should not wait; those of the minute after `since` are told with them. */
    | { readonly kind: "announce-flags"; readonly since: Instant }
    /** `destination` is the name that the operator gave it. */
    | { readonly kind: "send-notice"; readonly destination: string; readonly notice: Notice }
  );

/** What must be done, by kind. Every job can run twice: effects are idempotent, state is fetched again. */
export type Job =
  | RepositoryJob
  | TriageJob
  | AssessCollaboratorJob
  | AssessHolderJob
  | InstallationJob
  | { readonly kind: "end-sessions"; readonly accountId: AccountId }
  | { readonly kind: "reconcile-deliveries" }
  | { readonly kind: "announce-deadlines" }
  | { readonly kind: "sweep-retention" };

export type JobKind = Job["kind"];
export type JobOf<Kind extends JobKind> = Extract<Job, { kind: Kind }>;

export interface JobInfo {
  /** Attempts before the job is discarded and shown: what it did wrong itself, not what the world or a crash did. */
  readonly attempts: number;
  /** Seconds a worker may hold it before another takes it over. */
  readonly leaseSeconds: number;
  /** False for work on our own rows: it goes on while GitHub's limit parks an installation. */
  readonly asksGitHub: boolean;
  /** Who goes first when more is due than can run. */
  readonly rank: Rank;
}

/** How each kind of job is run. */
export const JOBS: Readonly<Record<JobKind, JobInfo>> = {
  "publish-sealed-check": { attempts: 8, leaseSeconds: 60, asksGitHub: true, rank: 0 },
  "label-pull-request": { attempts: 5, leaseSeconds: 30, asksGitHub: true, rank: 0 },
  "publish-change-findings": { attempts: 8, leaseSeconds: 120, asksGitHub: true, rank: 0 },
  "triage-pull-request": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 1 },
  "judge-push": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 1 },
  "close-pull-request": { attempts: 5, leaseSeconds: 30, asksGitHub: false, rank: 1 },
  "rerun-head": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 1 },
  "mark-reviewed": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 1 },
  "assess-collaborator": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 1 },
  "assess-holder": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 2 },
  "look-again": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 2 },
  "deep-scan-account": { attempts: 3, leaseSeconds: 60, asksGitHub: true, rank: 2 },
  "read-histories": { attempts: 3, leaseSeconds: 60, asksGitHub: true, rank: 2 },
  "withdraw-grant": { attempts: 8, leaseSeconds: 30, asksGitHub: true, rank: 1 },
  "follow-access": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 1 },
  "assess-invited": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 2 },
  "note-rule-change": { attempts: 8, leaseSeconds: 30, asksGitHub: false, rank: 1 },
  "audit-organization": { attempts: 4, leaseSeconds: 60, asksGitHub: true, rank: 2 },
  "sweep-installation": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 2 },
  "bootstrap-installation": { attempts: 5, leaseSeconds: 60, asksGitHub: false, rank: 1 },
  "set-installation-paused": { attempts: 8, leaseSeconds: 30, asksGitHub: false, rank: 1 },
  "purge-installation": { attempts: 8, leaseSeconds: 60, asksGitHub: false, rank: 1 },
  "forget-repositories": { attempts: 8, leaseSeconds: 60, asksGitHub: false, rank: 1 },
  "announce-deadlines": { attempts: 5, leaseSeconds: 60, asksGitHub: false, rank: 1 },
  "announce-flags": { attempts: 5, leaseSeconds: 30, asksGitHub: false, rank: 1 },
  "send-notice": { attempts: 5, leaseSeconds: 60, asksGitHub: false, rank: 3 },
  "reseal-repository": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 2 },
  "rename-repository": { attempts: 5, leaseSeconds: 60, asksGitHub: true, rank: 1 },
  "end-sessions": { attempts: 8, leaseSeconds: 30, asksGitHub: false, rank: 1 },
  "reconcile-deliveries": { attempts: 2, leaseSeconds: 60, asksGitHub: true, rank: 1 },
  "sweep-retention": { attempts: 2, leaseSeconds: 60, asksGitHub: false, rank: 2 },
};
