import type { FastifyInstance } from "fastify";
import type { WebContext } from "../../context.ts";
import { openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { trailPage } from "./view.ts";

const SHOWN_COUNT = 200;

/** Who looked and who decided, for the organisation's owners. */
export function trailRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/trail", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) return notFound(context, request, reply);
    const { tenant, viewer } = opened;
    const newest = await tenant.trail(SHOWN_COUNT);
    const subjects = await tenant.subjectsOf(newest.map(({ target }) => target));
    // Nobody reads what was said about himself. Of what is gone nobody knows whom it was about.
    const entries = newest
      .filter(({ target }) => subjects.get(target) !== viewer.accountId && target !== `account:${viewer.accountId}`)
      .map((entry) => ({ ...entry, exists: subjects.has(entry.target) }));
    return sendPage(reply, 200, trailPage({ ...opened, entries, limited: newest.length === SHOWN_COUNT }));
  });
}
