import { type Steps, sortSteps } from "../../slices.ts";
import type { Table } from "../read/table.ts";
import { firstParents, type Receipts, type RecordedPush, receiptSteps } from "./receipts.ts";

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
export function* ownCommitSteps(table: Table, { pushes, requests, answered }: Provenance): Steps<OwnCommits> {
  const receipts = yield* receiptSteps(table, pushes);
  const held = yield* heldBy(requests);
  const own = new Uint8Array(table.rowCount);
  for (let row = 0; row < table.rowCount; row++) {
    yield;
    const mine = table.read[row] === 1 && receipts.bySubject[row] === 1;
    if (mine && answered.has(table.repository[row] ?? 0)) own[row] = 1;
  }
  const above: number[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    yield;
    const receivedAt = receipts.at[row] ?? 0;
    const names = { oid: table.oid(row), second: table.authoredAt[row] ?? 0 };
    if (own[row] === 1 && receivedAt >= openedFirst(held.beneath, names)) above.push(row);
    const anything = held.anything.get(table.repository[row] ?? 0) ?? NEVER;
    if (receivedAt >= Math.min(anything, openedFirst(held.commits, names))) own[row] = 0;
  }
  yield* disownBeneath(table, own, { above, push: receipts.push });
  return yield* onlyOwn(table, own, receipts);
}

/** By what a request names, when the first such request was opened: what came before that did not come from it. */
interface Named {
  readonly byOid: Map<string, number>;
  /** By the second at which commits say they were written. */
  readonly bySecond: Map<number, number>;
}

interface Held {
  readonly commits: Named;
  /** Of commits that may hold more beneath. */
  readonly beneath: Named;
  /** By repository, of requests that may have held anything. */
  readonly anything: Map<number, number>;
}

const NEVER = Number.POSITIVE_INFINITY;

/** When a commit is in several requests, the one opened first counts: strangers can open more at any time. */
function* heldBy(requests: readonly ForeignRequest[]): Steps<Held> {
  const named = (): Named => ({ byOid: new Map(), bySecond: new Map() });
  const held: Held = { commits: named(), beneath: named(), anything: new Map() };
  const note = <Key>(times: Map<Key, number>, key: Key, openedAt: number): void =>
    void times.set(key, Math.min(times.get(key) ?? NEVER, openedAt));
  for (const { repository, openedAt, commits, complete } of requests) {
    if (!complete) note(held.anything, repository, openedAt);
    for (const { oid, authoredAt, beneath } of commits) {
      yield;
      for (const { byOid, bySecond } of beneath ? [held.commits, held.beneath] : [held.commits]) {
        note(byOid, oid, openedAt);
        if (!Number.isNaN(authoredAt)) note(bySecond, authoredAt, openedAt);
      }
    }
  }
  return held;
}

const openedFirst = (
  { byOid, bySecond }: Named,
  { oid, second }: { readonly oid: string; readonly second: number },
): number => Math.min(byOid.get(oid) ?? NEVER, bySecond.get(second) ?? NEVER);

/** If a commit is not the subject's, neither are its ancestors that came with the same push. No row is walked twice. */
function* disownBeneath(
  table: Table,
  own: Uint8Array,
  { above, push }: { readonly above: readonly number[]; readonly push: Int32Array },
): Steps<void> {
  const walked = new Uint8Array(table.rowCount);
  for (const row of above)
    for (const below of firstParents(table, row)) {
      if (walked[below] === 1 || push[below] !== push[row]) break;
      walked[below] = 1;
      own[below] = 0;
      yield;
    }
}

/**
 * A table of these rows alone. Rows stand by their dates and people by their rows, so that commits of others change
 * not even an order; a parent that is not among them is none.
 */
function* onlyOwn(table: Table, own: Uint8Array, receipts: Receipts): Steps<OwnCommits> {
  const rows = Int32Array.from(own.keys()).filter((row) => own[row] === 1);
  const order = (column: Float64Array, a: number, b: number): number => (column[a] || 0) - (column[b] || 0);
  yield* sortSteps(rows, (a, b) => order(table.authoredAt, a, b) || order(table.committedAt, a, b) || a - b);
  const newRow = new Int32Array(table.rowCount).fill(-1);
  for (const [index, row] of rows.entries()) newRow[row] = index;
  yield;
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
      parent: Int32Array.from(rows, (row) => newRow[table.parent[row] ?? -1] ?? -1),
      parentCount: pick(table.parentCount, bytes),
      key: pick(table.key, numbered),
      reference: pick(table.reference, numbered),
      treeStart: pick(table.treeStart, doubles),
      mergedOnWeb: pick(table.mergedOnWeb, bytes),
      people,
      keys: table.keys,
      trailers: new Map(
        [...table.trailers].flatMap(([row, addresses]) => (own[row] === 1 ? [[newRow[row] ?? -1, addresses]] : [])),
      ),
      oid: (row) => table.oid(rows[row] ?? 0),
      tree: (row) => table.tree(rows[row] ?? 0),
    },
  };
}
