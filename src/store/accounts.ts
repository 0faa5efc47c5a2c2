import type { Instant } from "../clock.ts";
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
  keepHistories(account: AccountId, found: ReadHistories, at: Instant): Promise<void>;
  snapshotsOf(
    account: AccountId,
  ): Promise<readonly { readonly at: Instant; readonly loginHash: string; readonly ownedCount: number }[]>;
  addSnapshot(
    account: AccountId,
    snapshot: { readonly at: Instant; readonly loginHash: string; readonly ownedCount: number },
  ): Promise<void>;
}
