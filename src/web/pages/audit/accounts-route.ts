import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import { type HolderPage, holdersIn } from "../../../access/holders/listed.ts";
import type { WebContext } from "../../context.ts";
import { rowParameter } from "../../guard/parameters.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { sendPage } from "../../reply.ts";
import { accountsPage, accountsQuery, holderQuery } from "./accounts.ts";
import { openAudit } from "./opened.ts";
import { noAuditPage } from "./view.ts";

/** Everybody with access: by the rows of the audit that fit; of one that has only its report left, by that. */
export function accountsRoute(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/audit/accounts", async (request, reply) => {
    const query = accountsQuery.parse(request.query);
    const rows = await holdersByRows(context, request, query);
    if (rows) return sendPage(reply, 200, accountsPage({ ...rows, query }));
    const found = await openAudit(context, request, reply);
    if (!found) return reply;
    const { opened, kept } = found;
    if (!kept) return sendPage(reply, 200, noAuditPage({ ...opened, reading: null, now: context.clock.now() }));
    return sendPage(reply, 200, accountsPage({ ...opened, page: holdersIn(kept.audit, holderQuery(query)), query }));
  });
}

/** A page of an audit's holders, opened by an owner and recorded; null where only a report can tell. */
async function holdersByRows(
  context: WebContext,
  request: FastifyRequest,
  query: z.infer<typeof accountsQuery>,
): Promise<(OpenedOrganization & { readonly page: HolderPage }) | null> {
  const of = query.of === "" ? undefined : query.of;
  if (of !== undefined && !rowParameter.safeParse(of).success) return null;
  const opened = await openOrganization(context, request, "recent");
  const page = opened && (await opened.tenant.holders(holderQuery(query), of));
  if (!page) return null;
  const { viewer, tenant } = opened;
  const entry = {
    at: context.clock.now(),
    actorId: viewer.accountId,
    act: "audit.viewed",
    target: page.audit,
  } as const;
  await tenant.addToTrail({ ...entry, reason: null });
  return { ...opened, page };
}
