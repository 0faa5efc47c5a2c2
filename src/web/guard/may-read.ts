import { type Instant, plusDays } from "../../clock.ts";
import { canWrite } from "../../dossier/role.ts";
import type { AccountId, RepositoryId } from "../../ids.ts";
import { type ReportReaders, readersIn } from "../../policy/report-readers.ts";
import { effectivePolicy } from "../../policy/tighten.ts";
import type { Report, TenantStore } from "../../store/store.ts";
import type { WebContext } from "../context.ts";
import type { RepositoryPlace } from "./authorize.ts";
import type { Freshness } from "./remembering.ts";

/** Whoever was let in less long ago does not read about others yet. */
const NEW_DAYS = 30;

/** Whom the policy lets read the reports of a repository. */
export async function readersOf(tenant: TenantStore, repository: RepositoryId): Promise<ReportReaders> {
  const [organization, own] = await Promise.all([tenant.policy(null), tenant.policy(repository)]);
  return readersIn(effectivePolicy(organization?.file ?? {}, own?.file ?? {}).policy.viewers.reports);
}

/**
 * Whether somebody reads the reports of a repository: role and team are the policy's to say, and neither is a flag open
 * about him nor his own write new. An owner, who decides about all three, needs the role alone. Null when GitHub could not
 * be asked.
 */
export async function mayRead(
  { authority, clock }: Pick<WebContext, "authority" | "clock">,
  {
    viewer,
    tenant,
    place,
  }: { readonly viewer: AccountId; readonly tenant: TenantStore; readonly place: RepositoryPlace },
  freshness: Freshness,
): Promise<boolean | null> {
  const { least, team } = await readersOf(tenant, place.repositoryId);
  const holds = await authority.holds(viewer, least, place, freshness);
  if (holds !== true) return holds;
  const { installation } = place;
  const belongs = team === null || (await authority.inTeam(viewer, team, installation, freshness));
  if (belongs !== true) return (await authority.owns(viewer, installation, freshness)) === true || belongs;
  const waits = (await isFlagged(tenant, viewer)) || (await isNew(tenant, { viewer, place, now: clock.now() }));
  return waits ? authority.owns(viewer, installation, freshness) : true;
}

const isFlagged = async (tenant: TenantStore, viewer: AccountId): Promise<boolean> =>
  (await tenant.flags("open")).some(({ accountId }) => accountId === viewer);

async function isNew(
  tenant: TenantStore,
  { viewer, place, now }: { readonly viewer: AccountId; readonly place: RepositoryPlace; readonly now: Instant },
): Promise<boolean> {
  const reports = await tenant.reportsOfHolder(place.repositoryId, viewer);
  return reports.some((report) => letIn(report, plusDays(now, -NEW_DAYS)));
}

/** True when the report is about a grant since then that first gave write. */
function letIn({ dossier }: Report, since: Instant): boolean {
  const grant = dossier.sections["access.grant"];
  if (grant.state !== "present" || grant.value.grantedAt <= since) return false;
  const { role, previousRole } = grant.value;
  return canWrite(role) && (previousRole === null || !canWrite(previousRole));
}
