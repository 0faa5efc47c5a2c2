import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type AccessAudit, AUDIT_WEEKS } from "../../../access/audit.ts";
import { csvRows } from "../../../access/audit-csv.ts";
import { checkedAudit } from "../../../access/audit-schema.ts";
import { type ExposureDecision, newestDecisions, withDecisions } from "../../../access/exposure-decision.ts";
import { keyOf } from "../../../access/keys.ts";
import { withRemedies } from "../../../access/remedy/exported.ts";
import { remediesOf } from "../../../access/remedy/remedy.ts";
import { inSlices } from "../../../slices.ts";
import type { WebContext } from "../../context.ts";
import { rowParameter } from "../../guard/parameters.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { accountsPage, accountsQuery } from "./accounts.ts";
import { lineRoutes } from "./line-route.ts";
import { jsonTexts, streamed } from "./streamed.ts";
import { auditPage, noAuditPage } from "./view.ts";

/** The weekly access audit: the page, everybody with access, and the same as CSV and JSON. Owners only. */
export function auditRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/audit", async (request, reply) => {
    const found = await open(request, reply);
    if (!found) return reply;
    const { opened, kept } = found;
    if (!kept) return sendPage(reply, 200, noAuditPage({ ...opened }));
    const [waiting, weeks] = await Promise.all([opened.tenant.flags("open"), opened.tenant.auditHeads(AUDIT_WEEKS)]);
    const flags = waiting.filter(({ accountId }) => accountId !== opened.viewer.accountId);
    const viewer = keyOf(opened.viewer.accountId);
    const base = `/orgs/${opened.installation.id}/audit`;
    const decisions = newestDecisions(kept.decisions);
    const deciding = kept.of === null ? { base, decisions, viewer, remedies: remediesOf(kept.audit) } : null;
    return sendPage(
      reply,
      200,
      auditPage({ ...opened, ...kept, flags, deciding, weeks: weeks.toReversed(), now: context.clock.now() }),
    );
  });

  app.get("/orgs/:installation/audit/accounts", async (request, reply) => {
    const found = await open(request, reply);
    if (!found) return reply;
    const { opened, kept } = found;
    if (!kept) return sendPage(reply, 200, noAuditPage({ ...opened }));
    const query = accountsQuery.parse(request.query);
    return sendPage(reply, 200, accountsPage({ ...opened, ...kept, query }));
  });

  app.get("/orgs/:installation/audit.json", (request, reply) =>
    exported(request, reply, {
      type: "application/json",
      name: "json",
      texts: async (audit, isNewest) => jsonTexts(isNewest ? await inSlices(withRemedies(audit)) : audit),
    }),
  );
  app.get("/orgs/:installation/audit.csv", (request, reply) =>
    exported(request, reply, { type: "text/csv", name: "csv", texts: async (audit) => csvRows(audit) }),
  );

  lineRoutes(app, context);

  async function exported(request: FastifyRequest, reply: FastifyReply, format: Format): Promise<FastifyReply> {
    const found = await open(request, reply);
    if (!found) return reply;
    if (!found.kept) return notFound(context, request, reply);
    const { audit, of } = found.kept;
    const name = `access-audit-${audit.takenAt.slice(0, 10)}.${format.name}`;
    return reply
      .type(`${format.type}; charset=utf-8`)
      .header("content-disposition", `attachment; filename="${name}"`)
      .send(streamed(await format.texts(audit, of === null)));
  }

  /**
   * The audit that `of` names, else the newest one, opened by an owner and recorded; null after a 404 was sent. Nobody
   * reads a flag about himself. What was decided about the newest counts as it stands now.
   */
  async function open(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ readonly opened: OpenedOrganization; readonly kept: Kept | null } | null> {
    const opened = await openOrganization(context, request, "recent");
    const asked = auditQuery.safeParse(request.query);
    const of = asked.data?.of;
    const stored = of === undefined ? await opened?.tenant.latestReport() : await opened?.tenant.auditReport(of);
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
}

const auditQuery = z.object({ of: rowParameter.optional() });

/** An audit as it was stored, and the id by which it was asked for; null for the newest. */
interface Kept {
  readonly of: string | null;
  readonly audit: AccessAudit;
  /** About its exposure; none of an earlier audit, which says itself what was kept. */
  readonly decisions: readonly ExposureDecision[];
}

interface Format {
  readonly type: string;
  readonly name: string;
  /** Only of the newest audit are the names those of today. */
  readonly texts: (audit: AccessAudit, isNewest: boolean) => Promise<Iterable<string>>;
}
