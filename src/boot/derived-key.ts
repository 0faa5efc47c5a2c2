import { hkdfSync } from "node:crypto";
import type { AppCredentials } from "../config.ts";

const KEY_BYTES = 32;

/** A key for one purpose out of the App's private key: nothing more to keep, equal on every machine. */
const derivedKey = (secret: string, purpose: string): string =>
  Buffer.from(hkdfSync("sha256", secret, "", purpose, KEY_BYTES)).toString("hex");

/** The key of one-way hashes, and of what is sealed for this App alone. */
export const hashKeyOf = ({ privateKey }: Pick<AppCredentials, "privateKey">): string =>
  derivedKey(privateKey, "sallyport.label-hash/1");
