import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Flag, OUTCOMES, type Outcome } from "../../../access/flag.ts";
import type { Instant } from "../../../clock.ts";
import type { TenantStore } from "../../../store/store.ts";
import type { WebContext } from "../../context.ts";
import { endOfDay, reasonIn } from "../../form-fields.ts";
import { rowParameter } from "../../guard/parameters.ts";
import { formField } from "../../guard/security.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
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
      await closeReports(opened, flag, by);
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
    return sendPage(reply, refused ? 422 : 200, flagsPage({ flags, installation, viewer, now, refused }));
  }
}

type Decided = { readonly reason: string; readonly outcome: Outcome; readonly until: Instant | null };

/** What the form says, or what is wrong with it. */
function decisionIn(request: FastifyRequest, now: Instant): Decided | Omit<RefusedReason, "flagId"> {
  const outcome = OUTCOMES.find((known) => known === formField(request, "outcome"));
  const [text, day] = [formField(request, "reason"), formField(request, "until")];
  const given = { given: text.trim(), outcome: outcome ?? null, until: day };
  const reason = reasonIn(text);
  if (reason === null) return { problem: "reason", ...given };
  if (outcome === undefined) return { problem: "outcome", ...given };
  if (outcome !== "keep") return { reason, outcome, until: null };
  const until = endOfDay(day, now);
  return until === null ? { problem: "until", ...given } : { reason, outcome, until };
}
