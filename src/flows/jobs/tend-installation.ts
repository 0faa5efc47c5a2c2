import { required } from "../../errors.ts";
import type { InstallationId } from "../../ids.ts";
import type { Job, JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { effectivePolicy } from "../../policy/tighten.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";
import { auditKey, weeklySchedule } from "../steps/weekly-audit.ts";
import { detailsUrl } from "./publish-sealed-check.ts";

/**
 * Remembers an installation, a new one in shadow mode, and gives it a weekly audit at its own minute. Runs again when
 * GitHub has a new login or other permissions for it, and after a crash: nothing here counts on being the first.
 */
export async function bootstrapInstallationFlow(
  context: FlowContext,
  job: JobOf<"bootstrap-installation">,
): Promise<Outcome> {
  const tenant = context.store.tenant(job.installationId);
  const known = await tenant.installation();
  // Before the login is noted, which is what the next look compares.
  if (known !== null && known.accountLogin !== job.account.login) await tenant.renameOwner(job.account.login);
  await tenant.saveInstallation({
    accountId: job.account.id,
    accountLogin: job.account.login,
    accountType: job.account.type,
    permissions: job.permissions,
    createdAt: known?.createdAt ?? context.clock.now(),
  });
  const audit = (first: boolean): Job => ({ kind: "audit-organization", installationId: job.installationId, first });
  const { weekly } = effectivePolicy((await tenant.policy(null))?.file ?? {}, {}).policy.access;
  const schedule = weeklySchedule(job.installationId, weekly);
  await context.store.queue.schedule(auditKey(job.installationId), schedule, audit(false));
  // The audit ends at once when there is one already, and the sweep files only what is missing.
  await context.store.queue.enqueue([audit(true), sweep(job.installationId)]);
  if (known === null) {
    await tenant.addToTrail({
      at: context.clock.now(),
      actorId: null,
      act: "installation.added",
      target: `installation:${job.installationId}`,
      reason: null,
    });
  }
  return DONE;
}

const sweep = (id: InstallationId): Job => ({ kind: "sweep-installation", installationId: id });

/**
 * Stops or resumes all work for an installation; its rows stay, and what it has to do waits. What happened meanwhile is
 * looked for.
 */
export async function setInstallationPausedFlow(
  context: FlowContext,
  job: JobOf<"set-installation-paused">,
): Promise<Outcome> {
  const { installationId: id } = job;
  await context.store.tenant(id).setPaused(job.paused);
  if (job.paused) return DONE;
  await context.store.queue.closeCircuit(id);
  await context.store.queue.enqueue([sweep(id)]);
  return DONE;
}

/** Deletes every row of an installation that GitHub says is gone. */
export async function purgeInstallationFlow(context: FlowContext, job: JobOf<"purge-installation">): Promise<Outcome> {
  await context.store.queue.unschedule(auditKey(job.installationId));
  await context.store.tenant(job.installationId).purge();
  return DONE;
}

/** Deletes what is stored about repositories that are no longer ours to look at. */
export async function forgetRepositoriesFlow(
  context: FlowContext,
  job: JobOf<"forget-repositories">,
): Promise<Outcome> {
  const tenant = context.store.tenant(job.installationId);
  await tenant.forgetRepositories(job.repositoryIds);
  return DONE;
}

/** Forgets the open work of a closed pull request; its report stays until retention takes it. */
export async function closePullRequestFlow(context: FlowContext, job: JobOf<"close-pull-request">): Promise<Outcome> {
  const tenant = context.store.tenant(job.installationId);
  await tenant.closePullRequest(job.repository.id, job.pullRequestNumber, context.clock.now());
  return DONE;
}

/** Doors one job seals anew: what a limit interrupts begins again, and others of the installation get their turn. */
const RESEALED_AT_ONCE = 50;

/**
 * Overwrites our check runs when a repository changes its audience. They are sealed already; writing the constant
 * again means that even a run edited by an older version says nothing. Cost: 1 request per head, 50 in one job.
 */
export async function resealRepositoryFlow(context: FlowContext, job: JobOf<"reseal-repository">): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const page = { after: job.afterRef ?? "", limit: RESEALED_AT_ONCE };
  const doors = await tenancy.tenant.doorsOfRepository(job.repository.id, page);
  for (const door of doors) {
    if (door.checkRunId === null) continue;
    const sealed = await tenancy.gateway.resealCheck({
      repository: job.repository,
      checkRunId: door.checkRunId,
      headSha: door.headSha,
      externalId: door.ref,
      detailsUrl: detailsUrl(context.publicUrl, door),
    });
    // A run that is gone says nothing either.
    if (!sealed.ok && sealed.reason !== "not_found") required("check run", sealed);
  }
  const last = doors.at(-1);
  if (doors.length === RESEALED_AT_ONCE && last) await context.store.queue.enqueue([{ ...job, afterRef: last.ref }]);
  return DONE;
}

/** Ends the web sessions of somebody who withdrew the App's authorization. */
export async function endSessionsFlow(context: FlowContext, job: JobOf<"end-sessions">): Promise<Outcome> {
  await context.store.sessions.removeOfAccount(job.accountId);
  return DONE;
}
