import type { Instant } from "../../clock.ts";
import { isUrgent } from "../../decision/decide.ts";
import type { JobOf } from "../../job/job.ts";
import type { Notice } from "../../job/notice.ts";
import type { Outcome } from "../../job/outcome.ts";
import { REFUSED } from "../../job/set-aside.ts";
import type { Sent } from "../../notification/messenger.ts";
import { dayOf } from "../../notification/notices.ts";
import type { TenantStore } from "../../store/store.ts";
import { DONE, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";
import { destinationsOf } from "../steps/notify.ts";

/**
 * Sends one message to one place; in shadow mode too, for only those are told whom the operator named. What is old by
 * then is not sent: the file may name the place no more, and people may have decided. 1 attempt of ten seconds.
 */
export async function sendNoticeFlow(context: FlowContext, job: JobOf<"send-notice">): Promise<Outcome> {
  const { destination, notice } = job;
  const tenant = context.store.tenant(job.installationId);
  const installation = await tenant.installation();
  if (installation === null) return INSTALLATION_UNKNOWN;
  if (!destinationsOf(context, installation, notice.about).includes(destination)) return NOT_NAMED;
  if (!(await stillHolds(notice, { tenant, now: context.clock.now() }))) return OVERTAKEN;
  if (!(await context.isOurs())) return TAKEN_OVER;
  const sent = await context.messenger.send(destination, notice);
  const told = { installation: installation.id, destination, about: notice.about };
  if (sent.state === "sent") context.log.info("notice.sent", told);
  else context.log.warn("notice.unsent", { ...told, state: sent.state, because: sent.because });
  return outcomeOf(sent);
}

const NOT_NAMED = { kind: "cancelled", because: "destination not configured any more" } as const;
const OVERTAKEN = { kind: "cancelled", because: "message overtaken" } as const;
const TAKEN_OVER = { kind: "cancelled", because: "taken over by another worker" } as const;

async function stillHolds(
  notice: Notice,
  { tenant, now }: { readonly tenant: TenantStore; readonly now: Instant },
): Promise<boolean> {
  switch (notice.about) {
    case "weekly":
      return ((await tenant.latestAuditAt()) ?? "") <= notice.madeAt;
    case "urgent":
      // Nobody decides about code that was found: it stays told.
      if (notice.code !== undefined) return true;
      return (await tenant.flags("open")).some(isUrgent) || (await tenant.openAlerts()).alerts > 0;
    case "due":
      return dayOf(notice.madeAt) === dayOf(now);
    case "test":
      return true;
  }
}

function outcomeOf(sent: Sent): Outcome {
  switch (sent.state) {
    case "sent":
      return DONE;
    case "refused":
      return { kind: "discarded", because: REFUSED };
    case "away":
      return sent.retryAt === null
        ? { kind: "held", by: "job", because: "destination_away" }
        : { kind: "snooze", until: sent.retryAt, because: "destination_busy" };
  }
}
