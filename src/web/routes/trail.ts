import type { FastifyInstance } from "fastify";
import type { WebContext } from "../context.ts";
import { openOrganization } from "../organization.ts";
import { notFound, sendPage } from "../reply.ts";
import { trailPage } from "../views/trail.ts";

const SHOWN_COUNT = 200;

/** Who looked and who decided, for the organisation's owners. */
export function trailRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/trail", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) return notFound(context, request, reply);
    const entries = await opened.tenant.trail(SHOWN_COUNT);
    return sendPage(reply, 200, trailPage({ ...opened, entries, limit: SHOWN_COUNT }));
  });
}
