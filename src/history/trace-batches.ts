import { DAY, instantOf, refOf } from "./evidence.ts";
import type { History } from "./history.ts";
import type { Subject } from "./known.ts";
import type { DateTraces } from "./traces.ts";

/** Fifty days of work over a year or more (SIGNALS.md, hist-backdated-batch-push). */
const MIN_DAYS = 50;
const MIN_SPAN_DAYS = 365;
/** Commits that a script makes follow one another faster than this, by the committer's clock. */
const MAX_PAUSE = 600;

/** Long work that arrived at once: dated by GitHub where it told when it received it, else by the committer's clock. */
export function batchesOf(history: History, subject: Subject): DateTraces["batches"] {
  const local = [...history.localRowsOf(subject.identity)];
  if (local.length < MIN_DAYS) return [];
  const { receivedAt } = subject;
  const by = receivedAt === null ? "committer_clock" : "server";
  return groupsBy(local, (row) => (receivedAt ?? history.table.committedAt)[row] ?? Number.NaN, history).flatMap(
    (group) => batch(history, subject, { by, group }),
  );
}

/** Rows of one repository whose moments follow one another without a pause. */
function groupsBy(
  rows: readonly number[],
  momentOf: (row: number) => number,
  { table }: History,
): readonly (readonly number[])[] {
  if (rows.length < MIN_DAYS) return [];
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
  return groups.filter((group) => group.length >= MIN_DAYS);
}

function batch(
  history: History,
  subject: Subject,
  { by, group }: { readonly by: "server" | "committer_clock"; readonly group: readonly number[] },
): DateTraces["batches"] {
  const { table } = history;
  const days = new Set(group.map((row) => Math.floor((table.authoredAt[row] ?? 0) / DAY)));
  const spanDays = Math.max(...days) - Math.min(...days);
  const [first] = group;
  if (first === undefined || days.size < MIN_DAYS || spanDays < MIN_SPAN_DAYS) return [];
  const at = (subject.receivedAt ?? table.committedAt)[first] ?? 0;
  const repository = subject.repositories[table.repository[first] ?? 0]?.id ?? 0;
  return [{ by, at: instantOf(at), dayCount: days.size, spanDays, repository, ref: refOf(history, subject, first) }];
}
