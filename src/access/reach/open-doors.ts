import type { Steps } from "../../slices.ts";
import type { EffectiveAccess } from "../effective.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import type { ReachEdge } from "./edge.ts";
import { reachEdges } from "./reach.ts";

/** What rules leave open on one repository to accounts that write and do not own the organisation. */
export interface OpenDoors {
  readonly repository: RepositoryKey;
  /** Who pushes to the default branch or one of releases because nothing guards it; null stands for every member. */
  readonly pushing: ReadonlySet<AccountKey | null>;
  /** Who reads secrets by code of its own; an admin who would have to change an environment first is none. */
  readonly reading: ReadonlySet<AccountKey | null>;
}

/** Repositories with such a door, in id order; none where the rules were not read. */
export function* openDoors(access: EffectiveAccess): Steps<readonly OpenDoors[]> {
  if (access.snapshot.protections === undefined) return [];
  const owners = new Set<AccountKey | null>(access.snapshot.owners);
  const byRepository = new Map<RepositoryKey, { pushing: Set<AccountKey | null>; reading: Set<AccountKey | null> }>();
  for (const edge of reachEdges(access)) {
    yield;
    const door = owners.has(edge.account) ? null : doorOf(edge);
    if (door === null) continue;
    const known = byRepository.get(edge.repository) ?? { pushing: new Set(), reading: new Set() };
    byRepository.set(edge.repository, known);
    known[door].add(edge.account);
  }
  return [...byRepository].map(([repository, doors]) => ({ repository, ...doors }));
}

function doorOf({ can, reason }: ReachEdge): "pushing" | "reading" | null {
  if (can === "push" && reason === "no_protection") return "pushing";
  return can === "read_secret" && reason !== "admin" ? "reading" : null;
}
