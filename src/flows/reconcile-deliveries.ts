import { daysBetween, plusDays } from "../clock.ts";
import { required } from "../errors.ts";
import type { LoggedDelivery } from "../github/gateway.ts";
import type { Outcome } from "../job/outcome.ts";
import { DONE, type FlowContext } from "./context.ts";
import { reconcileInstallations } from "./reconcile-installations.ts";

/** Overlap of two looks: a delivery can be listed late. */
const OVERLAP_DAYS = 1 / 24;
/** GitHub redelivers for three days; past this nobody can be sure that nothing was missed. */
const ALARM_AFTER_DAYS = 2.5;
const MAX_REDELIVERIES = 200;
/** Our answers about the delivery itself. All others, 401 for a wrong secret too, are about us and end one day. */
const REFUSALS: ReadonlySet<number> = new Set([400, 413, 415, 422]);
/** A delivery that we refuse this often is refused for what it is, not lost. */
const MAX_REFUSALS = 4;
/** GitHub's word for a delivery that was answered with 2xx. */
const DELIVERED = "OK";

/**
 * Asks GitHub to send again what we never answered with 2xx: it does not do so by itself. A GUID with any successful
 * attempt is left alone; what arrives twice changes nothing. Cost: 1 request per 100 deliveries and 1 per redelivery.
 */
export async function reconcileDeliveriesFlow(context: FlowContext): Promise<Outcome> {
  await reconcileInstallations(context);
  const now = context.clock.now();
  const until = await context.store.reconciledUntil();
  if (until === null) {
    // First start: what was delivered before we existed is the sweep's and the audit's business.
    await context.store.setReconciledUntil(now);
    return DONE;
  }
  const gapDays = daysBetween(until, now);
  if (gapDays > ALARM_AFTER_DAYS) context.log.error("reconciler.gap", { gap_days: Math.round(gapDays * 10) / 10 });
  const logged = await context.apps.deliveriesSince(plusDays(until, -OVERLAP_DAYS));
  await context.store.noteDeliveryLog(logged[0]?.deliveredAt ?? null, now);
  const missed = neverDelivered(logged);
  for (const { id } of missed.slice(0, MAX_REDELIVERIES)) {
    const asked = await context.apps.redeliver(id);
    // What GitHub has dropped is the sweep's business; a limit or an outage ends this look, and the mark stays.
    if (!asked.ok && asked.reason !== "not_found") required("redelivery", asked);
  }
  if (missed.length <= MAX_REDELIVERIES) await context.store.setReconciledUntil(now);
  context.log.info("reconciler.finished", { missed: missed.length });
  return DONE;
}

/** One attempt of each GUID of which no attempt succeeded and not too many were refused, oldest first. */
export function neverDelivered(deliveries: readonly LoggedDelivery[]): readonly LoggedDelivery[] {
  const byGuid = Map.groupBy(deliveries.toReversed(), ({ guid }) => guid);
  return [...byGuid.values()].flatMap((attempts) => {
    const [first] = attempts;
    const refusals = attempts.filter(({ statusCode }) => REFUSALS.has(statusCode)).length;
    const settled = attempts.some(({ status }) => status === DELIVERED) || refusals >= MAX_REFUSALS;
    return settled || first === undefined ? [] : [first];
  });
}
