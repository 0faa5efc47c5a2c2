import type { Steps } from "../slices.ts";
import { DAY, instantOf, refsOf } from "./evidence.ts";
import type { History } from "./history.ts";
import type { Subject } from "./known.ts";
import type { Continuity, ContinuityTraces } from "./traces.ts";
import { isComparable, zones } from "./zones.ts";

/** Local commits on either side of a moment that make a comparison. */
const MIN_SIDE_COUNT = 10;
/** Everything that was replaced is looked for within this time (SIGNALS.md, life-handover-changepoint). */
const WINDOW = 21 * DAY;

/**
 * Whether what tied the subject's work together was replaced at one moment: addresses, key, machine, clock. Each is
 * compared with the subject's own past alone, and only what never came back counts.
 */
export function* continuityTraces(history: History, subject: Subject): Steps<ContinuityTraces> {
  const rows = [...history.localRowsOf(subject.identity)];
  if (rows.length < 2 * MIN_SIDE_COUNT) return { comparable: false, handover: null };
  const gaps: Gap[] = [];
  for (const { name, valuesOf } of TIES) {
    const values = valuesOf(history, rows);
    yield;
    for (const gap of gapsOf(history, rows, { name, values })) gaps.push(gap);
    yield;
  }
  const handover = mostReplaced(gaps);
  if (handover === null) return { comparable: true, handover: null };
  const { at, replaced } = handover;
  const { authoredAt } = history.table;
  const after = rows.findIndex((row) => (authoredAt[row] ?? 0) >= at);
  const around = rows.slice(Math.max(0, after - 2), after + 3);
  return { comparable: true, handover: { at: instantOf(at), replaced, refs: refsOf(history, subject, around) } };
}

/** What a commit was made with, as a number or text; null when the commit does not tell. */
interface Tie {
  readonly name: Continuity;
  valuesOf(history: History, rows: readonly number[]): readonly (number | string | null)[];
}

const TIES: readonly Tie[] = [
  {
    name: "addresses",
    valuesOf: ({ table, people }, rows) =>
      rows.map((row) => {
        const person = people[table.author[row] ?? 0];
        return person?.kind === "ordinary" || person?.kind === "noreply" ? person.address : null;
      }),
  },
  // A signature that stopped is a change as well: unsigned is a value like any key.
  { name: "key", valuesOf: ({ table }, rows) => rows.map((row) => table.key[row] ?? -1) },
  {
    name: "machine",
    valuesOf: ({ table, people }, rows) => rows.map((row) => people[table.committer[row] ?? 0]?.host ?? null),
  },
  { name: "clock", valuesOf: zonesOf },
];

/** The time zone that explains each clock, of the fewest that explain all of them: summer time is no change. */
function zonesOf({ table }: History, rows: readonly number[]): readonly (number | null)[] {
  const known = zones();
  const sets = rows.map((row) => {
    const offset = table.offset[row] ?? 0;
    return isComparable(offset) ? known.setAt(table.authoredAt[row] ?? 0, offset) : -1;
  });
  const taken = known.cover(sets.filter((set) => set >= 0));
  return sets.map((set) => (set < 0 ? null : (taken.find((zone) => known.has(set, zone)) ?? null)));
}

/** A time in which one tie was replaced by another for good: the last use of the old, the first use of the new. */
interface Gap {
  readonly name: Continuity;
  readonly from: number;
  readonly to: number;
}

function gapsOf(
  { table }: History,
  rows: readonly number[],
  { name, values }: { readonly name: Continuity; readonly values: readonly (number | string | null)[] },
): readonly Gap[] {
  // Nearly always nothing was ever replaced.
  if (new Set(values).size < 2) return [];
  const told = values.flatMap((value, index) =>
    value === null ? [] : [{ value, at: table.authoredAt[rows[index] ?? 0] ?? 0 }],
  );
  const lastIndex = new Map(told.map(({ value }, index) => [value, index]));
  const gaps: Gap[] = [];
  let reaches = -1;
  for (const [index, { value }] of told.entries()) {
    reaches = Math.max(reaches, lastIndex.get(value) ?? index);
    const sides = Math.min(index + 1, told.length - index - 1);
    if (reaches === index && sides >= MIN_SIDE_COUNT)
      gaps.push({ name, from: told[index]?.at ?? 0, to: told[index + 1]?.at ?? 0 });
  }
  return gaps;
}

/** Whether one of a tie's gaps, which follow one another, lies around a moment: the first that ends late enough. */
function hasNear(own: readonly Gap[], at: number): boolean {
  let low = 0;
  let high = own.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((own[middle]?.to ?? 0) + WINDOW < at) low = middle + 1;
    else high = middle;
  }
  const first = own[low];
  return first !== undefined && first.from - WINDOW <= at;
}

/** The moment at which the most ties were replaced; null when it is not even two. */
function mostReplaced(gaps: readonly Gap[]): { readonly at: number; readonly replaced: readonly Continuity[] } | null {
  let best: { readonly at: number; readonly replaced: readonly Continuity[] } | null = null;
  const byName = TIES.map(({ name }) => ({ name, own: gaps.filter((gap) => gap.name === name) }));
  for (const { to: at } of gaps) {
    const replaced = byName.filter(({ own }) => hasNear(own, at)).map(({ name }) => name);
    if (replaced.length >= 2 && replaced.length > (best?.replaced.length ?? 0)) best = { at, replaced };
  }
  return best;
}
