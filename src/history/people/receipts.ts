import type { Steps } from "../../slices.ts";
import type { Table } from "../read/table.ts";

/** One push as GitHub recorded it. */
export interface RecordedPush {
  /** Seconds since 1970. */
  readonly at: number;
  /** True for a push of the subject's own hand; false for what others pushed, and for what merging a request pushed. */
  readonly bySubject: boolean;
  /** Heads before and after; forty zeros before the first push of a branch. */
  readonly before: string;
  readonly after: string;
  /** True when the log it stands in begins with the repository: what no earlier push brought came with this one. */
  readonly fromTheStart: boolean;
}

/** When GitHub received each commit, by which push; by row. */
export interface Receipts {
  /** Seconds since 1970; NaN where it is not known. */
  readonly at: Float64Array;
  /** 1 where the subject's own push brought it. */
  readonly bySubject: Uint8Array;
  /** Number of the push among those that brought something, -1 where none is known. */
  readonly push: Int32Array;
}

/**
 * When GitHub received each commit. A push brought what leads from its head, first parent by first parent, back to the
 * head before it or to what had come already. One that leads to neither, over a head that was thrown away or from
 * before the log, brought nobody knows what; so did merges for the branches they merged.
 */
export function* receiptSteps(table: Table, pushes: readonly RecordedPush[]): Steps<Receipts> {
  const at = new Float64Array(table.rowCount).fill(Number.NaN);
  const bySubject = new Uint8Array(table.rowCount);
  const push = new Int32Array(table.rowCount).fill(-1);
  const rowOf = yield* rowsNamed(table, new Set(pushes.flatMap(({ before, after }) => [before, after])));
  for (const [index, each] of pushes.toSorted((a, b) => a.at - b.at).entries())
    for (const row of yield* broughtBy(each, { table, at, rowOf })) {
      at[row] = each.at;
      bySubject[row] = each.bySubject ? 1 : 0;
      push[row] = index;
      yield;
    }
  return { at, bySubject, push };
}

function* broughtBy(
  { before, after, fromTheStart }: RecordedPush,
  known: { readonly table: Table; readonly at: Float64Array; readonly rowOf: ReadonlyMap<string, number> },
): Steps<readonly number[]> {
  const { table, at, rowOf } = known;
  const end = rowOf.get(before) ?? -1;
  const rows: number[] = [];
  for (const row of firstParents(table, rowOf.get(after) ?? -1)) {
    if (row === end || !Number.isNaN(at[row])) return rows;
    rows.push(row);
    yield;
  }
  return fromTheStart ? rows : [];
}

/** Rows of the object ids that are asked for. */
function* rowsNamed(table: Table, oids: ReadonlySet<string>): Steps<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  if (oids.size === 0) return found;
  for (let row = 0; row < table.rowCount && found.size < oids.size; row++) {
    const oid = table.oid(row);
    if (oids.has(oid)) found.set(oid, row);
    yield;
  }
  return found;
}

/** A row and its first parents, as far as they were read. */
export function* firstParents(table: Table, from: number): Generator<number> {
  for (let row = from; row >= 0 && table.read[row] === 1; row = table.parent[row] ?? -1) yield row;
}
