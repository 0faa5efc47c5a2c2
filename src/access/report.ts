import { SEVERITIES, type Severity } from "../change/severity.ts";
import { atOnce, type Steps } from "../slices.ts";
import type { AccessAudit, AuditedAccount, AuditFlag } from "./audit.ts";
import { mayHideRoles, unlisted } from "./beside-grants/gaps.ts";
import { writingBeside } from "./beside-grants/words.ts";
import { compareSteps } from "./compare-access.ts";
import {
  type EffectiveAccess,
  effectiveAccess,
  effectiveSteps,
  type Held,
  type Holder,
  LISTED_EVERYWHERE_ROWS,
} from "./effective.ts";
import { bySeverity, type Dormancy, standingExposure, useOf } from "./exposure.ts";
import { type ExposureDecision, isOpen, withDecisions } from "./exposure-decision.ts";
import type { Flag } from "./flag.ts";
import { type AccessSnapshot, type NotChecked, ROLES_BEYOND } from "./grant.ts";
import { compareInvitations } from "./invitation.ts";
import { type AccountKey, keyOf, type RepositoryKey } from "./keys.ts";
import { bypassesUsed } from "./lines/bypass-used.ts";
import { declaredMismatch } from "./lines/declared-mismatch.ts";
import { dueLooks } from "./lines/due-look.ts";
import { expiredGrants, type GrantRecord } from "./lines/grant-record.ts";
import { type Given, notAsked } from "./lines/not-asked.ts";
import { type EarlierLines, withOpenSince } from "./lines/open-since.ts";
import { guardsNotCompared } from "./reach/guards-loosened.ts";
import { summarize } from "./summary.ts";
import { compareIds, compareText } from "./text-order.ts";

/** What an audit may know besides the snapshot; null means nobody looked, which the report then says. */
export interface AuditContext extends Dormancy, Given {
  readonly previous: AccessSnapshot | null;
  readonly flags: readonly Flag[] | null;
  /** What people decided about standing exposure, newest first; left out where nobody keeps that. */
  readonly decisions?: readonly ExposureDecision[];
  /** What the audit before saw, null for the first one; left out where nobody keeps audits. */
  readonly earlier?: EarlierLines | null;
  /** Who gave which grant and until when it should stand; left out where nobody keeps that. */
  readonly ledger?: readonly GrantRecord[];
  /** Months after which whoever holds maintain or admin is asked about again; left out for never. */
  readonly recertifyMonths?: number | null;
}

/** The access audit of one snapshot; the same input gives the same bytes. */
export const auditReport = (snapshot: AccessSnapshot, context: AuditContext): AccessAudit =>
  atOnce(auditSteps(effectiveAccess(snapshot), context));

/** The same in steps, for whoever shares the loop. */
export function* auditSteps(access: EffectiveAccess, context: AuditContext): Steps<AccessAudit> {
  const { snapshot } = access;
  const accounts = yield* auditedAccounts(access);
  const previous = comparable(snapshot, context.previous);
  const listedGrants = accounts.reduce((sum, { effective }) => sum + effective.length, 0);
  const flags = (context.flags ?? [])
    .map(auditFlag)
    .sort((a, b) => compareText(a.raisedAt, b.raisedAt) || compareText(a.id, b.id));
  const summary = yield* summarize(access);
  const earlier = previous && (yield* effectiveSteps(previous));
  const changes = earlier && (yield* compareSteps(earlier, access));
  const { takenAt } = snapshot;
  const { declarations = [], ruleSuites = [], earlier: earlierLines } = context;
  const asked = [...bypassesUsed(access, ruleSuites), ...declaredMismatch(access, declarations)];
  const expired = yield* expiredGrants(access, { ledger: context.ledger ?? [], now: takenAt });
  const due = yield* dueLooks(access, { everyMonths: context.recertifyMonths ?? null, lastActs: context.lastActs });
  const found = bySeverity([...(yield* standingExposure(access, context)), ...asked, ...expired, ...due]);
  const standing = yield* withDecisions(found, {
    ...{ decisions: context.decisions ?? [], seenAt: takenAt, now: takenAt },
  });
  const exposure =
    earlierLines === undefined ? standing : yield* withOpenSince(standing, { earlier: earlierLines, takenAt });
  const beside = writingBeside(snapshot);
  const gaps = yield* notChecked(access, context);
  const named = yield* labels(snapshot, context.previous);
  return {
    schema: "sallyport.audit/1",
    organization: snapshot.organization,
    takenAt,
    summary: { ...summary, listedGrants },
    accounts,
    changes,
    exposure,
    flags,
    invitations: snapshot.invitations?.toSorted(compareInvitations) ?? null,
    ...(Object.keys(beside).length > 0 && { beside }),
    notChecked: [
      ...gaps,
      ...(earlier ? guardsNotCompared(earlier, access) : context.previous === null ? [] : [CHANGES_NOT_CHECKED]),
    ],
    labels: named,
  };
}

/** In `notChecked` when there was an earlier snapshot and `changes` is null all the same. */
export const CHANGES_NOT_CHECKED: NotChecked = {
  what: "changes since the last audit",
  because: "the two snapshots may not hold the same parts of the organisation",
  opensWith: null,
};

/**
 * The earlier snapshot, when what it shows was shown this time too and neither was cut; else what is left out now would
 * read as access that was taken away, and what was left out then as new. A file without `notChecked` says nothing about
 * its gaps.
 */
