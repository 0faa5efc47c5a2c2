import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";

/**
 * What makes a code index an organisation's own. Git names a blob by a hash of its content, which everybody can compute
 * for a file that he has: a plain list of such names would tell the whole world which files are in it. A hash of the
 * name under a secret key tells nothing to whoever has not got the key, and nothing of a content to anybody.
 */
export interface CodeKey {
  /** Tells two keys apart, and nothing of either. */
  readonly fingerprint: string;
  /** The text that a key file holds. */
  readonly text: string;
  /** The hash of a blob's object id of twenty bytes that stand at `start`: 63 bits, the lowest of the 64 is 0. */
  hash(bytes: Uint8Array, start?: number): bigint;
  /** Proves that a text was written by whoever has the key. */
  seal(): { update(text: string): void; digest(): string };
}

/** Bytes of a key. */
export const KEY_BYTES = 32;
const OID_BYTES = 20;
const BEGINS = "sallyport-code-key-1 ";
/** The lowest bit of a stored hash is not the hash's: it says that the blob stood in a first commit. */
export const FIRST_COMMIT = 1n;

/** The key of so many bytes. */
export function codeKey(secret: Uint8Array): CodeKey {
  if (secret.length !== KEY_BYTES) throw new Error(`a key has ${KEY_BYTES} bytes`);
  const key = createSecretKey(secret);
  const of = (purpose: string) => createHmac("sha256", key).update(`${purpose}\0`);
  return {
    fingerprint: of("fingerprint").digest("hex").slice(0, 16),
    text: `${BEGINS}${Buffer.from(secret).toString("base64url")}\n`,
    hash: (bytes, start = 0) =>
      of("blob")
        .update(bytes.subarray(start, start + OID_BYTES))
        .digest()
        .readBigUInt64BE() & ~FIRST_COMMIT,
    seal() {
      const mac = of("file");
      return { update: (text) => void mac.update(text), digest: () => mac.digest("hex") };
    },
  };
}

/** The key that a file holds; null where it is no key file. */
export function keyIn(text: string): CodeKey | null {
  const found = /^sallyport-code-key-1 ([\w-]{43})\n?$/.exec(text)?.[1];
  const secret = Buffer.from(found ?? "", "base64url");
  return secret.length === KEY_BYTES ? codeKey(secret) : null;
}

/** Compares two digests without telling by time where they differ. */
export const sameDigest = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
