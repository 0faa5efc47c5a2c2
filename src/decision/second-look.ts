import type { Assessment } from "../assessment/assessment.ts";
import { levelRank } from "../assessment/levels.ts";
import type { Owned } from "../change/formats/code-owners.ts";
import { pathName } from "../change/path-name.ts";
import { rankOf } from "../change/severity.ts";
import { listed } from "./advice.ts";

/** What is known of who looks after the files of a change. */
export type OwnersKnown =
  | {
      readonly state: "read";
      /** The CODEOWNERS file that counts. */
      readonly place: string;
      readonly owned: ReadonlyMap<string, Owned>;
      readonly badLines: readonly number[];
      readonly badCount: number;
      /** Code owners of the security policy, where a line is about it by name. */
      readonly security: readonly string[];
    }
  /** The repository has none, or it could not be read. */
  | { readonly state: "none" | "too_large" | "unread" };

/** Files of which a second look is wanted, gravest first; none below `medium`. */
export function pathsToLookAt({ change, findings }: Assessment): readonly string[] {
  if (levelRank(change.level) < MEDIUM) return [];
  const facts = findings
    .filter(({ axis, outcome }) => axis === "C" && outcome === "fired")
    .flatMap(({ severity, evidence }) =>
      evidence.map((each) => ({ ...each, rank: levelRank(each.severity ?? severity ?? "low") })),
    )
    .filter(({ rank }) => rank >= MEDIUM)
    .toSorted((a, b) => b.rank - a.rank);
  return [...new Set(facts.flatMap(({ place }) => (place ? [place.path] : [])))].slice(0, MAX_PATHS);
}

const MEDIUM = rankOf("medium");
const MAX_PATHS = 20;
/** Groups of owners that are named. */
const MAX_GROUPS = 3;

/**
 * Which second look is wanted, as sentences for maintainers: the code owners of what was found, and the security contact
 * where the change is critical. Whoever opened it gives no second look. Empty where nothing of the change asks for one.
 */
export function secondLook(
  assessment: Assessment,
  known: OwnersKnown,
  { openedBy }: { readonly openedBy: string },
): readonly string[] {
  if (levelRank(assessment.change.level) < MEDIUM) return [];
  const isOpener = (owner: string): boolean => owner.toLowerCase() === `@${openedBy.toLowerCase()}`;
  const security = known.state === "read" ? known.security.filter((owner) => !isOpener(owner)) : [];
  return [
    ...ownersSentences(pathsToLookAt(assessment), known, isOpener),
    ...(assessment.change.level === "critical" && security.length > 0
      ? [`Security contact: ${listed(security)} (code owner of the security policy).`]
      : []),
    ...(known.state === "read" && known.badCount > 0 ? [badSentence(known)] : []),
  ];
}

function ownersSentences(
  paths: readonly string[],
  known: OwnersKnown,
  isOpener: (owner: string) => boolean,
): readonly string[] {
  if (paths.length === 0) return [];
  const names = (some: readonly string[]): string => listed(some.map(pathName));
  if (known.state !== "read") return [`Second look wanted at ${names(paths)}. ${WITHOUT[known.state]}`];
  const groups = Map.groupBy(paths, (path) => ownersOf(known.owned.get(path) ?? null, isOpener));
  const sentences = [...groups].map(([owners, some]) => `Second look wanted at ${names(some)}: ${owners}.`);
  const rest = sentences.length - MAX_GROUPS;
  return rest > 0
    ? [...sentences.slice(0, MAX_GROUPS), `And ${rest} more groups of files with other owners.`]
    : sentences;
}

const WITHOUT: Readonly<Record<Exclude<OwnersKnown["state"], "read">, string>> = {
  none: "The repository names no code owners.",
  too_large: "Its CODEOWNERS is larger than GitHub reads (3 MB), so nobody is asked by it.",
  unread: "Its CODEOWNERS could not be read.",
};

function ownersOf(owned: Owned, isOpener: (owner: string) => boolean): string {
  if (owned === "unknown") return "whose code owner could not be told";
  if (owned === null || owned.owners.length === 0) return "no code owner is named for it";
  const others = owned.owners.filter((owner) => !isOpener(owner));
  return others.length === 0 ? "its only code owner opened the change" : `code owner ${listed(others)}`;
}

const badSentence = ({ place, badLines, badCount }: OwnersKnown & { readonly state: "read" }): string =>
  badCount === 1
    ? `GitHub skips line ${badLines[0]} of ${place}.`
    : `GitHub skips ${badCount} lines of ${place}: ${listed(badLines.map(String))}.`;
