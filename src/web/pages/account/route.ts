import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { idOf } from "../../../access/keys.ts";
import { clustersFor } from "../../../flows/clusters/clusters-here.ts";
import type { WebContext } from "../../context.ts";
import { accountParameter } from "../../guard/parameters.ts";
import { openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { ENOUGH } from "../report/enough.ts";
import { commandsIn } from "./commands.ts";
import { grantRoutes } from "./grant-route.ts";
import { accountListRoutes } from "./list-route.ts";
import { accountListedRoutes } from "./listed-route.ts";
import { accountPage } from "./view.ts";

const params = z.object({ account: accountParameter });
/** Reports listed: as many as are kept of nearly everybody. */
const MAX_REPORTS = 100;
/** Repositories whose rules are read. */
const MAX_PLACES = 200;

/** Everything about one account in one place, for owners; an account that nothing is known of has no page. */
export function accountRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/accounts/:account", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    const account = params.safeParse(request.params).data?.account;
    if (!opened || !account || account === opened.viewer.accountId) return notFound(context, request, reply);
    const { tenant, viewer } = opened;
    const now = context.clock.now();
    const [reports, roles, flags, entries, listed, corrections, ledger, clusters] = await Promise.all([
      tenant.reportsOfAccount(account, MAX_REPORTS),
      tenant.rolesOf(account, null),
      tenant.flags("all"),
      tenant.listEntries(account, now),
      tenant.indicatorsOn(account, now),
      tenant.corrections(account),
      tenant.grantRecords({ account }),
      clustersFor(tenant, viewer.accountId),
    ]);
    const known = roles !== null && roles.accounts.length > 0;
    const places = roles?.repositories.slice(0, MAX_PLACES) ?? [];
    const settings = known ? await tenant.settingsOn(places.map(({ id }) => idOf(id))) : null;
    if (!known && reports.length + entries.length + listed.length === 0) return notFound(context, request, reply);
    if (!context.viewLimit.allows(viewer.accountId, `account ${account}`)) return sendPage(reply, 429, ENOUGH);
    const target = `account:${account}`;
    await tenant.addToTrail({ at: now, actorId: viewer.accountId, act: "account.viewed", target, reason: null });
    return sendPage(
      reply,
      200,
      accountPage({
        ...opened,
        account,
        reports,
        roles: known ? roles : null,
        settings,
        entries,
        listed,
        flags: flags.filter(({ accountId }) => accountId === account),
        corrections,
        tiedCount: (clusters.find(({ accountIds }) => accountIds.includes(account))?.accountIds.length ?? 1) - 1,
        ledger,
        commands: commandsIn(known ? roles : null),
        githubUrl: context.githubUrl,
        now,
      }),
    );
  });
  accountListRoutes(app, context);
  accountListedRoutes(app, context);
  grantRoutes(app, context);
}
