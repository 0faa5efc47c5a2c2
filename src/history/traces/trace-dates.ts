import type { Steps } from "../../slices.ts";
import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import { NO_OFFSET } from "../read/table.ts";
import { CLOCK_ERROR_DAYS } from "./clock-errors.ts";
import { DAY, MAX_REFS, refOf, refsOf } from "./evidence.ts";
import { batchesOf } from "./trace-batches.ts";
import { sittingSteps } from "./trace-sittings.ts";
import { claimedYears } from "./trace-years.ts";
import type { DateTraces, ImpossibleDate, WorkBefore } from "./traces.ts";

/** Whether the subject's dates can be true, and whether a person made them. */
export function* dateTraces(history: History, subject: Subject): Steps<DateTraces> {
  const impossible = impossibleDates(history, subject);
  yield;
  const cadence = cadenceOf(history, subject);
  yield;
  const predating = predatingOf(history, subject);
  yield;
  const sittings = yield* sittingSteps(history, subject);
  yield;
  const years = claimedYears(history, subject);
  yield;
  return { ...impossible, cadence, predating, ...sittings, years, ...batchesOf(history, subject) };
}

const MAX_CHILD_LEAD = CLOCK_ERROR_DAYS.childLead * DAY;
const MAX_CLOCK_ERROR = CLOCK_ERROR_DAYS.clock * DAY;
const MAX_IMPOSSIBLE_REFS = 20;

/** Only commits that the subject made itself, each compared with a parent of its own: others' clocks are not its. */
function impossibleDates(history: History, subject: Subject): Pick<DateTraces, "linearCount" | "impossible"> {
  let linearCount = 0;
  const found: { readonly row: number; readonly kind: ImpossibleDate }[] = [];
  for (const row of history.localRowsOf(subject.identity)) {
    if ((history.table.parentCount[row] ?? 0) > 1) continue;
    linearCount++;
    const kind = impossibleDate(history, subject, row);
    if (kind !== null) found.push({ row, kind });
  }
  return {
    linearCount,
    impossible: {
      count: found.length,
      repositoryCount: new Set(found.map(({ row }) => history.table.repository[row])).size,
      refs: found.slice(0, MAX_IMPOSSIBLE_REFS).map(({ row, kind }) => ({ ...refOf(history, subject, row), kind })),
    },
  };
}

function impossibleDate(history: History, { receivedAt, asOf }: Subject, row: number): ImpossibleDate | null {
  const { table, identities } = history;
  const committedAt = table.committedAt[row] ?? Number.NaN;
  const parent = table.parent[row] ?? -1;
  if (parent >= 0 && table.read[parent] === 1) {
    const sameHands = identities.of[table.committer[parent] ?? 0] === identities.of[table.committer[row] ?? 0];
    if (sameHands && committedAt < (table.committedAt[parent] ?? Number.NaN) - MAX_CHILD_LEAD) return "before_parent";
  }
  if ((table.authoredAt[row] ?? Number.NaN) > committedAt + MAX_CLOCK_ERROR) return "author_after_commit";
  if (committedAt > (receivedAt?.[row] ?? asOf) + MAX_CLOCK_ERROR) return "after_receipt";
  return null;
}

/** What a gap is: below ten minutes commits are bursts of one sitting. */
const MIN_GAP = 600;

function cadenceOf(history: History, subject: Subject): DateTraces["cadence"] {
  const { table } = history;
  const rows = history.localRowsOf(subject.identity);
  const times = new Map<number, number[]>();
  const gaps = new Map<number, number[]>();
  let commitCount = 0;
  let timeCount = 0;
  let gapCount = 0;
  let before = Number.NaN;
  let declared = false;
  const seen = new Set<number>();
  for (const row of rows) {
    const offset = table.offset[row] ?? NO_OFFSET;
    if (offset === NO_OFFSET) continue;
    commitCount++;
    declared ||= subject.repositories[table.repository[row] ?? 0]?.declared ?? false;
    const at = table.authoredAt[row] ?? 0;
    const clock = at + offset * 60;
    // A day counts once for each time of day; midnight is what a date without a time becomes.
    if (!seen.has(clock)) {
      seen.add(clock);
      timeCount++;
      const time = ((clock % DAY) + DAY) % DAY;
      if (time !== 0) add(times, time, row);
    }
    const gap = at - before;
    if (gap >= MIN_GAP) {
      gapCount++;
      add(gaps, gap, row);
    }
    before = at;
  }
  const time = longest(times);
  const gap = longest(gaps);
  return {
    commitCount,
    sameTimeShare: time.length === 0 ? 0 : time.length / timeCount,
    sameTimeCount: time.length,
    sameGapShare: gap.length === 0 ? 0 : gap.length / gapCount,
    sameGapCount: gap.length,
    declared,
    sameTimeRefs: refsOf(history, subject, time),
    sameGapRefs: refsOf(history, subject, gap),
  };
}

function add(groups: Map<number, number[]>, key: number, row: number): void {
  const group = groups.get(key);
  if (group) group.push(row);
  else groups.set(key, [row]);
}

/** The largest group of two or more; of equal ones the first. */
function longest(groups: ReadonlyMap<number, readonly number[]>): readonly number[] {
  let best: readonly number[] = [];
  for (const group of groups.values()) if (group.length > 1 && group.length > best.length) best = group;
  return best;
}

/** Whole months are told apart up to two years: the list stays as short as the repositories are few. */
const MONTH = 30 * DAY;
const MAX_MONTHS = 24;

function predatingOf(history: History, subject: Subject): WorkBefore | null {
  const { accountCreatedAt, repositories } = subject;
  if (accountCreatedAt === null) return null;
  const { table } = history;
  const rows = history.rowsOf(subject.identity).filter(isOfAccount(history, subject));
  const early = rows.filter((row) => (table.authoredAt[row] ?? 0) < accountCreatedAt);
  const counts = new Map<number, number>();
  for (const row of early) {
    const ago = (accountCreatedAt - (table.authoredAt[row] ?? 0)) / MONTH;
    const key = (table.repository[row] ?? 0) * (MAX_MONTHS + 1) + Math.min(MAX_MONTHS, Math.ceil(ago) - 1);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return {
    commitCount: rows.length,
    repositoriesRead: repositories.length,
    before: [...counts].map(([key, commitCount]) => ({
      repository: repositories[Math.floor(key / (MAX_MONTHS + 1))]?.id ?? 0,
      months: key % (MAX_MONTHS + 1),
      commitCount,
    })),
    refs: refsOf(history, subject, [...early.subarray(0, MAX_REFS)]),
  };
}

/**
 * Whether a row is work of the subject's account. Its own pushes say so; in a history by itself only an address that
 * names the account does: an equal name or a line of the mailmap may join a person's years before there was one.
 */
function isOfAccount({ table, identities }: History, { receivedAt, accountIds }: Subject): (row: number) => boolean {
  if (receivedAt !== null) return () => true;
  const own = new Set<number | null>(accountIds);
  return (row) => own.has(identities.accountOf(table.author[row] ?? 0));
}
