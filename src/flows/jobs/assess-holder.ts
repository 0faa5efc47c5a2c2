import { keyOf } from "../../access/keys.ts";
import { plusDays } from "../../clock.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { assessAccess, placeOf } from "../steps/assess-access.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";
import { joinKnown } from "../steps/join-holders.ts";
import { lastAccess } from "../steps/last-access.ts";

const HOLDS_NOTHING = { kind: "cancelled", because: "account holds no write access any more" } as const;

/** One that waits for its time was filed by the audit of this week. */
const DAYS_BETWEEN_AUDITS = 7;

/** Assesses somebody who already holds write access: long service is no exemption. Cost: 4 to 8 requests. */
export async function assessHolderFlow(context: FlowContext, job: JobOf<"assess-holder">): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const { accountId: id, notBefore } = job;
  const access = await lastAccess(tenancy.tenant, id, null);
  const place = access && placeOf(access, keyOf(id));
  if (access === null || place === null) return HOLDS_NOTHING;
  const now = context.clock.now();
  if (notBefore !== undefined && now < notBefore)
    return { kind: "snooze", until: notBefore, because: "share of the budget" };
  // Whatever raised it meanwhile had it looked at.
  const known = { account: keyOf(id), access, staleBefore: plusDays(now, -DAYS_BETWEEN_AUDITS) };
  if (notBefore !== undefined && (await joinKnown(context, tenancy, known))) return DONE;
  await assessAccess(context, tenancy, job, { place, access });
  return DONE;
}
