import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { AccountId } from "../../../ids.ts";
import { reasonIn } from "../../../reasons.ts";
import type { KeptIndicator, TrailEntry } from "../../../store/store.ts";
import type { WebContext } from "../../context.ts";
import { accountParameter } from "../../guard/parameters.ts";
import { formField } from "../../guard/security.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { refusedEntryPage } from "./list-view.ts";

const params = z.object({
  account: accountParameter,
  entry: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER),
});

/** What owners say of what lists of others say: that it is right, which two must say, or that it is taken back. */
export function accountListedRoutes(app: FastifyInstance, context: WebContext): void {
  const base = "/orgs/:installation/accounts/:account/listed/:entry";

  app.post(`${base}/check`, async (request, reply) => {
    const found = await open(context, request);
    if (!found) return notFound(context, request, reply);
    const { opened, account, entry, now } = found;
    const reason = reasonIn(formField(request, "reason"));
    if (reason === null) return sendPage(reply, 422, refusedEntryPage({ ...opened, account }));
    const by = { byAccountId: opened.viewer.accountId, byLogin: opened.viewer.login, reason, at: now };
    if (!(await opened.tenant.checkIndicator(entry.id, by))) return notFound(context, request, reply);
    return told(found, { act: "indicator.checked", reason }, reply);
  });

  app.post(`${base}/confirm`, async (request, reply) => {
    const found = await open(context, request);
    if (!found) return notFound(context, request, reply);
    const { opened, entry, now } = found;
    if (!(await opened.tenant.confirmIndicator(entry.id, opened.viewer.accountId, now)))
      return notFound(context, request, reply);
    await lookAgain(found);
    return told(found, { act: "indicator.confirmed", reason: entry.checked?.reason ?? null }, reply);
  });

  app.post(`${base}/revoke`, async (request, reply) => {
    const found = await open(context, request);
    if (!found) return notFound(context, request, reply);
    const { opened, account, entry, now } = found;
    const reason = reasonIn(formField(request, "reason"));
    if (reason === null) return sendPage(reply, 422, refusedEntryPage({ ...opened, account }));
    await opened.tenant.revokeIndicators({ id: entry.id }, { reason, at: now });
    await lookAgain(found);
    return told(found, { act: "indicator.revoked", reason }, reply);
  });

  const lookAgain = ({ opened, account: accountId }: Found): Promise<void> => {
    const { id: installationId } = opened.installation;
    return context.store.queue.enqueue([
      { kind: "look-again", installationId, accountId, repositoryId: null, openedBefore: null },
    ]);
  };

  /** Keeps who did it. */
  async function told(
    { opened: { tenant, viewer, installation }, account, now }: Found,
    { act, reason }: Pick<TrailEntry, "act" | "reason">,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    await tenant.addToTrail({ at: now, actorId: viewer.accountId, act, target: `account:${account}`, reason });
    return reply.redirect(`/orgs/${installation.id}/accounts/${account}#listed`, 303);
  }
}

interface Found {
  readonly opened: OpenedOrganization;
  readonly account: AccountId;
  /** The entry that the address names, about this account. */
  readonly entry: KeptIndicator;
  readonly now: string;
}

/** An entry about an account, opened by an owner whom it is not about; null otherwise. */
async function open(context: WebContext, request: FastifyRequest): Promise<Found | null> {
  const opened = await openOrganization(context, request, "live");
  const asked = params.safeParse(request.params).data;
  if (!opened || !asked || asked.account === opened.viewer.accountId) return null;
  const now = context.clock.now();
  const entry = (await opened.tenant.indicatorsOn(asked.account, now)).find(({ id }) => id === asked.entry);
  return entry ? { opened, account: asked.account, entry, now } : null;
}
