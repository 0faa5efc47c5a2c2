import type { Steps } from "../../slices.ts";
import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import { isComparable, zones } from "../zones.ts";
import { heaviest, instantOf, refsOf } from "./evidence.ts";
import type { Continuity, ReplacedTies } from "./traces.ts";

/** Local commits on the shorter side of a change that is kept: a first or last day with another setting is ordinary. */
const MIN_KEPT_SIDE = 5;
/** Changes of one tie that are kept: whoever writes a history decides how many there are. */
const MAX_OF_ONE_TIE = 25;

/**
 * When what tied the subject's work together was replaced: addresses, key, machine, clock. Each is compared with the
 * subject's own past alone, and only what never came back counts.
 */
export function* continuityTraces(history: History, subject: Subject): Steps<ReplacedTies> {
  const rows = [...history.localRowsOf(subject.identity)];
  const localCount = rows.length;
  if (localCount < 2 * MIN_KEPT_SIDE) return { localCount, replacements: [] };
  const replacements: ReplacedTies["replacements"][number][] = [];
  let leftOut = 0;
  for (const { name, nothing, valuesOf } of TIES) {
    const values = valuesOf(history, rows);
    yield;
    const gaps = gapsOf(history, rows, { values, nothing });
    yield;
    const { kept, leftOut: more } = heaviest(gaps, sideOf, MAX_OF_ONE_TIE);
    leftOut += more;
    for (const { from, to, beforeCount, afterCount } of kept) {
      const refs = refsOf(history, subject, rowsAround(history, rows, to));
      replacements.push({ tie: name, from: instantOf(from), to: instantOf(to), beforeCount, afterCount, refs });
    }
  }
  return { localCount, replacements, ...(leftOut > 0 ? { leftOut } : {}) };
}

/** Two commits before a moment and three from it on. */
function rowsAround({ table }: History, rows: readonly number[], at: number): readonly number[] {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table.authoredAt[rows[middle] ?? 0] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return rows.slice(Math.max(0, low - 2), low + 3);
}

/** What a commit was made with, as a number or text; null when the commit does not tell. */
interface Tie {
  readonly name: Continuity;
  /** What stands for having none. */
  readonly nothing?: number;
  valuesOf(history: History, rows: readonly number[]): readonly (number | string | null)[];
}

const UNSIGNED = -1;

const TIES: readonly Tie[] = [
  {
    name: "addresses",
    valuesOf: ({ table, people }, rows) =>
      rows.map((row) => {
        const person = people[table.author[row] ?? 0];
        return person?.kind === "ordinary" || person?.kind === "noreply" ? person.address : null;
      }),
  },
  // Unsigned is a value like any key: a signature that stopped is a change. Whoever begins to sign gives up nothing.
  { name: "key", nothing: UNSIGNED, valuesOf: ({ table }, rows) => rows.map((row) => table.key[row] ?? UNSIGNED) },
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

/** A time in which what a tie held was given up for good: the last use of the old, the first use of the new. */
interface Gap {
  readonly from: number;
  readonly to: number;
  /** Commits on either side that tell the tie. */
  readonly beforeCount: number;
  readonly afterCount: number;
}

const sideOf = ({ beforeCount, afterCount }: Gap): number => Math.min(beforeCount, afterCount);

function gapsOf(
  { table }: History,
  rows: readonly number[],
  { values, nothing }: { readonly values: readonly (number | string | null)[]; readonly nothing: number | undefined },
): readonly Gap[] {
  // Nearly always nothing was ever replaced.
  if (new Set(values).size < 2) return [];
  const known = values.flatMap((value, index) =>
    value === null ? [] : [{ value, at: table.authoredAt[rows[index] ?? 0] ?? 0 }],
  );
  const lastIndex = new Map(known.map(({ value }, index) => [value, index]));
  const gaps: Gap[] = [];
  let reaches = -1;
  let holds = false;
  for (const [index, { value, at: from }] of known.entries()) {
    holds ||= value !== nothing;
    reaches = Math.max(reaches, lastIndex.get(value) ?? index);
    const to = known[index + 1]?.at ?? from;
    const gap = { from, to, beforeCount: index + 1, afterCount: known.length - index - 1 };
    if (holds && reaches === index && sideOf(gap) >= MIN_KEPT_SIDE) gaps.push(gap);
  }
  return gaps;
}
