import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { WebContext } from "../../context.ts";
import { mayRead } from "../../guard/may-read.ts";
import { installationParameter, repositoryParameter } from "../../guard/parameters.ts";
import { notFound, sendPage } from "../../reply.ts";
import { repositoryPage } from "./view.ts";

const params = z.object({ installation: installationParameter, repository: repositoryParameter });
const LISTED_COUNT = 50;

/** One repository for its administrators: who can write there, what waits, what was found. */
export function repositoryRoutes(app: FastifyInstance, context: WebContext): void {
  const { store, authority, clock } = context;

  app.get("/orgs/:installation/repositories/:repository", async (request, reply) => {
    const { viewer } = request;
    const asked = params.safeParse(request.params).data;
    if (!viewer || !asked) return notFound(context, request, reply);
    const tenant = store.tenant(asked.installation);
    const [installation, roles] = await Promise.all([tenant.installation(), tenant.rolesOn(asked.repository)]);
    const name = roles?.repositories[0]?.name;
    if (!installation || !roles || name === undefined) return notFound(context, request, reply);
    const place = {
      installation,
      repositoryId: asked.repository,
      address: { owner: installation.accountLogin, name },
    };
    const who = viewer.accountId;
    const opens =
      (await authority.holds(who, "admin", place, "recent")) === true &&
      (await mayRead(context, { viewer: who, tenant, place }, "recent")) === true;
    if (!opens) return notFound(context, request, reply);
    const owner = (await authority.owns(who, installation, "listing")) === true;
    const [flags, own, reports, ledger, settings] = await Promise.all([
      tenant.flags("open"),
      tenant.policy(asked.repository),
      tenant.listReports({ waiting: false, limit: LISTED_COUNT, repository: asked.repository }),
      tenant.grantRecords({ repository: asked.repository }),
      tenant.settingsOn([asked.repository]),
    ]);
    const now = clock.now();
    const target = `repository:${asked.repository}`;
    await tenant.addToTrail({ at: now, actorId: who, act: "repository.viewed", target, reason: null });
    return sendPage(
      reply,
      200,
      repositoryPage({
        installation,
        name,
        ...{ roles, settings, repository: asked.repository },
        flags: flags.filter(({ repositoryId, accountId }) => repositoryId === asked.repository && accountId !== who),
        reports: reports.filter(({ accountId }) => accountId !== who),
        ledger: ledger.filter(({ account }) => account !== who),
        policyPage: owner ? `/orgs/${installation.id}/policy${own?.source ? `/${asked.repository}` : ""}` : null,
        owner,
        viewer,
        now,
      }),
    );
  });
}
