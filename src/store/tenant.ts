import type { Flag, Outcome } from "../access/flag.ts";
import type { Instant } from "../clock.ts";
import type { AccountId, RepositoryId } from "../ids.ts";
import type { Retention } from "../policy/retention.ts";
import type { TenantAccounts, TenantTies } from "./accounts.ts";
import type { TenantAudits } from "./audits.ts";
import type { TenantCodeIndexes } from "./code-indexes.ts";
import type { TenantDoors } from "./doors.ts";
import type { TenantExposures } from "./exposures.ts";
import type { TenantGrants, TenantReferrals } from "./grants.ts";
import type { TenantIndicators } from "./indicators.ts";
import type { TenantLive } from "./live.ts";
import type { TenantLocalList } from "./local-list.ts";
import type { TenantPushes } from "./pushes.ts";
import type { TenantReadings } from "./readings.ts";
import type { Installation, StoredPolicy } from "./records.ts";
import type { TenantReports, TenantSignalCounts } from "./reports.ts";
import type { TenantSubjects } from "./subject.ts";
import type { TenantSweeps } from "./sweeps.ts";
import type { TenantTrail } from "./trail.ts";

/** Rows of one installation, by what they are about. */
export interface TenantStore
  extends TenantInstallation,
    TenantPolicies,
    TenantDoors,
    TenantReports,
    TenantAccounts,
    TenantTies,
    TenantLocalList,
    TenantIndicators,
    TenantSignalCounts,
    TenantAudits,
    TenantReadings,
    TenantLive,
    TenantFlags,
    TenantExposures,
    TenantGrants,
    TenantReferrals,
    TenantPushes,
    TenantTold,
    TenantCodeIndexes,
    TenantSweeps,
    TenantSubjects,
    TenantTrail {
  /** Deletes what is past its time: reports by the days given, the rest by docs/privacy.md; returns rows by table. */
  deleteExpired(now: Instant, retention: Retention): Promise<Readonly<Record<string, number>>>;
}

export interface TenantInstallation {
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
}

export interface TenantPolicies {
  /** The policy last in force for the organisation (null) or one repository; null when never read. */
  policy(repository: RepositoryId | null): Promise<StoredPolicy | null>;
  /** Those of all repositories that were read, in the order of their ids. */
  repositoryPolicies(): Promise<ReadonlyMap<RepositoryId, StoredPolicy>>;
  savePolicy(repository: RepositoryId | null, policy: StoredPolicy): Promise<void>;
}

export interface RaisedFlag extends Flag {
  /** Whether somebody was told of it while it was open. */
  readonly told: boolean;
}

export interface TenantFlags {
  /**
   * Raises a flag; the open one of the same account and repository is kept, with the new role, band and reason. Null
   * when what somebody has decided covers it.
   */
  raiseFlag(flag: Omit<Flag, "installationId" | "state">): Promise<RaisedFlag | null>;
  flags(filter: "open" | "all"): Promise<readonly Flag[]>;
  flag(id: string): Promise<Flag | null>;
  /** False when the flag is not open any more. */
  acknowledgeFlag(
    id: string,
    by: {
      readonly accountId: AccountId;
      readonly login: string;
      readonly reason: string;
      readonly at: Instant;
      readonly outcome: Outcome;
      /** When a grant that is kept is looked at again; null for no end. */
      readonly until: Instant | null;
    },
  ): Promise<boolean>;
  /** Closes open and acknowledged flags of a grant that is gone. */
  closeFlagsOfGrant(repository: RepositoryId, account: AccountId, at: Instant): Promise<number>;
}

/** Open flags, and alerts about pushes, by their ids. */
export interface Tellable {
  readonly flags: readonly string[];
  readonly alerts: readonly string[];
}

export interface TenantTold {
  /** What is open and nobody was told of, urgent or not. */
  untold(): Promise<Tellable>;
  markTold(what: Tellable, at: Instant): Promise<void>;
}
