import type { SectionTypes } from "../dossier/facts.ts";
import { ringAround } from "./merge-graph.ts";

/** What ties are looked for in; `tiesOf` answers `null` for a kind whose section is missing. */
export const TIE_SECTIONS = ["network.ties", "history.scan"] as const;

type Given = Partial<Pick<SectionTypes, (typeof TIE_SECTIONS)[number]>>;

/** One way in which two accounts hang together; each stands for itself. */
interface TieKind {
  /** As the end of "accounts that". */
  readonly words: string;
  /** Accounts that hang together with the subject so; null where nobody could look. */
  readonly of: (given: Given, subject: number) => ReadonlySet<number> | null;
}

/**
 * Ties that both sides had to bring about, a kind a line. What one of the two could make alone (a follower, a copy of the
 * other's repository, an address on a commit) is none.
 */
const KINDS: readonly TieKind[] = [
  {
    words: "merge its pull requests and are merged in one small ring with it",
    of: ({ "network.ties": ties }, subject) =>
      ties === undefined ? null : (ringAround(ties, subject)?.memberIds ?? NOBODY),
  },
  {
    words: "published the same repository before it did",
    of: ({ "history.scan": scan }) =>
      scan?.shared ? new Set(scan.shared.flatMap(({ earlierIds }) => earlierIds)) : null,
  },
];

const NOBODY: ReadonlySet<number> = new Set();

interface Ties {
  /** Words of the kinds by which each account hangs together with the subject. */
  readonly kindsOf: (account: number) => readonly string[];
  /** How many kinds could be looked for. */
  readonly looked: number;
}

export function tiesOf(given: Given, subject: number): Ties {
  const found = KINDS.map(({ words, of }) => ({ words, ids: of(given, subject) }));
  return {
    kindsOf: (account) =>
      account === subject ? [] : found.flatMap(({ words, ids }) => (ids?.has(account) ? [words] : [])),
    looked: found.filter(({ ids }) => ids !== null).length,
  };
}
