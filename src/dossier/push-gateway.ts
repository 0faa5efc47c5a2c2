import type { Fetched } from "../absence.ts";
import type { ChangeFiles, ChangePush } from "../change/change.ts";
import type { Authorship } from "../change/signatures.ts";
import type { RepositoryAddress } from "../ids.ts";
import type { DossierGateway } from "./gateway.ts";

/** What judging a push asks of GitHub. Every method names its cost in requests. */
export interface PushGateway extends Pick<DossierGateway, "headFiles" | "signedBefore"> {
  /** Branches that merged pull requests brought the commit to, 1 request; empty when none did. */
  mergedInto(input: {
    readonly repository: RepositoryAddress;
    readonly sha: string;
  }): Promise<Fetched<readonly string[]>>;
  /** What is in `head` and not in `base`, both commits or branches, 1 request; of more than 300 files the first. */
  compared(input: {
    readonly repository: RepositoryAddress;
    readonly base: string;
    readonly head: string;
  }): Promise<Fetched<Comparison>>;
  /** How the latest commits up to this one, or the head of this branch, came, 1 request. */
  earlierCommits(input: {
    readonly repository: RepositoryAddress;
    readonly before: string;
  }): Promise<Fetched<NonNullable<ChangePush["earlier"]>>>;
}

export interface Comparison {
  readonly files: ChangeFiles;
  /** First lines of the messages, of the first hundred commits. */
  readonly commitSubjects: readonly string[];
  readonly commitCount: number;
  /** Of the same commits those that say who made them when, oldest first. */
  readonly commits: readonly Authorship[];
  /** Node ids of the accounts that they name as authors, by number. */
  readonly authorNodeIds: ReadonlyMap<number, string>;
}
