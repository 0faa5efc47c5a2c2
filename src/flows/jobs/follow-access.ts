import { effectiveAccess, effectiveRole } from "../../access/effective.ts";
import { type AccessSnapshot, canWrite, isPersonal } from "../../access/grant.ts";
import { type AccountKey, idOf, keyOf } from "../../access/keys.ts";
import { type LiveSource, liveAccess, withLive } from "../../access/live/live.ts";
import { raised } from "../../access/live/raised.ts";
import { type Instant, plusDays } from "../../clock.ts";
import type { Job, JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { askSource } from "../steps/ask-source.ts";
import { closeIfGone } from "../steps/close-gone.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN, type Tenancy } from "../steps/context.ts";
import { fileHolders, joinKnown } from "../steps/join-holders.ts";

/** Whoever was raised is assessed as one who was just given a role, unless that was done today. */
const STALE_DAYS = 1;
/** Repositories of somebody who left that are asked about at once, 1 request each; the audit sees the rest. */
const MAX_LEFT_BEHIND = 20;
/** Accounts between two signs of life: each costs some milliseconds. */
const PER_RENEWAL = 100;

/**
 * Keeps the access graph of the last audit current: asks GitHub anew about a source of access that a delivery named,
 * has whoever was raised to write or more assessed, and closes flags of what is gone. What the delivery claimed counts
 * for nothing, so that it may come late, twice or out of order. What GitHub said is kept last: a run that was cut short
 * finds the same raises again. Cost: 1 request for a repository (1 per 100 people with a role of their own), 1 for a
 * team with those above it (1 per further 100 members or repositories of each), 2 for an account; 3 for each flag whose
 * grant is not seen any more.
 */
export async function followAccessFlow(context: FlowContext, job: JobOf<"follow-access">): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const now = context.clock.now();
  if (now < job.notBefore) return { kind: "snooze", until: job.notBefore, because: "gathering events" };
  if ((await tenancy.tenant.latestAuditAt()) === null) return NOTHING_YET;
  const sources = await askSource(tenancy, job.source, now);
  await closeEnded(tenancy, sources, now);
  await assessRaised(context, tenancy, sources);
  await context.store.queue.enqueue(await leftBehind(tenancy, sources, now));
  for (const source of sources) await tenancy.tenant.saveLive(source);
  return DONE;
}

const NOTHING_YET = { kind: "cancelled", because: "no audit yet, and the first one sees it" } as const;

/** Closes open flags whose grant was among what these sources gave, once GitHub says that it is gone. */
async function closeEnded(tenancy: Tenancy, sources: readonly LiveSource[], now: Instant): Promise<void> {
  for (const flag of await tenancy.tenant.flags("open")) {
    const before = await tenancy.tenant.rolesOf(flag.accountId, flag.repositoryId);
    if (before === null) return;
    const writes = (snapshot: AccessSnapshot): boolean => {
      const role = effectiveRole(effectiveAccess(snapshot), keyOf(flag.accountId), keyOf(flag.repositoryId));
      return role !== null && canWrite(role);
    };
    if (writes(before) && !writes(withLive(before, aboutOne(sources, keyOf(flag.accountId)))))
      await closeIfGone(tenancy, flag, now);
  }
}

async function assessRaised(context: FlowContext, tenancy: Tenancy, sources: readonly LiveSource[]): Promise<void> {
  const staleBefore = plusDays(context.clock.now(), -STALE_DAYS);
  const unseen: AccountKey[] = [];
  let looked = 0;
  for (const account of await candidates(tenancy, sources)) {
    if (++looked % PER_RENEWAL === 0) await context.isOurs();
    const before = await tenancy.tenant.rolesOf(idOf(account), null);
    if (before === null) continue;
    const after = withLive(before, aboutOne(sources, account));
    const where = raised(before, after, account);
    if (where === null) continue;
    // Of somebody who writes everywhere from now on the repositories are not among what was read.
    const about = { account, access: effectiveAccess(after), staleBefore };
    if (where === "everywhere" || !(await joinKnown(context, tenancy, about))) unseen.push(account);
  }
  await fileHolders(context, tenancy, unseen);
}

/** Accounts that these sources may have raised: nobody is, where they give less than write. */
async function candidates({ tenant }: Tenancy, sources: readonly LiveSource[]): Promise<ReadonlySet<AccountKey>> {
  const found = new Set<AccountKey>();
  for (const source of sources) {
    if (source.kind === "account" && source.standing !== "none") found.add(source.id);
    if (source.kind === "team" && source.roles.some(({ role }) => canWrite(role)))
      for (const { id } of source.members) found.add(id);
    if (source.kind !== "repository" || source.is === null || source.is.archived) continue;
    for (const { id, role } of source.direct ?? []) if (canWrite(role)) found.add(id);
    const before = await tenant.rolesOn(idOf(source.id));
    // One that was archived gives everybody back what they held.
    if (before?.repositories.some(({ archived }) => archived))
      for (const { account, role } of before.grants) if (canWrite(role)) found.add(account);
  }
  return found;
}

/** What sources say of one account. */
const aboutOne = (sources: readonly LiveSource[], account: AccountKey) =>
  liveAccess(
    sources.flatMap((source): LiveSource[] => {
      const isHim = ({ id }: { readonly id: AccountKey }): boolean => id === account;
      if (source.kind === "account") return isHim(source) ? [source] : [];
      if (source.kind === "team") return [{ ...source, members: source.members.filter(isHim) }];
      return [{ ...source, direct: source.direct?.filter(isHim) ?? null }];
    }),
  );

/** Somebody who left the organisation may have kept roles of their own, as one from outside: those are asked for. */
async function leftBehind({ tenant, installation }: Tenancy, sources: readonly LiveSource[], now: Instant) {
  const jobs: Job[] = [];
  for (const source of sources) {
    if (source.kind !== "account" || source.standing !== "none") continue;
    const before = await tenant.rolesOf(idOf(source.id), null);
    const held = new Set(before?.grants.flatMap(({ via, repository }) => (isPersonal(via.kind) ? [repository] : [])));
    for (const { id, name } of before?.repositories.filter(({ id }) => held.has(id)).slice(0, MAX_LEFT_BEHIND) ?? [])
      jobs.push({
        kind: "follow-access",
        installationId: installation.id,
        source: { kind: "repository", id: idOf(id), name, gone: false },
        notBefore: now,
      });
  }
  return jobs;
}
