import type { ChangeCommit } from "./change.ts";

/** What a commit says of who made it, and what GitHub says of its signature: a push shows no more. */
export type Authorship = Pick<
  ChangeCommit,
  | "oid"
  | "authoredAt"
  | "committedAt"
  | "parentOids"
  | "authorAccountId"
  | "committerAccountId"
  | "authoredByCommitter"
  | "claims"
  | "signature"
  | "signedByGitHub"
  | "signerAccountId"
>;

/**
 * Commits of a change that name an account as their author and carry no signature that GitHub verified, by the account
 * they name. Which account that is stands nowhere here: whoever writes a commit writes the name.
 */
export interface ChangeSignatures {
  readonly authors: readonly {
    readonly commits: readonly UnverifiedCommit[];
    /** How the account signed its last commits here before the change; null where GitHub would not tell. */
    readonly earlier: SigningHabit | null;
  }[];
  /** Commits of the change that GitHub did not show: of many it shows a hundred. */
  readonly unshown: number;
}

export interface UnverifiedCommit {
  readonly oid: string;
  /** UTC ISO 8601, as claimed by the commit. */
  readonly authoredAt: string;
  readonly committedAt: string;
  readonly signature: "none" | "invalid" | "expired" | "unchecked";
  /** True when it names somebody without an account as the one who committed it. */
  readonly committedByOther: boolean;
}

/** Of an account's last commits those that it made itself: no merges, none that GitHub signed or others replayed. */
export interface SigningHabit {
  readonly commits: number;
  /** How many of them carry a valid signature by a key of its own. */
  readonly verified: number;
  /** How many of those are the last ones, with no other between them. */
  readonly inARow: number;
  /** What the first of that row says when it was committed; null for no row. */
  readonly since: string | null;
}
