import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Installation, TenantStore } from "../store/store.ts";
import type { WebContext } from "./context.ts";
import { installationParameter } from "./guard/parameters.ts";
import type { Freshness } from "./guard/remembering.ts";
import type { Viewer } from "./guard/session.ts";
import type { Place, Tab } from "./layout.ts";

const params = z.object({ installation: installationParameter });

/** An organisation's pages, opened by one of its owners. */
export interface OpenedOrganization {
  readonly installation: Installation;
  readonly tenant: TenantStore;
  readonly viewer: Viewer;
}

/** The organisation a request names, when the viewer owns it; null otherwise, whatever the reason. */
export async function openOrganization(
  context: WebContext,
  request: FastifyRequest,
  freshness: Freshness,
): Promise<OpenedOrganization | null> {
  const id = params.safeParse(request.params).data?.installation;
  if (!id || !request.viewer) return null;
  const tenant = context.store.tenant(id);
  const installation = await tenant.installation();
  if (!installation || !(await context.authority.owns(request.viewer.accountId, installation, freshness))) return null;
  return { installation, tenant, viewer: request.viewer };
}

/** Where an owner's page belongs. */
export const ownersPlace = (installation: Installation, tab: Tab | null): Place => ({
  installationId: installation.id,
  organization: installation.accountLogin,
  tab,
  owner: true,
});
