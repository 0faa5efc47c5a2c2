import { UNAVAILABLE_REASONS } from "../absence.ts";
import type { SectionName } from "../dossier/facts.ts";
import type { Tier } from "../signals/signal.ts";
import type { Assessment, Band, LeadingLabel } from "./assessment.ts";
import { bandRank } from "./bands.ts";

/** The bands in words that invite to work: never a number, never a verdict. */
export const BAND_WORDS: Readonly<Record<Band, string>> = {
  none: "nothing notable",
  note: "worth knowing",
  review: "please look",
  elevated: "look before going on",
  high: "stop and look, two people",
  insufficient_evidence: "too little to say",
};

/** What would explain most of what was found. */
const LABEL_WORDS: Readonly<Record<NonNullable<LeadingLabel>, string>> = {
  fabricated_history: "a history that was made to look longer or larger than the work behind it",
  takeover: "an account that somebody else works under than before",
  shared_operator: "several accounts or identities in one hand",
  spam_automation: "contributions in bulk, or made by a program",
  compromise: "a machine or an account of its author that somebody else got hold of",
  shared_automation: "an account that several people or programs use",
};

/**
 * The leading explanation in a sentence; null where nothing leads, and where the account reads as nothing notable:
 * nobody is told what an ordinary account would be like. A critical change and a shared account are always told.
 */
export function leadWords({ label, persona }: Pick<Assessment, "label" | "persona">): string | null {
  if (label === null) return null;
  if (label === "compromise")
    return bandRank(persona.band) === 0
      ? `Nothing here speaks against the author: think of ${LABEL_WORDS[label]}.`
      : `Whatever else was found, think of ${LABEL_WORDS[label]} first.`;
  if (label === "shared_automation") return `What was found fits ${LABEL_WORDS[label]}.`;
  if (bandRank(persona.band) === 0) return null;
  return `Unless one of the innocent readings holds, what was found would fit ${LABEL_WORDS[label]}.`;
}

/** Who could have written a piece of evidence. */
export const TIER_WORDS: Readonly<Record<Tier, string>> = {
  PL: "recorded by GitHub",
  SC: "pushed by the account",
  SM_attested: "free text in commits the account pushed",
  SM: "free text in commits: whoever made them chose the dates and names",
  TP: "anybody could have written it, so it counts for nothing",
  EX: "on a list other people keep",
};

/** What a missing section would have shown. */
export const SECTION_WORDS: Readonly<Record<SectionName, string>> = {
  "change.files": "the changed lines",
  "change.commits": "the commits",
  "change.texts": "branch, title and commit subjects",
  "change.push": "how changes usually come to the branch",
  "change.thread": "what is said on the pull request",
  "change.signatures": "how the authors of its commits sign here",
  "account.profile": "when the account was made",
  "account.repositories": "the account's repositories",
  "account.pullRequests": "the account's pull requests",
  "account.activity": "public activity over the years",
  "account.texts": "what the account wrote elsewhere",
  "account.keys": "when signing keys were added",
  "account.snapshots": "what we saw of this account before",
  "access.grant": "the new grant",
  "access.lastGrant": "the last grant that was looked at here",
  "access.referrals": "whom the account let in here",
  "access.grants": "what the account can reach here",
  "access.recordHere": "the account's merged work here",
  "access.lastActivity": "the account's last activity here",
  "history.identity": "who made the commits of its own repositories",
  "history.dates": "the dates of those commits",
  "history.origin": "where those repositories come from",
  "history.continuity": "whether the work is in the same hands as before",
  "history.pictures": "when its commits were made",
  "history.scan": "the reading of its own repositories",
  "code.matches": "whether your own code stands in its public repositories",
  "account.years": "what GitHub dates in the years of its commits",
  "network.ties": "who merges its work",
  "intel.localList": "your own vouches and notes",
  "intel.matches": "the lists of others that you took in",
};

/**
 * Why a check could not tell, in words. The engine writes it as names, `section: reason` with commas between; sections
 * that are missing for one reason are said together. A sentence stays as it is.
 */
export function unknownWords(because: string): string {
  const byReason = new Map<string, string[]>();
  for (const pair of because.split(", ")) {
    const [section = "", reason = "", ...rest] = pair.split(": ");
    const [what, why] = [wordsOf(SECTION_WORDS, section), wordsOf(UNAVAILABLE_REASONS, reason)];
    if (what === undefined || why === undefined || rest.length > 0) return because;
    byReason.set(why, [...(byReason.get(why) ?? []), what]);
  }
  return [...byReason].map(([why, what]) => `${what.join(" and ")}: ${why}`).join("; ");
}

/** Whether a check could not tell because this kind of report does not ask for what it reads. */
export const wasNotAsked = (because: string): boolean =>
  because.split(", ").some((pair) => pair.endsWith(": not_requested"));

const wordsOf = (words: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(words, key) ? words[key] : undefined;
