/**
 * Every commit of the histories that were read, one row each, in columns: about 60 bytes a commit, so that a million
 * of them fit where a million objects would not. Rows are numbered in the order of first mention; a parent that was
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
  author: string;
  committer: string;
  authoredAt: number;
  committedAt: number;
  offset: number;
  parentCount: number;
  key: string | null;
  reference: number;
}

export interface TableBuilder {
  /** Row of the object id whose hex digits start at `start`, made when it is new. */
  rowOf(bytes: Uint8Array, start: number): number;
  /** Fills a row; `parent` is -1 for none. False when it was filled before: the same commit in another repository. */
  fill(row: number, commit: CommitRecord, parent: number): boolean;
  /** Keeps the tree whose hex digits start at `start`, when trees are kept. */
  keepTree(row: number, bytes: Uint8Array, start: number): void;
  /** Rows from now on belong to the next repository. Object ids of all repositories have one length. */
  nextRepository(): void;
  readonly rowCount: number;
  finish(): Table;
}

/** Columns that double when they are full. */
type Columns = { [Name in ColumnName]: Table[Name] };
type ColumnName = Exclude<keyof Table, "rowCount" | "people" | "keys" | "oid" | "tree">;

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
});

const FIRST_CAPACITY = 1 << 14;

/** A table that grows; `oidBytes` is 20 for SHA-1 and 32 for SHA-256. Trees, where they are kept, are texts: a scan of one account has few. */
export function tableBuilder(oidBytes: 20 | 32, { keepTrees = false } = {}): TableBuilder {
  let capacity = FIRST_CAPACITY;
  let kept = columns(capacity);
  let oids = new Uint8Array(capacity * oidBytes);
  let slots = new Int32Array(capacity * 2).fill(-1);
  let rowCount = 0;
  let repository = 0;
  const people = interner();
  const keys = interner();
  const trees: string[] = [];
  const wanted = new Uint8Array(oidBytes);

  function grow(): void {
    capacity *= 2;
    const wider = columns(capacity);
    for (const name of Object.keys(kept) as ColumnName[]) wider[name].set(kept[name] as never);
    kept = wider;
    const longer = new Uint8Array(capacity * oidBytes);
    longer.set(oids);
    oids = longer;
    slots = new Int32Array(capacity * 2).fill(-1);
    for (let row = 0; row < rowCount; row++) slots[slotOf(oids, row * oidBytes)] = row;
  }

  /** The slot that holds the id at `start` of `bytes`, or the free one where it belongs. */
  function slotOf(bytes: Uint8Array, start: number): number {
    const mask = slots.length - 1;
    // Object ids are hashes already: four bytes of one spread well.
    let slot = hash(bytes, start) & mask;
    for (;;) {
      const row = slots[slot] ?? -1;
      if (row < 0 || equal(oids, row * oidBytes, bytes, start, oidBytes)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  return {
    get rowCount() {
      return rowCount;
    },
    rowOf(bytes, start) {
      for (let index = 0; index < oidBytes; index++)
        wanted[index] =
          ((DIGIT[bytes[start + 2 * index] ?? 0] ?? 0) << 4) | (DIGIT[bytes[start + 2 * index + 1] ?? 0] ?? 0);
      const slot = slotOf(wanted, 0);
      const known = slots[slot] ?? -1;
      if (known >= 0) return known;
      if (rowCount === capacity) {
        grow();
        return this.rowOf(bytes, start);
      }
      oids.set(wanted, rowCount * oidBytes);
      slots[slot] = rowCount;
      kept.repository[rowCount] = repository;
      return rowCount++;
    },
    fill(row, commit, parent) {
      if (kept.read[row] === 1) return false;
      kept.read[row] = 1;
      kept.repository[row] = repository;
      kept.author[row] = people.indexOf(commit.author);
      kept.committer[row] =
        commit.committer === commit.author ? (kept.author[row] ?? 0) : people.indexOf(commit.committer);
      kept.authoredAt[row] = commit.authoredAt;
      kept.committedAt[row] = commit.committedAt;
      kept.offset[row] = commit.offset;
      kept.parent[row] = parent;
      kept.parentCount[row] = Math.min(255, commit.parentCount);
      kept.key[row] = commit.key === null ? -1 : keys.indexOf(commit.key);
      kept.reference[row] = commit.reference;
      return true;
    },
    keepTree(row, bytes, start) {
      if (keepTrees) trees[row] = Buffer.from(bytes.buffer, bytes.byteOffset + start, 2 * oidBytes).toString("latin1");
    },
    nextRepository() {
      repository++;
    },
    finish: () => finished({ rowCount, kept, oids, oidBytes, people: people.values, keys: keys.values, trees }),
  };
}

/** The table apart from its builder, whose way to find rows by their ids is no longer needed then. */
function finished(built: {
  readonly rowCount: number;
  readonly kept: Columns;
  readonly oids: Uint8Array;
  readonly oidBytes: number;
  readonly people: readonly string[];
  readonly keys: readonly string[];
  readonly trees: readonly string[];
}): Table {
  const { rowCount, kept, oids, oidBytes, people, keys, trees } = built;
  return {
    rowCount,
    ...kept,
    people,
    keys,
    oid: (row) => Buffer.from(oids.buffer, row * oidBytes, oidBytes).toString("hex"),
    tree: (row) => trees[row] ?? "",
  };
}

/** Gives each different text a number, in the order of first sight. */
function interner(): { readonly values: readonly string[]; indexOf(text: string): number } {
  const known = new Map<string, number>();
  const values: string[] = [];
  return {
    values,
    indexOf(text) {
      const index = known.get(text);
      if (index !== undefined) return index;
      known.set(text, values.length);
      return values.push(text) - 1;
    },
  };
}

/** Value of each hex digit by its character code. */
const DIGIT = new Uint8Array(256);
for (let value = 0; value < 16; value++) DIGIT[value.toString(16).charCodeAt(0)] = value;

const hash = (bytes: Uint8Array, start: number): number =>
  (bytes[start] ?? 0) |
  ((bytes[start + 1] ?? 0) << 8) |
  ((bytes[start + 2] ?? 0) << 16) |
  ((bytes[start + 3] ?? 0) << 24);

function equal(a: Uint8Array, aStart: number, b: Uint8Array, bStart: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (a[aStart + index] !== b[bStart + index]) return false;
  return true;
}
