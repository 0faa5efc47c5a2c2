import type { Assessment, Finding } from "../assessment/assessment.ts";
import { levelRank } from "../assessment/levels.ts";
import { pathName } from "../change/path-name.ts";
import { CATALOG } from "../signals/catalog.ts";
import type { Evidence } from "../signals/signal.ts";
import type { Action, Decision } from "./decision.ts";

interface Context {
  readonly grantedRole: string | null;
  readonly accessOnly?: boolean;
}

type Writer = (assessment: Assessment, context: Context) => readonly string[];

/** What each action says to a maintainer, in the order it should be done. */
const SENTENCES: Readonly<Record<Action, Writer>> = {
  tell_owners_of_our_code: () => [
    "Tell an owner today that private code of the organisation stands in a public repository: whether it was meant, who else can read what it belongs to, and which keys in it must be changed. Whoever has the account may not be who put it there.",
  ],
  silent: ({ change }, { accessOnly }) =>
    !change.complete && !accessOnly
      ? ["Review as usual; the change could not be read in full, so look at the files themselves."]
      : [],
  reviewer_hint: (assessment) => graveFindings(assessment).slice(0, MAX_PLACE_COUNT).map(hint),
  suggest_block_as_untrusted_code: (assessment) => [
    "Treat the change as untrusted code: do not open the branch in an editor, and let no workflow with secrets run on it.",
    `Ask the author about ${placesOf(assessment)}.`,
    ...(assessment.label === "compromise" ? [POSSIBLE_COMPROMISE] : []),
  ],
  private_note: (_, { accessOnly }) => [
    `Read the evidence below before you ${accessOnly ? "leave the access as it is" : "merge"}; it may well have an innocent reading.`,
  ],
  suggest_second_reviewer: () => ["Ask a code owner and a second reviewer to look."],
  suggest_security_contact: () => ["Tell your security contact before anything is run."],
  private_evidence_card: () => ["Read the evidence below with a second maintainer before going on."],
  access_review: () => ["Review the access: keep it with a reason, lower the role, or set an end date."],
  access_review_24h: ({ access }, { grantedRole }) => [
    `Review the access within a day: ${grantedRole ? `the account holds ${grantedRole} here` : `what it can reach is ${access.level}`}.`,
  ],
  standing_exposure: ({ findings }) =>
    findings.filter(({ axis, outcome }) => axis === "X" && outcome === "fired").map(({ signal }) => closesBy(signal)),
  suggest_hold_merge: () => ["Hold the merge until two maintainers have agreed."],
  incident_playbook: () => ["Work through the incident playbook; merge nothing until it is done."],
};

/** In place of any word about whoever sent it: what an infected machine sends looks like this, too. */
const POSSIBLE_COMPROMISE =
  "Possible compromise: a change like this can leave a machine or a session that somebody else controls. Ask on another channel than this pull request whether it was meant.";

/** What stands open, and how it is closed; an id that the catalogue no longer has by itself. */
function closesBy(signal: string): string {
  const known = CATALOG.find(({ id }) => id === signal);
  return known === undefined ? signal : `${known.title}. ${known.clears}`;
}

/** Sentences for "What to do", in order; empty when there is nothing to do. Names no person and says nothing of one. */
export function advise(actions: readonly Action[], assessment: Assessment, context: Context): Decision["advice"] {
  return actions.flatMap((action) => SENTENCES[action](assessment, context));
}

const MAX_PLACE_COUNT = 3;

/** The gravest places of the change, `path:line`, or what to look at when a finding has none. */
function placesOf(assessment: Assessment): string {
  return listed([...new Set(graveFindings(assessment).flatMap(namedPlaces))]);
}

function hint(finding: Finding): string {
  return `Look closely at ${listed(namedPlaces(finding))}: ${finding.evidence[0]?.fact ?? ""}`;
}

function graveFindings({ findings }: Assessment): readonly Finding[] {
  return findings
    .filter(({ axis, outcome }) => axis === "C" && outcome === "fired")
    .toSorted((a, b) => levelRank(b.severity ?? "low") - levelRank(a.severity ?? "low"));
}

/** The first three, and how many there are beside them. */
export function listed(places: readonly string[]): string {
  const rest = places.length - MAX_PLACE_COUNT;
  const shown = places.slice(0, MAX_PLACE_COUNT).join(", ");
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

function namedPlaces({ evidence, signal }: Finding): readonly string[] {
  const places = evidence.flatMap(({ place }) => (place ? [placeName(place)] : []));
  return places.length > 0 ? places : [WITHOUT_PLACE[signal] ?? "what was found in the change"];
}

const WITHOUT_PLACE: Readonly<Record<string, string>> = {
  "chg-bot-impersonation": "the commits that name an automation as their author",
  "chg-metadata-injection": "the branch name, title, commit subjects and file names",
};

const placeName = ({ path, line }: NonNullable<Evidence["place"]>): string => `${pathName(path)}:${line}`;
