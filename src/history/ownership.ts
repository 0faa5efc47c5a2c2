import { firstParents, type Receipts, type RecordedPush, receiptsOf } from "./receipts.ts";
import type { Table } from "./table.ts";

/** A pull request that somebody else opened, as far as it tells which commits are not the subject's. */
export interface ForeignRequest {
  /** Number of its repository in the table. */
  readonly repository: number;
  /** When it was opened: seconds since 1970. What GitHub had received by then did not come from it. */
  readonly openedAt: number;
  readonly commits: readonly {
    readonly oid: string;
    /** Seconds since 1970, by the author's own clock: replayed commits keep it. NaN when it says no moment. */
    readonly authoredAt: number;
    /** True when commits below this one may be its own that no list names. */
    readonly beneath: boolean;
  }[];
  /** False when not all that it ever held is named: then it may have brought anything since it was opened. */
  readonly complete: boolean;
}

/** What GitHub says about how commits came into the repositories of a table. */
export interface Provenance {
  readonly pushes: readonly RecordedPush[];
  readonly requests: readonly ForeignRequest[];
  /** Numbers of the repositories whose pushes and pull requests could be read, all of them that matter. */
  readonly answered: ReadonlySet<number>;
}

/** Commits that are the subject's own, in a table of nothing else, and when GitHub received each. */
export interface OwnCommits {
  readonly table: Table;
  /** Seconds since 1970, by row. */
  readonly receivedAt: Float64Array;
}

/**
 * The one place that says whose a commit is. It is the subject's own when a push of the subject's own hand brought it
 * and no pull request of somebody else's, opened before that push, holds it: neither the commit itself nor one of the
 * same author second, which is what squashing, rebasing, picking and mailing leave. Whom a commit names says nothing.
 * In doubt it is not the subject's.
 */
export function ownCommits(table: Table, { pushes, requests, answered }: Provenance): OwnCommits {
  const receipts = receiptsOf(table, pushes);
  const own = new Uint8Array(table.rowCount);
  for (let row = 0; row < table.rowCount; row++)
    if (table.read[row] === 1 && receipts.bySubject[row] === 1 && answered.has(table.repository[row] ?? 0))
      own[row] = 1;
  const held = heldBy(table, own, requests);
  for (const { request, row, beneath } of held) {
    if (!cameAfter(receipts, row, request)) continue;
    own[row] = 0;
    if (beneath)
      for (const below of firstParents(table, row)) {
        if (receipts.push[below] !== receipts.push[row]) break;
        own[below] = 0;
      }
  }
  for (const request of requests) if (!request.complete) disown(table, own, { receipts, request });
  return onlyOwn(table, own, receipts);
}

interface Held {
  readonly request: ForeignRequest;
  readonly row: number;
  readonly beneath: boolean;
}

/** Rows that a request holds, by id or by the second at which they say they were written. */
function heldBy(table: Table, own: Uint8Array, requests: readonly ForeignRequest[]): readonly Held[] {
  const byOid = new Map<string, Omit<Held, "row">[]>();
  const bySecond = new Map<number, Omit<Held, "row">[]>();
  for (const request of requests)
    for (const { oid, authoredAt, beneath } of request.commits) {
      add(byOid, oid, { request, beneath });
      if (!Number.isNaN(authoredAt)) add(bySecond, authoredAt, { request, beneath });
    }
  const found: Held[] = [];
  if (byOid.size === 0) return found;
  for (let row = 0; row < table.rowCount; row++) {
    if (own[row] !== 1) continue;
    const holders = [...(byOid.get(table.oid(row)) ?? []), ...(bySecond.get(table.authoredAt[row] ?? 0) ?? [])];
    for (const holder of holders) found.push({ ...holder, row });
  }
  return found;
}

function add<Key, Value>(groups: Map<Key, Value[]>, key: Key, value: Value): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}

const cameAfter = ({ at }: Receipts, row: number, { openedAt }: ForeignRequest): boolean => (at[row] ?? 0) >= openedAt;

function disown(
  table: Table,
  own: Uint8Array,
  { receipts, request }: { readonly receipts: Receipts; readonly request: ForeignRequest },
): void {
  for (let row = 0; row < table.rowCount; row++)
    if (table.repository[row] === request.repository && cameAfter(receipts, row, request)) own[row] = 0;
}

/**
 * A table of these rows alone. Rows stand by their dates and people by their rows, so that commits of others change
 * not even an order; a parent that is not among them is none.
 */
function onlyOwn(table: Table, own: Uint8Array, receipts: Receipts): OwnCommits {
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++) if (own[row] === 1) rows.push(row);
  const order = (column: Float64Array, a: number, b: number): number => (column[a] || 0) - (column[b] || 0);
  rows.sort((a, b) => order(table.authoredAt, a, b) || order(table.committedAt, a, b) || a - b);
  const newRow = new Map(rows.map((row, index) => [row, index]));
  const people: string[] = [];
  const numbers = new Map<number, number>();
  const person = (index: number): number => {
    const known = numbers.get(index) ?? people.push(table.people[index] ?? "") - 1;
    numbers.set(index, known);
    return known;
  };
  const pick = <Column extends { [index: number]: number }>(
    column: Column,
    make: (count: number) => Column,
  ): Column => {
    const picked = make(rows.length);
    for (const [index, row] of rows.entries()) picked[index] = column[row] ?? 0;
    return picked;
  };
  const doubles = (count: number): Float64Array => new Float64Array(count);
  const numbered = (count: number): Int32Array => new Int32Array(count);
  const bytes = (count: number): Uint8Array => new Uint8Array(count);
  return {
    receivedAt: pick(receipts.at, doubles),
    table: {
      rowCount: rows.length,
      repository: pick(table.repository, (count) => new Uint16Array(count)),
      read: pick(table.read, bytes),
      author: Int32Array.from(rows, (row) => person(table.author[row] ?? 0)),
      committer: Int32Array.from(rows, (row) => person(table.committer[row] ?? 0)),
      authoredAt: pick(table.authoredAt, doubles),
      committedAt: pick(table.committedAt, doubles),
      offset: pick(table.offset, (count) => new Int16Array(count)),
      parent: Int32Array.from(rows, (row) => newRow.get(table.parent[row] ?? -1) ?? -1),
      parentCount: pick(table.parentCount, bytes),
      key: pick(table.key, numbered),
      reference: pick(table.reference, numbered),
      people,
      keys: table.keys,
      oid: (row) => table.oid(rows[row] ?? 0),
      tree: (row) => table.tree(rows[row] ?? 0),
    },
  };
}
