import { tiesIn } from "../../clusters/tie.ts";
import { holdsOurCode } from "../../decision/our-code.ts";
import { collectHistories } from "../../dossier/collect-histories.ts";
import { required } from "../../errors.ts";
import type { Reader } from "../../history/traces/scan.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { ownCodeOf } from "../code-index/own-code.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";
import { knownAccount } from "../steps/known-account.ts";
import { announceSoon } from "../steps/notify.ts";
import { keyMarkOf, readSince, tieAddresses } from "../steps/tie-addresses.ts";

type ScanJob = JobOf<"deep-scan-account" | "read-histories">;

/**
 * Reads the histories of an account's own repositories by git, then has the assessment that asked for them made again
 * with what was found. Cost: 1 request when nothing moved since the last scan, else at most 149 where
 * repositories have few pushes and pull requests, 219 where all ten have hundreds, and up to ten clones of commits,
 * four at a time.
 */
export const deepScanAccountFlow = (context: FlowContext, job: ScanJob): Promise<Outcome> => scan(context, job, "git");

/**
 * The same by the API, which shows nobody what it reads: what was found may ask for it. Cost: 1 request when nothing
 * moved since the API read last, else at most 208, or 278 where all ten have hundreds of pushes and pull requests; of
 * these at most 60 requests and 60 points for the commits, a hundred each.
 */
export const readHistoriesFlow = (context: FlowContext, job: ScanJob): Promise<Outcome> => scan(context, job, "api");

async function scan(context: FlowContext, job: ScanJob, by: Reader): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const { tenant, gateway } = tenancy;
  const asOf = context.clock.now();
  const { id, nodeId } = job.account;
  const profile = (await knownAccount(tenant, id, { repository: null, asOf }))["account.profile"];
  const before = await tenant.historiesOf(id, by);
  const found = await collectHistories({
    gateway,
    account: { id, nodeId },
    by,
    accountCreatedAt: profile?.state === "present" ? profile.value.createdAt : null,
    earlier: await readSince(tenant, before, asOf),
    tools: context.scan,
    code: by === "git" ? await ownCodeOf(tenancy, context.hashKey) : null,
    asOf,
  });
  const { heads, sections, addresses, keys } = found;
  const summary = sections["history.scan"];
  // What GitHub did not answer is asked again later; nothing was learnt that an assessment could use.
  if (heads === null) {
    required("own repositories", summary.state === "present" ? { ok: true, value: null } : { ok: false, ...summary });
    return DONE;
  }
  const { hashKey } = context;
  await tieAddresses({ tenant, hashKey, installation: job.installationId }, id, { addresses, now: asOf });
  const network = sections["network.ties"];
  const ties =
    keys &&
    tiesIn(
      { keys, network: network.state === "present" ? network.value : null },
      id,
      keyMarkOf(hashKey, job.installationId),
    );
  await tenant.keepHistories(id, { heads, sections, by, ...(ties && { ties }) }, asOf);
  // Whatever else is known of the account: the owners want to know where their code is.
  if (holdsOurCode(sections) && !(before !== null && holdsOurCode(before.sections)))
    await announceSoon(context, tenancy);
  await context.store.queue.enqueue([job.again]);
  return DONE;
}
