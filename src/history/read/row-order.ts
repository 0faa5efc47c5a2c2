import type { Steps } from "../../slices.ts";
import type { Interned } from "./interner.ts";

/** Old rows by new place, and the reverse. Few ids begin with the same four bytes; those are compared whole. */
export function* rowsByOid(oids: Interned): Steps<{ readonly order: Int32Array; readonly placeOf: Int32Array }> {
  const { count } = oids;
  // Numbers sort without a comparison function: the first bytes and the row share the 53 bits of one.
  const packed = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    packed[row] = (oids.bytesOf(row).readUInt32BE(0) >>> 1) * MAX_ROWS + row;
    if ((row & 255) === 0) yield;
  }
  packed.sort();
  yield;
  const order = new Int32Array(count);
  for (let place = 0; place < count; place++) order[place] = (packed[place] ?? 0) % MAX_ROWS;
  const firstBytes = (place: number): number => Math.floor((packed[place] ?? 0) / MAX_ROWS);
  for (let from = 0, to = 1; from < count; from = to++) {
    if ((from & 255) === 0) yield;
    while (to < count && firstBytes(to) === firstBytes(from)) to++;
    if (to - from > 1) order.subarray(from, to).sort((a, b) => Buffer.compare(oids.bytesOf(a), oids.bytesOf(b)));
  }
  yield;
  const placeOf = new Int32Array(count);
  for (let place = 0; place < count; place++) placeOf[order[place] ?? 0] = place;
  return { order, placeOf };
}

/**
 * Rows of a table: its sorts pack a row's number and the 31 bits they sort by, such as a date until 2038, into the 53
 * bits that a number carries exactly.
 */
export const MAX_ROWS = 2 ** 22;
