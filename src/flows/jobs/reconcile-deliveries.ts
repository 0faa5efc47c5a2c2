import { daysBetween, type Instant, plusDays } from "../../clock.ts";
import { mayTrigger } from "../../delivery/triggers.ts";
import { required } from "../../errors.ts";
import type { LoggedDelivery } from "../../github/gateway.ts";
import type { Outcome } from "../../job/outcome.ts";
import { DONE, type FlowContext } from "../steps/context.ts";
import { reconcileInstallations } from "../steps/reconcile-installations.ts";
import { fileDueSweeps } from "./sweep/file-due-sweeps.ts";

/** Overlap of two looks: a delivery can be listed late. */
const OVERLAP_DAYS = 1 / 24;
/** GitHub redelivers for three days; past this nobody can be sure that nothing was missed. */
const LOG_DAYS = 3;
const ALARM_AFTER_DAYS = 2.5;
/** Three looks that did not come off: GitHub or we were away, and what happened meanwhile is looked for everywhere. */
const AWAY_DAYS = 15 / 1_440;
const MAX_REDELIVERIES = 200;
/** Our answers about the delivery itself. All others, 401 for a wrong secret too, are about us and end one day. */
const REFUSALS: ReadonlySet<number> = new Set([400, 413, 415, 422]);
/** A delivery that we refuse this often is refused for what it is, not lost. */
const MAX_REFUSALS = 4;
/** GitHub's word for a delivery that was answered with 2xx. */
const DELIVERED = "OK";

/**
 * Asks GitHub to send again what we never answered with 2xx, of the events and actions that lead to work: it does not
 * do so by itself. A GUID with any successful attempt is left alone; what arrives twice changes nothing. What was never
 * sent, or is too old, is found by the sweeps that are filed here when they are due. Cost: 1 request per 100 deliveries
 * and 1 per redelivery.
 */
export async function reconcileDeliveriesFlow(context: FlowContext): Promise<Outcome> {
  const installations = await reconcileInstallations(context);
  const now = context.clock.now();
  const last = await context.store.reconciled();
  if (last === null) {
    // First start: what happened before we existed is the sweeps' and the audits' business.
    await context.store.setReconciled({ until: now, lookedAt: now });
  } else {
    const awayDays = daysBetween(last.lookedAt, now);
    if (awayDays > ALARM_AFTER_DAYS) context.log.error("reconciler.gap", { gap_days: Math.round(awayDays * 10) / 10 });
    // Before anything that can fail: what was read of the log counts as a look, however it ends.
    if (awayDays > AWAY_DAYS) await context.store.hastenSweeps(now);
    await askAgain(context, last.until, now);
  }
  await fileDueSweeps(context, { installations, now });
  return DONE;
}

async function askAgain(context: FlowContext, until: Instant, now: Instant): Promise<void> {
  const since = plusDays(until > now ? plusDays(now, -LOG_DAYS) : until, -OVERLAP_DAYS);
  const deliveries = await context.apps.deliveriesSince(since);
  await context.store.noteDeliveryLog(deliveries[0]?.deliveredAt ?? null, now);
  const missed = neverDelivered(deliveries.filter(({ event, action }) => mayTrigger(event, action)));
  for (const { id } of missed.slice(0, MAX_REDELIVERIES)) {
    const asked = await context.apps.redeliver(id);
    // What GitHub has dropped is the sweep's business; a limit or an outage ends this look, and the mark stays.
    if (!asked.ok && asked.reason !== "not_found") required("redelivery", asked);
  }
  const isAll = missed.length <= MAX_REDELIVERIES;
  await context.store.setReconciled({ until: isAll ? readUntil(deliveries, until, now) : until, lookedAt: now });
  context.log.info("reconciler.finished", { missed: missed.length });
}

/**
 * Up to when the log was read: GitHub's time of its newest delivery, and no later than it is here. Our clock alone, once
 * it was wrong for a minute, would call hours that are still to come read.
 */
export function readUntil(deliveries: readonly LoggedDelivery[], until: Instant, now: Instant): Instant {
  const newest = deliveries.reduce((latest, { deliveredAt }) => (deliveredAt > latest ? deliveredAt : latest), "");
  const read = newest === "" ? until : newest;
  return read < now ? read : now;
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
