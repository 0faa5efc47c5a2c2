import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import { MAX_REFS, refsOf } from "./evidence.ts";
import type { ClaimedYear } from "./traces.ts";

/** A year with fewer commits is kept of nobody: an imported branch has as many. */
const MIN_KEPT_COMMITS = 20;
/** Before it there was no GitHub whose acts could be missing. */
const FIRST_YEAR = 2008;

/** How many of the subject's commits are dated into each calendar year, merges left out; oldest year first. */
export function claimedYears(history: History, subject: Subject): readonly ClaimedYear[] {
  const { authoredAt, parentCount } = history.table;
  const last = yearOf(subject.asOf);
  const received = receivedByYear(history, subject);
  const rows = new Map<number, number[]>();
  for (const row of history.rowsOf(subject.identity)) {
    const year = yearOf(authoredAt[row] ?? Number.NaN);
    if ((parentCount[row] ?? 0) > 1 || !(year >= FIRST_YEAR && year <= last)) continue;
    const found = rows.get(year) ?? [];
    rows.set(year, found);
    found.push(row);
  }
  return [...rows]
    .filter(([, { length }]) => length >= MIN_KEPT_COMMITS)
    .toSorted(([a], [b]) => a - b)
    .map(([year, found]) => ({
      year,
      commitCount: found.length,
      receivedCount: received && [year - 1, year, year + 1].reduce((sum, each) => sum + (received.get(each) ?? 0), 0),
      refs: refsOf(history, subject, found.slice(-MAX_REFS)),
    }));
}

/** Commits by the calendar year in which GitHub received them; null where nobody recorded that. */
function receivedByYear(history: History, { identity, receivedAt }: Subject): ReadonlyMap<number, number> | null {
  if (receivedAt === null) return null;
  const counts = new Map<number, number>();
  for (const row of history.rowsOf(identity)) {
    const year = yearOf(receivedAt[row] ?? Number.NaN);
    counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  return counts;
}

/** Not a number for a date that is none. */
const yearOf = (seconds: number): number => new Date(seconds * 1_000).getUTCFullYear();
