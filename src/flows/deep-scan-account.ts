import { collectHistories } from "../dossier/collect-histories.ts";
import { required } from "../errors.ts";
import { accountId } from "../ids.ts";
import type { Job } from "../job/job.ts";
import type { Outcome } from "../job/outcome.ts";
import { DONE, enterTenancy, type FlowContext, NOBODY_HOME } from "./context.ts";
import { knownAccount } from "./known-account.ts";

type DeepScanJob = Extract<Job, { kind: "deep-scan-account" }>;

/**
 * Reads the histories of an account's own repositories and has the assessment that asked for them made again, with
 * what was found among what is known. Cost: 1 request when nothing moved since the last scan, else at most 47 where
 * repositories have few pushes and pull requests, 117 where all ten have hundreds, and up to ten clones of commits,
 * four at a time.
 */
export async function deepScanAccountFlow(context: FlowContext, job: DeepScanJob): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return NOBODY_HOME;
  const { tenant, gateway } = tenancy;
  const asOf = context.clock.now();
  const id = accountId(job.account.id);
  const profile = (await knownAccount(tenant, id, asOf))["account.profile"];
  const found = await collectHistories({
    gateway,
    account: { id, nodeId: job.account.nodeId },
    accountCreatedAt: profile?.state === "present" ? profile.value.createdAt : null,
    earlier: await tenant.historiesOf(id),
    tools: context.scan,
    asOf,
  });
  const { heads, sections } = found;
  const scan = sections["history.scan"];
  // What GitHub did not answer is asked again later; nothing was learnt that an assessment could use.
  if (heads === null || scan.state !== "present") {
    required("own repositories", scan.state === "present" ? { ok: true, value: null } : { ok: false, ...scan });
    return DONE;
  }
  await tenant.keepHistories(id, { heads, sections }, asOf);
  await context.store.queue.enqueue([job.again]);
  return DONE;
}
