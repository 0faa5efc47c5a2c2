import type { AppGateway, InstallationGateway } from "../github/gateway.ts";
import { JOBS, type Job, type JobKind, type JobOf } from "../job/job.ts";
import { type HoldScope, type Inquiry, type Outcome, outcomeOf, UNEXPECTED, type Waited } from "../job/outcome.ts";
import type { LogEvent } from "../log.ts";
import { announceDeadlinesFlow, announceFlagsFlow } from "./jobs/announce-flags.ts";
import { assessCollaboratorFlow, withdrawGrantFlow } from "./jobs/assess-collaborator.ts";
import { assessHolderFlow } from "./jobs/assess-holder.ts";
import { assessInvitedFlow } from "./jobs/assess-invited.ts";
import { auditOrganizationFlow } from "./jobs/audit-organization.ts";
import { deepScanAccountFlow, readHistoriesFlow } from "./jobs/deep-scan-account.ts";
import { followAccessFlow } from "./jobs/follow-access.ts";
import { markReviewedFlow, rerunHeadFlow } from "./jobs/handle-check-button.ts";
import { judgePushFlow } from "./jobs/judge-push.ts";
import { labelPullRequestFlow } from "./jobs/label-pull-request.ts";
import { lookAgainFlow } from "./jobs/look-again.ts";
import { noteRuleChangeFlow } from "./jobs/note-rule-change.ts";
import { publishChangeFindingsFlow } from "./jobs/publish-change-findings.ts";
import { publishSealedCheckFlow } from "./jobs/publish-sealed-check.ts";
import { reconcileDeliveriesFlow } from "./jobs/reconcile-deliveries.ts";
import { renameRepositoryFlow } from "./jobs/rename-repository.ts";
import { sendNoticeFlow } from "./jobs/send-notice.ts";
import { sweepInstallationFlow } from "./jobs/sweep/sweep-installation.ts";
import { sweepRetentionFlow } from "./jobs/sweep-retention.ts";
import {
  bootstrapInstallationFlow,
  closePullRequestFlow,
  endSessionsFlow,
  forgetRepositoriesFlow,
  purgeInstallationFlow,
  resealRepositoryFlow,
  setInstallationPausedFlow,
} from "./jobs/tend-installation.ts";
import { triagePullRequestFlow } from "./jobs/triage-pull-request.ts";
import type { FlowContext } from "./steps/context.ts";

type Flows = {
  readonly [Kind in JobKind]: (context: FlowContext, job: JobOf<Kind>) => Promise<Outcome>;
};

/** The flow of every kind of job. */
const FLOWS: Flows = {
  "publish-sealed-check": publishSealedCheckFlow,
  "label-pull-request": labelPullRequestFlow,
  "publish-change-findings": publishChangeFindingsFlow,
  "triage-pull-request": triagePullRequestFlow,
  "judge-push": judgePushFlow,
  "close-pull-request": closePullRequestFlow,
  "rerun-head": rerunHeadFlow,
  "mark-reviewed": markReviewedFlow,
  "assess-collaborator": assessCollaboratorFlow,
  "assess-holder": assessHolderFlow,
  "look-again": lookAgainFlow,
  "deep-scan-account": deepScanAccountFlow,
  "read-histories": readHistoriesFlow,
  "withdraw-grant": withdrawGrantFlow,
  "follow-access": followAccessFlow,
  "assess-invited": assessInvitedFlow,
  "note-rule-change": noteRuleChangeFlow,
  "audit-organization": auditOrganizationFlow,
  "sweep-installation": sweepInstallationFlow,
  "bootstrap-installation": bootstrapInstallationFlow,
  "set-installation-paused": setInstallationPausedFlow,
  "purge-installation": purgeInstallationFlow,
  "forget-repositories": forgetRepositoriesFlow,
  "announce-deadlines": announceDeadlinesFlow,
  "announce-flags": announceFlagsFlow,
  "send-notice": sendNoticeFlow,
  "reseal-repository": resealRepositoryFlow,
  "rename-repository": renameRepositoryFlow,
  "end-sessions": endSessionsFlow,
  "reconcile-deliveries": reconcileDeliveriesFlow,
  "sweep-retention": sweepRetentionFlow,
};

