import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Flag } from "../../../access/flag.ts";
import type { TenantStore } from "../../../store/store.ts";
import type { WebContext } from "../../context.ts";
import { decisionIn } from "../../decision-form.ts";
import { rowParameter } from "../../guard/parameters.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { verdictIn } from "../../verdict-form.ts";
import { remediesOfFlags } from "../audit/remedies.ts";
import { flagsPage, type RefusedReason } from "./view.ts";

const params = z.object({ id: rowParameter });

/** Flags of an organisation and the one thing to do with them: acknowledge, with a reason. */
export function flagRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/flags", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    return opened ? show(opened, reply, null) : notFound(context, request, reply);
  });

  app.post("/orgs/:installation/flags/:id/acknowledge", async (request, reply) => {
    const opened = await openOrganization(context, request, "live");
    const id = params.safeParse(request.params).data?.id;
    const flag = opened && id ? await opened.tenant.flag(id) : null;
    if (!opened || !flag || flag.accountId === opened.viewer.accountId) return notFound(context, request, reply);
    const at = context.clock.now();
    const decided = decisionIn(request, at);
    if ("problem" in decided) return show(opened, reply, { flagId: flag.id, ...decided });
    const { tenant, viewer, installation } = opened;
    const by = { accountId: viewer.accountId, login: viewer.login, at, ...decided };
    if (await tenant.acknowledgeFlag(flag.id, by)) {
      await tenant.addToTrail({
        at,
        actorId: viewer.accountId,
        act: "flag.acknowledged",
        target: flag.id,
        reason: decided.reason,
      });
      await closeReports(opened, flag, { ...by, verdict: verdictIn(request) });
    }
    return reply.redirect(`/orgs/${installation.id}/flags`, 303);
  });

  /** The decision answers the reports on that access too: they wait for nobody any more. */
  async function closeReports(
    { tenant }: OpenedOrganization,
    flag: Flag,
    by: Parameters<TenantStore["markAccessReviewed"]>[1],
  ): Promise<void> {
    const reports = await tenant.reportsOfHolder(flag.repositoryId, flag.accountId);
    for (const id of new Set([flag.reportId, ...reports.map((report) => report.id)]))
      if (await tenant.markAccessReviewed(id, by))
        await tenant.addToTrail({ at: by.at, actorId: by.accountId, act: "report.reviewed", target: id, reason: null });
  }

  async function show(
    opened: OpenedOrganization,
    reply: FastifyReply,
    refused: RefusedReason | null,
  ): Promise<FastifyReply> {
    const { tenant, viewer, installation } = opened;
    const now = context.clock.now();
    await tenant.addToTrail({ at: now, actorId: viewer.accountId, act: "flags.viewed", target: "flags", reason: null });
    const flags = (await tenant.flags("all")).filter(({ accountId }) => accountId !== viewer.accountId);
    return sendPage(
      reply,
      refused ? 422 : 200,
      flagsPage({ flags, installation, viewer, now, refused, remedies: await remediesOfFlags(tenant, flags) }),
    );
  }
}
