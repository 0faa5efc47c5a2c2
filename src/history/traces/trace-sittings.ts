import { type Steps, sortSteps } from "../../slices.ts";
import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import { DAY, heaviest, refsOf } from "./evidence.ts";
import type { DateTraces, Sitting } from "./traces.ts";

/** Seconds. What a person commits within an hour, by the clock that ran when it was committed. */
const SITTING = 3_600;
/** Fewer commits than this are kept of nobody: a rebased branch has as many. */
const MIN_KEPT_COMMITS = 10;

/** By repository, the hour of the committer's clock that holds the most of the subject's commits. */
export function* sittingSteps(
  history: History,
  subject: Subject,
): Steps<Pick<DateTraces, "sittings" | "sittingsLeftOut">> {
  const { table, rowsOf, localRowsOf } = history;
  if (localRowsOf(subject.identity).length < MIN_KEPT_COMMITS) return { sittings: [] };
  const linear = (row: number): boolean => (table.parentCount[row] ?? 0) < 2;
  const counts = new Map<number, number>();
  for (const row of rowsOf(subject.identity))
    if (linear(row)) counts.set(table.repository[row] ?? 0, (counts.get(table.repository[row] ?? 0) ?? 0) + 1);
  yield;
  const local = Map.groupBy(localRowsOf(subject.identity).filter(linear), (row) => table.repository[row] ?? 0);
  const found: Sitting[] = [];
  for (const [place, rows] of local) {
    yield;
    const hour = yield* fullestHour(table.committedAt, rows);
    if (hour.size < MIN_KEPT_COMMITS) continue;
    // In the order of author dates, as all rows of an identity.
    const ordered = rows.filter((row) => hour.has(row));
    const [first = 0, last = 0] = [ordered[0], ordered.at(-1)].map((row) => table.authoredAt[row ?? 0]);
    found.push({
      repository: subject.repositories[place]?.id ?? 0,
      commitCount: counts.get(place) ?? 0,
      inHourCount: hour.size,
      spanDays: (last - first) / DAY,
      refs: refsOf(history, subject, ordered),
    });
  }
  const { kept, leftOut } = heaviest(found, ({ inHourCount }) => inHourCount);
  return { sittings: kept, ...(leftOut > 0 ? { sittingsLeftOut: leftOut } : {}) };
}

/** The most rows within an hour by their commit dates, of equally many the first; those without a date are left out. */
function* fullestHour(committedAt: Float64Array, rows: readonly number[]): Steps<ReadonlySet<number>> {
  const at = (row: number | undefined): number => committedAt[row ?? 0] ?? 0;
  const dated = Int32Array.from(rows.filter((row) => !Number.isNaN(committedAt[row])));
  yield* sortSteps(dated, (a, b) => at(a) - at(b) || a - b);
  let [from, best, size] = [0, 0, 0];
  for (let to = 0; to < dated.length; to++) {
    while (at(dated[to]) - at(dated[from]) > SITTING) from++;
    if (to - from + 1 > size) [best, size] = [from, to - from + 1];
  }
  return new Set(dated.subarray(best, best + size));
}
