import { hashList, OURS, OURS_AT_FIRST, piecesOf } from "../../../src/change/code-index/hashes.ts";
import { indexLines, readIndex } from "../../../src/change/code-index/index-file.ts";
import { type CodeKey, codeKey, FIRST_COMMIT, KEY_BYTES } from "../../../src/change/code-index/key.ts";
import { type CodeIndexContext, keepCodeIndex } from "../../../src/flows/code-index/keep.ts";
import { ownCodeOf } from "../../../src/flows/code-index/own-code.ts";
import { sealKey, unsealKey } from "../../../src/flows/code-index/sealed-key.ts";
import { installationId } from "../../../src/ids.ts";
import type { KeptCodeIndex, TenantStore, TrailEntry } from "../../../src/store/store.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";
import { INSTALLATION, NOW } from "../scene.ts";

const HASH_KEY = "0f".repeat(32);
const keyOf = (byte: number): CodeKey => codeKey(new Uint8Array(KEY_BYTES).fill(byte));
const key = keyOf(1);
const random = { bytes: (count: number) => new Uint8Array(count).fill(8) };
const oid = (byte: number): Buffer => Buffer.alloc(20, byte);

/** A store with these indexes, and what was done to it. */
function stage(kept: readonly (KeptCodeIndex & { readonly pieces: readonly string[] })[] = []) {
  const indexes = [...kept];
  const trail: TrailEntry[] = [];
  const tenant = played<TenantStore>({
    codeIndexes: async () => indexes.map(({ pieces: _, ...index }) => index),
    codeIndexPieces: async (of, from, limit) =>
      indexes.find((index) => index.key === of)?.pieces.slice(from, from + limit) ?? [],
    saveCodeIndex: async (index, pieces) => {
      const place = indexes.findIndex((known) => known.key === index.key);
      indexes.splice(place < 0 ? indexes.length : place, place < 0 ? 0 : 1, { ...index, pieces });
    },
    removeCodeIndex: async (of) => {
      const place = indexes.findIndex((index) => index.key === of);
      if (place >= 0) indexes.splice(place, 1);
      return place >= 0;
    },
    addToTrail: async (entry) => void trail.push(entry),
  });
  const context: CodeIndexContext = { installation: INSTALLATION, tenant, hashKey: HASH_KEY, random, now: NOW };
  return { tenant, context, trail, indexes };
}

function contentOf(by: CodeKey, hashes: readonly bigint[]) {
  const list = hashList();
  for (const hash of hashes) list.add(hash);
  const file = indexLines({ madeAt: NOW }, { hashes: list.sorted(), key: by });
  const content = readIndex(file, { key: by, where: "own.index" });
  if ("mend" in content) throw new Error(content.what);
  return content;
}

test("sealed key: the App that sealed it reads it, for that installation alone, and nobody else", () => {
  const given = { hashKey: HASH_KEY, installationId: installationId(1) };
  const sealed = sealKey(key, { ...given, random });
  expect(sealed).not.toContain(key.text.slice(-20, -1));
  expect(unsealKey(sealed, given)?.text).toBe(key.text);
  expect(unsealKey(sealed, { ...given, hashKey: "1f".repeat(32) })).toBeNull();
  expect(unsealKey(sealed, { ...given, installationId: installationId(2) })).toBeNull();
  for (const wrong of ["", "a.b.c", sealed.replace(/^./, "x"), sealed.slice(0, -1), sealed.replace(".", ".AA")])
    expect(unsealKey(wrong, given)).toBeNull();
});

