import { interner } from "../../../src/history/read/interner.ts";
import { expect, test } from "../../support/jest.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

test("strings are numbered in the order of first sight, whatever stands around them", () => {
  const found = interner();
  const text = bytes("one two one three");
  expect([found.indexOf(text, 0, 3), found.indexOf(text, 4, 7), found.indexOf(text, 8, 11)]).toEqual([0, 1, 0]);
  expect(found.indexOf(text, 12, 17)).toBe(2);
  expect(found.indexOf(text, 0, 0)).toBe(3);
  const { count, bytesOf } = found.finish();
  expect(Array.from({ length: count }, (_, index) => bytesOf(index).toString())).toEqual(["one", "two", "three", ""]);
});

test("strings of one length need no record of where they begin", () => {
  const found = interner({ width: 4 });
  const numbers = Array.from({ length: 70_000 }, (_, index) => {
    const id = Buffer.alloc(4);
    id.writeUInt32BE((index % 35_000) * 7);
    return found.indexOf(id, 0, 4);
  });
  expect(numbers.slice(35_000)).toEqual(numbers.slice(0, 35_000));
  expect(new Set(numbers).size).toBe(35_000);
  expect(found.finish().bytesOf(34_999).readUInt32BE()).toBe(34_999 * 7);
});

test("a string longer than all before it fits", () => {
  const found = interner();
  const long = Buffer.alloc(1 << 20, 7);
  expect([found.indexOf(bytes("a"), 0, 1), found.indexOf(long, 0, long.length)]).toEqual([0, 1]);
  expect(found.finish().bytesOf(1).equals(long)).toBe(true);
});

test("strings made to fall on one slot are told apart, and later ones too", () => {
  const found = interner();
  const made = collisions(12);
  expect(new Set(made.map((each) => fnv(each))).size).toBe(1);
  const numbers = made.map((each) => found.indexOf(each, 0, each.length));
  expect(numbers).toEqual(made.map((_, index) => index));
  expect(made.map((each) => found.indexOf(each, 0, each.length))).toEqual(numbers);
  expect(found.indexOf(bytes("another"), 0, 7)).toBe(made.length);
  // To find the last of them must not take a look at all of them.
  const [last, looks] = counted(made.at(-1) ?? bytes(""));
  expect(found.indexOf(last, 0, last.length)).toBe(made.length - 1);
  expect(looks()).toBeLessThan(made.length / 4);
});

/** The same bytes, and how many of them were read. */
function counted(data: Buffer): readonly [Uint8Array, () => number] {
  let reads = 0;
  const get = (target: Buffer, name: string | symbol): unknown => {
    if (typeof name === "string" && /^\d+$/.test(name)) reads++;
    return Reflect.get(target, name, target);
  };
  return [new Proxy(data, { get }), () => reads];
}

const BASIS = 0x811c9dc5;
const fnv = (data: Uint8Array, basis = BASIS): number =>
  data.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), basis | 0);

/** 2^rounds strings with one FNV-1a hash: in each round a pair of blocks that lead to one state. */
function collisions(rounds: number): readonly Buffer[] {
  let made = [Buffer.alloc(0)];
  let state = BASIS;
  for (let round = 0; round < rounds; round++) {
    const [a, b] = collidingBlocks(state);
    made = made.flatMap((each) => [Buffer.concat([each, a]), Buffer.concat([each, b])]);
    state = fnv(a, state);
  }
  return made;
}

function collidingBlocks(state: number): readonly [Buffer, Buffer] {
  const seen = new Map<number, Buffer>();
  for (let number = 0; ; number++) {
    const block = Buffer.alloc(8);
    block.writeUInt32LE(Math.imul(number, 0x9e3779b1) >>> 0);
    block.writeUInt32LE(number, 4);
    const hash = fnv(block, state);
    const other = seen.get(hash);
    if (other !== undefined) return [other, block];
    seen.set(hash, block);
  }
}
