import type { Job } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";

type LabelJob = Extract<Job, { kind: "label-pull-request" }>;

/**
 * Adds the opt-in label that public criteria asked for; one that is there already stays. Not part of the triage, so
 * that a triage which is tried again labels nothing, and a label that fails costs no report. Cost: 1 request.
 */
export async function labelPullRequestFlow(context: FlowContext, job: LabelJob): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const { repository, pullRequestNumber: number, name } = job;
  await tenancy.gateway.addLabel({ repository, number, name });
  return DONE;
}
