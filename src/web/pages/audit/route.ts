import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type AccessAudit, AUDIT_WEEKS } from "../../../access/audit.ts";
import { csvRows } from "../../../access/audit-csv.ts";
import { checkedAudit } from "../../../access/audit-schema.ts";
import { keyOf } from "../../../access/keys.ts";
import { inSlices } from "../../../slices.ts";
import type { WebContext } from "../../context.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { accountsPage, accountsQuery } from "./accounts.ts";
import { jsonTexts, streamed } from "./streamed.ts";
import { auditPage, noAuditPage } from "./view.ts";

/** The weekly access audit: the page, everybody with access, and the same as CSV and JSON. Owners only. */
export function auditRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/audit", async (request, reply) => {
    const found = await open(request, reply);
    if (!found) return reply;
    const { opened, audit } = found;
    const now = context.clock.now();
    if (!audit) return sendPage(reply, 200, noAuditPage({ ...opened }));
    const [flags, weeks] = await Promise.all([opened.tenant.flags("open"), opened.tenant.auditHeads(AUDIT_WEEKS)]);
    return sendPage(
      reply,
      200,
      auditPage({
        ...opened,
        audit,
        flags: flags.filter(({ accountId }) => accountId !== opened.viewer.accountId),
        weeks: weeks.toReversed(),
        now,
      }),
    );
  });

  app.get("/orgs/:installation/audit/accounts", async (request, reply) => {
    const found = await open(request, reply);
    if (!found) return reply;
    const { opened, audit } = found;
    if (!audit) return sendPage(reply, 200, noAuditPage({ ...opened }));
    const query = accountsQuery.parse(request.query);
    return sendPage(reply, 200, accountsPage({ ...opened, audit, query }));
  });

  app.get("/orgs/:installation/audit.json", (request, reply) =>
    exported(request, reply, {
      type: "application/json",
      name: "json",
      texts: jsonTexts,
    }),
  );
  app.get("/orgs/:installation/audit.csv", (request, reply) =>
    exported(request, reply, { type: "text/csv", name: "csv", texts: csvRows }),
  );

  async function exported(request: FastifyRequest, reply: FastifyReply, format: Format): Promise<FastifyReply> {
    const found = await open(request, reply);
    if (!found) return reply;
    if (!found.audit) return notFound(context, request, reply);
    const name = `access-audit-${found.audit.takenAt.slice(0, 10)}.${format.name}`;
    return reply
      .type(`${format.type}; charset=utf-8`)
      .header("content-disposition", `attachment; filename="${name}"`)
      .send(streamed(format.texts(found.audit)));
  }

  /** The newest audit, opened by an owner and recorded; null after a 404 was sent. Nobody reads a flag about himself. */
  async function open(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ readonly opened: OpenedOrganization; readonly audit: AccessAudit | null } | null> {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) {
      await notFound(context, request, reply);
      return null;
    }
    const { tenant, viewer } = opened;
    const stored = await tenant.latestReport();
    if (!stored) return { opened, audit: null };
    const at = context.clock.now();
    await tenant.addToTrail({ at, actorId: viewer.accountId, act: "audit.viewed", target: stored.id, reason: null });
    const audit = await inSlices(checkedAudit(stored.report));
    const flags = audit.flags.filter(({ account }) => account !== keyOf(viewer.accountId));
    return { opened, audit: { ...audit, flags } };
  }
}

interface Format {
  readonly type: string;
  readonly name: string;
  readonly texts: (audit: AccessAudit) => Iterable<string>;
}
