import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { effectiveAccess } from "../../../access/effective.ts";
import { keyOf } from "../../../access/keys.ts";
import { endOfDay, reasonIn } from "../../../reasons.ts";
import type { WebContext } from "../../context.ts";
import { accountParameter, repositoryParameter } from "../../guard/parameters.ts";
import type { Freshness } from "../../guard/remembering.ts";
import { formField } from "../../guard/security.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { type GrantView, grantPage } from "./grant-view.ts";

const params = z.object({ account: accountParameter, repository: repositoryParameter });

/** One grant of one account: who gave it, why it stands and until when. Owners write it, nobody about himself. */
export function grantRoutes(app: FastifyInstance, context: WebContext): void {
  const path = "/orgs/:installation/accounts/:account/grants/:repository";

  app.get(path, async (request, reply) => {
    const found = await open(context, request, "recent");
    if (!found) return notFound(context, request, reply);
    const { tenant, viewer, account, now: at } = found;
    const target = `account:${account}`;
    await tenant.addToTrail({ at, actorId: viewer.accountId, act: "account.viewed", target, reason: null });
    return sendPage(reply, 200, grantPage(found));
  });

  app.post(path, async (request, reply) => {
    const found = await open(context, request, "live");
    if (!found) return notFound(context, request, reply);
    const { tenant, viewer, installation, account, repository, now: at } = found;
    const given = { reason: formField(request, "reason").trim(), until: formField(request, "until") };
    const reason = reasonIn(given.reason);
    const until = given.until === "" ? null : endOfDay(given.until, at);
    const problem = reason === null ? "reason" : given.until !== "" && until === null ? "until" : null;
    if (reason === null || problem !== null)
      return sendPage(reply, 422, grantPage({ ...found, refused: { problem: problem ?? "reason", ...given } }));
    const by = { accountId: viewer.accountId, login: viewer.login };
    await tenant.noteGrant({ account, repository: repository.id }, { reason, until, by, at });
    const target = `account:${account}`;
    await tenant.addToTrail({ at, actorId: viewer.accountId, act: "grant.noted", target, reason });
    return reply.redirect(`/orgs/${installation.id}/accounts/${account}#holds`, 303);
  });
}

/** A grant that the last audit saw, opened by an owner whom it is not about; null otherwise. */
async function open(
  context: WebContext,
  request: FastifyRequest,
  freshness: Freshness,
): Promise<(GrantView & Pick<OpenedOrganization, "tenant">) | null> {
  const opened = await openOrganization(context, request, freshness);
  const asked = params.safeParse(request.params).data;
  if (!opened || !asked || asked.account === opened.viewer.accountId) return null;
  const roles = await opened.tenant.rolesOf(asked.account, null);
  const access = roles && effectiveAccess(roles);
  const held = access?.holders.get(keyOf(asked.account))?.pairs.get(keyOf(asked.repository));
  if (!access || !held) return null;
  const records = await opened.tenant.grantRecords({ account: asked.account });
  return {
    ...opened,
    ...{ account: asked.account, held, refused: null, now: context.clock.now() },
    login: roles.accounts[0]?.login ?? `account ${asked.account}`,
    repository: { id: asked.repository, name: access.active.get(keyOf(asked.repository))?.name ?? "" },
    record: records.find(({ repository }) => repository === asked.repository) ?? null,
  };
}
