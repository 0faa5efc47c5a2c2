import type { Steps } from "../../slices.ts";
import { FIRST_COMMIT } from "./key.ts";

/** Hashes that grow as they are added, eight bytes each. */
export interface HashList {
  readonly count: number;
  add(hash: bigint): void;
  /** All of them, sorted, each once; one that was added with and without the mark of a first commit keeps it. */
  sorted(): BigUint64Array<ArrayBuffer>;
}

export function hashList(): HashList {
  let kept = new BigUint64Array(1 << 12);
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(hash) {
      if (count === kept.length) {
        const wider = new BigUint64Array(kept.length * 2);
        wider.set(kept);
        kept = wider;
      }
      kept[count++] = hash;
    },
    sorted() {
      const all = kept.slice(0, count).sort();
      let last = 0;
      for (const hash of all)
        if (last > 0 && (all[last - 1] ?? 0n) >> 1n === hash >> 1n) all[last - 1] = hash;
        else all[last++] = hash;
      return all.slice(0, last);
    },
  };
}

/** Those of `hashes` that are not among `known`, marks apart; both are sorted. */
export function without(hashes: BigUint64Array, known: BigUint64Array): BigUint64Array<ArrayBuffer> {
  const left = new BigUint64Array(hashes.length);
  let [count, at] = [0, 0];
  for (const hash of hashes) {
    while (at < known.length && (known[at] ?? 0n) >> 1n < hash >> 1n) at++;
    if (at === known.length || (known[at] ?? 0n) >> 1n !== hash >> 1n) left[count++] = hash;
  }
  return left.slice(0, count);
}

/** Hashes in one piece: 8 KiB, which is 11 KB of text. */
export const PIECE_HASHES = 1_024;
const HASH_BYTES = 8;

/** This machine writes the low byte of a number first; what is stored has the high one first, as it is sorted. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Sorted hashes as text, base 64, piece by piece. */
export function* piecesOf(hashes: BigUint64Array): Generator<string, void, void> {
  for (let from = 0; from < hashes.length; from += PIECE_HASHES) {
    const piece = hashes.slice(from, from + PIECE_HASHES);
    const bytes = Buffer.from(piece.buffer, 0, piece.byteLength);
    yield (IS_LITTLE_ENDIAN ? bytes.swap64() : bytes).toString("base64");
  }
}

/** The hashes of a piece; null for what is none. */
export function hashesIn(piece: string): BigUint64Array<ArrayBuffer> | null {
  const decoded = Buffer.from(piece, "base64");
  if (decoded.length === 0 || decoded.length % HASH_BYTES !== 0 || decoded.toString("base64") !== piece) return null;
  const bytes = IS_LITTLE_ENDIAN ? decoded.swap64() : decoded;
  const hashes = new BigUint64Array(decoded.length / HASH_BYTES);
  new Uint8Array(hashes.buffer).set(bytes);
  return hashes;
}

/** What was found of each blob: not in the index, in it, in it and there in a first commit. */
export const NOT_OURS = 0;
export const OURS = 1;
export const OURS_AT_FIRST = 2;

/** Looks many hashes up in an index whose pieces come one after the other. */
export interface Lookup {
  /** Takes the next piece; those that were passed by are not looked at again. */
  take(piece: BigUint64Array): void;
  /** What was found of a hash that was asked for. */
  found(hash: bigint): number;
}

const BUCKETS = 256;
const BUCKET_BITS = 56n;

/** In steps, since sorting all of them at once would be one. */
export function* lookupOf(asked: BigUint64Array): Steps<Lookup> {
  const sorted = yield* sortedInSteps(asked);
  const found = new Map<bigint, number>();
  let at = 0;
  return {
    take(piece) {
      const last = (piece[piece.length - 1] ?? 0n) | FIRST_COMMIT;
      for (; at < sorted.length && (sorted[at] ?? 0n) <= last; at++) {
        const hash = sorted[at] ?? 0n;
        const place = placeOf(piece, hash);
        const entry = piece[place] ?? 0n;
        if (place < piece.length && entry >> 1n === hash >> 1n) found.set(hash, entry === hash ? OURS : OURS_AT_FIRST);
      }
    },
    found: (hash) => found.get(hash) ?? NOT_OURS,
  };
}

function* sortedInSteps(asked: BigUint64Array): Steps<BigUint64Array> {
  const sizes = new Uint32Array(BUCKETS + 1);
  for (const [index, hash] of asked.entries()) {
    const bucket = Number(hash >> BUCKET_BITS) + 1;
    sizes[bucket] = (sizes[bucket] ?? 0) + 1;
    if (index % PIECE_HASHES === 0) yield;
  }
  for (let bucket = 1; bucket <= BUCKETS; bucket++) sizes[bucket] = (sizes[bucket] ?? 0) + (sizes[bucket - 1] ?? 0);
  const ends = sizes.slice();
  const sorted = new BigUint64Array(asked.length);
  for (const [index, hash] of asked.entries()) {
    const bucket = Number(hash >> BUCKET_BITS);
    const place = ends[bucket] ?? 0;
    ends[bucket] = place + 1;
    sorted[place] = hash;
    if (index % PIECE_HASHES === 0) yield;
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    sorted.subarray(sizes[bucket], sizes[bucket + 1]).sort();
    yield;
  }
  return sorted;
}

/** The first place whose entry is not smaller. */
function placeOf(sorted: BigUint64Array, hash: bigint): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0n) < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}
