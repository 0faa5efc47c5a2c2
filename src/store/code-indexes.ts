import type { Instant } from "../clock.ts";
import type { AccountId } from "../ids.ts";

/** An index of the organisation's own code, without its hashes. */
export interface KeptCodeIndex {
  /** Fingerprint of the key that it was made with; of each key one index is kept. */
  readonly key: string;
  /** The key, as only this App can read it. */
  readonly sealedKey: string;
  readonly count: number;
  /** Changes with what is in it. */
  readonly digest: string;
  readonly madeAt: Instant;
  readonly importedAt: Instant;
}

/** What an organisation's own private code looks like elsewhere: keyed hashes, in pieces. */
export interface TenantCodeIndexes {
  /** By key. */
  codeIndexes(): Promise<readonly KeptCodeIndex[]>;
  /** Keeps an index in place of the one with the same key, whole or not at all. */
  saveCodeIndex(index: KeptCodeIndex, pieces: readonly string[]): Promise<void>;
  /** The pieces of an index from a number on, in their order. */
  codeIndexPieces(key: string, from: number, limit: number): Promise<readonly string[]>;
  /** False when there is none of that key. */
  removeCodeIndex(key: string): Promise<boolean>;
  /** Accounts whose histories were read since a moment with at least so many contents of the organisation's in them. */
  accountsWithOurCode(since: Instant, atLeast: number): Promise<readonly AccountId[]>;
}
