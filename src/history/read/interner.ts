/** Numbers byte strings in the order of first sight. One that is known already costs no memory and makes no text. */
export interface Interner {
  readonly count: number;
  /** Number of the bytes from `start` up to `end`, from 0. */
  indexOf(bytes: Uint8Array, start: number, end: number): number;
  /** The strings so far, apart from what finds their numbers. */
  finish(): Interned;
}

export interface Interned {
  readonly count: number;
  /** Not a copy. */
  bytesOf(index: number): Buffer;
}

/** Far beyond what chance makes of a table that is half full. */
const MAX_PROBES = 256;
/** Of strings of different lengths. */
const MEAN_BYTES = 48;
/** Another salt mends what was made to collide under the one before; nobody can make so many collide under all of these. */
const MAX_SALTS = 16;

/**
 * `width`: the length of all strings, where they have one; then where each begins need not be kept. `room`: how many
 * strings there is room for at first, a power of two.
 */
export function interner({ width = 0, room = 1 << 10 } = {}): Interner {
  let pool = new Uint8Array(room * (width || MEAN_BYTES));
  // Where each string ends in the pool, when they have different lengths: the next one begins there.
  let ends = new Uint32Array(width === 0 ? room : 0);
  let slots = new Int32Array(2 * room).fill(-1);
  let count = 0;
  let salts = 1;

  const beginOf = (index: number): number => (width > 0 ? index * width : index === 0 ? 0 : (ends[index - 1] ?? 0));

  /** FNV-1a. */
  function slotFor(bytes: Uint8Array, start: number, end: number): number {
    let hash = Math.imul(salts, 0x811c9dc5);
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }

  function equals(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const begin = beginOf(index);
    if (beginOf(index + 1) - begin !== end - start) return false;
    for (let at = start; at < end; at++) if (pool[begin + at - start] !== bytes[at]) return false;
    return true;
  }

  function lay(capacity: number): void {
    slots = new Int32Array(capacity).fill(-1);
    for (let index = 0; index < count; index++) {
      let slot = slotFor(pool, beginOf(index), beginOf(index + 1));
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & (capacity - 1);
      slots[slot] = index;
    }
  }

  function add(bytes: Uint8Array, start: number, end: number): number {
    const begin = beginOf(count);
    if (begin + end - start > pool.length) pool = wider(pool, begin + end - start);
    for (let at = start; at < end; at++) pool[begin + at - start] = bytes[at] ?? 0;
    if (width === 0) {
      if (count === ends.length) ends = wider(ends, count);
      ends[count] = begin + end - start;
    }
    return count++;
  }

  function indexOf(bytes: Uint8Array, start: number, end: number): number {
    let slot = slotFor(bytes, start, end);
    for (let probes = 0; ; probes++) {
      const index = slots[slot] ?? -1;
      if (index < 0) break;
      if (equals(index, bytes, start, end)) return index;
      if (probes === MAX_PROBES && salts < MAX_SALTS) {
        salts++;
        lay(slots.length);
        return indexOf(bytes, start, end);
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    const index = add(bytes, start, end);
    slots[slot] = index;
    if (2 * count > slots.length) lay(2 * slots.length);
    return index;
  }

  return {
    get count() {
      return count;
    },
    indexOf,
    finish: () => interned({ pool, ends, width, count }),
  };
}

function interned(kept: {
  readonly pool: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array;
  readonly width: number;
  readonly count: number;
}): Interned {
  const { pool, ends, width, count } = kept;
  return {
    count,
    bytesOf(index) {
      if (width > 0) return Buffer.from(pool.buffer, index * width, width);
      const begin = index === 0 ? 0 : (ends[index - 1] ?? 0);
      return Buffer.from(pool.buffer, begin, (ends[index] ?? 0) - begin);
    },
  };
}

function wider<Kind extends Uint8Array | Uint32Array>(full: Kind, needed: number): Kind {
  const Wider = full.constructor as new (length: number) => Kind;
  const wide = new Wider(2 * Math.max(full.length, needed));
  wide.set(full);
  return wide;
}
