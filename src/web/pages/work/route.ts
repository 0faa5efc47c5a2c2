import type { FastifyInstance } from "fastify";
import type { WebContext } from "../../context.ts";
import { formField } from "../../guard/security.ts";
import { openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { workPage } from "./view.ts";

/** What holds an organisation's work up, what was given up, and the way to try that again; for its owners. */
export function workRoutes(app: FastifyInstance, context: WebContext): void {
  const { store, clock } = context;

  app.get("/orgs/:installation/work", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) return notFound(context, request, reply);
    const { id } = opened.installation;
    const [setAside, circuits, progress] = await Promise.all([
      store.setAside(id),
      store.circuits(),
      store.deliveryProgress(),
    ]);
    const open = circuits.filter(({ installationId }) => installationId === null || installationId === id);
    return sendPage(
      reply,
      200,
      workPage({ ...opened, setAside, circuits: open, progress, machine: context.health(), now: clock.now() }),
    );
  });

  app.post("/orgs/:installation/work/retry", async (request, reply) => {
    const opened = await openOrganization(context, request, "live");
    if (!opened) return notFound(context, request, reply);
    const { installation, tenant, viewer } = opened;
    for (const target of await store.tryAgain([formField(request, "id")], installation.id))
      await tenant.addToTrail({
        at: clock.now(),
        actorId: viewer.accountId,
        act: "work.retried",
        target,
        reason: null,
      });
    return reply.redirect(`/orgs/${installation.id}/work`, 303);
  });
}
