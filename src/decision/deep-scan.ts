import type { Assessment } from "../assessment/assessment.ts";
import { bandRank } from "../assessment/bands.ts";
import { isChangeAtLeast } from "../assessment/levels.ts";
import { type Dossier, dossier as makeDossier, unavailable } from "../dossier/dossier.ts";
import { canWrite, type Role } from "../dossier/role.ts";
import type { DeepScan } from "../policy/policy.ts";

/** What anybody concerned knows: neither an assessment nor a finding can be passed in. */
export interface ScanCriteria {
  readonly when: DeepScan;
  /** The strongest role that the account holds here or is given; null for none. */
  readonly role: Role | null;
  /** The pull request is the account's first one here. */
  readonly firstHere: boolean;
}

/**
 * Whether git asks for the account's own repositories. GitHub shows every owner the clones of his repositories day by
 * day, so this follows from public criteria alone: a first contribution, or write access held or given. Who was found
 * notable is not asked more, nor more often, than anybody else. False once git has read them: what the API was asked
 * follows from findings, so it counts for nothing here.
 */
export function wantsDeepScan(dossier: Dossier, { when, role, firstHere }: ScanCriteria): boolean {
  const scan = dossier.sections["history.scan"];
  if (!isReadable(dossier, when) || (scan.state === "present" && scan.value.by !== "api")) return false;
  return when === "always" || firstHere || (role !== null && canWrite(role));
}

/**
 * Whether the API is asked for the histories, where git is not: the band is at least `note` or the change is grave, so
 * that more must be known. What others said about it is no reason. GitHub shows nobody what the API reads. False once
 * either has read them.
 */
export function needsHistories(
  dossier: Dossier,
  { persona, findings }: Pick<Assessment, "persona" | "findings">,
  { when }: Pick<ScanCriteria, "when">,
): boolean {
  if (!isReadable(dossier, when) || dossier.sections["history.scan"].state === "present") return false;
  return bandRank(persona.band) >= bandRank("note") || isChangeAtLeast(findings, "high");
}

/** The dossier as if neither had read them, for asking what another policy would have led to. */
export const withoutHistories = ({ asOf, subject, sections }: Dossier): Dossier =>
  makeDossier({ asOf, subject }, { ...sections, "history.scan": unavailable("not_requested") });

const isReadable = ({ subject }: Dossier, when: DeepScan): boolean =>
  when !== "never" && subject.kind === "user" && subject.accountId !== null;
