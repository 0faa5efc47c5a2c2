import type { BinaryKind } from "./content.ts";
import type { LockExcerpt } from "./packages/contract.ts";

/** The diff as data. Everything here was authored by whoever pushed the head (tier SC), never by GitHub. */
export interface ChangedFile {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: "added" | "modified" | "removed" | "renamed" | "copied" | "changed" | "unchanged";
  readonly additions: number;
  readonly deletions: number;
  /** Null when GitHub sent no patch (binary, too large, or past its limits): unknown, not empty. */
  readonly hunks: readonly Hunk[] | null;
  /** Git's name of the content, where its lines did not come: what two looks at it can be told apart by. */
  readonly oid?: string;
  /** What git keeps there; absent where nobody told, as GitHub's list of files does not. */
  readonly kinds?: Sides<FileKind>;
  /** The whole file, where it was at hand and is text. What is absent was not read. */
  readonly texts?: Sides<string>;
  /** What a lock file that was read whole says; its text is not kept then. */
  readonly lock?: Sides<LockExcerpt>;
  /** What the content is where it was at hand and is no text. */
  readonly binary?: Sides<BinaryKind>;
}

/** Before and after the change; null on a side where no file stands. */
export interface Sides<T> {
  readonly before: T | null;
  readonly after: T | null;
}

/** What git can keep under a path: a link holds the path it points to, a submodule the commit of another repository. */
export type FileKind = "file" | "executable" | "link" | "submodule";

export interface Hunk {
  readonly lines: readonly HunkLine[];
}

export interface HunkLine {
  readonly kind: "added" | "removed" | "context";
  /** 1-based line in the new file for added and context lines, in the old file for removed ones. */
  readonly line: number;
  readonly text: string;
}

/** The changed files of a pull request head, in GitHub's order. */
export interface ChangeFiles {
  readonly files: readonly ChangedFile[];
  /** True when GitHub's list limit (3,000 files) or ours cut the list. */
  readonly truncated: boolean;
  /** Absent where nobody asked. */
  readonly base?: ChangeBase;
}

/** The repository that a change is for; null where nobody knows, or where it is no matter for this change. */
export interface ChangeBase {
  /** Who owns it, in small letters. */
  readonly owner: string | null;
  /** Whether a workflow of it runs the heads of pull requests with its rights. */
  readonly runsHeads: boolean | null;
}

/** An identity that a commit claims by its free-text name or e-mail. */
export const CLAIMED_BOTS = [
  "dependabot",
  "renovate",
  "github-actions",
  "web-flow",
  // Others that are known: those that push to branches of anybody, and those that open pull requests of their own.
  "guest",
  "automation",
  // Read like one of the first four and written otherwise; named like a machine. Both without an account behind them.
  "look-alike",
  "machine",
] as const;
export type ClaimedBot = (typeof CLAIMED_BOTS)[number];

/** One commit of a pull request. Names and e-mails were read by the collector and dropped. */
export interface ChangeCommit {
  readonly oid: string;
  /** UTC ISO 8601, as claimed by the commit. */
  readonly authoredAt: string;
  readonly committedAt: string;
  readonly parentOids: readonly string[];
  /** The account GitHub links to the author e-mail; null when it links none. Third parties can write it. */
  readonly authorAccountId: number | null;
  readonly committerAccountId: number | null;
  /** Accounts of `Co-authored-by` trailers and the author, as GitHub lists them. */
  readonly authorAccountIds: readonly number[];
  /** True when author and committer are the same identity. */
  readonly authoredByCommitter: boolean;
  readonly committedViaWeb: boolean;
  readonly claims: ClaimedBot | null;
  /** True when the committer's own name or e-mail claims one. */
  readonly committerClaims: boolean;
  /** `expired`: by a key that is no longer valid. `unchecked`: GitHub could not look. */
  readonly signature: "valid" | "expired" | "unchecked" | "invalid" | "none";
  readonly signedByGitHub: boolean;
  /** Account whose key made a valid signature. */
  readonly signerAccountId: number | null;
}

