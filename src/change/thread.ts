/** What a comment on a pull request presses for. */
export const PRESSED_FOR = ["merge", "hurry", "hand_over"] as const;
export type PressedFor = (typeof PRESSED_FOR)[number];

/** Comments of accounts count together that are not further apart. */
export const PRESSURE_HOURS = 72;

/**
 * What is pressed for in the conversation of a pull request, by accounts without a tie to its repository. Which accounts
 * these are and what they wrote stands nowhere here: third parties can write whatever they like.
 */
export interface ChangeThread {
  readonly pressing: readonly Pressing[];
  /** Comments of such accounts beyond those that were read. */
  readonly unread: number;
}

/** One account, by no name or number. */
export interface Pressing {
  /** Public comments, issues, pull requests and own repositories before these; null where GitHub would not tell. */
  readonly priorActs: number | null;
  /** Oldest first. */
  readonly comments: readonly {
    /** By GitHub's clock. */
    readonly at: string;
    /** Where it stands on GitHub. */
    readonly link: string;
    readonly pressesFor: readonly PressedFor[];
  }[];
}
