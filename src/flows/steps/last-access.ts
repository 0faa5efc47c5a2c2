import { type EffectiveAccess, effectiveAccess } from "../../access/effective.ts";
import type { AccountId, RepositoryId } from "../../ids.ts";
import type { TenantStore } from "../../store/store.ts";

/**
 * What an account can do, as the last audit saw it, on `repository` and on all that `rolesOf` knows of; null before the
 * first audit. No request.
 */
export async function lastAccess(
  tenant: TenantStore,
  account: AccountId,
  repository: RepositoryId | null,
): Promise<EffectiveAccess | null> {
  const snapshot = await tenant.rolesOf(account, repository);
  return snapshot && effectiveAccess(snapshot);
}
