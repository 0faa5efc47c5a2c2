import { canWrite } from "../../dossier/role.ts";
import { required } from "../../errors.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN, type Tenancy } from "../steps/context.ts";

type ButtonJob = JobOf<"rerun-head" | "mark-reviewed">;

const NOT_ALLOWED = { kind: "cancelled", because: "sender may not do this" } as const;

/**
 * Notes that a maintainer has looked. On public repositories anybody may be able to press, so the sender's role is
 * read now, not believed from the delivery. Cost: 1 request.
 */
export async function markReviewedFlow(context: FlowContext, job: ButtonJob): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  if (!(await senderMayWrite(tenancy, job))) return NOT_ALLOWED;
  const { id: repository } = job.repository;
  const reports = await tenancy.tenant.reportsOfHead(repository, job.headSha);
  // Nobody answers for himself, as nobody reads about himself on the pages.
  if (reports.some((report) => report.accountId === job.senderId)) return NOT_ALLOWED;
  const at = context.clock.now();
  const by = { accountId: job.senderId, login: job.senderLogin, at };
  const marked = await tenancy.tenant.markReviewed(repository, job.headSha, by);
  for (const target of marked)
    await tenancy.tenant.addToTrail({ at, actorId: by.accountId, act: "report.reviewed", target, reason: null });
  return DONE;
}

/**
 * Plans a fresh triage of every pull request with this head. GitHub lists none for forks, so they are found by the
 * commit. The sealed check stays as it is: re-running changes nothing that the public can see. Cost: 2 requests.
 */
export async function rerunHeadFlow(context: FlowContext, job: ButtonJob): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  if (!(await senderMayWrite(tenancy, job))) return NOT_ALLOWED;
  const found = required(
    "pull requests of the head",
    await tenancy.gateway.pullRequestsOfHead({ repository: job.repository, headSha: job.headSha }),
  );
  await context.store.queue.enqueue(
    found
      .filter((pullRequest) => pullRequest.headSha === job.headSha)
      .map((pullRequest) => ({
        kind: "triage-pull-request",
        installationId: job.installationId,
        repository: job.repository,
        pullRequest,
        force: true,
        newBase: false,
        secondLook: false,
      })),
  );
  return DONE;
}

async function senderMayWrite(tenancy: Tenancy, job: ButtonJob): Promise<boolean> {
  const answer = await tenancy.gateway.role({ repository: job.repository, login: job.senderLogin });
  if (!answer.ok && answer.reason === "not_found") return false;
  const role = required("role of the sender", answer);
  return role !== null && canWrite(role);
}
