import type { ExposureDecision } from "../access/exposure-decision.ts";
import type { Flag } from "../access/flag.ts";
import type { GrantRecord, Referral } from "../access/lines/grant-record.ts";
import type { Instant } from "../clock.ts";
import type { KeyUse, TieKind } from "../clusters/tie.ts";
import type { LocalList } from "../dossier/facts.ts";
import type { AccountId, InstallationId, RepositoryId } from "../ids.ts";
import type { KeptIndicator } from "./indicators.ts";
import type { Report, TrailEntry } from "./records.ts";

/** What an owner says is wrong or missing in what is kept about an account. */
export interface Correction {
  readonly text: string;
  readonly byAccountId: AccountId;
  /** Label only. */
  readonly byLogin: string;
  readonly at: Instant;
}

/** What one installation keeps under the number of an account, as one document. */
export interface Subject {
  readonly schema: "sallyport.subject/1";
  readonly installationId: InstallationId;
  readonly accountId: AccountId;
  readonly asOf: Instant;
  /** Newest first. */
  readonly reports: readonly Omit<Report, "installationId">[];
  readonly flags: readonly Omit<Flag, "installationId">[];
  /** With what ended, was taken back or nobody else agreed to. */
  readonly localList: readonly (LocalList["entries"][number] & {
    readonly repositoryId: RepositoryId | null;
    readonly byLogin: string;
    readonly confirmedBy: AccountId | null;
    readonly withdrawnAt: Instant | null;
  })[];
  /** What lists of others that were taken in say of it, with what ended or was taken back. */
  readonly listed: readonly (Omit<KeptIndicator, "account" | "emailHash"> & {
    /** Found by an address of its own, which is kept as a hash. */
    readonly byAddress: boolean;
    readonly revokedAt: Instant | null;
    readonly revokeReason: string | null;
  })[];
  /** What owners decided about exposure through it, oldest first. */
  readonly exposureDecisions: readonly ExposureDecision[];
  /** Who gave it which role, and why; by repository. */
  readonly grants: readonly GrantRecord[];
  /** Whom it let in, and who let it in, oldest first. */
  readonly referrals: readonly Referral[];
  readonly corrections: readonly Correction[];
  /** Facts of the account that are kept between its pull requests, by section. */
  readonly cachedFacts: readonly { readonly at: Instant; readonly sections: object }[];
  readonly histories: readonly {
    readonly reader: string;
    readonly heads: string;
    readonly sections: object;
    readonly at: Instant;
  }[];
  /** What ties it to others (docs/clusters.md): its own keys as keyed hashes, and merges of rings that it was part of. */
  readonly ties: readonly (Pick<KeyUse, "count" | "firstAt" | "lastAt"> & {
    readonly kind: TieKind;
    readonly mark: string;
    /** Whose repositories showed it. */
    readonly seenWith: AccountId;
  })[];
  readonly snapshots: readonly { readonly at: Instant; readonly loginHash: string; readonly ownedCount: number }[];
  readonly looks: readonly { readonly repositoryId: RepositoryId; readonly number: number; readonly at: Instant }[];
  /** Audits that name it, newest first. */
  readonly audits: readonly AuditOfSubject[];
  /** What GitHub said of its access since the newest audit. */
  readonly accessSince: readonly {
    readonly source: "team" | "repository" | "account";
    /** The team's slug, the repository's name, or its own login. */
    readonly name: string;
    /** How it belongs to the organisation, where that was asked. */
    readonly standing: string | null;
    /** Of its own, where a repository was asked about. */
    readonly role: string | null;
    readonly at: Instant;
  }[];
  /** Work that waits or was given up, and names it. */
  readonly work: readonly WorkOnSubject[];
  /** What it decided itself, as a reader of others' reports. */
  readonly decisions: readonly {
    readonly what: "report" | "flag" | "exposure" | "local_list" | "listed" | "grant" | "correction";
    readonly id: string;
    readonly at: Instant;
  }[];
  /** Entries of the trail by it, and about it as far as what they name is still there; oldest first. */
  readonly trail: readonly TrailEntry[];
  readonly notIncluded: readonly { readonly what: string; readonly why: string }[];
  /** What erasing leaves, and why, in sentences. */
  readonly stays: readonly string[];
}

export interface AuditOfSubject {
  readonly id: string;
  readonly takenAt: Instant;
  /** What the snapshot says; null where of an older audit the report alone is left, or it does not know the account. */
  readonly access: {
    readonly login: string;
    readonly owner: boolean;
    readonly member: boolean;
    readonly grants: readonly {
      readonly repositoryId: RepositoryId;
      readonly role: string;
      readonly via: string;
      readonly team: string | null;
    }[];
  } | null;
  /** Entries of the report's lists that name it, and the path of their list. */
  readonly entries: readonly { readonly list: string; readonly entry: unknown }[];
}

export interface WorkOnSubject {
  /** `job:12`, or `delivery:` and its GUID. */
  readonly id: string;
  /** Kind of the job, or name of the event. */
  readonly kind: string;
  readonly state: "waiting" | "running" | "set_aside";
  readonly since: Instant;
  /** As it is stored. */
  readonly payload: object;
}

/** Who asked for something to be erased; null for the operator's command line. */
export interface ErasedBy {
  readonly actorId: AccountId | null;
  readonly at: Instant;
}

/** What is kept about one account: shown, corrected, erased. Nobody is asked, nothing is read of GitHub. */
export interface TenantSubjects {
  /** Everything, over every table; of an account that nothing is known of the lists are empty. */
  subject(account: AccountId, asOf: Instant): Promise<Subject>;
  /**
   * Deletes it, but for what `Subject.stays` says, and records that in the trail. Done again it changes nothing more. A
   * crash can leave work that was given up and lines of old audits, until it is done again.
   */
  eraseSubject(account: AccountId, by: ErasedBy): Promise<void>;
  /** Oldest first. */
  corrections(account: AccountId): Promise<readonly Correction[]>;
  addCorrection(account: AccountId, correction: Correction): Promise<void>;
}
