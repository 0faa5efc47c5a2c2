import type { Instant } from "../clock.ts";

/** One object of git's, as it is hashed. */
export interface GitObject {
  readonly kind: "commit" | "tree" | "blob";
  readonly data: Buffer;
}

/** What git keeps of a repository whose history was made by `addHistory`. */
export interface History {
  /** Commits in the order of building: what `parents` counts. */
  readonly commits: { readonly sha: string; readonly tree: string; readonly files: ReadonlyMap<string, string> }[];
  /** Every object by its SHA. */
  readonly objects: Map<string, GitObject>;
}

export const PUSH_KINDS = [
  "push",
  "force_push",
  "branch_creation",
  "branch_deletion",
  "pr_merge",
  "merge_queue_merge",
] as const;

/** One entry of a repository's activity log, about its default branch: who moved it, when, from where to where. */
export interface Push {
  readonly id: number;
  readonly repositoryId: number;
  /** Null when the account is gone. */
  readonly actorId: number | null;
  readonly at: Instant;
  /** Forty zeros when the branch was not there before, or not after. */
  readonly before: string;
  readonly after: string;
  readonly kind: (typeof PUSH_KINDS)[number];
}
