import type { Steps } from "../../slices.ts";
import type { EffectiveAccess } from "../effective.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import type { ReachEdge } from "./edge.ts";
import { reachEdges } from "./reach.ts";
import { onReleasePath } from "./release-path.ts";

/** What rules leave open on one repository to accounts that write and do not own the organisation. */
export interface OpenDoors {
  readonly repository: RepositoryKey;
  /** Who pushes to the default branch or one of releases because nothing guards it; null stands for every member. */
  readonly pushing: ReadonlySet<AccountKey | null>;
  /** Who reads secrets by code of its own; an admin who would have to change an environment first is none. */
  readonly reading: ReadonlySet<AccountKey | null>;
  /** Who gets to where the repository publishes, as far as that is known. */
  readonly releasing: ReadonlySet<AccountKey | null>;
}

type Doors = { readonly [Door in Exclude<keyof OpenDoors, "repository">]: Set<AccountKey | null> };

/** Repositories with such a door, in id order; none where the rules were not read. */
export function* openDoors(access: EffectiveAccess): Steps<readonly OpenDoors[]> {
  if (access.snapshot.protections === undefined) return [];
  const owners = new Set<AccountKey | null>(access.snapshot.owners);
  const isReleasing = onReleasePath(access.snapshot);
  const byRepository = new Map<RepositoryKey, Doors>();
  for (const edge of reachEdges(access)) {
    yield;
    const { repository, account } = edge;
    const opened = owners.has(account) ? [] : doorsOf(edge, isReleasing(edge));
    if (opened.length === 0) continue;
    const known = byRepository.get(repository) ?? { pushing: new Set(), reading: new Set(), releasing: new Set() };
    byRepository.set(repository, known);
    for (const door of opened) known[door].add(account);
  }
  return [...byRepository].map(([repository, doors]) => ({ repository, ...doors }));
}

const doorsOf = ({ can, reason }: ReachEdge, isReleasing: boolean): readonly (keyof Doors)[] => [
  ...(can === "push" && reason === "no_protection" ? (["pushing"] as const) : []),
  ...(can === "read_secret" && reason !== "admin" ? (["reading"] as const) : []),
  ...(isReleasing ? (["releasing"] as const) : []),
];