export function comparable(snapshot: AccessSnapshot, previous: AccessSnapshot | null): AccessSnapshot | null {
  if (!previous?.notChecked || !snapshot.notChecked) return previous;
  const [then, now] = [rolesAmong(previous.notChecked).sort(), rolesAmong(snapshot.notChecked).sort()];
  return then.join() === now.join() && !now.includes(ROLES_BEYOND) ? previous : null;
}

/** Whoever is only invited holds no role that could read as given or taken, and rules give none. */
const rolesAmong = (gaps: readonly NotChecked[]): string[] =>
  gaps.filter((gap) => gap.what !== INVITATIONS_NOT_CHECKED.what && mayHideRoles(gap)).map(({ what }) => what);

/** The most severe thing that stands open undecided or waits for a decision; null when there is nothing. */
export function auditLevel({ exposure, flags }: AccessAudit): Severity | null {
  const levels = exposure.filter(isOpen).map(({ level }) => level);
  if (flags.some(({ state }) => state === "open")) levels.push(FLAG_LEVEL);
  return SEVERITIES.findLast((severity) => levels.includes(severity)) ?? null;
}

/** A flag is write access meeting P >= review: an access review is due. */
const FLAG_LEVEL: Severity = "high";

function* auditedAccounts(access: EffectiveAccess): Steps<readonly AuditedAccount[]> {
  const holders = [...access.holders.values()];
  const everywhereRows = holders.reduce(
    (sum, { everywhere, pairs }) => sum + (everywhere === null ? 0 : access.active.size - pairs.size),
    0,
  );
  const listed = everywhereRows <= LISTED_EVERYWHERE_ROWS;
  const known = new Map(access.snapshot.accounts.map((account) => [account.id, account]));
  const audited: AuditedAccount[] = [];
  for (const holder of holders) {
    const account = known.get(holder.account);
    const everywhere = listed && holder.everywhere !== null;
    if (account) audited.push(auditedAccount(account, holder, everywhere ? access.active.keys() : holder.pairs.keys()));
    yield;
  }
  return audited;
}

type Account = AccessSnapshot["accounts"][number];

function auditedAccount(
  { id, login, kind }: Account,
  holder: Holder,
  repositories: Iterable<RepositoryKey>,
): AuditedAccount {
  return {
    account: id,
    login,
    kind,
    standing: holder.standing,
    everywhere: holder.everywhere === null ? null : shown(holder.everywhere),
    effective: [...repositories].flatMap((repository) => {
      const held = holder.pairs.get(repository) ?? holder.everywhere;
      return held === null ? [] : [{ repository, ...shown(held) }];
    }),
  };
}

const shown = ({ role, sources }: Held): NonNullable<AuditedAccount["everywhere"]> => ({
  role,
  via: sources.map(({ source }) => source),
});

const auditFlag = (flag: Flag): AuditFlag => ({
  id: flag.id,
  account: keyOf(flag.accountId),
  login: flag.login,
  repository: keyOf(flag.repositoryId),
  repositoryName: flag.repositoryName,
  role: flag.role,
  via: flag.via,
  because: flag.because,
  raisedAt: flag.raisedAt,
  state: flag.state.kind,
});

function* notChecked(access: EffectiveAccess, context: AuditContext): Steps<readonly NotChecked[]> {
  const { snapshot } = access;
  const { flags, lastActs } = context;
  const said = snapshot.notChecked ?? unlisted(snapshot);
  const saysInvitations = snapshot.invitations || said.some(({ what }) => what === INVITATIONS_NOT_CHECKED.what);
  const use = lastActs === null ? [NO_LAST_ACTS] : yield* unknownUse(access, context);
  return [
    ...(saysInvitations ? [] : [INVITATIONS_NOT_CHECKED]),
    ...said,
    ...use,
    ...notAsked(access, context),
    ...(flags === null ? [NO_FLAGS] : []),
  ];
}

/** Write holders of whom nobody can say whether they use it, one line per reason. */
function* unknownUse(access: EffectiveAccess, context: AuditContext): Steps<readonly NotChecked[]> {
  const counts = new Map<string, number>();
  for (const holder of access.holders.values()) {
    const use = useOf(holder, access, context);
    if (use.state === "unknown") counts.set(use.because, (counts.get(use.because) ?? 0) + 1);
    yield;
  }
  return [...counts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([because, count]) => ({
      what: `${NO_LAST_ACTS.what} of ${count} ${count === 1 ? "account" : "accounts"}`,
      because,
      opensWith: null,
    }));
}

/** A collector that looked says so itself, in the same words. */
const INVITATIONS_NOT_CHECKED: NotChecked = {
  what: "invitations to the organisation",
  because: "the snapshot does not hold them",
  opensWith: "Members: read",
};
const NO_LAST_ACTS: NotChecked = {
  what: "dormant write",
  because: "nobody asked when each account last acted here",
  opensWith: null,
};
const NO_FLAGS: NotChecked = {
  what: "flags and decisions",
  because: "they are kept by the running app, not in a snapshot",
  opensWith: null,
};

function* labels(snapshot: AccessSnapshot, previous: AccessSnapshot | null): Steps<AccessAudit["labels"]> {
  // The newer name wins: it is written over the older one.
  const accounts = new Map<AccountKey, AccessAudit["labels"]["accounts"][number]>();
  for (const { id, login } of [...(previous?.accounts ?? []), ...snapshot.accounts]) {
    accounts.set(id, { id, login });
    yield;
  }
  const repositories = new Map(
    [...(previous?.repositories ?? []), ...snapshot.repositories].map((known) => [known.id, known]),
  );
  yield;
  return {
    accounts: [...accounts.values()].sort((a, b) => compareIds(a.id, b.id)),
    repositories: [...repositories.values()].sort((a, b) => compareIds(a.id, b.id)),
  };
}
