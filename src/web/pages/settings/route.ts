import type { FastifyInstance } from "fastify";
import type { NoticeKind } from "../../../job/notice.ts";
import { effectivePolicy } from "../../../policy/tighten.ts";
import type { WebContext } from "../../context.ts";
import { formField } from "../../guard/security.ts";
import { openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { settingsPage } from "./view.ts";

/** The one switch an owner has here, and the policy in force. */
export function settingsRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/settings", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) return notFound(context, request, reply);
    const policy = await opened.tenant.policy(null);
    const repositories = [...(await opened.tenant.repositoryPolicies()).values()].flatMap((own) => {
      const { ignored } = effectivePolicy(policy?.file ?? {}, own.file);
      const found = [...own.problems, ...ignored];
      return own.source === null || found.length === 0 ? [] : [{ source: own.source, problems: found }];
    });
    const { accountId: id, accountLogin: login } = opened.installation;
    const told = (about: NoticeKind) => context.destinationsOf({ id, login }, about);
    const messages = { weekly: told("weekly"), urgent: told("urgent"), due: told("due") };
    return sendPage(reply, 200, settingsPage({ ...opened, policy, repositories, messages, now: context.clock.now() }));
  });

  app.post("/orgs/:installation/settings/publication", async (request, reply) => {
    const opened = await openOrganization(context, request, "live");
    if (!opened) return notFound(context, request, reply);
    const { installation, tenant, viewer } = opened;
    const wanted = formField(request, "publication") === "live" ? "live" : "shadow";
    if (wanted !== installation.publication) {
      await tenant.setPublication(wanted);
      const at = context.clock.now();
      const target = `${installation.publication} to ${wanted}`;
      await tenant.addToTrail({ at, actorId: viewer.accountId, act: "publication.changed", target, reason: null });
    }
    return reply.redirect(`/orgs/${installation.id}/settings`, 303);
  });
}
