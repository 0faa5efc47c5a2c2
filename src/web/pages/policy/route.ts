import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { explainPolicy, NO_POLICY, type PlacedPolicy } from "../../../policy/explain.ts";
import type { StoredPolicy } from "../../../store/store.ts";
import type { WebContext } from "../../context.ts";
import { repositoryParameter } from "../../guard/parameters.ts";
import type { Page } from "../../layout.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { policyPage } from "./view.ts";

const params = z.object({ repository: repositoryParameter });

/** The rules in force, of the organisation or of one repository that has a file of its own, and where they come from. */
export function policyRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/policy", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) return notFound(context, request, reply);
    return sendPage(reply, 200, await shown(context, opened, null));
  });

  app.get("/orgs/:installation/policy/:repository", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    const id = params.safeParse(request.params).data?.repository;
    const repository = opened && id ? await opened.tenant.policy(id) : null;
    if (!opened || !repository?.source) return notFound(context, request, reply);
    return sendPage(reply, 200, await shown(context, opened, repository));
  });
}

async function shown(context: WebContext, opened: OpenedOrganization, repository: StoredPolicy | null): Promise<Page> {
  const { installation, tenant } = opened;
  const organization = await tenant.policy(null);
  const files = { organization: placed(organization), repository: placed(repository) };
  const others = [...(await tenant.repositoryPolicies())].flatMap(([id, { source }]) =>
    source ? [{ id, source }] : [],
  );
  return policyPage({
    ...opened,
    githubUrl: context.githubUrl,
    keys: explainPolicy(files, installation.publication),
    organization,
    repository,
    others,
  });
}

const placed = (stored: StoredPolicy | null): PlacedPolicy =>
  stored ? { file: stored.file, place: stored.source, lines: stored.lines ?? {} } : NO_POLICY;
