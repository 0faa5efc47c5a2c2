import type { Steps } from "../slices.ts";
import type { Identities } from "./people/identity.ts";
import { MAX_ROWS } from "./read/row-order.ts";
import type { Table } from "./read/table.ts";

/** Commits of one identity that another one made first, with the same tree at the same second of the author's clock. */
export interface Twins {
  /** The identity that has most of them. */
  readonly other: number;
  readonly count: number;
  /** The first few, each with the other's. */
  readonly pairs: readonly (readonly [row: number, twin: number])[];
}

const ROWS_AT_ONCE = 4_096;
const MAX_PAIRS = 3;

/**
 * Pairs of commits that are equal but for who made them: a history that was written again under another name, or an
 * import that was done twice. Of a pair the one that was committed later is the copy; where both say the same moment
 * nobody can tell, and it counts for neither. Merges are left out.
 */
export function* twinSteps({
  table,
  identities,
}: {
  readonly table: Table;
  readonly identities: Identities;
}): Steps<ReadonlyMap<number, Twins>> {
  const sorted = yield* rowsByLikeness(table);
  const counts = new Map<number, Map<number, [number, number][]>>();
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    for (to = from + 1; to < sorted.length && likeness(sorted[to]) === likeness(sorted[from]); ) to++;
    if (from % ROWS_AT_ONCE < to - from) yield;
    if (to - from > 1) countPairs(sorted.subarray(from, Math.min(to, from + MAX_ALIKE)), { table, identities, counts });
  }
  return new Map([...counts].map(([identity, byOther]) => [identity, mostOf(byOther)]));
}

/** More commits that look alike are no copies: an empty tree at a date that a script wrote. */
const MAX_ALIKE = 16;

/** Likeness and row share the 53 bits of a number, which sorts without a comparison function. */
function* rowsByLikeness(table: Table): Steps<Float64Array> {
  const packed = new Float64Array(table.rowCount);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) {
    if (row % ROWS_AT_ONCE === 0) yield;
    const at = table.authoredAt[row] ?? Number.NaN;
    if (table.read[row] !== 1 || (table.parentCount[row] ?? 0) > 1 || Number.isNaN(at)) continue;
    const mixed = (Math.imul((table.treeStart[row] ?? 0) | 0, 31) ^ Math.imul(at | 0, 0x9e3779b1)) >>> 1;
    packed[count++] = mixed * MAX_ROWS + row;
  }
  return packed.subarray(0, count).sort();
}

const likeness = (packed = 0): number => Math.floor(packed / MAX_ROWS);

function countPairs(
  group: Float64Array,
  {
    table,
    identities,
    counts,
  }: {
    readonly table: Table;
    readonly identities: Identities;
    readonly counts: Map<number, Map<number, [number, number][]>>;
  },
): void {
  const rows = [...group].map((packed) => packed % MAX_ROWS);
  const makerOf = (row: number): number => identities.of[table.author[row] ?? 0] ?? 0;
  const isCopy = (row: number, twin: number): boolean =>
    table.treeStart[row] === table.treeStart[twin] &&
    table.authoredAt[row] === table.authoredAt[twin] &&
    makerOf(row) !== makerOf(twin) &&
    (table.committedAt[twin] ?? Number.NaN) < (table.committedAt[row] ?? Number.NaN);
  for (const row of rows) {
    const twin = rows.find((other) => isCopy(row, other));
    if (twin === undefined) continue;
    const byOther = counts.get(makerOf(row)) ?? new Map<number, [number, number][]>();
    const pairs = byOther.get(makerOf(twin)) ?? [];
    pairs.push([row, twin]);
    counts.set(makerOf(row), byOther.set(makerOf(twin), pairs));
  }
}

function mostOf(byOther: ReadonlyMap<number, readonly (readonly [number, number])[]>): Twins {
  const [most = [0, []]] = [...byOther].sort(([a, own], [b, others]) => others.length - own.length || a - b);
  const [other, pairs] = most;
  return { other, count: pairs.length, pairs: pairs.slice(0, MAX_PAIRS) };
}
