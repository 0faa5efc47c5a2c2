import { checkedLines } from "../../access/audit-schema.ts";
import {
  type EffectiveAccess,
  effectiveRole,
  effectiveSteps,
  type Holder,
  writesAnywhere,
} from "../../access/effective.ts";
import type { LastActs } from "../../access/exposure.ts";
import { canWrite, isPersonal } from "../../access/grant.ts";
import { type AccountKey, keyOf } from "../../access/keys.ts";
import { leads } from "../../access/lines/due-look.ts";
import { stands } from "../../access/lines/grant-record.ts";
import { auditSteps, comparable } from "../../access/report.ts";
import { type Instant, plusDays } from "../../clock.ts";
import type { LastActivity } from "../../dossier/facts.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import type { Policy } from "../../policy/policy.ts";
import { inSlices, paced, type Steps } from "../../slices.ts";
import { type Resumed, resumeReading, unfinishedReading } from "../steps/audit-reading.ts";
import { closeIfGone } from "../steps/close-gone.ts";
import { withoutGoneRoles } from "../steps/confirm-lines.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN, type Tenancy } from "../steps/context.ts";
import { fileInvited } from "../steps/file-invited.ts";
import { fileHolders, joinKnown } from "../steps/join-holders.ts";
import { fileDigest } from "../steps/notify.ts";
import { readOrganisationPolicy } from "../steps/read-policy.ts";
import { auditKey, weeklySchedule } from "../steps/weekly-audit.ts";
import { fileNewGrants, newGrants } from "./sweep/file-new-grants.ts";

/** Accounts whose last act is asked for in one audit, 1 request each; the report says how many were left out. */
const MAX_LAST_ACTS = 100;
/** An audit this young is the one that was asked for: a job that comes again after it, or a policy that moved the day, makes no second one. */
const MIN_DAYS_BETWEEN = 1;
/** Assessments older than this are made again. */
const STALE_DAYS = 30;

/**
 * The weekly access audit: who can write where, what changed since the last one, which flags wait. Read-only.
 * Cost: about 170 requests for 1,000 repositories, 1 for each of at most 100 write holders, of at most 50 grants of
 * which no delivery told and of at most 50 people who were invited, 3 for each open flag whose grant is not seen any
 * more, and 2 for each of at most 25 lines about one role. What was read is kept until it is done, so that an audit that ends in the middle goes on where it was.
 */
export async function auditOrganizationFlow(context: FlowContext, job: JobOf<"audit-organization">): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const { tenant, installation } = tenancy;
  const now = context.clock.now();
  const [newest] = await tenant.auditHeads(1);
  const unfinished = await unfinishedReading(tenant, now);
  // The first one of a new installation is also asked for by a repeated delivery: once is enough.
  const isDone = newest !== undefined && (job.first || newest.takenAt > plusDays(now, -MIN_DAYS_BETWEEN));
  // Unless it was stored, and ended before that was told.
  if (isDone && newest.id !== unfinished?.id) return DONE;
  // What can fail comes before the audit is kept; a second try compares with last week all the same.
  const policy = await readOrganisationPolicy(context, tenancy);
  await keepSchedule(context, tenancy, policy);
  const reading = await resumeReading(context, tenancy);
  const comparedBy = plusDays(reading.startedAt, -MIN_DAYS_BETWEEN);
  const previous = await tenant.latestSnapshot(comparedBy);
  const snapshot = await reading.snapshot(installation.accountLogin);
  const access = await inSlices(effectiveSteps(snapshot));
  const holders = await inSlices(writeHolders(access));
  const recertifyMonths = policy.access.recertify_months;
  // Beside a name that is asked about stands what it did here last.
  const first = recertifyMonths === null ? [] : holders.filter(leads);
  const asked = new Set([...first, ...holders]);
  const lastActs = await lastActsOf(reading, { organization: installation.accountLogin, holders: [...asked] });
  const invited = await fileInvited(context, tenancy, snapshot);
  await closeFlagsOfGoneGrants(tenancy, { access, invited, now });
  const before = comparable(snapshot, previous);
  const found = before === null ? [] : await inSlices(newGrants(await inSlices(effectiveSteps(before)), access));
  const filed = await fileNewGrants(context, tenancy, { found, at: now });
  await assessOrFlag(context, tenancy, { access, holders: holders.filter(({ account }) => !filed.has(account)) });
  const flags = await tenant.flags("all");
  const dormantAfterDays = policy.access.dormant_after_days;
  const decisions = await tenant.exposureDecisions(now);
  const ledger = await tenant.grantRecords();
  const standing = ledger.filter((record) => stands(access, record));
  await tenant.grantsSeen(standing, now);
  const stored = await tenant.latestReport("without accounts");
  const earlier = stored && (await inSlices(checkedLines(stored.report)));
  const about = { previous, earlier, ledger, recertifyMonths, flags, decisions, lastActs, dormantAfterDays };
  const report = await withoutGoneRoles(tenancy, access, await inSlices(auditSteps(access, about)));
  const { id, startedAt: takenAt } = reading;
  if (newest?.id !== id) await tenant.saveAudit({ id, takenAt, snapshot, report });
  await fileDigest(context, tenancy, { ref: id, audit: report, flags, decisions, comparedBy });
  await tenant.endReading();
  context.log.info("audit.completed", {
    installation: installation.id,
    repositories: access.active.size,
    writers: report.summary.accountsWithWrite,
  });
  return DONE;
}

