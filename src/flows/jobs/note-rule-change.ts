import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { DONE, type FlowContext } from "../steps/context.ts";

/** Notes that what guards a place is not what the last audit saw; the audit's page says so. No request. */
export async function noteRuleChangeFlow({ store }: FlowContext, job: JobOf<"note-rule-change">): Promise<Outcome> {
  await store.tenant(job.installationId).noteRuleChange(job.repositoryId, job.at);
  return DONE;
}
