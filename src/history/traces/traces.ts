import type { Instant } from "../../clock.ts";

export type { PictureTraces } from "./pictures.ts";

// What one subject's commits say about it: observations without thresholds. Names, addresses, hosts and offsets were
// compared while reading and are not in here. `lastAt` (of what is counted) and `paired` are absent in what was read before.

/** One commit as evidence. */
export interface CommitRef {
  readonly commit: string;
  /** Author date as the commit claims it. */
  readonly at: Instant;
  /** True when GitHub recorded that the account itself pushed it; otherwise anybody who can write there may have. */
  readonly attested: boolean;
}

/** How two people's names compare: `unknown` when one of them is not a full name, such as a handle. */
export type NameRelation = "same" | "related" | "unrelated" | "unknown";

/** Another identity behind the same key or machine. */
export interface Sharer {
  readonly relation: NameRelation;
  readonly commitCount: number;
  readonly firstAt: Instant;
  readonly lastAt?: Instant;
  /** True when a commit of one of the two under the key names the other in a line such as `Co-authored-by:`. */
  readonly paired?: boolean;
  /** True when it was used in a repository of an owner in none of whose repositories the subject used it. */
  readonly acrossOwners: boolean;
}

/** Names on one address without a word in common, those on most commits first. */
export interface NamesOfOneAddress {
  readonly names: readonly {
    readonly commitCount: number;
    /**
     * Fewest days after which one of the names up to this one came back, another of them having been used in between;
     * null when none did.
     */
    readonly returnDays: number | null;
    readonly lastAt?: Instant;
    /** Its first commit; null after the fifth name. */
    readonly ref: CommitRef | null;
  }[];
}

/** What was kept before names were counted: of addresses with three names on three commits each, and no others. */
export interface JudgedRotation {
  readonly unrelatedCount: number;
  /** True when two of the names alternate within 30 days. */
  readonly alternates: boolean;
  readonly refs: readonly CommitRef[];
}

/** Lists that grow with what strangers write into a history. */
export const CAPPED_LISTS = ["sharedKeys", "sharedMachines", "bridges", "rotations", "renames"] as const;
export type CappedList = (typeof CAPPED_LISTS)[number];

export interface IdentityTraces {
  /** Commits of the subject; those made on its own machine (author = committer, not on the web) are `localCount`. */
  readonly commitCount: number;
  readonly localCount: number;
  readonly spanDays: number;
  /** Signing keys of the subject that other identities also committed with; keys of forges and teams left out. */
  readonly sharedKeys: readonly {
    /** True when GitHub verified the signatures that are counted, at most three a person; false where nobody asked. */
    readonly verified: boolean;
    readonly commitCount: number;
    readonly firstAt: Instant;
    readonly lastAt?: Instant;
    readonly others: readonly Sharer[];
    readonly refs: readonly CommitRef[];
  }[];
  /** Rare host names of the subject's machines that other identities also committed from; images and servers left out. */
  readonly sharedMachines: readonly {
    readonly commitCount: number;
    readonly firstAt: Instant;
    readonly lastAt?: Instant;
    readonly others: readonly Sharer[];
    readonly refs: readonly CommitRef[];
  }[];
  /** Other accounts whose addresses stand on commits tied to the subject by more than a name. */
  readonly bridges: readonly {
    readonly relation: NameRelation;
    readonly commitCount: number;
    readonly repositoryCount: number;
    /** True when the account's commits fall between commits of the subject. */
    readonly interleaved: boolean;
    /** True when GitHub recorded acts of that account in the repositories; null when that was not asked. */
    readonly acted: boolean | null;
    readonly lastAt?: Instant;
    readonly refs: readonly CommitRef[];
  }[];
  /** Addresses under which three or more full names committed that have nothing in common. */
  readonly rotations: readonly (NamesOfOneAddress | JudgedRotation)[];
  /** Times at which a noreply address of one account changed its login part, oldest first. */
  readonly renames: readonly { readonly at: Instant; readonly ref: CommitRef }[];
  /**
   * Local commits whose clocks stand three hours or more apart from the one before with less time than that between
   * them; the first three are shown, both commits of each.
   */
  readonly clockJumps: { readonly count: number; readonly lastAt?: Instant; readonly refs: readonly CommitRef[] };
  /** Commits that another identity made first, but for who is named; absent where there are none, or they were not kept. */
  readonly twins?: {
    readonly relation: NameRelation;
    /** Of the subject's commits, merges left out. */
    readonly commitCount: number;
    readonly count: number;
    readonly refs: readonly CommitRef[];
  };
  /** How many entries the lists would have beside the 100 that each keeps; absent when they hold everything. */
  readonly leftOut?: Readonly<Record<CappedList, number>>;
}

export type ImpossibleDate = "before_parent" | "author_after_commit" | "after_receipt";

