import { CHAIN_START, chainHash, firstBrokenLink, type TrailLink } from "../../src/store/postgres/trail-chain.ts";
import type { TrailEntry } from "../../src/store/store.ts";
import { expect, test } from "../support/jest.ts";

const ENTRY: TrailEntry = {
  at: "2026-03-02T10:00:00.000Z",
  actorId: null,
  act: "audit.viewed",
  target: "audit:1",
  reason: null,
};

function chain(length: number): readonly TrailLink[] {
  const links: TrailLink[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const previousHash = links.at(-1)?.hash ?? CHAIN_START;
    links.push({ seq, entry: ENTRY, previousHash, hash: chainHash(previousHash, seq, ENTRY) });
  }
  return links;
}

const without = (index: number) => chain(5).filter((_, at) => at !== index);

test("trail chain: an untouched one holds, the empty one too", () => {
  expect(firstBrokenLink(chain(5))).toBeNull();
  expect(firstBrokenLink([])).toBeNull();
});

test("trail chain: the first link that was changed, removed or moved is named", () => {
  const changed = chain(5).map((link) => (link.seq === 3 ? { ...link, entry: { ...ENTRY, reason: "else" } } : link));
  expect(firstBrokenLink(changed)).toBe(3);
  expect(firstBrokenLink(without(0))).toBe(1);
  expect(firstBrokenLink(without(2))).toBe(3);
  const [first, second, ...rest] = chain(5);
  expect(firstBrokenLink([second, first, ...rest].filter((link) => link !== undefined))).toBe(1);
});

test("trail chain: a tail cut off is not seen without a hash kept elsewhere", () => {
  expect(firstBrokenLink(without(4))).toBeNull();
});
