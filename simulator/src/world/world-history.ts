import type { Instant } from "../../../src/clock.ts";
import type { HistoryCommit } from "../build/history-commit.ts";
import type { ChangedFile } from "./world.ts";
import type { Commit } from "./world-commit.ts";

/** One object of git's, as it is hashed. */
export interface GitObject {
  readonly kind: "commit" | "tree" | "blob";
  readonly data: Buffer;
}

/** What git keeps of a repository whose history was made by `addHistory`. */
export interface History {
  /** Commits in the order of building, those of branches included: what `parents` counts. */
  readonly commits: {
    readonly commit: Commit;
    readonly tree: string;
    readonly files: ReadonlyMap<string, string>;
    /** What it was built from, for whoever replays it. */
    readonly input: HistoryCommit;
  }[];
  /** Head of the default branch; null before the first push. */
  head: string | null;
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

/** One entry of a repository's activity log: who moved which branch, when, from where to where. */
export interface Push {
  readonly id: number;
  readonly repositoryId: number;
  readonly branch: string;
  /** Null when the account is gone. */
  readonly actorId: number | null;
  readonly at: Instant;
  /** Forty zeros when the branch was not there before, or not after. */
  readonly before: string;
  readonly after: string;
  readonly kind: (typeof PUSH_KINDS)[number];
}

/** What a push moved a branch by, as the compare endpoint and webhooks show it. */
export interface BranchPush {
  readonly repositoryId: number;
  readonly branch: string;
  /** A bot's account for a push by an App. */
  readonly byId: number;
  readonly at: Instant;
  /** Forty zeros when the branch was not there before, or not after. */
  readonly before: string;
  readonly after: string;
  readonly forced: boolean;
  /** Oldest first. */
  readonly commits: readonly Commit[];
  readonly files: readonly ChangedFile[];
}
