import { hashesIn, type Lookup, lookupOf, NOT_OURS, OURS } from "../../change/code-index/hashes.ts";
import type { CodeKey } from "../../change/code-index/key.ts";
import type { OwnCode } from "../../dossier/sources/reading.ts";
import { inSlices, paced, type Steps } from "../../slices.ts";
import type { Installation, KeptCodeIndex, TenantStore } from "../../store/store.ts";
import { unsealKey } from "./sealed-key.ts";

/** Pieces that are asked for at once: 350 KB of text, which stops the loop for a few milliseconds. */
const PIECES_AT_ONCE = 32;
const OID_BYTES = 20;

interface Readable {
  readonly key: CodeKey;
  readonly index: KeptCodeIndex;
}

/**
 * The organisation's own code as a scan looks for it; null without an index, "unreadable" where none of those that are
 * kept can be read, because the App has another private key than when they were imported.
 */
export async function ownCodeOf(
  {
    tenant,
    installation: { id: installationId, accountId },
  }: {
    readonly tenant: Pick<TenantStore, "codeIndexes" | "codeIndexPieces">;
    readonly installation: Pick<Installation, "id" | "accountId">;
  },
  hashKey: string,
): Promise<OwnCode | "unreadable" | null> {
  const kept = (await tenant.codeIndexes()).filter(({ count }) => count > 0);
  if (kept.length === 0) return null;
  const readable = kept.flatMap((index): readonly Readable[] => {
    const key = unsealKey(index.sealedKey, { hashKey, installationId });
    return key === null ? [] : [{ key, index }];
  });
  if (readable.length === 0) return "unreadable";
  return {
    organization: { id: accountId },
    digest: readable.map(({ index }) => index.digest.slice(0, 16)).join("+"),
    lookup: async (oids) => {
      const found = new Uint8Array(oids.length / OID_BYTES);
      for (const each of readable) await lookUp(each, { oids, found, pieces: tenant.codeIndexPieces });
      return found;
    },
  };
}

/** Memory is that of the ids that are asked for, however large the index is. */
async function lookUp(
  { key, index }: Readable,
  {
    oids,
    found,
    pieces,
  }: { readonly oids: Buffer; readonly found: Uint8Array; readonly pieces: TenantStore["codeIndexPieces"] },
): Promise<void> {
  const asked = await inSlices(hashed(key, oids));
  const lookup = await inSlices(lookupOf(asked));
  await takeAll(lookup, (from) => pieces(index.key, from, PIECES_AT_ONCE));
  for (const [place, hash] of asked.entries()) {
    const state = lookup.found(hash);
    // Of two indexes the one in which it is no file of a first commit counts.
    if (state !== NOT_OURS && found[place] !== OURS) found[place] = state;
  }
}

const HASHES_A_STEP = 256;

function* hashed(key: CodeKey, oids: Buffer): Steps<BigUint64Array> {
  const hashes = new BigUint64Array(oids.length / OID_BYTES);
  for (let place = 0; place < hashes.length; place++) {
    hashes[place] = key.hash(oids, OID_BYTES * place);
    if (place % HASHES_A_STEP === 0) yield;
  }
  return hashes;
}

async function takeAll(lookup: Lookup, read: (from: number) => Promise<readonly string[]>): Promise<void> {
  const turn = paced();
  for (let from = 0; ; from += PIECES_AT_ONCE) {
    const pieces = await read(from);
    for (const piece of pieces) {
      const hashes = hashesIn(piece);
      if (hashes !== null) lookup.take(hashes);
      await turn();
    }
    if (pieces.length < PIECES_AT_ONCE) return;
  }
}
