import type { EffectiveAccess } from "../../access/effective.ts";
import { type AccountKey, idOf } from "../../access/keys.ts";
import { type Instant, plusDays } from "../../clock.ts";
import type { Job } from "../../job/job.ts";
import type { FlowContext, Tenancy } from "./context.ts";
import { asksForFlag, raiseFlagsOf } from "./raise-flags.ts";

/** Write holders nobody has looked at lately that are assessed at once; the others follow one by one. */
const AT_ONCE = 25;
/** The most that one of them costs by the API, a deep scan included. */
const REQUESTS_PER_HOLDER = 55;
/** A fifth of the smallest budget GitHub gives an installation: 18 holders an hour, 3,000 until the next audit. */
const REQUESTS_PER_HOUR = 1_000;
const HOLDERS_PER_DAY = (24 * REQUESTS_PER_HOUR) / REQUESTS_PER_HOLDER;

/**
 * Joins what an account holds with what was found about it before. False when that is nothing, is older than
 * `staleBefore`, or knows no access and asks for a flag: somebody has to look again. No request.
 */
export async function joinKnown(
  context: FlowContext,
  tenancy: Tenancy,
  { account, access, staleBefore }: { account: AccountKey; access: EffectiveAccess; staleBefore: Instant },
): Promise<boolean> {
  const report = await tenancy.tenant.latestReportOf(idOf(account));
  if (report === null || report.createdAt < staleBefore) return false;
  // A flag opens a report that knows the access, which one about a pull request may be too old for.
  if (report.pullRequest !== null && asksForFlag(report, "write")) return false;
  await raiseFlagsOf(context, tenancy, { report, access });
  return true;
}

/** When one of many accounts has its turn; empty for now. */
export const inTime = (place: number, now: Instant): { readonly notBefore?: Instant } =>
  place < AT_ONCE ? {} : { notBefore: plusDays(now, (place - AT_ONCE + 1) / HOLDERS_PER_DAY) };

/** Has write holders assessed, the first ones at once and all of them in time. */
export async function fileHolders(
  context: FlowContext,
  { installation }: Tenancy,
  accounts: readonly AccountKey[],
): Promise<void> {
  const now = context.clock.now();
  const jobs = accounts.map(
    (account, place): Job => ({
      kind: "assess-holder",
      installationId: installation.id,
      accountId: idOf(account),
      ...inTime(place, now),
    }),
  );
  await context.store.queue.enqueue(await context.store.queue.notSetAside(jobs));
}