/** The policy may have moved the day or hour since the last audit; the same key replaces. */
async function keepSchedule(context: FlowContext, tenancy: Tenancy, { access }: Policy): Promise<void> {
  const { id } = tenancy.installation;
  const job = { kind: "audit-organization", installationId: id, first: false } as const;
  await context.store.queue.schedule(auditKey(id), weeklySchedule(id, access.weekly), job);
}

/** People with write or more anywhere, personal grants first: those outlive every change of a team. */
function* writeHolders({ holders, snapshot }: EffectiveAccess): Steps<readonly WriteHolder[]> {
  const personal: WriteHolder[] = [];
  const others: WriteHolder[] = [];
  for (const { id, login, kind } of snapshot.accounts) {
    const holder = holders.get(id);
    if (kind === "user" && holder !== undefined && writesAnywhere(holder))
      (holdsPersonally(holder) ? personal : others).push({ ...holder, login });
    yield;
  }
  return [...personal, ...others];
}

type WriteHolder = Holder & { readonly login: string };
type Holders = readonly WriteHolder[];

const holdsPersonally = ({ pairs }: Holder): boolean =>
  pairs.values().some(({ sources }) => sources.some(({ source }) => isPersonal(source.kind)));

async function lastActsOf(
  { gateway, startedAt: now }: Resumed,
  { organization, holders }: { readonly organization: string; readonly holders: Holders },
): Promise<LastActs> {
  const lastActs = new Map<AccountKey, LastActivity>();
  for (const { account, login } of holders.slice(0, MAX_LAST_ACTS)) {
    const answer = await gateway.lastActivity({ organization, login, now });
    if (answer.ok) lastActs.set(account, answer.value);
    else if (answer.reason === "rate_limited") break;
  }
  return lastActs;
}

/** A flag stays until a person decides or the grant goes; no event tells of every grant that goes. */
async function closeFlagsOfGoneGrants(
  tenancy: Tenancy,
  {
    access,
    invited,
    now,
  }: { readonly access: EffectiveAccess; readonly invited: ReadonlySet<AccountKey>; readonly now: Instant },
): Promise<void> {
  for (const flag of await tenancy.tenant.flags("open")) {
    if (invited.has(keyOf(flag.accountId))) continue;
    const role = effectiveRole(access, keyOf(flag.accountId), keyOf(flag.repositoryId));
    if (role !== null && canWrite(role)) continue;
    await closeIfGone(tenancy, flag, now);
  }
}

/** Joins every write holder with what is known; those nobody looked at lately are assessed, all of them in time. */
async function assessOrFlag(
  context: FlowContext,
  tenancy: Tenancy,
  { access, holders }: { readonly access: EffectiveAccess; readonly holders: Holders },
): Promise<void> {
  const staleBefore = plusDays(context.clock.now(), -STALE_DAYS);
  const unseen: AccountKey[] = [];
  const pacer = paced();
  for (const { account } of holders) {
    await pacer();
    if (!(await joinKnown(context, tenancy, { account, access, staleBefore }))) unseen.push(account);
  }
  await fileHolders(context, tenancy, unseen);
}
