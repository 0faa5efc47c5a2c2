import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";

/**
 * Adds the opt-in label that public criteria asked for; one that is there already stays. Not part of the triage, so
 * that a triage which is tried again labels nothing, and a label that fails costs no report. Cost: 1 request.
 */
export async function labelPullRequestFlow(context: FlowContext, job: JobOf<"label-pull-request">): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const { repository, pullRequestNumber: number, name } = job;
  await tenancy.gateway.addLabel({ repository, number, name });
  return DONE;
}
