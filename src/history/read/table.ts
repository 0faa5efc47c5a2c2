import type { Steps } from "../../slices.ts";
import { type Interned, interner } from "./interner.ts";
import { MAX_ROWS, rowsByOid } from "./row-order.ts";
import { inOrder, textsOf } from "./texts.ts";

/**
 * Every commit of the histories that were read, one row each, in columns: about 70 bytes a commit, so that a million
 * of them fit where a million objects would not. Rows are in the order of their ids; a parent that was
 * only mentioned (a shallow edge, a graft) has a row that is not `read`.
 */
export interface Table {
  readonly rowCount: number;
  /** Repository number of each row, from 0, in the order of reading. */
  readonly repository: Uint16Array;
  /** 1 when the commit itself was read. */
  readonly read: Uint8Array;
  /** Index into `people`. */
  readonly author: Int32Array;
  readonly committer: Int32Array;
  /** Seconds since 1970, as the commit claims; NaN when it is no moment. */
  readonly authoredAt: Float64Array;
  readonly committedAt: Float64Array;
  /** Minutes east of UTC of the author's clock; `NO_OFFSET` when it is no offset. */
  readonly offset: Int16Array;
  /** Row of the first parent, -1 for none. */
  readonly parent: Int32Array;
  /** At most 255. */
  readonly parentCount: Uint8Array;
  /** Index into `keys` of the key that signed, -1 for none or one that does not name itself. */
  readonly key: Int32Array;
  /** Highest number of a pull request that the subject line refers to; 0 for none. */
  readonly reference: Int32Array;
  /** The first 48 bits of the tree's object id: commits with other trees hardly ever have the same. */
  readonly treeStart: Float64Array;
  /** 1 for a merge that GitHub made, of the years in which it named the person as its committer. */
  readonly mergedOnWeb: Uint8Array;
  /** By row, of commits with a key: addresses, in lower case, in lines like `Co-authored-by:`. Rows without are left out. */
  readonly trailers: ReadonlyMap<number, readonly string[]>;
  /** Names and addresses as commits have them, `Name <address>`, each once. */
  readonly people: readonly string[];
  /** Signing keys: kind, colon, key id or fingerprint. */
  readonly keys: readonly string[];
  /** Object id of a row, in hex. */
  oid(row: number): string;
  /** Object id of a row's tree; empty when trees were not kept. */
  tree(row: number): string;
}

export const NO_OFFSET = 0x7fff;

/** One commit as the parser found it; reused from commit to commit. */
export interface CommitRecord {
  /** Numbers that `person` gave. */
  author: number;
  committer: number;
  authoredAt: number;
  committedAt: number;
  offset: number;
  parentCount: number;
  key: string | null;
  reference: number;
  mergedOnWeb: boolean;
  /** Empty for a commit without a key. */
  trailers: readonly string[];
}

export interface TableBuilder {
  /** Row of the object id whose hex digits start at `start`, made when it is new. */
  rowOf(bytes: Uint8Array, start: number): number;
  /** Number of a person whose name and address are the bytes from `start` up to `end`. */
  person(bytes: Uint8Array, start: number, end: number): number;
  /** Fills a row; `parent` is -1 for none. False when it was filled before: the same commit in another repository. */
  fill(row: number, commit: CommitRecord, parent: number): boolean;
  /** Keeps the tree whose hex digits start at `start`: its first bits, and all of it when trees are kept. */
  keepTree(row: number, bytes: Uint8Array, start: number): void;
  /** Rows from now on belong to the next repository. Object ids of all repositories have one length. */
  nextRepository(): void;
  /** False when another commit and its parent might not fit; from then on the table is cut. */
  hasRoom(): boolean;
  /** True when there was no room for a commit: whoever reads says so instead of counting what is there. */
  readonly isCut: boolean;
  /** In steps, for whoever shares the loop. */
  finish(): Steps<Table>;
}

/** Columns that double when they are full. */
type Columns = { [Name in ColumnName]: Table[Name] };
type ColumnName = Exclude<keyof Table, "rowCount" | "people" | "keys" | "trailers" | "oid" | "tree">;

const columns = (capacity: number): Columns => ({
  repository: new Uint16Array(capacity),
  read: new Uint8Array(capacity),
  author: new Int32Array(capacity),
  committer: new Int32Array(capacity),
  authoredAt: new Float64Array(capacity),
  committedAt: new Float64Array(capacity),
  offset: new Int16Array(capacity),
  parent: new Int32Array(capacity),
  parentCount: new Uint8Array(capacity),
  key: new Int32Array(capacity),
  reference: new Int32Array(capacity),
  treeStart: new Float64Array(capacity),
  mergedOnWeb: new Uint8Array(capacity),
});

/** Memory is taken as it is filled; every growth makes the engine compile anew what reads the columns. */
const FIRST_CAPACITY = 1 << 17;

/**
 * A table that grows up to `maxRows`; `oidBytes` is 20 for SHA-1 and 32 for SHA-256. Trees, where they are kept, are
 * texts: a scan of one account has few.
 */
