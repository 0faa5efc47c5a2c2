import { assess } from "../assessment/assess.ts";
import type { Assessment } from "../assessment/assessment.ts";
import { decide } from "../decision/decide.ts";
import { wantsDeepScan, withoutHistories } from "../decision/deep-scan.ts";
import type { Dossier } from "../dossier/dossier.ts";
import { type Role, roleRank } from "../dossier/role.ts";
import { anyMatchesGlob } from "../policy/glob.ts";
import type { Policy } from "../policy/policy.ts";
import { planPublication } from "../publication/plan.ts";
import { rulesOf } from "./steps/make-report.ts";

/** One account or pull request as it was looked at once. */
export interface Recorded {
  readonly assessment: Assessment;
  /** Null where only the assessment was kept: then it stands as it is under every policy. */
  readonly dossier: Dossier | null;
  /** The strongest role the account held where it was looked at; null for none, or when nobody knows. */
  readonly role: Role | null;
}

/** The rules of one repository, and whether anything is written on GitHub. */
export interface RulesTried {
  readonly policy: Policy;
  readonly live: boolean;
}

/** What rules decide about one of them, in the order in which it is told. */
export const ASPECTS = [
  "account",
  "change",
  "access",
  "flag",
  "check_run",
  "change_findings",
  "label",
  "deep_scan",
] as const;
export type Aspect = (typeof ASPECTS)[number];

/** One value per aspect: a band, a level, `yes`, `no`, `not_assessed` or `not_known`. */
export type Consequences = Readonly<Record<Aspect, string>>;

/**
 * What today's engine and these rules make of it. Pure, about as fast as an assessment. Whether a pull request was its
 * author's first one here is not in a dossier, and follows only where the account has no other in that place.
 */
export function underPolicy(recorded: Recorded, { policy, live }: RulesTried): Consequences {
  const { dossier, role } = recorded;
  const assessment = dossier ? assess(dossier, rulesOf(policy)) : recorded.assessment;
  const isPullRequest = bringsChange(recorded);
  const { accountId } = assessment.subject;
  // Grants are looked at whoever holds them; a bot is skipped by its pull requests alone.
  const isSkipped = isPullRequest && accountId !== null && policy.triage.skip_bots.includes(accountId);
  const check_run = word(isPullRequest && plan({ policy, live }, NO_CRITERION).sealedCheck);
  if (isSkipped) return { ...NOT_ASSESSED, check_run };
  const { changeFindings } = plan({ policy, live }, NO_CRITERION);
  const { flag } = decide(assessment, { grantedRole: role, accessOnly: !isPullRequest });
  return {
    account: assessment.persona.band,
    change: assessment.change.level,
    access: assessment.access.level,
    flag: word(flag || (dossier || role ? false : null)),
    check_run,
    change_findings: word(isPullRequest && changeFindings),
    label: word(isPullRequest && isLabelled(dossier, { policy, live })),
    deep_scan: word(dossier && isScanned(dossier, { role, isPullRequest, policy })),
  };
}

/** The strongest role that a dossier itself says its account holds; null when it says none. */
export function roleIn({ sections }: Dossier): Role | null {
  const grant = sections["access.grant"];
  if (grant.state === "present") return grant.value.role;
  const grants = sections["access.grants"];
  const roles = grants.state === "present" ? grants.value.grants.map(({ role }) => role) : [];
  return roles.toSorted((a, b) => roleRank(b) - roleRank(a))[0] ?? null;
}

/** What is written of everybody or of nobody. */
const NO_CRITERION: Criteria = { firstHere: false, touchesSensitivePath: false };
const NOT_KNOWN = "not_known";
const NOT_ASSESSED = {
  account: "not_assessed",
  change: "not_assessed",
  access: "not_assessed",
  flag: "no",
  change_findings: "no",
  label: "no",
  deep_scan: "no",
} as const;

const word = (answer: boolean | null): string => (answer === null ? NOT_KNOWN : answer ? "yes" : "no");

function bringsChange({ assessment, dossier }: Recorded): boolean {
  const files = dossier?.sections["change.files"];
  return files ? !isUnasked(files) : assessment.change.level !== "unknown";
}

const isUnasked = (section: Dossier["sections"]["change.files"]): boolean =>
  section.state === "unavailable" && section.reason === "not_requested";

interface Criteria {
  readonly firstHere: boolean;
  readonly touchesSensitivePath: boolean;
}

const plan = ({ policy, live }: RulesTried, { firstHere, touchesSensitivePath }: Criteria) =>
  planPublication({
    live,
    publication: policy.publication,
    openedHereCount: firstHere ? 1 : null,
    touchesSensitivePath,
  });

/** Null when it hangs on a criterion that nobody kept. */
function isLabelled(dossier: Dossier | null, rules: RulesTried): boolean | null {
  const { publication, triage } = rules.policy;
  if (publication.label.name === null) return false;
  const first = dossier ? isFirstHere(dossier) : null;
  const touches = publication.label.when.includes("sensitive_paths") ? touched(dossier, triage.sensitive_paths) : false;
  const known = { firstHere: first === true, touchesSensitivePath: touches === true };
  if (plan(rules, known).label !== null) return true;
  const atMost = { firstHere: true, touchesSensitivePath: touches !== false };
  return plan(rules, atMost).label === null ? false : null;
}

/** What the label's criterion sees is the first page of the change's paths. */
const PATHS_SEEN = 100;

function touched(dossier: Dossier | null, patterns: readonly string[]): boolean | null {
  const section = dossier?.sections["change.files"];
  if (section?.state !== "present") return null;
  const paths = section.value.files.slice(0, PATHS_SEEN).map(({ path }) => path);
  return anyMatchesGlob(paths, patterns);
}

/** True when all pull requests of the account are known and none other went to the owner of this one; else null. */
function isFirstHere({ sections }: Dossier): true | null {
  const opened = sections["account.pullRequests"];
  const change = sections["change.commits"];
  if (opened.state !== "present" || change.state !== "present") return null;
  const { recent, totalCount } = opened.value;
  const here = recent.find(({ createdAt }) => Date.parse(createdAt) === Date.parse(change.value.pullRequestCreatedAt));
  const isOnly = here && recent.filter(({ ownerNodeId }) => ownerNodeId === here.ownerNodeId).length === 1;
  return isOnly && recent.length === totalCount ? true : null;
}

/** Whether git would ask for the account's own repositories; null when it hangs on whether this was a first one here. */
function isScanned(
  dossier: Dossier,
  {
    role,
    isPullRequest,
    policy,
  }: { readonly role: Role | null; readonly isPullRequest: boolean; readonly policy: Policy },
): boolean | null {
  const unread = withoutHistories(dossier);
  const criteria = { when: policy.triage.deep_scan, role };
  const firstHere = isPullRequest ? isFirstHere(dossier) : false;
  if (wantsDeepScan(unread, { ...criteria, firstHere: firstHere === true })) return true;
  return firstHere === null && wantsDeepScan(unread, { ...criteria, firstHere: true }) ? null : false;
}
