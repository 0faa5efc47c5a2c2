import { effectiveRole } from "../../access/effective.ts";
import { keyOf } from "../../access/keys.ts";
import type { Instant } from "../../clock.ts";
import { needsHistories, wantsDeepScan } from "../../decision/deep-scan.ts";
import { type CollectedPullRequest, collectPullRequest, type KnownSections } from "../../dossier/collect.ts";
import type { Dossier } from "../../dossier/dossier.ts";
import type { Role } from "../../dossier/role.ts";
import type { EarlierLooks, LookedHead } from "../../dossier/sources/before.ts";
import { OperatingError, required } from "../../errors.ts";
import type { AccountId, RepositoryId } from "../../ids.ts";
import { brakeSince, heldUntil, TRIAGE_BRAKE } from "../../job/brake.ts";
import type { AccountRef, Job, JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { anyMatchesGlob } from "../../policy/glob.ts";
import { isFirst, planPublication } from "../../publication/plan.ts";
import type { Report, Triaged } from "../../store/store.ts";
import { codeOwnersOf } from "../steps/code-owners.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN, type Tenancy } from "../steps/context.ts";
import { knownAccount, remember } from "../steps/known-account.ts";
import { lastAccess } from "../steps/last-access.ts";
import { lastGrant } from "../steps/last-grant.ts";
import { makeReport } from "../steps/make-report.ts";
import { raiseFlagsOf } from "../steps/raise-flags.ts";
import { type Rules, readPolicy } from "../steps/read-policy.ts";
import { secretHashOf } from "../steps/secret-hash.ts";

type TriageJob = JobOf<"triage-pull-request">;
type Collected = Extract<CollectedPullRequest, { behind: false }>;

const NOT_OPEN = { kind: "cancelled", because: "pull request is not open" } as const;
const SKIPPED_BOT = { kind: "cancelled", because: "bot that the policy skips" } as const;

/**
 * Assesses one pull request head and its author, and stores the report for maintainers. Nothing of it is published:
 * the sealed check and the label have jobs of their own. Cost: 2 requests for a known author, at most 7 for an unknown
 * one; 1 for each hundred files beyond the first, up to 3 for files that are read whole, 1 where it brings code that runs
 * by itself, 1 a day for commits that nobody signed, 1 for comments of outsiders, and up to 3 for the code owners of a
 * change that is at least `medium`.
 */
export async function triagePullRequestFlow(context: FlowContext, job: TriageJob): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const asOf = context.clock.now();
  const done = await doneReport(tenancy, job);
  if (done !== null) {
    await finish(context, tenancy, { job, report: done });
    return DONE;
  }
  // Checked before any request: when many pushes come in a row, most of their jobs end here.
  const recent = job.force ? null : await tenancy.tenant.triagesSince(triaged(job), brakeSince(asOf));
  const until = recent && heldUntil(recent, asOf, TRIAGE_BRAKE);
  if (until !== null) return { kind: "snooze", until, because: "pushed lately" };
  const rules = await readPolicy(context, tenancy, job.repository);
  const { author } = job.pullRequest;
  if (isSkipped(rules, author)) return SKIPPED_BOT;

  const collected = required(
    "pull request",
    await collectPullRequest({
      gateway: tenancy.gateway,
      repository: job.repository,
      pullRequest: job.pullRequest,
      author,
      known: author === null ? {} : await knownHere(tenancy, author.id, { repository: job.repository.id, asOf }),
      isSensitive: (paths) => anyMatchesGlob(paths, rules.policy.triage.sensitive_paths),
      looks: earlierLooks(tenancy, job),
      secretHash: secretHashOf(context, job.installationId),
      asOf,
    }),
  );
  // The API can lag behind the event. Where the head moved on, it is the new one that was looked at.
  if (collected.behind) throw new OperatingError("conflict", "pull request: GitHub's answer is older than its event");
  if (collected.facts.state !== "open") return NOT_OPEN;
  // Before the report, by which a second run of this job knows that this is decided.
  if (job.newBase || !(await wasRead(tenancy, job, collected.facts.headSha)))
    await planPublicWork(context, { job, collected, rules });
  await storeReport(context, tenancy, { job, collected, rules });
  // Only pushes count: what we ask for ourselves must not hold anybody's next push back.
  if (!job.force) await tenancy.tenant.noteTriage(triaged(job), asOf);
  return DONE;
}

/** What is known of the author, and of how write was given to him here. */
const knownHere = async (
  { tenant }: Tenancy,
  author: AccountId,
  place: { readonly repository: RepositoryId; readonly asOf: Instant },
): Promise<KnownSections> => ({
  ...(await knownAccount(tenant, author, { ...place, forChange: true })),
  ...(await lastGrant(tenant, author, place.repository)),
});

/** A bot whose pull requests the policy does not have looked at. */
export const isSkipped = ({ policy }: Rules, author: AccountRef | null): boolean =>
  author !== null && policy.triage.skip_bots.includes(author.id);

/** The report on the head when it was looked at after this was said of it, because an earlier job found it; else null. */
async function doneReport({ tenant }: Tenancy, { repository, pullRequest, ...job }: TriageJob): Promise<Report | null> {
  if (job.force || job.newBase) return null;
  const reports = await tenant.reportsOfHead(repository.id, pullRequest.headSha);
  const said = Date.parse(pullRequest.updatedAt);
  const isDone = (report: Report): boolean =>
    report.pullRequest?.number === pullRequest.number && Date.parse(report.createdAt) > said;
  return reports.find(isDone) ?? null;
}

