import type { Level } from "../assessment/assessment.ts";
import type { Severity } from "../change/severity.ts";
import type { Via } from "../dossier/role.ts";
import type { ScanSummary } from "../history/traces/scan.ts";
import type { JobKind } from "../job/job.ts";

export { UNAVAILABLE_REASONS as REASON_WORDS } from "../absence.ts";
export { BAND_WORDS, SECTION_WORDS, TIER_WORDS, unknownWords, wasNotAsked } from "../assessment/words.ts";

/** How soon somebody has to act. The only thing colour stands for. */
export type Urgency = "none" | "soon" | "now";

/** Urgency of the work a level of the change causes. */
export const CHANGE_URGENCY: Readonly<Record<Severity | "unknown", Urgency>> = {
  low: "none",
  medium: "none",
  high: "soon",
  critical: "now",
  unknown: "none",
};

/** A level as pages say it: what was not seen may be worse than what was. */
export const levelWords = ({ level, complete }: Level): string =>
  complete === false && level !== "unknown" ? `${level} in what was read` : level;

const wordsOf = (words: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(words, key) ? words[key] : undefined;

/** Why a repository's history was not read, as the end of "skipped:". */
export const SKIPPED_WORDS: Readonly<Record<NonNullable<ScanSummary["repositories"][number]["because"]>, string>> = {
  too_large: "larger than what is read",
  timeout: "took too long",
  unreachable: "could not be reached",
  empty: "holds no commits",
  incomplete: "GitHub's API does not give it as git has it",
};

/** What work does, as the title of a row; the kind as it is when an earlier release knew it. */
export const jobWords = (kind: string): string => wordsOf(JOB_WORDS, kind) ?? kind;

const JOB_WORDS: Readonly<Record<JobKind, string>> = {
  "triage-pull-request": "Reading a pull request",
  "judge-push": "Judging a push",
  "assess-collaborator": "Looking at an account that was given access",
  "assess-holder": "Looking at an account that holds write",
  "look-again": "Looking again at an account that something was said about",
  "publish-sealed-check": "Writing the sealed check run",
  "label-pull-request": "Putting the label on a pull request",
  "publish-change-findings": "Writing findings of a diff beside its lines",
  "close-pull-request": "Closing the reports of a pull request",
  "rerun-head": "Reading a commit again",
  "mark-reviewed": "Marking a report reviewed",
  "withdraw-grant": "Closing what belongs to access that is gone",
  "reseal-repository": "Writing the check runs of a repository anew",
  "rename-repository": "Taking over a repository's new name",
  "deep-scan-account": "Reading an account's own repositories",
  "read-histories": "Reading histories for a pull request",
  "follow-access": "Asking what became of somebody's access",
  "assess-invited": "Looking at an account that was invited",
  "note-rule-change": "Noting that rules or keys were changed",
  "audit-organization": "Taking the access audit",
  "sweep-installation": "Going through the organisation",
  "bootstrap-installation": "Going through the open pull requests after installing",
  "set-installation-paused": "Pausing or going on with the organisation",
  "purge-installation": "Erasing what was kept of the organisation",
  "forget-repositories": "Erasing what was kept of repositories",
  "announce-flags": "Telling about grants and pushes to decide on",
  "send-notice": "Sending a message",
  "end-sessions": "Signing an account out",
  "reconcile-deliveries": "Comparing with GitHub's log of deliveries",
  "announce-deadlines": "Telling about deadlines",
  "sweep-retention": "Deleting what is past its time",
};

/** How a role is held, as a person would have to look for it. */
export const VIA_WORDS: Readonly<Record<Via, string>> = {
  direct: "granted directly",
  outside: "as an outside collaborator",
  team: "through a team",
  owner: "as an owner of the organisation",
  base: "by the organisation's base permission",
  organization_role: "by an organisation role",
};

/** `1 finding`, `2 findings`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;

/** The text with its first letter in upper case. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
