import { createHash } from "node:crypto";
import type { TrailEntry } from "../../store.ts";

/** A link of a tenant's trail. `hash` covers the entry, its number and the hash before it. */
export interface TrailLink {
  readonly seq: number;
  readonly entry: TrailEntry;
  readonly previousHash: string;
  readonly hash: string;
}

/** What comes before the first entry. */
export const CHAIN_START: Pick<TrailLink, "seq" | "hash"> = { seq: 0, hash: "0".repeat(64) };

/** The entry's hash in its chain: SHA-256, hex, over a fixed order of fields. */
export function chainHash(previousHash: string, seq: number, entry: TrailEntry): string {
  const { at, actorId, act, target, reason } = entry;
  return createHash("sha256")
    .update(JSON.stringify([previousHash, seq, at, actorId, act, target, reason]))
    .digest("hex");
}

/** True when `link` is the one written after `previous`: neither it nor anything between them was changed or removed. */
export const follows = (link: TrailLink, previous: Pick<TrailLink, "seq" | "hash">): boolean =>
  link.seq === previous.seq + 1 &&
  link.previousHash === previous.hash &&
  link.hash === chainHash(previous.hash, link.seq, link.entry);