/** True of commits that carry a valid signature by a key of the account's own, not one that GitHub made for it. */
export const signedBy =
  (accountId: number) =>
  ({ signature, signedByGitHub, signerAccountId }: ChangeCommit): boolean =>
    signature === "valid" && !signedByGitHub && signerAccountId === accountId;

/** True of those that GitHub signed or the account's own key did; the valid signature of somebody else says nothing of it. */
export const vouchedFor = (
  { signature, signedByGitHub, signerAccountId }: ChangeCommit,
  accountId: number | null,
): boolean => signature === "valid" && (signedByGitHub || (signerAccountId !== null && signerAccountId === accountId));

/** How much of one file differs in content from what stood there at an earlier head of the same pull request. */
export interface FileDelta {
  readonly path: string;
  /** Where the difference begins in the new file, 1-based; 1 where nothing tells. */
  readonly line: number;
  /** Lines that are on one side alone, at least 1. */
  readonly lines: number;
}

/** A head of the pull request that the present one took the place of. */
export interface EarlierHead {
  readonly oid: string;
  /** By GitHub's clock: when it was approved, or pushed over; null where GitHub did not say. */
  readonly at: string | null;
  /** What differs since, by content and not by SHA, so that a pure rebase has nothing; null when that head was never read. */
  readonly delta: readonly FileDelta[] | null;
}

/** What stood in a pull request before its head of now. */
export interface ChangeBefore {
  /** The newest approval that stands, by somebody who may write, where it is of another commit; null when there is none. */
  readonly approval: EarlierHead | null;
  /** The head that was looked at last, where the present one does not build on it; null when nothing was pushed over. */
  readonly rewritten: (EarlierHead & { readonly kept: readonly KeptFace[]; readonly lookedAt?: string }) | null;
  /** What GitHub would not tell. */
  readonly unread: readonly ("approvals" | "pushes")[];
}

/** A commit that took another's place and kept its author and author date. */
export interface KeptFace {
  readonly oid: string;
  /** UTC ISO 8601, as claimed by the commit. */
  readonly committedAt: string;
}

export interface ChangeCommits {
  readonly commits: readonly ChangeCommit[];
  readonly totalCount: number;
  /** When GitHub received the pull request (tier PL); commits pushed to it later are younger. */
  readonly pullRequestCreatedAt: string;
  /** Who opened the pull request, as GitHub recorded it (tier PL); never its name. */
  readonly opener: Opener;
  /** Absent where nobody asked. */
  readonly before?: ChangeBefore;
}

/** What GitHub says an account is. */
export type AccountKind = "user" | "bot" | "organization" | "mannequin" | "ghost";

/** An account by its number; null when the account was deleted or GitHub does not number it. */
export interface Opener {
  readonly accountId: number | null;
  readonly kind: AccountKind;
}

/** How a change came to a branch that no merged pull request brought it to; nothing of who pushed. */
export interface ChangePush {
  /** True where GitHub says that the push was an App's. */
  readonly byApp: boolean;
  /**
   * Of the branch's latest commits to workflows before it, or to anything where those are few, how many came by a
   * merged pull request. Null when nobody could say.
   */
  readonly earlier: { readonly commits: number; readonly byPullRequest: number } | null;
}

/** Where free text stands; of bodies and of names of authors only lines that a shell would run are kept. */
export const TEXT_FIELDS = [
  "branch",
  "title",
  "body",
  "commit_subject",
  "commit_body",
  "author_name",
  "file_name",
] as const;

/** Free text that workflows and shells may interpolate. */
export interface ChangeTexts {
  readonly texts: readonly {
    readonly field: (typeof TEXT_FIELDS)[number];
    readonly text: string;
  }[];
  /** False when GitHub left some of them out: what is not there says nothing. */
  readonly complete: boolean;
  /** The opener's standing in this repository, as GitHub states it through the installation token. */
  readonly authorAssociation: string;
}
