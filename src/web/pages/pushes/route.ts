import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { PUSH_OUTCOMES, type PushOutcome } from "../../../decision/unreviewed-push.ts";
import { reasonIn } from "../../../reasons.ts";
import type { WebContext } from "../../context.ts";
import { rowParameter } from "../../guard/parameters.ts";
import { formField } from "../../guard/security.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { pushesPage, type RefusedPushDecision } from "./view.ts";

const params = z.object({ id: rowParameter });

/** Pushes that nobody reviewed, and the one thing to do with an alert: say what it was. */
export function pushRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/pushes", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    return opened ? show(opened, reply, null) : notFound(context, request, reply);
  });

  app.post("/orgs/:installation/pushes/:id/decide", async (request, reply) => {
    const opened = await openOrganization(context, request, "live");
    const id = params.safeParse(request.params).data?.id;
    const alert = opened && id ? (await opened.tenant.alertedPushes()).find(({ alertId }) => alertId === id) : null;
    if (!opened || !id || !alert) return notFound(context, request, reply);
    const decided = decisionIn(request);
    if ("problem" in decided) return show(opened, reply, { alertId: id, ...decided });
    const { tenant, viewer, installation } = opened;
    const at = context.clock.now();
    const by = { accountId: viewer.accountId, login: viewer.login, at };
    if (await tenant.decidePushes(id, { ...decided, ...by }))
      await tenant.addToTrail({
        at,
        actorId: viewer.accountId,
        act: "push.decided",
        target: id,
        reason: decided.reason,
      });
    return reply.redirect(`/orgs/${installation.id}/pushes`, 303);
  });

  async function show(
    opened: OpenedOrganization,
    reply: FastifyReply,
    refused: RefusedPushDecision | null,
  ): Promise<FastifyReply> {
    const { tenant, viewer, installation } = opened;
    const now = context.clock.now();
    await tenant.addToTrail({
      at: now,
      actorId: viewer.accountId,
      act: "pushes.viewed",
      target: "pushes",
      reason: null,
    });
    const [alerted, unseen] = [await tenant.alertedPushes(), await tenant.unseenPushes()];
    const { githubUrl } = context;
    return sendPage(
      reply,
      refused ? 422 : 200,
      pushesPage({ alerted, unseen, installation, viewer, now, refused, githubUrl }),
    );
  }
}

/** What the form says, or what is wrong with it. */
function decisionIn(
  request: FastifyRequest,
): { readonly reason: string; readonly outcome: PushOutcome } | Omit<RefusedPushDecision, "alertId"> {
  const given = formField(request, "reason").trim();
  const outcome = PUSH_OUTCOMES.find((known) => known === formField(request, "outcome")) ?? null;
  const reason = reasonIn(given);
  if (reason === null) return { problem: "reason", given, outcome };
  return outcome === null ? { problem: "outcome", given, outcome } : { reason, outcome };
}
