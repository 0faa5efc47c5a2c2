import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type AccessAudit, AUDIT_WEEKS } from "../../../access/audit.ts";
import { csvRows } from "../../../access/audit-csv.ts";
import { newestDecisions } from "../../../access/exposure-decision.ts";
import { keyOf } from "../../../access/keys.ts";
import { withRemedies } from "../../../access/remedy/exported.ts";
import type { Instant } from "../../../clock.ts";
import { unfinishedReading } from "../../../flows/steps/audit-reading.ts";
import { inSlices } from "../../../slices.ts";
import type { WebContext } from "../../context.ts";
import type { OpenedOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { accountsRoute } from "./accounts-route.ts";
import { auditHtml } from "./html-export.ts";
import { lineRoutes } from "./line-route.ts";
import { type Kept, openAudit } from "./opened.ts";
import { remediesFor } from "./remedies.ts";
import { jsonTexts, streamed } from "./streamed.ts";
import { type AuditView, auditPage, noAuditPage } from "./view.ts";

/** The weekly access audit: the page, everybody with access, and the same as CSV and JSON. Owners only. */
export function auditRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/audit", async (request, reply) => {
    const found = await openAudit(context, request, reply, "without accounts");
    if (!found) return reply;
    const { opened, kept } = found;
    const now = context.clock.now();
    const reading = kept?.of ? null : await unfinishedReading(opened.tenant, now);
    if (!kept) return sendPage(reply, 200, noAuditPage({ ...opened, reading, now }));
    return sendPage(reply, 200, auditPage({ ...(await viewOf(opened, kept, now)), reading }));
  });

  accountsRoute(app, context);

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

  app.get("/orgs/:installation/audit.html", (request, reply) =>
    exported(request, reply, { type: "text/html", name: "html", texts: async (audit) => auditHtml(audit) }),
  );

  lineRoutes(app, context);

  async function exported(request: FastifyRequest, reply: FastifyReply, format: Format): Promise<FastifyReply> {
    const found = await openAudit(context, request, reply);
    if (!found) return reply;
    if (!found.kept) return notFound(context, request, reply);
    const { audit, of } = found.kept;
    const name = `access-audit-${audit.takenAt.slice(0, 10)}.${format.name}`;
    return reply
      .type(`${format.type}; charset=utf-8`)
      .header("content-disposition", `attachment; filename="${name}"`)
      .send(streamed(await format.texts(audit, of === null)));
  }
}

/** An audit with what stands beside it: flags as they are now, none about the viewer, and the weeks before. */
async function viewOf(opened: OpenedOrganization, kept: Kept, now: Instant): Promise<Omit<AuditView, "reading">> {
  const { tenant, viewer, installation } = opened;
  const [waiting, weeks] = await Promise.all([tenant.flags("open"), tenant.auditHeads(AUDIT_WEEKS)]);
  const flags = waiting.filter(({ accountId }) => accountId !== viewer.accountId);
  const about = {
    ...{ base: `/orgs/${installation.id}/audit`, viewer: keyOf(viewer.accountId) },
    decisions: newestDecisions(kept.decisions),
  };
  return {
    ...{ ...opened, ...kept, now, flags },
    deciding: kept.of === null ? { ...about, remedies: await remediesFor(tenant, kept.audit, flags) } : null,
    ruleChanges: kept.of === null ? await tenant.ruleChanges() : null,
    weeks: weeks.toReversed(),
  };
}

interface Format {
  readonly type: string;
  readonly name: string;
  /** Only of the newest audit are the names those of today. */
  readonly texts: (audit: AccessAudit, isNewest: boolean) => Promise<Iterable<string>>;
}
