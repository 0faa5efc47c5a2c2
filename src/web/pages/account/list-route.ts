import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { AccountId, RepositoryId } from "../../../ids.ts";
import { endOfDay, reasonIn } from "../../../reasons.ts";
import type { KeptEntry, TrailEntry } from "../../../store/store.ts";
import type { WebContext } from "../../context.ts";
import { accountParameter, repositoryParameter } from "../../guard/parameters.ts";
import { formField } from "../../guard/security.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { refusedEntryPage } from "./list-view.ts";

const params = z.object({
  account: accountParameter,
  entry: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
});

/** What owners say about an account: that it is known, or a warning, which counts once a second owner agrees. */
export function accountListRoutes(app: FastifyInstance, context: WebContext): void {
  const base = "/orgs/:installation/accounts/:account/list";

  app.post(base, async (request, reply) => {
    const found = await open(context, request);
    if (!found) return notFound(context, request, reply);
    const { opened, account, now } = found;
    const disposition = formField(request, "say") === "warn" ? "denounced" : "vouched";
    const reason = reasonIn(formField(request, "reason"));
    const until = endOfDay(formField(request, "until"), now);
    const scope = formField(request, "scope");
    const repository = scope === "" ? null : repositoryParameter.safeParse(scope).data;
    if (reason === null || until === null || repository === undefined)
      return sendPage(reply, 422, refusedEntryPage({ ...opened, account }));
    const by = { accountId: opened.viewer.accountId, login: opened.viewer.login };
    await opened.tenant.addToLocalList(account, { disposition, reason, by, repository, at: now, until });
    const act = disposition === "vouched" ? "account.vouched" : "account.warned";
    // A warning by one person counts for nothing yet.
    if (disposition === "vouched") await lookAgain(found, repository);
    return told(found, { act, reason }, reply);
  });

  app.post(`${base}/:entry/confirm`, async (request, reply) => {
    const found = await open(context, request);
    if (!found?.entry) return notFound(context, request, reply);
    const { opened, entry, now } = found;
    if (!(await opened.tenant.confirmEntry(entry.id, opened.viewer.accountId, now)))
      return notFound(context, request, reply);
    await lookAgain(found, entry.repository);
    return told(found, { act: "warning.confirmed", reason: entry.reason }, reply);
  });

  app.post(`${base}/:entry/withdraw`, async (request, reply) => {
    const found = await open(context, request);
    if (!found?.entry) return notFound(context, request, reply);
    const { opened, entry, now } = found;
    await opened.tenant.withdrawEntry(entry.id, now);
    if (entry.disposition === "vouched" || entry.confirmedBy !== null) await lookAgain(found, entry.repository);
    return told(found, { act: "entry.withdrawn", reason: null }, reply);
  });

  /** Has the account's access and its open pull requests looked at again, where what is said of it counts. */
  const lookAgain = ({ opened, account: accountId }: Found, repositoryId: RepositoryId | null): Promise<void> => {
    const { id: installationId } = opened.installation;
    return context.store.queue.enqueue([
      { kind: "look-again", installationId, accountId, repositoryId, openedBefore: null },
    ]);
  };

  /** Keeps who did it. */
  async function told(
    { opened, account, now }: Found,
    { act, reason }: Pick<TrailEntry, "act" | "reason">,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { tenant, viewer, installation } = opened;
    await tenant.addToTrail({ at: now, actorId: viewer.accountId, act, target: `account:${account}`, reason });
    return reply.redirect(`/orgs/${installation.id}/accounts/${account}#said`, 303);
  }
}

interface Found {
  readonly opened: OpenedOrganization;
  readonly account: AccountId;
  /** The entry that the address names, when it is about this account; null without one. */
  readonly entry: KeptEntry | null;
  readonly now: string;
}

/** An account's list, opened by an owner whom it is not about; null otherwise. */
async function open(context: WebContext, request: FastifyRequest): Promise<Found | null> {
  const opened = await openOrganization(context, request, "live");
  const asked = params.safeParse(request.params).data;
  if (!opened || !asked || asked.account === opened.viewer.accountId) return null;
  const now = context.clock.now();
  const entries = asked.entry === undefined ? [] : await opened.tenant.listEntries(asked.account, now);
  return { opened, account: asked.account, entry: entries.find(({ id }) => id === asked.entry) ?? null, now };
}
