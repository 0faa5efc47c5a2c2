import { type EffectiveAccess, effectiveSteps } from "../access/effective.ts";
import { inSlices } from "../slices.ts";
import type { TenantStore } from "../store/store.ts";

/** Who can do what, as the last audit saw it; null before the first one. No request. */
export async function lastAccess(tenant: TenantStore): Promise<EffectiveAccess | null> {
  const audit = await tenant.latestSnapshot();
  return audit === null ? null : inSlices(effectiveSteps(audit.snapshot));
}
