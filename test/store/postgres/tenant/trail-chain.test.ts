import { CHAIN_START, chainHash, follows, type TrailLink } from "../../../../src/store/postgres/tenant/trail-chain.ts";
import type { TrailEntry } from "../../../../src/store/store.ts";
import { expect, test } from "../../../support/jest.ts";

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
    const previousHash = (links.at(-1) ?? CHAIN_START).hash;
    links.push({ seq, entry: ENTRY, previousHash, hash: chainHash(previousHash, seq, ENTRY) });
  }
  return links;
}

/** The index of the first link that does not follow the one before it; -1 when the chain holds. */
const broken = (links: readonly TrailLink[]): number =>
  links.findIndex((link, index) => !follows(link, links[index - 1] ?? CHAIN_START));

const without = (index: number) => chain(5).filter((_, at) => at !== index);

test("trail chain: an untouched one holds, the empty one too", () => {
  expect(broken(chain(5))).toBe(-1);
  expect(broken([])).toBe(-1);
});

test("trail chain: the first link that was changed, removed or moved is named", () => {
  const changed = chain(5).map((link) => (link.seq === 3 ? { ...link, entry: { ...ENTRY, reason: "else" } } : link));
  expect(broken(changed)).toBe(2);
  expect(broken(without(0))).toBe(0);
  expect(broken(without(2))).toBe(2);
  const [first, second, ...rest] = chain(5);
  expect(broken([second, first, ...rest].filter((link) => link !== undefined))).toBe(0);
});

test("trail chain: a tail cut off is not seen without a hash kept elsewhere", () => {
  expect(broken(without(4))).toBe(-1);
});