/** Runs one job and says how it ended. The only place in the flow where an error is caught. */
export async function runJob(context: FlowContext, job: Job, attempt: number, waited: Waited): Promise<Outcome> {
  const startedAt = Date.parse(context.clock.now());
  const used: InstallationGateway[] = [];
  const outcome = await run(counting(context, used), job, waited);
  const spent = outcome.kind === "retry" && attempt >= JOBS[job.kind].attempts;
  const ended: Outcome = spent ? { kind: "discarded", because: outcome.because } : outcome;
  context.log.info(EVENTS[ended.kind], {
    kind: job.kind,
    outcome: ended.kind,
    because: "because" in ended ? ended.because : null,
    ...(ended.kind === "held" && { by: ended.by }),
    attempt,
    installation: "installationId" in job ? job.installationId : null,
    duration_ms: Date.parse(context.clock.now()) - startedAt,
    api_calls: used.reduce((sum, { usage }) => sum + usage.requests, 0),
    api_points: used.reduce((sum, { usage }) => sum + usage.points, 0),
  });
  return ended;
}

const EVENTS: Readonly<Record<Outcome["kind"], LogEvent>> = {
  completed: "job.finished",
  retry: "job.finished",
  cancelled: "job.finished",
  snooze: "job.snoozed",
  held: "job.held",
  discarded: "job.discarded",
};

/** The same context, which notes the gateways a job is given: what they asked is part of how it ended. */
function counting(context: FlowContext, used: InstallationGateway[]): FlowContext {
  const installation: AppGateway["installation"] = async (...asked) => {
    const gateway = await context.apps.installation(...asked);
    used.push(gateway);
    return gateway;
  };
  return { ...context, apps: { ...context.apps, installation } };
}

/** GitHub tells an installation about its own account's repositories; anything else is set aside for people to see. */
const FOREIGN = { kind: "discarded", because: "repository of another account" } as const;
/** Whose repositories belong to the account itself; an enterprise's belong to its organisations. */
const OWNING: ReadonlySet<string> = new Set(["Organization", "User"]);

async function isForeign({ store }: FlowContext, job: Job): Promise<boolean> {
  if (!("repository" in job) || !("ownerId" in job.repository)) return false;
  const installation = await store.tenant(job.installationId).installation();
  if (installation === null || !OWNING.has(installation.accountType)) return false;
  return installation.accountId !== job.repository.ownerId;
}

async function run(context: FlowContext, job: Job, waited: Waited): Promise<Outcome> {
  try {
    if (await isForeign(context, job)) return FOREIGN;
    // One cast for the whole table: TypeScript cannot follow that the flow and the job share their kind.
    const flow = FLOWS[job.kind] as (context: FlowContext, job: Job) => Promise<Outcome>;
    return await flow(context, job);
  } catch (error) {
    const outcome = await outcomeOf(error, { now: context.clock.now(), waited, inquiry: inquiryFor(context, job) });
    if (outcome.kind === "retry" && outcome.because === UNEXPECTED) {
      context.log.error("job.finished", { kind: job.kind, outcome: "failed" }, error);
    }
    return outcome;
  }
}

/** Cost: 1 request, 2 when the installation gets no answer; a token besides. */
function inquiryFor({ apps, store }: FlowContext, job: Job): Inquiry {
  const installation = "installationId" in job ? job.installationId : null;
  return {
    async whoFails(): Promise<HoldScope> {
      if (installation !== null && (await apps.answers(installation))) return "job";
      if (!(await apps.answers(null))) return "github";
      return installation === null ? "job" : "installation";
    },
    othersFailAlike: (because) => store.queue.othersHeld(job, because),
  };
}
