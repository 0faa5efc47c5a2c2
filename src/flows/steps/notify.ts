import type { AccessAudit } from "../../access/audit.ts";
import type { ExposureDecision } from "../../access/exposure-decision.ts";
import type { Flag } from "../../access/flag.ts";
import type { Instant } from "../../clock.ts";
import type { Job } from "../../job/job.ts";
import type { Notice, NoticeKind } from "../../job/notice.ts";
import { type Occasion, weeklyNotice } from "../../notification/notices.ts";
import { randomRef } from "../../random.ts";
import type { Installation } from "../../store/store.ts";
import type { FlowContext, Tenancy } from "./context.ts";

/** Audits of which one was taken before; of two taken within a day the later one is a second try. */
const HEADS_LOOKED_AT = 5;

/** Files the audit as a message for whoever is told of it, when there is something to say. */
export async function fileDigest(
  context: FlowContext,
  { installation, tenant }: Tenancy,
  {
    ref,
    audit,
    flags,
    decisions,
    comparedBy,
  }: {
    /** What the message is known by: an audit that ended after it was told is told under the same one. */
    readonly ref: string;
    readonly audit: AccessAudit;
    readonly flags: readonly Flag[];
    readonly decisions: readonly ExposureDecision[];
    readonly comparedBy: Instant;
  },
): Promise<void> {
  if (destinationsOf(context, installation, "weekly").length === 0) return;
  const heads = await tenant.auditHeads(HEADS_LOOKED_AT);
  const before = heads.find(({ takenAt }) => takenAt <= comparedBy) ?? null;
  const notice = weeklyNotice({ ...occasionOf(context, installation), ref }, { audit, before, flags, decisions });
  if (notice !== null) await fileNotice(context, installation, notice);
}

/** Has the urgent flags told, those that are raised within the next minute with them. */
export async function announceSoon(context: FlowContext, { installation }: Tenancy): Promise<void> {
  if (destinationsOf(context, installation, "urgent").length === 0) return;
  const { id: installationId } = installation;
  await context.store.queue.enqueue([{ kind: "announce-flags", installationId, since: context.clock.now() }]);
}

/** One job for each place, so that none waits for another. */
export async function fileNotice(context: FlowContext, installation: Installation, notice: Notice): Promise<void> {
  const jobs = destinationsOf(context, installation, notice.about).map(
    (destination): Job => ({ kind: "send-notice", installationId: installation.id, destination, notice }),
  );
  await context.store.queue.enqueue(jobs);
}

export const destinationsOf = (
  { messenger }: Pick<FlowContext, "messenger">,
  { accountId: id, accountLogin: login }: Installation,
  about: NoticeKind,
): readonly string[] => messenger.destinationsOf({ id, login }, about);

export const occasionOf = ({ random, clock, publicUrl }: FlowContext, installation: Installation): Occasion => ({
  ref: randomRef(random),
  now: clock.now(),
  organization: installation.accountLogin,
  installationId: installation.id,
  publicUrl,
});
