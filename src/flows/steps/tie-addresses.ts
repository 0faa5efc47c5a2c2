import { createHmac } from "node:crypto";
import type { CollectedHistories } from "../../dossier/collect-histories.ts";
import type { AccountId, InstallationId } from "../../ids.ts";
import type { TenantStore } from "../../store/store.ts";

/** What of an address on a list is kept: a hash by the App's own key, and another one in each installation. */
export const addressHashOf =
  (hashKey: string, installation: InstallationId) =>
  (address: string): string =>
    createHmac("sha256", hashKey).update(`address ${installation} ${address.toLowerCase()}`).digest("base64url");

/** What of a signing key is kept, to find the same one with another account: a hash in the same way. */
export const keyMarkOf =
  (hashKey: string, installation: InstallationId) =>
  (key: string): string =>
    createHmac("sha256", hashKey).update(`key ${installation} ${key}`).digest("base64url");

/**
 * Ties entries of lists by address to the account whose addresses a scan found: those that GitHub credits to it, on
 * commits that it pushed itself into its own repositories. The addresses are dropped with that.
 */
export async function tieAddresses(
  {
    tenant,
    hashKey,
    installation,
  }: { readonly tenant: TenantStore; readonly hashKey: string; readonly installation: InstallationId },
  account: AccountId,
  { addresses, now }: { readonly addresses: readonly string[]; readonly now: string },
): Promise<void> {
  if (addresses.length > 0)
    await tenant.tieAddresses(account, addresses.map(addressHashOf(hashKey, installation)), now);
}

/** Histories that were read before, unless a list with addresses came since: which are the account's nobody kept. */
export async function readSince(
  tenant: TenantStore,
  earlier: (CollectedHistories & { readonly at: string }) | null,
  now: string,
): Promise<CollectedHistories | null> {
  if (earlier === null) return null;
  return (await tenant.addressesCameSince(earlier.at, now)) ? null : earlier;
}
