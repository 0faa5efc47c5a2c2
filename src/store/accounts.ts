import type { Instant } from "../clock.ts";
import type { KeyUse, Tie } from "../clusters/tie.ts";
import type { ReadHistories } from "../dossier/collect-histories.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { Reader } from "../history/traces/scan.ts";
import type { AccountId } from "../ids.ts";

/** What is kept of accounts, so that they are not asked about anew. */
export interface TenantAccounts {
  /** Account sections of an earlier dossier, when younger than `maxAgeHours`. */
  cachedAccount(account: AccountId, now: Instant, maxAgeHours: number): Promise<Partial<Dossier["sections"]> | null>;
  cacheAccount(account: AccountId, sections: Partial<Dossier["sections"]>, at: Instant): Promise<void>;
  /** What the last deep scan of an account by that reader found, and when; null when there was none. */
  historiesOf(account: AccountId, by: Reader): Promise<(Omit<ReadHistories, "by"> & { readonly at: Instant }) | null>;
  /** With what ties the account, in the place of what the same reader showed before; absent where nothing was read anew. */
  keepHistories(
    account: AccountId,
    found: ReadHistories & { readonly ties?: readonly Tie[] },
    at: Instant,
  ): Promise<void>;
  snapshotsOf(
    account: AccountId,
  ): Promise<readonly { readonly at: Instant; readonly loginHash: string; readonly ownedCount: number }[]>;
  addSnapshot(
    account: AccountId,
    snapshot: { readonly at: Instant; readonly loginHash: string; readonly ownedCount: number },
  ): Promise<void>;
}

/** What joins accounts of which the installation has read the repositories. */
export interface TenantTies {
  /** Uses of keys that several accounts have, by key and account; and all merges within rings. */
  joiningTies(): Promise<{
    readonly keyUses: readonly KeyUse[];
    readonly merges: readonly Extract<Tie, { readonly kind: "ring" }>[];
  }>;
}
