import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import type { CommitRef } from "./traces.ts";

/** Commits that are shown for one observation. */
export const MAX_REFS = 5;

/** Entries of one list of traces that are kept: whoever writes a history decides how many there are. */
export const MAX_KEPT = 100;

/** Of too many those of most weight, in their order; the others are counted. */
export function heaviest<Entry>(
  entries: readonly Entry[],
  weightOf: (entry: Entry) => number,
  count = MAX_KEPT,
): { readonly kept: readonly Entry[]; readonly leftOut: number } {
  if (entries.length <= count) return { kept: entries, leftOut: 0 };
  const places = entries.map((entry, place) => ({ place, weight: weightOf(entry) }));
  const chosen = places.sort((a, b) => b.weight - a.weight || a.place - b.place).slice(0, count);
  const wanted = new Set(chosen.map(({ place }) => place));
  return { kept: entries.filter((_, place) => wanted.has(place)), leftOut: entries.length - count };
}

/** A row as evidence: its id, its claimed date, and whether GitHub saw the subject push it. */
export function refOf(
  { table }: Pick<History, "table">,
  { receivedAt }: Pick<Subject, "receivedAt">,
  row: number,
): CommitRef {
  return { commit: table.oid(row), at: instantOf(table.authoredAt[row] ?? 0), attested: receivedAt !== null };
}

/** The first few rows as evidence. */
export const refsOf = (history: History, subject: Subject, rows: readonly number[]): readonly CommitRef[] =>
  rows.slice(0, MAX_REFS).map((row) => refOf(history, subject, row));

/** Seconds since 1970 as a moment; a date that cannot be written is the epoch. */
export const instantOf = (seconds: number): string =>
  new Date(Math.abs(seconds) <= LAST_WRITABLE ? seconds * 1_000 : 0).toISOString();

/** The end of the year 9999: later moments have another form, which does not compare as text. */
const LAST_WRITABLE = 253_402_300_799;

export const DAY = 86_400;

/** Numbers of the repositories that an account of the subject owns; empty when nobody said. */
export function ownedBy({ accountIds, repositories }: Subject): ReadonlySet<number> {
  const owned = repositories.flatMap(({ ownerId }, place) =>
    ownerId !== null && accountIds.includes(ownerId) ? [place] : [],
  );
  return new Set(owned);
}