/** The run that stored a report may have ended before it raised what follows from it; of an older one nothing does. */
async function finish(
  context: FlowContext,
  tenancy: Tenancy,
  { job, report }: { readonly job: TriageJob; readonly report: Report },
): Promise<void> {
  const { accountId } = report;
  if (accountId === null || (await tenancy.tenant.latestReportOf(accountId))?.id !== report.id) return;
  await raiseFlagsOf(context, tenancy, { report, access: await accessOf(tenancy, job, accountId) });
}

const accessOf = async ({ tenant }: Tenancy, { repository }: TriageJob, account: AccountId | null) =>
  account && (await lastAccess(tenant, account, repository.id));

/** Of an author with more reports since, the signatures are asked for again. */
const REPORTS_LOOKED_THROUGH = 20;

/** What is kept of the pull request's other heads, and of the author's newest one here; what was erased is not read at all. */
function earlierLooks({ tenant }: Tenancy, { repository, pullRequest: { number, author } }: TriageJob): EarlierLooks {
  return {
    async of(headSha) {
      const reports = await tenant.reportsOfHead(repository.id, headSha);
      return looked(reports.find(({ pullRequest }) => pullRequest?.number === number) ?? null);
    },
    toCompare: async () => looked(await tenant.lookToCompare(repository.id, number)),
    async lately() {
      const recent = author === null ? [] : await tenant.reportsOfAccount(author.id, REPORTS_LOOKED_THROUGH);
      const here = recent.find((report) => report.pullRequest !== null && report.repositoryId === repository.id);
      return here === undefined ? null : looked(await tenant.report(here.id));
    },
  };
}

const looked = (report: Report | null): LookedHead | null =>
  report?.pullRequest && !report.evidenceErased
    ? { headSha: report.pullRequest.headSha, dossier: report.dossier }
    : null;

const triaged = ({ repository, pullRequest: { number, author } }: TriageJob): Triaged => ({
  repository: repository.id,
  number,
  author: author?.id ?? null,
});

async function storeReport(
  context: FlowContext,
  tenancy: Tenancy,
  { job, collected, rules }: { readonly job: TriageJob; readonly collected: Collected; readonly rules: Rules },
): Promise<void> {
  const { facts, dossier, toCache } = collected;
  const { number, title, headSha, createdAt, author } = facts;
  const { id: place } = job.repository;
  const access = await accessOf(tenancy, job, author.id);
  const role = access && author.id && effectiveRole(access, keyOf(author.id), keyOf(place));
  const report = await makeReport(context, tenancy, {
    repository: job.repository,
    pullRequest: { number, title, headSha, createdAt },
    account: author,
    dossier,
    policy: rules.policy,
    grantedRole: role,
    ownersOf: (paths) => codeOwnersOf(tenancy.gateway, job.repository, paths),
  });
  if (author.id !== null && author.nodeId !== null)
    await planScan(context, job, { dossier, report, firstHere: isFirst(facts.openedHereCount), role, rules });
  await tenancy.tenant.saveReport(report, { lookAgain: job.newBase });
  if (author.id === null || author.nodeId === null) return;
  const subject = { id: author.id, login: author.login };
  await remember({ context, tenant: tenancy.tenant }, subject, { toCache });
  await raiseFlagsOf(context, tenancy, { report, access });
}

/** Before the report is stored: by that a second run of the job knows that this is done. */
async function planScan(
  { store }: FlowContext,
  job: TriageJob,
  {
    dossier,
    report,
    role,
    firstHere,
    rules,
  }: {
    readonly dossier: Dossier;
    readonly report: Report;
    readonly role: Role | null;
    readonly firstHere: boolean;
    readonly rules: Rules;
  },
): Promise<void> {
  // Whether git asks was decided at the first look: a second one may have come of what was found.
  if (job.pullRequest.author === null || job.secondLook) return;
  const criteria = { when: rules.policy.triage.deep_scan, role, firstHere };
  if (wantsDeepScan(dossier, criteria))
    await store.queue.enqueue([scanOf(job, "deep-scan-account", job.pullRequest.author)]);
  else if (needsHistories(dossier, report.assessment, criteria))
    await store.queue.enqueue([scanOf(job, "read-histories", job.pullRequest.author)]);
}

const scanOf = (job: TriageJob, kind: "deep-scan-account" | "read-histories", account: AccountRef): Job => ({
  kind,
  installationId: job.installationId,
  account,
  // Nobody pushed for it.
  again: { ...job, force: true, secondLook: true },
});

/** True when this head of the pull request has a report: what others can see of it was decided then. */
async function wasRead(
  { tenant }: Tenancy,
  { repository, pullRequest, secondLook }: TriageJob,
  headSha: string,
): Promise<boolean> {
  if (secondLook) return true;
  const reports = await tenant.reportsOfHead(repository.id, headSha);
  return reports.some((report) => report.pullRequest?.number === pullRequest.number);
}

/** What is written in public beside the sealed check, decided once a head: by public criteria and by the policy alone. */
async function planPublicWork(
  { store }: FlowContext,
  { job, collected, rules }: { readonly job: TriageJob; readonly collected: Collected; readonly rules: Rules },
): Promise<void> {
  const { facts, dossier } = collected;
  const { label, changeFindings } = planPublication({
    live: rules.live,
    publication: rules.policy.publication,
    openedHereCount: facts.openedHereCount,
    touchesSensitivePath: anyMatchesGlob(facts.paths, rules.policy.triage.sensitive_paths),
  });
  const { installationId, repository } = job;
  const about = { installationId, repository, pullRequestNumber: facts.number, headSha: facts.headSha };
  const jobs: readonly Job[] = [
    ...(label === null ? [] : [{ kind: "label-pull-request" as const, ...about, name: label }]),
    ...(changeFindings ? [{ kind: "publish-change-findings" as const, ...about, readAt: dossier.asOf }] : []),
  ];
  if (jobs.length > 0) await store.queue.enqueue(jobs);
}
