import { plusDays } from "../../../src/clock.ts";
import { present, unavailable } from "../../../src/dossier/dossier.ts";
import { accountId } from "../../../src/ids.ts";
import type { KeptCodeIndex, TenantStore } from "../../../src/store/store.ts";
import { expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { NOW, newTenant, nextNumber } from "../samples.ts";

const INDEX: KeptCodeIndex = {
  ...{ key: "0011223344556677", sealedKey: "nonce.hidden.proof", count: 3, digest: "aa" },
  ...{ madeAt: plusDays(NOW, -1), importedAt: NOW },
};
const pieces = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `piece ${index}`);
const none = unavailable("not_requested");

/** A scan that found so many contents of the organisation's; null for one without an index. */
const scan = (countedCount: number | null) => ({
  ...{ heads: "reading 2", by: "git" as const },
  sections: {
    ...{ "history.identity": none, "history.dates": none, "history.origin": none, "history.continuity": none },
    ...{ "history.pictures": none, "history.scan": none, "account.years": none, "network.ties": none },
    ...(countedCount !== null && {
      "code.matches": present({ repositories: [], comparedCount: 1, uncomparedCount: 0, countedCount }, NOW),
    }),
  },
});

export function describeCodeIndexes(given: () => Subject): void {
  const tenant = (): TenantStore => newTenant(given().store);

  test("code index: it is kept whole, read in parts, and one of the same key takes its place", async () => {
    const it = tenant();
    expect(await it.codeIndexes()).toEqual([]);
    await it.saveCodeIndex(INDEX, pieces(70));
    expect(await it.codeIndexes()).toEqual([INDEX]);
    expect(await it.codeIndexPieces(INDEX.key, 0, 32)).toEqual(pieces(70).slice(0, 32));
    expect(await it.codeIndexPieces(INDEX.key, 64, 32)).toEqual(pieces(70).slice(64));
    expect(await it.codeIndexPieces(INDEX.key, 96, 32)).toEqual([]);
    const newer = { ...INDEX, count: 1, digest: "bb", importedAt: plusDays(NOW, 1) };
    await it.saveCodeIndex(newer, ["only"]);
    await it.saveCodeIndex({ ...INDEX, key: "8899aabbccddeeff" }, []);
    expect((await it.codeIndexes()).map(({ digest }) => digest)).toEqual(["bb", "aa"]);
    expect(await it.codeIndexPieces(INDEX.key, 0, 32)).toEqual(["only"]);
  });

  test("code index: it goes with its pieces, and with its installation", async () => {
    const [it, neighbour] = [tenant(), tenant()];
    for (const each of [it, neighbour]) await each.saveCodeIndex(INDEX, pieces(2));
    expect(await it.removeCodeIndex(INDEX.key)).toBe(true);
    expect(await it.removeCodeIndex(INDEX.key)).toBe(false);
    expect(await it.codeIndexPieces(INDEX.key, 0, 32)).toEqual([]);
    expect(await neighbour.codeIndexPieces(INDEX.key, 0, 32)).toEqual(pieces(2));
    await neighbour.purge();
    expect(await neighbour.codeIndexes()).toEqual([]);
    expect(await neighbour.codeIndexPieces(INDEX.key, 0, 32)).toEqual([]);
  });

  test("code index: accounts with so much of the code are known since a moment, others are not", async () => {
    const [it, neighbour] = [tenant(), tenant()];
    const [much, little, unasked, before] = [1, 2, 3, 4].map(() => accountId(nextNumber())) as [
      never,
      never,
      never,
      never,
    ];
    await it.keepHistories(much, scan(20), NOW);
    await it.keepHistories(little, scan(19), NOW);
    await it.keepHistories(unasked, scan(null), NOW);
    await it.keepHistories(before, scan(90), plusDays(NOW, -2));
    await neighbour.keepHistories(little, scan(90), NOW);
    expect(await it.accountsWithOurCode(plusDays(NOW, -1), 20)).toEqual([much]);
    expect(await it.accountsWithOurCode(plusDays(NOW, -3), 20)).toEqual([much, before].toSorted((a, b) => a - b));
  });
}
