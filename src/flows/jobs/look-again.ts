import { type Instant, plusDays } from "../../clock.ts";
import { required } from "../../errors.ts";
import type { Job, JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import type { ListedReport } from "../../store/store.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN, type Tenancy } from "../steps/context.ts";

type LookAgain = JobOf<"look-again">;
type OpenReport = ListedReport & { readonly pullRequest: NonNullable<ListedReport["pullRequest"]> };

/** Of an account with more reports the pull requests behind older ones are read anew when something happens to them. */
const REPORTS_LOOKED_THROUGH = 200;
/** Pull requests that one step has read again, newest first. */
const AT_ONCE = 10;
/** The most that one of them costs, finding it included. */
const REQUESTS_PER_PULL_REQUEST = 8;
/** A fifth of the smallest budget GitHub gives an installation, as holders of an audit have. */
const REQUESTS_PER_HOUR = 1_000;

/**
 * After somebody vouched for an account or warned of it, or that ended: what it may write and its open pull requests
 * where that counts are assessed again. Second looks, so nothing of them shows outside. Cost: 1 request for each of at
 * most ten pull requests; the next ten follow when their share of the hour's budget lets them.
 */
export async function lookAgainFlow(context: FlowContext, job: LookAgain): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const now = context.clock.now();
  const { notBefore, installationId, accountId, openedBefore } = job;
  if (notBefore !== undefined && now < notBefore)
    return { kind: "snooze", until: notBefore, because: "share of the budget" };
  const reports = await tenancy.tenant.reportsOfAccount(accountId, REPORTS_LOOKED_THROUGH);
  const open = openOf(reports, job);
  const step = open.slice(0, AT_ONCE);
  const found: Job[] = openedBefore === null ? [{ kind: "assess-holder", installationId, accountId }] : [];
  for (const report of step) found.push(...(await secondLook(tenancy, report)));
  const last = step.at(-1);
  if (last && open.length > step.length) found.push(nextStep(job, last.pullRequest.createdAt, now));
  await context.store.queue.enqueue(found);
  return DONE;
}

/** The newest report of each open pull request where it counts, those opened last first. */
function openOf(reports: readonly ListedReport[], { repositoryId, openedBefore }: LookAgain): readonly OpenReport[] {
  const newest = new Map<string, OpenReport>();
  for (const report of reports) {
    const { pullRequest, closedAt } = report;
    if (pullRequest === null || closedAt !== null) continue;
    if (repositoryId !== null && report.repositoryId !== repositoryId) continue;
    if (openedBefore !== null && pullRequest.createdAt >= openedBefore) continue;
    const key = `${report.repositoryId} ${pullRequest.number}`;
    if (!newest.has(key)) newest.set(key, { ...report, pullRequest });
  }
  return [...newest.values()].sort((a, b) => (a.pullRequest.createdAt < b.pullRequest.createdAt ? 1 : -1));
}

/** The job that reads it again; none when its head is another by now, of which an event tells. */
async function secondLook({ gateway, installation }: Tenancy, report: OpenReport): Promise<readonly Job[]> {
  const { number, headSha } = report.pullRequest;
  const address = { owner: report.repositoryOwner, name: report.repositoryName };
  const answer = await gateway.pullRequestsOfHead({ repository: address, headSha });
  // The repository may be gone, or not covered any more.
  if (!answer.ok && (answer.reason === "not_found" || answer.reason === "forbidden")) return [];
  const { accountId: ownerId, accountType: ownerType, id: installationId } = installation;
  return required("pull requests of the head", answer)
    .filter((known) => known.number === number && known.headSha === headSha)
    .map((pullRequest) => ({
      ...{ kind: "triage-pull-request", installationId, pullRequest },
      repository: { id: report.repositoryId, ...address, ownerId, ownerType },
      ...{ force: true, newBase: false, secondLook: true },
    }));
}

function nextStep(job: LookAgain, openedBefore: Instant, now: Instant): Job {
  const hours = (AT_ONCE * REQUESTS_PER_PULL_REQUEST) / REQUESTS_PER_HOUR;
  return { ...job, openedBefore, notBefore: plusDays(now, hours / 24) };
}
