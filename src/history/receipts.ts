import type { Receipts } from "./known.ts";
import type { Table } from "./table.ts";

/** One push as GitHub recorded it. */
export interface RecordedPush {
  /** Seconds since 1970. */
  readonly at: number;
  readonly bySubject: boolean;
  /** Heads before and after; forty zeros before the first push. */
  readonly before: string;
  readonly after: string;
}

/**
 * When GitHub received each commit. A push brought what leads from its head, first parent by first parent, back to the
 * head before it; commits of merged branches and those older than the log stay unknown.
 */
export function receiptsOf(table: Table, pushes: readonly RecordedPush[]): Receipts {
  const at = new Float64Array(table.rowCount).fill(Number.NaN);
  const bySubject = new Uint8Array(table.rowCount);
  const heads = new Set(pushes.flatMap(({ before, after }) => [before, after]));
  const rowOf = rowsNamed(table, heads);
  const oldestFirst = pushes.toSorted((a, b) => a.at - b.at);
  // What was there before the log begins was received before it.
  const known = new Set<number>();
  const [first] = oldestFirst;
  if (first) for (const row of chain(table, rowOf.get(first.before) ?? -1)) known.add(row);
  for (const push of oldestFirst)
    for (const row of chain(table, rowOf.get(push.after) ?? -1)) {
      if (known.has(row)) break;
      known.add(row);
      at[row] = push.at;
      bySubject[row] = push.bySubject ? 1 : 0;
    }
  return { at, bySubject };
}

/** Rows of the object ids that are asked for. */
export function rowsNamed(table: Table, oids: ReadonlySet<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (oids.size === 0) return found;
  for (let row = 0; row < table.rowCount && found.size < oids.size; row++) {
    const oid = table.oid(row);
    if (oids.has(oid)) found.set(oid, row);
  }
  return found;
}

/** A row and its first parents, as far as they were read. */
function* chain(table: Table, from: number): Generator<number> {
  for (let row = from; row >= 0 && table.read[row] === 1; row = table.parent[row] ?? -1) yield row;
}
