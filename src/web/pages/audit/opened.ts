import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { AccessAudit } from "../../../access/audit.ts";
import { checkedAudit } from "../../../access/audit-schema.ts";
import { type ExposureDecision, withDecisions } from "../../../access/exposure-decision.ts";
import { keyOf } from "../../../access/keys.ts";
import { inSlices } from "../../../slices.ts";
import type { ReportPart } from "../../../store/audits.ts";
import type { WebContext } from "../../context.ts";
import { rowParameter } from "../../guard/parameters.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound } from "../../reply.ts";

/**
 * The audit that `of` names, else the newest one, opened by an owner and recorded; null after a 404 was sent. Nobody
 * reads a flag about himself. What was decided about the newest counts as it stands now.
 */
export async function openAudit(
  context: WebContext,
  request: FastifyRequest,
  reply: FastifyReply,
  part?: ReportPart,
): Promise<{ readonly opened: OpenedOrganization; readonly kept: Kept | null } | null> {
  const opened = await openOrganization(context, request, "recent");
  const asked = auditQuery.safeParse(request.query);
  const of = asked.data?.of;
  const stored =
    of === undefined ? await opened?.tenant.latestReport(part) : await opened?.tenant.auditReport(of, part);
  if (!opened || !asked.success || (of !== undefined && !stored)) {
    await notFound(context, request, reply);
    return null;
  }
  if (!stored) return { opened, kept: null };
  const { tenant, viewer } = opened;
  const at = context.clock.now();
  await tenant.addToTrail({ at, actorId: viewer.accountId, act: "audit.viewed", target: stored.id, reason: null });
  const audit = await inSlices(checkedAudit(stored.report));
  const flags = audit.flags.filter(({ account }) => account !== keyOf(viewer.accountId));
  if (of !== undefined) return { opened, kept: { of, audit: { ...audit, flags }, decisions: [] } };
  const decisions = await tenant.exposureDecisions(at);
  const deciding = withDecisions(audit.exposure, { decisions, seenAt: audit.takenAt, now: at });
  return { opened, kept: { of: null, audit: { ...audit, flags, exposure: await inSlices(deciding) }, decisions } };
}

const auditQuery = z.object({ of: rowParameter.optional() });

/** An audit as it was stored, and the id by which it was asked for; null for the newest. */
export interface Kept {
  readonly of: string | null;
  readonly audit: AccessAudit;
  /** About its exposure; none of an earlier audit, which says itself what was kept. */
  readonly decisions: readonly ExposureDecision[];
}
