import type { FastifyInstance } from "fastify";
import { clustersHere } from "../../../flows/clusters/clusters-here.ts";
import type { WebContext } from "../../context.ts";
import { openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { ENOUGH } from "../report/enough.ts";
import { clustersPage } from "./view.ts";

/** Accounts that hard evidence joins, for owners. */
export function clusterRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/clusters", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) return notFound(context, request, reply);
    const { tenant, viewer } = opened;
    if (!context.viewLimit.allows(viewer.accountId, "clusters")) return sendPage(reply, 429, ENOUGH);
    const at = context.clock.now();
    const found = await clustersHere(tenant, viewer.accountId);
    await tenant.addToTrail({
      at,
      actorId: viewer.accountId,
      act: "clusters.viewed",
      target: "clusters",
      reason: null,
    });
    return sendPage(reply, 200, clustersPage({ ...opened, ...found }));
  });
}
