import { type EffectiveAccess, effectiveAccess } from "../../access/effective.ts";
import type { AccessSnapshot } from "../../access/grant.ts";
import { idOf } from "../../access/keys.ts";
import type { AccountId, RepositoryId } from "../../ids.ts";
import type { TenantStore } from "../../store/store.ts";

/**
 * What an account can do, as the last audit saw it, on `repository` and on all that `rolesOf` knows of, with what the
 * audit read about those beside roles; null before the first audit. No request.
 */
export async function lastAccess(
  tenant: TenantStore,
  account: AccountId,
  repository: RepositoryId | null,
): Promise<EffectiveAccess | null> {
  const snapshot = await tenant.rolesOf(account, repository);
  return snapshot && effectiveAccess(await withSettings(tenant, snapshot));
}

/** A part of a graph with what the last audit read about its repositories beside roles. No request. */
export async function withSettings(tenant: TenantStore, part: AccessSnapshot): Promise<AccessSnapshot> {
  const settings = await tenant.settingsOn(part.repositories.map(({ id }) => idOf(id)));
  // Roles of the organisation are everybody's in the settings, and in the part those of whom it is about.
  return { ...settings, ...part };
}