test("own code: what was imported is found, marked where it stood in a first commit, and nothing else", async () => {
  const { context, tenant, trail } = stage();
  const many = Array.from({ length: 40_000 }, (_, index) => BigInt(index) * 400_000_000_000_000n);
  const content = contentOf(key, [...many, key.hash(oid(1)), key.hash(oid(2)) | FIRST_COMMIT]);
  expect(await keepCodeIndex(context, { kind: "import", content, key })).toEqual([
    { key: key.fingerprint, count: 40_002, digest: content.digest, madeAt: NOW, importedAt: NOW },
  ]);
  expect(trail).toEqual([
    { at: NOW, actorId: null, act: "code_index.imported", target: `key:${key.fingerprint}`, reason: null },
  ]);
  const own = await ownCodeOf({ tenant, installation: INSTALLATION }, HASH_KEY);
  if (own === null || own === "unreadable") throw new Error("it was imported");
  expect(own.organization).toEqual({ id: INSTALLATION.accountId });
  expect([...(await own.lookup(Buffer.concat([oid(3), oid(1), oid(2), oid(1)])))]).toEqual([
    0,
    OURS,
    OURS_AT_FIRST,
    OURS,
  ]);
  expect(await own.lookup(Buffer.alloc(0))).toHaveLength(0);
});

test("own code: two indexes are both looked through, and what is no first file in one of them counts", async () => {
  const { context, tenant } = stage();
  const second = keyOf(2);
  const first = contentOf(key, [key.hash(oid(1)) | FIRST_COMMIT, key.hash(oid(2))]);
  await keepCodeIndex(context, { kind: "import", content: first, key });
  const more = contentOf(second, [second.hash(oid(1)), second.hash(oid(3)) | FIRST_COMMIT]);
  await keepCodeIndex(context, { kind: "import", content: more, key: second });
  const own = await ownCodeOf({ tenant, installation: INSTALLATION }, HASH_KEY);
  if (own === null || own === "unreadable") throw new Error("they were imported");
  expect([...(await own.lookup(Buffer.concat([oid(1), oid(2), oid(3), oid(4)])))]).toEqual([
    OURS,
    OURS,
    OURS_AT_FIRST,
    0,
  ]);
});

test("own code: none without an index or with an empty one; unreadable once the App has another key", async () => {
  const { context, tenant } = stage();
  expect(await ownCodeOf({ tenant, installation: INSTALLATION }, HASH_KEY)).toBeNull();
  await keepCodeIndex(context, { kind: "import", content: contentOf(key, []), key });
  expect(await ownCodeOf({ tenant, installation: INSTALLATION }, HASH_KEY)).toBeNull();
  await keepCodeIndex(context, { kind: "import", content: contentOf(key, [2n]), key });
  expect(await ownCodeOf({ tenant, installation: INSTALLATION }, "another")).toBe("unreadable");
});

test("code index: it is removed by its key, and what is not there is said", async () => {
  const { context, trail } = stage();
  await keepCodeIndex(context, { kind: "import", content: contentOf(key, [2n]), key });
  await expect(keepCodeIndex(context, { kind: "remove", key: "ffffffffffffffff" })).rejects.toThrow(
    /no index of that key/,
  );
  expect(await keepCodeIndex(context, { kind: "remove", key: key.fingerprint })).toEqual([]);
  expect(await keepCodeIndex(context, { kind: "list" })).toEqual([]);
  expect(trail.map(({ act }) => act)).toEqual(["code_index.imported", "code_index.removed"]);
});

test("code index: without an App nothing can be sealed, and a ninth key is one too many", async () => {
  const content = contentOf(key, [2n]);
  const { context } = stage();
  await expect(keepCodeIndex({ ...context, hashKey: null }, { kind: "import", content, key })).rejects.toThrow(
    /no App/,
  );
  const kept = Array.from({ length: 8 }, (_, index) => ({
    ...{ key: `${index}`.repeat(16), sealedKey: "", count: 1, digest: "", madeAt: NOW, importedAt: NOW },
    pieces: [...piecesOf(BigUint64Array.of(2n))],
  }));
  await expect(keepCodeIndex(stage(kept).context, { kind: "import", content, key })).rejects.toThrow(/8 are kept/);
});
