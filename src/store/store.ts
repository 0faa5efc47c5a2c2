import type { Flag } from "../access/flag.ts";
import type { Assessment } from "../assessment/assessment.ts";
import type { Instant } from "../clock.ts";
import type { ReadHistories } from "../dossier/collect-histories.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { LocalList } from "../dossier/facts.ts";
import type { Reader } from "../history/traces/traces.ts";
import type { AccountId, InstallationId, RepositoryId } from "../ids.ts";
import type { Recent } from "../job/brake.ts";
import type { Room } from "../machine.ts";
import type { Retention } from "../policy/retention.ts";
import type { TenantAudits } from "./audits.ts";
import type {
  BrokenTrail,
  Circuit,
  DeliveryProgress,
  Door,
  Installation,
  Report,
  ReportPlace,
  SetAside,
  StoredPolicy,
  TrailEntry,
} from "./records.ts";
import type { SessionStore } from "./session-store.ts";
import type { SweepPlan, TenantSweeps } from "./sweeps.ts";
import type { Inbox, Queue } from "./work.ts";

export type * from "./records.ts";
export type * from "./session-store.ts";
export type * from "./sweeps.ts";
export type * from "./work.ts";

/**
 * What the program remembers. One SQL dialect behind it: embedded in the process or a PostgreSQL server. Failures
 * leave as OperatingError `database_unavailable` or `disk_full`; anything else is a programmer error.
 */
export interface Store extends SweepPlan {
  readonly inbox: Inbox;
  readonly queue: Queue;
  readonly sessions: SessionStore;
  /** Rows of one installation; row-level security hides all others, whatever the query says. */
  tenant(id: InstallationId): TenantStore;
  /** Installations that are known, paused ones included, by id. */
  installations(): Promise<readonly Installation[]>;
  /** The door a public address opens, whichever tenant it belongs to; null for an unknown one. */
  findDoor(ref: string): Promise<Door | null>;
  /** Work that was given up, of one installation or of all and of none; oldest first, at most 1,000. */
  setAside(installation: InstallationId | null): Promise<readonly SetAside[]>;
  /**
   * Puts what was given up back in its place, with all attempts before it; returns the ids that were still there. Of
   * one installation alone when it is named.
   */
  tryAgain(ids: readonly string[], installation: InstallationId | null): Promise<readonly string[]>;
  /** Circuits that are open, that of all of GitHub first. */
  circuits(): Promise<readonly Circuit[]>;
  deliveryProgress(): Promise<DeliveryProgress>;
  /** Notes the newest delivery in GitHub's log, null for none in what was read. */
  noteDeliveryLog(newest: Instant | null, readAt: Instant): Promise<void>;
  /** Deletes what of no installation is past its time (docs/privacy.md); returns deleted rows by table. */
  sweep(now: Instant): Promise<Readonly<Record<string, number>>>;
  /** Trails that somebody changed in the database; each is read whole, so this is for an operator's look. */
  brokenTrails(): Promise<readonly BrokenTrail[]>;
  /** Of the embedded database's disk, as it is now; null with a server or in memory. */
  room(): Room | null;
  /** Resolves when a delivery could be stored now: stores one and takes it away again. Rejects otherwise. */
  ping(): Promise<void>;
  stop(): Promise<void>;
}

/** A pull request that is assessed, and its author; null when the account is gone. */
export interface Triaged {
  readonly repository: RepositoryId;
  readonly number: number;
  readonly author: AccountId | null;
}

export interface TenantStore extends TenantSweeps, TenantAudits {
  installation(): Promise<Installation | null>;
  saveInstallation(
    installation: Omit<Installation, "id" | "paused" | "publication" | "rightsGeneration">,
  ): Promise<void>;
  setPaused(paused: boolean): Promise<void>;
  /** Makes every process ask GitHub anew who has which right; nothing when the installation is not known yet. */
  voidRights(): Promise<void>;
  setPublication(publication: "shadow" | "live"): Promise<void>;
  /** Deletes every row of the tenant. */
  purge(): Promise<void>;
  forgetRepositories(ids: readonly RepositoryId[]): Promise<void>;
  /** Gives doors, reports and flags of a repository its new name. */
  renameRepository(repository: RepositoryId, to: { readonly owner: string; readonly name: string }): Promise<void>;
  /** The same for all repositories, when their owner has a new login. */
  renameOwner(login: string): Promise<void>;

  /** The policy last in force for the organisation (null) or one repository; null when never read. */
  policy(repository: RepositoryId | null): Promise<StoredPolicy | null>;
  /** Those of all repositories that were read, in the order of their ids. */
  repositoryPolicies(): Promise<ReadonlyMap<RepositoryId, StoredPolicy>>;
  savePolicy(repository: RepositoryId | null, policy: StoredPolicy): Promise<void>;
  /** Deletes what is past its time: reports by the days given, the rest by docs/privacy.md; returns rows by table. */
  deleteExpired(now: Instant, retention: Retention): Promise<Readonly<Record<string, number>>>;

