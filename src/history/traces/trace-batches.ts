import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import { DAY, instantOf, MAX_KEPT, refOf } from "./evidence.ts";
import type { DateTraces } from "./traces.ts";

/** What fewer days bring arrives at once all the time; of that nothing is kept. */
const MIN_KEPT_DAYS = 20;
/** What is one arrival: commits that follow one another faster than this, as those do that a script makes. */
const MAX_PAUSE = 600;

/** Days of work that arrived at once: dated by GitHub where it told when it received it, else by the committer's clock. */
export function batchesOf(history: History, subject: Subject): Pick<DateTraces, "batches" | "batchesLeftOut"> {
  const local = [...history.localRowsOf(subject.identity)];
  if (local.length < MIN_KEPT_DAYS) return { batches: [] };
  const { receivedAt } = subject;
  const by = receivedAt === null ? "committer_clock" : "server";
  const found = groupsBy(local, (row) => (receivedAt ?? history.table.committedAt)[row] ?? Number.NaN, history).flatMap(
    (group) => batch(history, subject, { by, group }),
  );
  const batches = longestOf(found);
  return { batches, ...(batches.length < found.length ? { batchesLeftOut: found.length - batches.length } : {}) };
}

/** Of one repository so many at most: what fills one shall not push the others off. */
const MAX_OF_ONE_REPOSITORY = 10;

/** Those of most days, of as many the newest. */
function longestOf(found: DateTraces["batches"]): DateTraces["batches"] {
  if (found.length <= MAX_OF_ONE_REPOSITORY) return found;
  const counts = new Map<number, number>();
  const longest = found
    .toSorted((a, b) => b.dayCount - a.dayCount || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .filter(({ repository }) => {
      const count = (counts.get(repository) ?? 0) + 1;
      counts.set(repository, count);
      return count <= MAX_OF_ONE_REPOSITORY;
    });
  const kept = new Set(longest.slice(0, MAX_KEPT));
  return found.filter((each) => kept.has(each));
}

/** Rows of one repository whose moments follow one another without a pause. */
function groupsBy(
  rows: readonly number[],
  momentOf: (row: number) => number,
  { table }: History,
): readonly (readonly number[])[] {
  if (rows.length < MIN_KEPT_DAYS) return [];
  const dated = rows.filter((row) => !Number.isNaN(momentOf(row)));
  const place = (row: number): number => table.repository[row] ?? 0;
  const ordered = dated.sort((a, b) => place(a) - place(b) || momentOf(a) - momentOf(b));
  const groups: number[][] = [];
  let before = -1;
  for (const row of ordered) {
    const follows = before >= 0 && place(before) === place(row) && momentOf(row) - momentOf(before) <= MAX_PAUSE;
    if (follows) groups.at(-1)?.push(row);
    else groups.push([row]);
    before = row;
  }
  return groups.filter((group) => group.length >= MIN_KEPT_DAYS);
}

function batch(
  history: History,
  subject: Subject,
  { by, group }: { readonly by: "server" | "committer_clock"; readonly group: readonly number[] },
): DateTraces["batches"] {
  const { table } = history;
  const days = new Set(group.map((row) => Math.floor((table.authoredAt[row] ?? 0) / DAY)));
  let [earliest, latest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of days) {
    earliest = Math.min(earliest, day);
    latest = Math.max(latest, day);
  }
  const spanDays = latest - earliest;
  const [first] = group;
  if (first === undefined || days.size < MIN_KEPT_DAYS) return [];
  const at = (subject.receivedAt ?? table.committedAt)[first] ?? 0;
  const repository = subject.repositories[table.repository[first] ?? 0]?.id ?? 0;
  return [{ by, at: instantOf(at), dayCount: days.size, spanDays, repository, ref: refOf(history, subject, first) }];
}
