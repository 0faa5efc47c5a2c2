import { createHmac } from "node:crypto";
import { isUrgent } from "../../decision/decide.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { dueNotice, urgentNotice } from "../../notification/notices.ts";
import { MIN_CONTENTS } from "../../signals/our-code.ts";
import { DONE, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";
import { destinationsOf, fileNotice, occasionOf } from "../steps/notify.ts";

/** How long a first flag waits for others: a team's new role, or an audit, raises many at once. */
const BURST_SECONDS = 60;

/** A scan begins before what it found is told. */
const FOUND_WITHIN_MS = 3_600_000;

/**
 * Tells of urgent flags, of pushes and of code that was found in public at once, which is a minute after the first: one
 * message for all of them, without a name, and none where each of them was told of before. A run that ends before that
 * is written down says the same again, under the same number.
 */
export async function announceFlagsFlow(context: FlowContext, job: JobOf<"announce-flags">): Promise<Outcome> {
  const until = new Date(Date.parse(job.since) + BURST_SECONDS * 1_000).toISOString();
  if (context.clock.now() < until) return { kind: "snooze", until, because: "gathering flags" };
  const tenant = context.store.tenant(job.installationId);
  const installation = await tenant.installation();
  if (installation === null) return INSTALLATION_UNKNOWN;
  const scanned = new Date(Date.parse(job.since) - FOUND_WITHIN_MS).toISOString();
  const holders = await tenant.accountsWithOurCode(scanned, MIN_CONTENTS);
  const untold = await tenant.untold();
  const flags = await tenant.flags("open");
  const urgent = new Set(flags.filter(isUrgent).map(({ id }) => id));
  const news = { flags: untold.flags.filter((id) => urgent.has(id)), alerts: untold.alerts };
  if (news.flags.length + news.alerts.length + holders.length === 0) return DONE;
  const waiting = { flags, pushes: await tenant.openAlerts(), code: { accounts: holders.length } };
  const occasion = { ...occasionOf(context, installation), ref: refOf(context, job) };
  const notice = urgentNotice(occasion, waiting);
  if (notice !== null) await fileNotice(context, installation, notice);
  await tenant.markTold(news, context.clock.now());
  return DONE;
}

/** The number of a message: of one job always the same, and nobody else's. */
const refOf = ({ hashKey }: FlowContext, { kind, installationId, since }: JobOf<"announce-flags">): string =>
  createHmac("sha256", hashKey)
    .update(`${kind} ${installationId} ${since}`)
    .digest()
    .subarray(0, 16)
    .toString("base64url");

/** Tells, once a day, of decisions that end with it; of what is already asked about again the other messages tell. */
export async function announceDeadlinesFlow(context: FlowContext): Promise<Outcome> {
  for (const installation of await context.store.installations()) {
    if (destinationsOf(context, installation, "due").length === 0) continue;
    const tenant = context.store.tenant(installation.id);
    const decided = {
      flags: await tenant.flags("all"),
      decisions: await tenant.exposureDecisions(context.clock.now()),
    };
    const notice = dueNotice(occasionOf(context, installation), decided);
    if (notice !== null) await fileNotice(context, installation, notice);
  }
  return DONE;
}