  /** The door of a head: the one that exists, or the given one, stored (`opened`). */
  openDoor(
    door: Omit<Door, "installationId" | "checkRunId">,
  ): Promise<{ readonly door: Door; readonly opened: boolean }>;
  /** The newest run of a door stays recorded. Returns the one recorded before, null for none. */
  recordCheckRun(ref: string, checkRunId: number): Promise<number | null>;
  /** When doors of a pull request's other heads were opened that have a check run, from a moment on. */
  checksSince(head: Pick<Door, "repositoryId" | "pullRequestNumber" | "headSha">, since: Instant): Promise<Recent>;
  /** By their ref; of a page those after `after`, "" for the first. */
  doorsOfRepository(
    repository: RepositoryId,
    page?: { readonly after: string; readonly limit: number },
  ): Promise<readonly Door[]>;

  /**
   * Replaces an earlier report of the same subject, head and engine; history of other heads stays. That somebody has
   * reviewed it stays too, unless the head is compared with something else now.
   */
  saveReport(report: Report, about?: { readonly newDiff: boolean }): Promise<void>;
  report(id: string): Promise<Report | null>;
  /** Reports of one head, newest first: several when pull requests share a commit. */
  reportsOfHead(repository: RepositoryId, headSha: string): Promise<readonly Report[]>;
  /** Earlier reports of one pull request, newest first, without dossiers. */
  reportsOfPullRequest(
    repository: RepositoryId,
    number: number,
  ): Promise<readonly { readonly id: string; readonly createdAt: Instant; readonly assessment: Assessment }[]>;
  /** Notes that a pull request was assessed; kept for a day. */
  noteTriage(about: Triaged, at: Instant): Promise<void>;
  /** When the pull request was assessed, and those of its author, from a moment on. */
  triagesSince(about: Triaged, since: Instant): Promise<Recent>;
  /** Reports on what an account holds on one repository, newest first. */
  reportsOfHolder(repository: RepositoryId, account: AccountId): Promise<readonly Report[]>;
  /** Newest report per account for accounts in the list; for joining grants with what is known. */
  latestReportOf(account: AccountId): Promise<Report | null>;
  /** Where the newest reports belong and whom they are about, newest first; without what they say. */
  recentPlaces(limit: number): Promise<readonly ReportPlace[]>;
  /** Those of the ids that exist, newest first. */
  reports(ids: readonly string[]): Promise<readonly Report[]>;
  /** Newest reports first, for the overview page. */
  recentReports(limit: number): Promise<readonly Report[]>;
  /** Marks the reports of a head that nobody has marked before; returns their ids. */
  markReviewed(
    repository: RepositoryId,
    headSha: string,
    by: { readonly accountId: AccountId; readonly login: string; readonly at: Instant },
  ): Promise<readonly string[]>;
  closePullRequest(repository: RepositoryId, number: number, at: Instant): Promise<void>;

  /** Account sections of an earlier dossier, when younger than `maxAgeHours`. */
  cachedAccount(account: AccountId, now: Instant, maxAgeHours: number): Promise<Partial<Dossier["sections"]> | null>;
  cacheAccount(account: AccountId, sections: Partial<Dossier["sections"]>, at: Instant): Promise<void>;
  /** What the last deep scan of an account by that reader found, and when; null when there was none. */
  historiesOf(account: AccountId, by: Reader): Promise<(Omit<ReadHistories, "by"> & { readonly at: Instant }) | null>;
  keepHistories(account: AccountId, found: ReadHistories, at: Instant): Promise<void>;
  snapshotsOf(
    account: AccountId,
  ): Promise<readonly { readonly at: Instant; readonly loginHash: string; readonly ownedCount: number }[]>;
  addSnapshot(
    account: AccountId,
    snapshot: { readonly at: Instant; readonly loginHash: string; readonly ownedCount: number },
  ): Promise<void>;

  localList(account: AccountId, now: Instant): Promise<LocalList>;
  addToLocalList(account: AccountId, entry: LocalList["entries"][number]): Promise<void>;

  /**
   * Raises a flag; the open one of the same account and repository is kept, with the new role, band and reason. Null
   * when somebody has acknowledged the same or more: at least that role, at least that band.
   */
  raiseFlag(flag: Omit<Flag, "installationId" | "state">): Promise<Flag | null>;
  flags(filter: "open" | "all"): Promise<readonly Flag[]>;
  flag(id: string): Promise<Flag | null>;
  /** False when the flag is not open any more. */
  acknowledgeFlag(
    id: string,
    by: { readonly accountId: AccountId; readonly login: string; readonly reason: string; readonly at: Instant },
  ): Promise<boolean>;
  /** Closes open and acknowledged flags of a grant that is gone. */
  closeFlagsOfGrant(repository: RepositoryId, account: AccountId, at: Instant): Promise<number>;

  /** Whom reports and flags are about, by their ids; of ids that are gone nothing. */
  subjectsOf(ids: readonly string[]): Promise<ReadonlyMap<string, AccountId | null>>;

  addToTrail(entry: TrailEntry): Promise<void>;
  trail(limit: number): Promise<readonly TrailEntry[]>;
}
