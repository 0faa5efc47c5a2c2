import type { AccessAudit } from "../access/audit.ts";
import type { AccessSnapshot } from "../access/grant.ts";
import type { Assessment } from "../assessment/assessment.ts";
import type { Verdict } from "../assessment/precision.ts";
import type { Instant } from "../clock.ts";
import type { Decision } from "../decision/decision.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { Problem } from "../errors.ts";
import type { AccountId, InstallationId, RepositoryId } from "../ids.ts";
import type { PolicyFile } from "../policy/policy.ts";
import type { PolicyLines } from "../policy/policy-file.ts";

export interface Installation {
  readonly id: InstallationId;
  readonly accountId: AccountId;
  readonly accountLogin: string;
  readonly accountType: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly paused: boolean;
  /** Grows with each event that may have changed who has which right: what was remembered under another is void. */
  readonly rightsGeneration: number;
  /** Set by an owner; a new installation starts in shadow mode whatever its policy file says. */
  readonly publication: "shadow" | "live";
  readonly createdAt: Instant;
}

/** What a public check run points to: a random reference, one per repository and head. */
export interface Door {
  /** 128 random bits, base64url. */
  readonly ref: string;
  readonly installationId: InstallationId;
  readonly repositoryId: RepositoryId;
  readonly repositoryOwner: string;
  readonly repositoryName: string;
  readonly headSha: string;
  readonly pullRequestNumber: number;
  readonly checkRunId: number | null;
  readonly openedAt: Instant;
}

/** The look at all open pull requests of an installation that comes back every few hours. */
export interface PullRequestSweep {
  /** The one that was begun and is not at its end; null between two. */
  readonly underWay: {
    readonly startedAt: Instant;
    /** False when of long lists only what changed since `completeUntil` is read. */
    readonly whole: boolean;
    /** Where it goes on: the page of repositories, the first one of it to look at, and the place in its list. */
    readonly from: { readonly page: number; readonly repository: number | null; readonly after: string | null };
    /** Open pull requests of the repositories it came to so far. */
    readonly openCount: number;
    /** Repositories whose list GitHub did not show. */
    readonly unread: number;
    /** Heads that lacked something. */
    readonly filed: number;
  } | null;
  /** Open pull requests of all repositories, when last counted. */
  readonly openCount: number;
  /** Start of the last one that read everything it wanted; what changed before is known. Null before the first. */
  readonly completeUntil: Instant | null;
  /** Start of the last one that read the lists to their end. */
  readonly wholeAt: Instant | null;
}

/** One assessment with all it rests on, as a maintainer reads it. */
export interface Report {
  readonly id: string;
  readonly kind: "pull_request" | "collaborator";
  readonly installationId: InstallationId;
  readonly repositoryId: RepositoryId;
  readonly repositoryOwner: string;
  readonly repositoryName: string;
  /** Null for collaborators. */
  readonly pullRequest: {
    readonly number: number;
    readonly title: string;
    readonly headSha: string;
    readonly createdAt: Instant;
  } | null;
  readonly accountId: AccountId | null;
  /** Label only. */
  readonly login: string;
  readonly engine: string;
  readonly dossier: Dossier;
  readonly assessment: Assessment;
  readonly decision: Decision;
  readonly createdAt: Instant;
  /** When the pull request was closed or merged; null while it is open, and for collaborators. */
  readonly closedAt: Instant | null;
  /** True when its time is over: what it rests on is deleted, the bands are still there. */
  readonly evidenceErased: boolean;
  readonly reviewed: {
    readonly byAccountId: AccountId;
    readonly byLogin: string;
    readonly at: Instant;
    /** What it turned out to be; absent where nobody said. */
    readonly verdict?: Verdict;
  } | null;
}

/** A report without what it rests on, for lists: a dossier is as large as its account is busy. */
export type ListedReport = Omit<Report, "dossier">;

/** What decides who may read a report. */
export type ReportPlace = Pick<
  Report,
  "id" | "installationId" | "repositoryId" | "repositoryOwner" | "repositoryName" | "accountId"
>;

/**
 * The trail of one installation, with the number of the first link that was changed, removed or moved. A tail cut off
 * is only seen by who kept an earlier hash.
 */
export interface BrokenTrail {
  readonly installationId: InstallationId;
  readonly seq: number;
}

/** An entry of the append-only trail: who looked, who decided. */
export interface TrailEntry {
  readonly at: Instant;
  readonly actorId: AccountId | null;
  readonly act:
    | "report.viewed"
    | "account.viewed"
    | "repository.viewed"
    | "account.vouched"
    | "account.warned"
    | "warning.confirmed"
    | "entry.withdrawn"
    | "code_index.imported"
    | "code_index.removed"
    | "indicator.checked"
    | "indicator.confirmed"
    | "indicator.revoked"
    | "intel.imported"
    | "intel.exported"
    | "audit.viewed"
    | "clusters.viewed"
    | "flags.viewed"
    | "flag.acknowledged"
    | "pushes.viewed"
    | "push.decided"
    | "exposure.decided"
    | "grant.noted"
    | "report.reviewed"
    | "subject.exported"
    | "subject.corrected"
    | "subject.erased"
    | "publication.changed"
    | "work.retried"
    | "installation.added"
    | "installation.removed";
  readonly target: string;
  readonly reason: string | null;
}

/** Work that was given up and is kept, to be tried again. */
export interface SetAside {
  /** `job:12`, or `delivery:` and its GUID. */
  readonly id: string;
  readonly what: "job" | "delivery";
  /** `alone` for a job that crashed too often and is still tried, by itself. */
  readonly state: "set_aside" | "alone";
  /** Kind of the job, or name of the event. */
  readonly kind: string;
  readonly installationId: InstallationId | null;
  /** `owner/name`, as it was last heard; null where the work belongs to no repository. */
  readonly repository: string | null;
  readonly since: Instant;
  /** A word of `job/set-aside.ts`. */
  readonly because: string;
}

/** Nothing is asked of GitHub in this scope until a probe is answered. */
export interface Circuit {
  /** Null for all of GitHub. */
  readonly installationId: InstallationId | null;
  readonly because: string;
  readonly openedAt: Instant;
}

/** How far deliveries got, for the whole App. */
export interface DeliveryProgress {
  /** The newest one that is stored. */
  readonly receivedAt: Instant | null;
  /** The newest one in GitHub's log, and when that was read last. */
  readonly madeAt: Instant | null;
  readonly logReadAt: Instant | null;
}

export interface StoredAudit {
  readonly id: string;
  readonly takenAt: Instant;
  readonly snapshot: AccessSnapshot;
  readonly report: AccessAudit;
}

export interface StoredPolicy {
  /** The keys the last good file sets; empty when there is no file. */
  readonly file: PolicyFile;
  /** Where each of them stands in that file; absent in what was stored before lines were kept. */
  readonly lines?: PolicyLines;
  /** GitHub's hash of the text last read, good or bad; null when there was none. */
  readonly sourceSha: string | null;
  /** Where that file is, as people find it. */
  readonly source: string | null;
  readonly problems: readonly Problem[];
  readonly fetchedAt: Instant;
}
