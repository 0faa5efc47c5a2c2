import type { Instant } from "../clock.ts";

/**
 * What the account itself wrote in public repositories of others (tier PL), newest first, as far as the one question
 * about an account lists it: at most 100 pull requests, 50 issues and 50 comments. No text, name or address is kept. Of a
 * text that somebody else edited only that it was opened stands here, because nobody can tell who wrote which words.
 */
export interface AccountTexts {
  readonly texts: readonly PublicText[];
}

/** What a text says of itself, by listed phrases and forms; in the writer's own words, not in those it quotes. */
export const TEXT_MARKS = ["asks_for_access", "claims", "bounty", "campaign", "automation"] as const;
export type TextMark = (typeof TEXT_MARKS)[number];

export const TEXT_KINDS = ["pull_request", "issue", "comment"] as const;
export const OUTCOMES = ["open", "merged", "closed", "not_planned", "duplicate"] as const;

/** One pull request, issue or comment. What does not hold of most is left out where it does not hold. */
export interface PublicText {
  readonly kind: (typeof TEXT_KINDS)[number];
  readonly at: Instant;
  readonly ownerNodeId: string;
  readonly repositoryNodeId: string;
  /** Stars of the repository now. */
  readonly stars: number;
  /** GitHub names the account an owner, a member or a collaborator there. */
  readonly insider?: true;
  /** The same number: nearly the same title and text, whatever repository they name. Absent where it is like no other. */
  readonly alike?: number;
  readonly marks?: readonly TextMark[];
  /** Ways to reach or to pay the writer; the same number is the same way. */
  readonly contacts?: readonly number[];
  /** Repositories of the account that it links, forks left out; the same number is the same repository. */
  readonly own?: readonly { readonly repository: number; readonly createdAt: Instant; readonly stars: number }[];
  /** Merged pull requests of the account at other owners that it links. */
  readonly cites?: number;
  /** How it ended; absent for comments. */
  readonly outcome?: (typeof OUTCOMES)[number];
  /** When it ended; absent while it is open. */
  readonly closedAt?: Instant;
}
