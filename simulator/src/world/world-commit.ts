import type { Instant } from "../../../src/clock.ts";

export interface GitPerson {
  readonly name: string;
  readonly email: string;
  /** With the author's own offset, as git stores it. */
  readonly date: string;
  /** The account GitHub maps the e-mail to. */
  readonly accountId: number | null;
}

export interface Commit {
  readonly type: "Commit";
  readonly sha: string;
  /** Null for commits that git knows nothing of. */
  readonly tree: string | null;
  readonly nodeId: string;
  readonly repositoryId: number;
  readonly message: string;
  readonly author: GitPerson;
  readonly committer: GitPerson;
  readonly parents: readonly string[];
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
  /** Of the files it changes; empty where nobody said which. */
  readonly paths: readonly string[];
  readonly viaWeb: boolean;
  readonly signature: Signature | null;
}

export interface Signature {
  readonly type: "GpgSignature" | "SshSignature";
  readonly key: string;
  /** How GitHub names the key that verified it; the text itself where nobody said. */
  readonly keyName?: string;
  readonly valid: boolean;
  readonly byGitHub: boolean;
  readonly signerId: number | null;
  readonly verifiedAt: Instant | null;
}
