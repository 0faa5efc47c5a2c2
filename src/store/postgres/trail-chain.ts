import { createHash } from "node:crypto";
import type { TrailEntry } from "../store.ts";

/** A link of a tenant's trail. `hash` covers the entry, its number and the hash before it. */
export interface TrailLink {
  readonly seq: number;
  readonly entry: TrailEntry;
  readonly previousHash: string;
  readonly hash: string;
}

/** The hash before the first entry. */
export const CHAIN_START = "0".repeat(64);

/** The entry's hash in its chain: SHA-256, hex, over a fixed order of fields. */
export function chainHash(previousHash: string, seq: number, entry: TrailEntry): string {
  const { at, actorId, act, target, reason } = entry;
  return createHash("sha256")
    .update(JSON.stringify([previousHash, seq, at, actorId, act, target, reason]))
    .digest("hex");
}

/**
 * The number of the first link that was changed, removed or moved; null when the chain holds. Links are oldest first,
 * from number 1. A tail cut off is only seen by who kept an earlier hash.
 */
export function firstBrokenLink(links: readonly TrailLink[]): number | null {
  let previousHash = CHAIN_START;
  for (const [index, link] of links.entries()) {
    const seq = index + 1;
    const whole =
      link.seq === seq && link.previousHash === previousHash && link.hash === chainHash(previousHash, seq, link.entry);
    if (!whole) return seq;
    previousHash = link.hash;
  }
  return null;
}