export function tableBuilder(oidBytes: 20 | 32, { keepTrees = false, maxRows = MAX_ROWS } = {}): TableBuilder {
  if (maxRows > MAX_ROWS) throw new Error(`a table has at most ${MAX_ROWS} rows`);
  let capacity = FIRST_CAPACITY;
  let kept = columns(capacity);
  let repository = 0;
  let isCut = false;
  const oids = interner({ width: oidBytes, room: FIRST_CAPACITY });
  const people = interner({ room: 1 << 13 });
  const keys = interner();
  const trees: string[] = [];
  const trailers = new Map<number, readonly string[]>();
  const wanted = new Uint8Array(oidBytes);

  function grow(): void {
    capacity *= 2;
    const wider = columns(capacity);
    for (const name of Object.keys(kept) as ColumnName[]) wider[name].set(kept[name] as never);
    kept = wider;
  }

  return {
    hasRoom() {
      isCut ||= oids.count + 2 > maxRows;
      return !isCut;
    },
    get isCut() {
      return isCut;
    },
    rowOf(bytes, start) {
      for (let index = 0; index < oidBytes; index++)
        wanted[index] =
          ((DIGIT[bytes[start + 2 * index] ?? 0] ?? 0) << 4) | (DIGIT[bytes[start + 2 * index + 1] ?? 0] ?? 0);
      const rowCount = oids.count;
      const row = oids.indexOf(wanted, 0, oidBytes);
      if (row >= maxRows) throw new Error("the table is full: ask hasRoom first");
      if (row === capacity) grow();
      if (row === rowCount) kept.repository[row] = repository;
      return row;
    },
    person: people.indexOf,
    fill(row, commit, parent) {
      if (kept.read[row] === 1) return false;
      kept.read[row] = 1;
      kept.repository[row] = repository;
      kept.author[row] = commit.author;
      kept.committer[row] = commit.committer;
      kept.authoredAt[row] = commit.authoredAt;
      kept.committedAt[row] = commit.committedAt;
      kept.offset[row] = commit.offset;
      kept.parent[row] = parent;
      kept.parentCount[row] = Math.min(255, commit.parentCount);
      kept.key[row] = commit.key === null ? -1 : keys.indexOf(Buffer.from(commit.key), 0, commit.key.length);
      kept.reference[row] = commit.reference;
      kept.mergedOnWeb[row] = commit.mergedOnWeb ? 1 : 0;
      if (commit.trailers.length > 0) trailers.set(row, commit.trailers);
      return true;
    },
    keepTree(row, bytes, start) {
      let bits = 0;
      for (let index = 0; index < 12; index++) bits = bits * 16 + (DIGIT[bytes[start + index] ?? 0] ?? 0);
      kept.treeStart[row] = bits;
      if (keepTrees) trees[row] = Buffer.from(bytes.buffer, bytes.byteOffset + start, 2 * oidBytes).toString("latin1");
    },
    nextRepository() {
      repository++;
    },
    *finish() {
      const texts = { people: yield* textsOf(people), keys: yield* textsOf(keys) };
      return yield* finished({ kept, oids: oids.finish(), ...texts, trees, trailers });
    },
  };
}

/**
 * The table without its builder, and so without the index from ids to rows. Rows are sorted by id, people and keys by
 * their bytes: the order in which git walked must not show, because names of branches decide it for commits of one
 * second.
 */
function* finished(built: {
  readonly kept: Columns;
  readonly oids: Interned;
  readonly people: readonly string[];
  readonly keys: readonly string[];
  readonly trees: readonly string[];
  readonly trailers: Table["trailers"];
}): Steps<Table> {
  const { kept, oids, trees, trailers } = built;
  const people = yield* inOrder(built.people);
  const keys = yield* inOrder(built.keys);
  const { order, placeOf } = yield* rowsByOid(oids);
  for (const name of Object.keys(kept) as ColumnName[]) {
    permute(kept[name], order);
    yield;
  }
  for (const [column, places] of [
    [kept.author, people.placeOf],
    [kept.committer, people.placeOf],
    [kept.key, keys.placeOf],
    [kept.parent, placeOf],
  ] as const) {
    renumber(column, places, order.length);
    yield;
  }
  return {
    rowCount: order.length,
    ...kept,
    people: people.texts,
    keys: keys.texts,
    trailers: new Map([...trailers].map(([row, addresses]) => [placeOf[row] ?? -1, addresses])),
    oid: (row) => oids.bytesOf(order[row] ?? 0).toString("hex"),
    tree: (row) => trees[order[row] ?? 0] ?? "",
  };
}

/** In place: a second set of columns would be as large as the first. */
function permute(column: Columns[ColumnName], order: Int32Array): void {
  const before = column.slice(0, order.length);
  for (let place = 0; place < order.length; place++) column[place] = before[order[place] ?? 0] ?? 0;
}

/** Numbers below zero name nothing. */
function renumber(column: Int32Array, placeOf: Int32Array, count: number): void {
  for (let row = 0; row < count; row++) {
    const number = column[row] ?? -1;
    if (number >= 0) column[row] = placeOf[number] ?? -1;
  }
}

/** Value of each hex digit by its character code. */
const DIGIT = new Uint8Array(256);
for (let value = 0; value < 16; value++) DIGIT[value.toString(16).charCodeAt(0)] = value;
