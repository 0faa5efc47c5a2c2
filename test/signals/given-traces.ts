import type { NetworkTies } from "../../src/dossier/network.ts";
import type { Copy, ScanSummary, SharedSnapshot } from "../../src/history/traces/scan.ts";
import type {
  ClaimedYear,
  CommitRef,
  Continuity,
  DateTraces,
  IdentityTraces,
  NameRelation,
  NamesOfOneAddress,
  OriginTraces,
  ReplacedTies,
  Sharer,
  Sitting,
  WorkBefore,
} from "../../src/history/traces/traces.ts";
import { accountId } from "../../src/ids.ts";
import { daysAgo, NOW, SUBJECT } from "./given.ts";

/** A commit so many days ago; anybody may have pushed it unless told otherwise. */
export const ref = (days = 10, more: Partial<CommitRef> = {}): CommitRef => ({
  commit: `c${days}`,
  at: daysAgo(days),
  attested: false,
  ...more,
});

/** Many local commits and nothing remarkable. */
export const identity = (more: Partial<IdentityTraces> = {}): { readonly "history.identity": IdentityTraces } => ({
  "history.identity": {
    commitCount: 200,
    localCount: 150,
    spanDays: 900,
    sharedKeys: [],
    sharedMachines: [],
    bridges: [],
    rotations: [],
    renames: [],
    clockJumps: { count: 0, refs: [] },
    ...more,
  },
});

export const sharer = (
  relation: NameRelation,
  commitCount: number,
  { firstDaysAgo = 500, acrossOwners = false } = {},
): Sharer => ({ relation, commitCount, firstAt: daysAgo(firstDaysAgo), acrossOwners });

/** A key or machine of the subject that others used too; of a key GitHub verified what is counted. */
export const shared = (
  commitCount: number,
  others: readonly Sharer[],
  firstDaysAgo = 300,
): IdentityTraces["sharedKeys"][number] => ({
  verified: true,
  commitCount,
  firstAt: daysAgo(firstDaysAgo),
  others,
  refs: [ref()],
});

/** Names on one address, each on so many commits; `returnDays` after how many days one came back, by name. */
export const rotation = (
  commitCounts: readonly number[],
  returnDays: readonly (number | null)[] = [],
): NamesOfOneAddress => ({
  names: commitCounts.map((commitCount, name) => ({
    commitCount,
    returnDays: returnDays[name] ?? null,
    ref: name < 5 ? ref(name) : null,
  })),
});

export const bridge = (more: Partial<IdentityTraces["bridges"][number]> = {}): IdentityTraces["bridges"][number] => ({
  relation: "unrelated",
  commitCount: 8,
  repositoryCount: 2,
  interleaved: true,
  acted: false,
  refs: [ref()],
  ...more,
});

export const renames = (...agesInDays: readonly number[]): IdentityTraces["renames"] =>
  agesInDays.map((days) => ({ at: daysAgo(days), ref: ref(days) }));

/** Many commits whose dates are in order. */
export const dates = (more: Partial<DateTraces> = {}): { readonly "history.dates": DateTraces } => ({
  "history.dates": {
    linearCount: 200,
    impossible: { count: 0, repositoryCount: 0, refs: [] },
    cadence: cadence(),
    predating: null,
    batches: [],
    ...more,
  },
});

export const cadence = (more: Partial<DateTraces["cadence"]> = {}): DateTraces["cadence"] => ({
  commitCount: 150,
  sameTimeShare: 0.02,
  sameTimeCount: 3,
  sameGapShare: 0.01,
  sameGapCount: 2,
  declared: false,
  sameTimeRefs: [ref()],
  sameGapRefs: [ref()],
  ...more,
});

export const impossible = (count: number, repositoryCount = 1): DateTraces["impossible"] => ({
  count,
  repositoryCount,
  refs: Array.from({ length: Math.min(20, count) }, (_, index) => ({ ...ref(index), kind: "before_parent" as const })),
});

/** A hundred commits, so many of them dated nine months before the account was made, in so many repositories. */
export const predating = (
  predatingCount: number,
  {
    repositoryCount = 1,
    months = 9,
    ...more
  }: Partial<WorkBefore> & { repositoryCount?: number; months?: number } = {},
): WorkBefore => ({
  commitCount: 100,
  repositoriesRead: 1,
  before: Array.from({ length: repositoryCount }, (_, index) => ({
    ...{ repository: index + 1, months },
    commitCount: index === 0 ? predatingCount - repositoryCount + 1 : 1,
  })),
  refs: [ref()],
  ...more,
});

/** Work of 60 days over two years, which arrived so many days ago. */
export const batch = (
  repository: number,
  arrivedDaysAgo: number,
  more: Partial<DateTraces["batches"][number]> = {},
): DateTraces["batches"][number] => ({
  by: "server",
  at: daysAgo(arrivedDaysAgo),
  dayCount: 60,
  spanDays: 730,
  repository,
  ref: ref(arrivedDaysAgo + 700),
  ...more,
});

