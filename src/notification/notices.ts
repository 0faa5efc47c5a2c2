import type { AccessAudit } from "../access/audit.ts";
import { type AuditHead, headOf } from "../access/audit-head.ts";
import type { AccessChanges } from "../access/compare-access.ts";
import { type ExposureDecision, newestDecisions } from "../access/exposure-decision.ts";
import type { Flag } from "../access/flag.ts";
import { isLongOpen } from "../access/lines/open-since.ts";
import { type Instant, plusDays } from "../clock.ts";
import { isUrgent } from "../decision/decide.ts";
import type { InstallationId } from "../ids.ts";
import type {
  Compared,
  DueNotice,
  EndingDecisions,
  FoundCode,
  OpenFlags,
  OpenPushes,
  TestNotice,
  UrgentNotice,
  WeeklyNotice,
} from "../job/notice.ts";

/** What every message needs besides its figures. */
export interface Occasion {
  /** 128 random bits, base64url. */
  readonly ref: string;
  readonly now: Instant;
  readonly organization: string;
  readonly installationId: InstallationId;
  /** Address of the private pages, without a slash at the end. */
  readonly publicUrl: string;
}

const headOfNotice = ({ ref, now, organization }: Occasion) => ({ id: `msg_${ref}`, madeAt: now, organization });

/**
 * The weekly audit in figures; null when nothing changed and nothing is open, for then there is nothing to say. The
 * first one has news, and so has one that could not be compared: nobody knows that nothing changed.
 */
export function weeklyNotice(
  occasion: Occasion,
  { audit, before, ...decided }: { readonly audit: AccessAudit; readonly before: AuditHead | null } & Decided,
): WeeklyNotice | null {
  const head = headOf(audit);
  const open = openFlags(decided.flags);
  const ending = endingBy(decided, { now: occasion.now, days: DAYS_BETWEEN_AUDITS });
  const changedRoles = audit.changes === null ? null : changedCount(audit.changes);
  const still = before !== null && audit.changes !== null && isStill(audit.changes) && sameFigures(head, before);
  const loosened = audit.changes?.guardsLoosened ?? null;
  const longOpen = audit.exposure.filter((line) => isLongOpen(line, occasion.now)).length;
  if (still && open.open === 0 && ending.count === 0 && longOpen === 0) return null;
  return {
    about: "weekly",
    ...headOfNotice(occasion),
    link: auditLink(occasion),
    writers: { now: head.writers, before: before?.writers ?? null },
    outside: compared(head.outside, before?.outside),
    dormant: compared(head.dormant, before?.dormant),
    changedRoles,
    ...(loosened !== null && { guardsLoosened: loosened.length }),
    notChecked: audit.notChecked.length,
    flags: open,
    longOpen,
    ending,
  };
}

const DAYS_BETWEEN_AUDITS = 7;

/** The day of a moment in UTC, YYYY-MM-DD. */
export const dayOf = (at: Instant): string => at.slice(0, 10);

const NONE_FOUND: FoundCode = { accounts: 0 };

/** What is said at once; null when no open flag is urgent any more, no pushes are open, and no code was found. */
export function urgentNotice(
  occasion: Occasion,
  {
    pushes,
    code = NONE_FOUND,
    ...waiting
  }: { readonly flags: readonly Flag[]; readonly pushes: OpenPushes; readonly code?: FoundCode },
): UrgentNotice | null {
  const flags = openFlags(waiting.flags);
  const has = { flags: flags.urgent > 0, pushes: pushes.alerts > 0, code: code.accounts > 0 };
  if (!has.flags && !has.pushes && !has.code) return null;
  const several = has.code || (has.flags && has.pushes);
  const link = several ? overviewLink : has.flags ? flagsLink : pushesLink;
  return {
    ...{ about: "urgent", ...headOfNotice(occasion), link: link(occasion), flags, pushes },
    ...(has.code && { code }),
  };
}

/** What people decided: about grants, and about standing exposure. */
interface Decided {
  readonly flags: readonly Flag[];
  /** Those that are not over. */
  readonly decisions: readonly ExposureDecision[];
}

/** Decisions that end today; null for none. */
export function dueNotice(occasion: Occasion, decided: Decided): DueNotice | null {
  const today = { now: occasion.now, days: 1 };
  const ending = endingBy(decided, today);
  if (ending.count === 0) return null;
  const ofFlags = endingBy({ ...decided, decisions: [] }, today).count > 0;
  return {
    ...{ about: "due", ...headOfNotice(occasion), ending },
    link: ofFlags ? flagsLink(occasion) : auditLink(occasion),
  };
}

const auditLink = ({ publicUrl, installationId }: Occasion): string => `${publicUrl}/orgs/${installationId}/audit`;
const overviewLink = ({ publicUrl, installationId }: Occasion): string => `${publicUrl}/orgs/${installationId}`;
const pushesLink = (occasion: Occasion): string => `${overviewLink(occasion)}/pushes`;
const flagsLink = ({ publicUrl, installationId }: Occasion): string => `${publicUrl}/orgs/${installationId}/flags`;

/** What `sallyport notify test` sends; its organisation may be no single one. */
export const testNotice = (occasion: Omit<Occasion, "installationId">): TestNotice => ({
  ...{ about: "test", id: `msg_${occasion.ref}`, madeAt: occasion.now, organization: occasion.organization },
  link: `${occasion.publicUrl}/`,
});

function openFlags(flags: readonly Flag[]): OpenFlags {
  const open = flags.filter(({ state }) => state.kind === "open");
  const oldestAt = open.map(({ raisedAt }) => raisedAt).sort()[0] ?? null;
  return { open: open.length, urgent: open.filter(isUrgent).length, oldestAt };
}

/** Of access that is kept until a day, what ends within so many days from now, today being the first. */
function endingBy(
  { flags, decisions }: Decided,
  { now, days }: { readonly now: Instant; readonly days: number },
): EndingDecisions {
  const [today, end] = [dayOf(now), dayOf(plusDays(now, days))];
  const ofGrants = flags.flatMap(({ state }) => (state.kind === "acknowledged" && state.until ? [state.until] : []));
  const ofLines = [...newestDecisions(decisions).values()].filter(({ outcome }) => outcome === "keep");
  const lastDays = [...ofGrants, ...ofLines.map(({ until }) => until)]
    .map((until) => dayOf(plusDays(until, -1)))
    .filter((day) => day >= today && day < end)
    .sort();
  return { count: lastDays.length, firstDay: lastDays[0] ?? null };
}

const compared = (now: number | null, before: number | null | undefined): Compared | null =>
  now === null ? null : { now, before: before ?? null };

/** What nobody could look at has not changed. */
const sameFigures = (head: AuditHead, before: AuditHead): boolean =>
  [
    [head.writers, before.writers],
    [head.outside, before.outside],
    [head.dormant, before.dormant],
  ].every(([now, then]) => now === then || now === null || then === null);

function changedCount({ added, removed, changed, unlisted }: AccessChanges): number {
  const listed = added.length + removed.length + changed.length;
  return listed + unlisted.added + unlisted.removed + unlisted.changed;
}

/** Rules too; ownership and membership change without a role that does where nobody has a repository yet. */
function isStill(changes: AccessChanges): boolean {
  const { newOwners, lostOwners, newMembers, leftMembers, guardsLoosened } = changes;
  const moved = [newOwners, lostOwners, newMembers, leftMembers, guardsLoosened].some(
    (found) => found !== null && found.length > 0,
  );
  return changedCount(changes) === 0 && !moved;
}
