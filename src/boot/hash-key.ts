import { hkdfSync } from "node:crypto";
import type { AppCredentials } from "../config.ts";

/** Key of one-way hashes of labels, secrets and addresses. */
export const hashKeyOf = ({ privateKey }: Pick<AppCredentials, "privateKey">): string =>
  derivedKey(privateKey, "sallyport.label-hash/1");

const KEY_BYTES = 32;

/** A key for one purpose out of the App's private key: nothing more to keep, equal on every machine. */
const derivedKey = (secret: string, purpose: string): string =>
  Buffer.from(hkdfSync("sha256", secret, "", purpose, KEY_BYTES)).toString("hex");
