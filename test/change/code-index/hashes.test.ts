import fc from "fast-check";
import {
  hashesIn,
  hashList,
  lookupOf,
  NOT_OURS,
  OURS,
  OURS_AT_FIRST,
  PIECE_HASHES,
  piecesOf,
  without,
} from "../../../src/change/code-index/hashes.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";

/** Few of them, so that equal ones are met, at both ends of the range too. */
const hash = fc.oneof(fc.bigInt(0n, 300n), fc.bigInt(2n ** 64n - 300n, 2n ** 64n - 1n), fc.bigInt(0n, 2n ** 64n - 1n));
const hashes = fc.array(hash, { maxLength: 80 });

const listed = (all: readonly bigint[]): BigUint64Array<ArrayBuffer> => {
  const list = hashList();
  for (const each of all) list.add(each);
  return list.sorted();
};
const plain = (one: bigint): bigint => one >> 1n;
const naive = (all: readonly bigint[]): readonly bigint[] =>
  [...new Set(all.map(plain))]
    .map((each) => (all.includes((each << 1n) | 1n) ? (each << 1n) | 1n : each << 1n))
    .toSorted((a, b) => (a < b ? -1 : 1));

test("hashes: they come out sorted, each once, and one that is marked stays so", () => {
  fc.assert(fc.property(hashes, (all) => expect([...listed(all)]).toEqual(naive(all))));
});

test("hashes: what is taken out is gone with its mark, and nothing else is", () => {
  fc.assert(
    fc.property(hashes, hashes, (all, known) => {
      const left = [...without(listed(all), listed(known))];
      expect(left).toEqual(naive(all).filter((each) => !known.some((other) => plain(other) === plain(each))));
    }),
  );
});

test("hashes: in pieces and back they are the same", () => {
  const many = listed(
    Array.from({ length: 2 * PIECE_HASHES + 7 }, (_, index) => BigInt(index) * 9_007_199_254_740_993n),
  );
  const pieces = [...piecesOf(many)];
  expect(pieces).toHaveLength(3);
  expect(pieces.flatMap((piece) => [...(hashesIn(piece) ?? [])])).toEqual([...many]);
  expect([...piecesOf(new BigUint64Array(0))]).toEqual([]);
});

test.each(["", "abc", "AAAAAAAAAAA", "AAAAAAAAAAB=", "not base 64 at all!", "AAAAAAAAAAA=\n"])(
  "hashes: %j is no piece",
  (text) => {
    expect(hashesIn(text)).toBeNull();
  },
);

test("lookup: it finds what is there and nothing else, whatever is asked in whatever order", () => {
  fc.assert(
    fc.property(hashes, hashes, fc.integer({ min: 1, max: 9 }), (all, others, size) => {
      const index = listed(all);
      const asked = BigUint64Array.from([...others, ...all].map((each) => plain(each) << 1n));
      const lookup = atOnce(lookupOf(asked));
      for (let from = 0; from < index.length; from += size) lookup.take(index.slice(from, from + size));
      for (const each of asked) {
        const entry = naive(all).find((known) => plain(known) === plain(each));
        expect(lookup.found(each)).toBe(entry === undefined ? NOT_OURS : entry & 1n ? OURS_AT_FIRST : OURS);
      }
    }),
  );
});