/** A repository whose commits were nearly all committed within an hour, ten days ago, and dated over two years. */
export const sitting = (repository: number, more: Partial<Sitting> = {}): Sitting => ({
  ...{ repository, commitCount: 100, inHourCount: 95, spanDays: 730, refs: [ref(740)] },
  ...more,
});

/** A repository of the subject that stands in an older one of others, five snapshots in a row under other names. */
export const copy = (repository: number, more: Partial<Copy> = {}): Copy => ({
  ...{ repository, equalTreeCount: 5, reauthoredCount: 5, foreignRepository: 90 + repository },
  refs: [ref(100, { attested: true })],
  ...more,
});

/** What a deep scan of three repositories found in repositories of others. */
export const scan = (
  copies: ScanSummary["copies"],
  more: Partial<ScanSummary> = {},
): { readonly "history.scan": ScanSummary } => ({
  "history.scan": { repositories: [], copies, requests: 20, points: 5, seconds: 3, ...more },
});

/** A snapshot of a repository that so many other people hold, one of whom had it before. */
export const alsoHeld = (repository: number, more: Partial<SharedSnapshot> = {}): SharedSnapshot => ({
  ...{ repository, ownerCount: 2, earlierIds: [OTHERS[0] ?? 0], ref: ref(100, { attested: true }) },
  ...more,
});

/** A calendar year into which commits are dated that came later than the year after it. */
export const claimed = (year: number, commitCount = 60, receivedCount: number | null = 0): ClaimedYear => ({
  ...{ year, commitCount, receivedCount },
  refs: [ref(1_000, { attested: receivedCount !== null })],
});

/** Accounts beside the subject. */
const OTHERS = Array.from({ length: 20 }, (_, index) => accountId(101 + index));

/** Who merges whose pull requests: the subject is 0, the others 1 and so on. */
export interface Group {
  readonly edges: readonly (readonly [author: number, merger: number, count: number])[];
  /** Merges by somebody outside, by account. */
  readonly outside?: Readonly<Record<number, number>>;
  /** How many days after the subject each account was made; 400 where it is not said. */
  readonly madeAfter?: Readonly<Record<number, number>>;
  readonly goneCount?: number;
  readonly forks?: NetworkTies["forks"];
  readonly unreadCount?: number;
  /** Whom the subject follows; null, as of most people, where it is not said. */
  readonly follows?: readonly number[];
}

export function ties(group: Group): { readonly "network.ties": NetworkTies } {
  const ids = [accountId(SUBJECT), ...OTHERS];
  const idAt = (index: number) => ids[index] ?? accountId(SUBJECT);
  const named = new Set([0, ...group.edges.flatMap((edge) => edge.slice(0, 2))]);
  const mergedWithin = (index: number) =>
    group.edges.reduce((sum, [author, , count]) => sum + (author === index ? count : 0), 0);
  return {
    "network.ties": {
      accounts: [...named].map((index) => ({
        id: idAt(index),
        createdAt: daysAgo(900 - (index === 0 ? 0 : (group.madeAfter?.[index] ?? 400))),
        mergedCount: mergedWithin(index) + (group.outside?.[index] ?? 0),
        goneCount: index === 0 ? (group.goneCount ?? 0) : 0,
      })),
      edges: group.edges.map(([author, merger, count]) => ({
        ...{ author: idAt(author), merger: idAt(merger), count, firstAt: daysAgo(90), lastAt: NOW },
      })),
      unreadCount: group.unreadCount ?? 0,
      forks: group.forks ?? { count: 0, orphanCount: 0 },
      followedIds: group.follows?.map(idAt) ?? null,
    },
  };
}

/** So many people, the subject among them, each of whom merges the next one's and the one's before, six times each. */
export const circle = (size: number): Group["edges"] =>
  Array.from({ length: size }, (_, index) => index).flatMap((index) => [
    [index, (index + 1) % size, 6] as const,
    [(index + 1) % size, index, 6] as const,
  ]);

/** Repositories of the subject's own work. */
export const origin = (
  ...repositories: readonly Partial<OriginTraces["repositories"][number]>[]
): { readonly "history.origin": OriginTraces } => ({
  "history.origin": {
    repositories: repositories.map((more, index) => ({
      repository: index + 1,
      declared: false,
      impossibleReferenceCount: 0,
      referenceRefs: [ref()],
      otherAuthorCount: 0,
      othersActed: false,
      subjectShare: 1,
      ref: ref(),
      ...more,
    })),
  },
});

/** So many local commits in which ties were replaced; not at all when none is given. */
export const continuity = (
  replacements: ReplacedTies["replacements"] = [],
  more: Partial<ReplacedTies> = {},
): { readonly "history.continuity": ReplacedTies } => ({
  "history.continuity": { localCount: 150, replacements, ...more },
});

/** One tie that was replaced for good from one day to the next, in the middle of much work. */
export const replaced = (
  tie: Continuity,
  more: Partial<ReplacedTies["replacements"][number]> = {},
): ReplacedTies["replacements"][number] => ({
  ...{ tie, from: daysAgo(41), to: daysAgo(40), beforeCount: 60, afterCount: 60 },
  refs: [ref(40)],
  ...more,
});