export interface DateTraces {
  /** Commits with at most one parent that could be compared. */
  readonly linearCount: number;
  readonly impossible: {
    readonly count: number;
    readonly repositoryCount: number;
    /** The first 20. */
    readonly refs: readonly (CommitRef & { readonly kind: ImpossibleDate })[];
  };
  /** Local commits only. A day counts once for each time of day, so that a script that splits work does not. */
  readonly cadence: {
    readonly commitCount: number;
    /** Largest share of days with a commit at exactly one time of day, to the second; midnight left out. */
    readonly sameTimeShare: number;
    readonly sameTimeCount: number;
    /** Largest share of equal gaps among gaps of ten minutes or more. */
    readonly sameGapShare: number;
    readonly sameGapCount: number;
    /** True when a repository says that commits are made by a schedule. */
    readonly declared: boolean;
    readonly sameTimeRefs: readonly CommitRef[];
    readonly sameGapRefs: readonly CommitRef[];
  };
  /** Own commits dated before the account was made; null when nobody said when that was. */
  readonly predating: WorkBefore | JudgedWorkBefore | null;
  /** By calendar year, where twenty or more commits are dated into one; absent in what was read before they were kept. */
  readonly years?: readonly ClaimedYear[];
  /** Batches beside the 100 that are kept, those of most days, at most 10 of one repository; absent when there are none. */
  readonly batchesLeftOut?: number;
  /** By repository, where ten or more commits fall into one; absent in what was read before they were kept. */
  readonly sittings?: readonly Sitting[];
  /** Repositories beside the 100 that are kept; absent when there are none. */
  readonly sittingsLeftOut?: number;
  /** Twenty or more days of work that arrived at once. What was read before has fifty or more over a year or more. */
  readonly batches: readonly {
    /** Who dates the arrival: GitHub, or only the committer's own clock. */
    readonly by: "server" | "committer_clock";
    readonly at: Instant;
    readonly dayCount: number;
    readonly spanDays: number;
    readonly repository: number;
    readonly ref: CommitRef;
  }[];
}

/** A calendar year by author dates in UTC, merges left out; of its commits the last five are shown. */
export interface ClaimedYear extends Pick<Sitting, "commitCount" | "refs"> {
  readonly year: number;
  /** The subject's commits that GitHub received in this year or one beside it; null where nobody recorded that. */
  readonly receivedCount: number | null;
}

/** The hour of the committer's clock that holds the most of the subject's commits of one repository, merges left out. */
export interface Sitting {
  readonly repository: number;
  /** The subject's commits of that repository, and how many of them fall into the hour. */
  readonly commitCount: number;
  readonly inHourCount: number;
  /** Days between their author dates. */
  readonly spanDays: number;
  /** Those with the oldest author dates. */
  readonly refs: readonly CommitRef[];
}

/** Work dated before the account was made. */
export interface WorkBefore {
  readonly commitCount: number;
  readonly repositoriesRead: number;
  /** By repository, and by how many whole months of 30 days lie between a commit and the account: 24 for all beyond. */
  readonly before: readonly { readonly repository: number; readonly months: number; readonly commitCount: number }[];
  /** The five oldest. */
  readonly refs: readonly CommitRef[];
}

/** What was kept before months were counted: of commits dated more than 180 days before, and no others. */
export interface JudgedWorkBefore {
  readonly commitCount: number;
  readonly predatingCount: number;
  readonly repositoryCount: number;
  readonly repositoriesRead: number;
  readonly refs: readonly CommitRef[];
}

export interface OriginTraces {
  /** Repositories the subject owns and that are no forks; empty when ownership is not known. */
  readonly repositories: readonly {
    readonly repository: number;
    /** The repository says that it is a mirror, fork or import. */
    readonly declared: boolean;
    /** References to pull requests beyond the highest number GitHub ever gave there; null when that is not known. */
    readonly impossibleReferenceCount: number | null;
    readonly referenceRefs: readonly CommitRef[];
    readonly otherAuthorCount: number;
    /** True when others acted there on GitHub; null when that is not known. */
    readonly othersActed: boolean | null;
    readonly subjectShare: number;
    readonly ref: CommitRef | null;
  }[];
}

export type Continuity = "addresses" | "key" | "machine" | "clock";

export type ContinuityTraces = ReplacedTies | JudgedHandover;

export interface ReplacedTies {
  readonly localCount: number;
  /** Each time at which what one tie held was given up for good, tie by tie, oldest first; at most 25 of one tie. */
  readonly replacements: readonly {
    readonly tie: Continuity;
    /** The last use of the old and the first use of the new. */
    readonly from: Instant;
    readonly to: Instant;
    /** Local commits before and after that tell the tie: five or more on either side. */
    readonly beforeCount: number;
    readonly afterCount: number;
    /** Two before `to` and three from then on. */
    readonly refs: readonly CommitRef[];
  }[];
  /** Replacements beside those, which have fewer commits on one side; absent when there are none. */
  readonly leftOut?: number;
}

/** What was kept before replacements were counted. */
export interface JudgedHandover {
  /** Local commits long enough before and after some moment to compare; false means too few. */
  readonly comparable: boolean;
  /** What was replaced, all of it and for good, within 21 days; the moment with the most of it. */
  readonly handover: {
    readonly at: Instant;
    readonly replaced: readonly Continuity[];
    readonly refs: readonly CommitRef[];
  } | null;
}
