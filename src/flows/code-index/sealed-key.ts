import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { type CodeKey, keyIn, sameDigest } from "../../change/code-index/key.ts";
import type { InstallationId } from "../../ids.ts";
import type { Random } from "../../random.ts";

const NONCE_BYTES = 16;
const CIPHER = "aes-256-ctr";

interface For {
  /** The App's own key of one-way hashes, which is not in the database. */
  readonly hashKey: string;
  readonly installationId: InstallationId;
}

/**
 * The organisation's key as it is kept: encrypted and authenticated under keys that only this App can derive, and bound to
 * one installation. Whoever has the database alone has hashes that tell him nothing.
 */
export function sealKey(key: CodeKey, { random, ...given }: For & { readonly random: Random }): string {
  const nonce = Buffer.from(random.bytes(NONCE_BYTES));
  const cipher = createCipheriv(CIPHER, derived(given, "encrypt"), nonce);
  const hidden = Buffer.concat([cipher.update(key.text, "utf8"), cipher.final()]);
  return [nonce, hidden]
    .map((part) => part.toString("base64url"))
    .join(".")
    .concat(".", tag(given, nonce, hidden));
}

/** The key again; null where another App sealed it, or it was changed. */
export function unsealKey(sealed: string, given: For): CodeKey | null {
  const [first = "", second = "", proof = ""] = sealed.split(".");
  const [nonce, hidden] = [Buffer.from(first, "base64url"), Buffer.from(second, "base64url")];
  if (nonce.length !== NONCE_BYTES || !sameDigest(proof, tag(given, nonce, hidden))) return null;
  const cipher = createDecipheriv(CIPHER, derived(given, "encrypt"), nonce);
  return keyIn(Buffer.concat([cipher.update(hidden), cipher.final()]).toString("utf8"));
}

const derived = ({ hashKey, installationId }: For, purpose: string): Buffer =>
  createHmac("sha256", hashKey).update(`code key ${installationId} ${purpose}`).digest();

const tag = (given: For, nonce: Buffer, hidden: Buffer): string =>
  createHmac("sha256", derived(given, "authenticate")).update(nonce).update(hidden).digest("base64url");
