import type { GivenGrant, GrantNote, GrantRecord, Referral } from "../access/lines/grant-record.ts";
import type { Instant } from "../clock.ts";
import type { AccountId, RepositoryId } from "../ids.ts";

type Pair = Pick<GrantRecord, "account" | "repository">;

/** The ledger of grants: one line for each account on each repository that somebody told of or wrote about. */
export interface TenantGrants {
  /** Keeps who gave it; what an owner wrote before stays. Of two deliveries the later one counts, whenever it comes. */
  recordGrant(pair: Pair, given: GivenGrant): Promise<void>;
  /** Keeps why and how long; of several the last one counts. */
  noteGrant(pair: Pair, note: GrantNote): Promise<void>;
  /** By account and repository, all or those of one of them. */
  grantRecords(
    of?: { readonly account: AccountId } | { readonly repository: RepositoryId },
  ): Promise<readonly GrantRecord[]>;
  /** Forgets a grant that is gone, if it was given no later than then. */
  forgetGrant(pair: Pair, goneAt: Instant): Promise<void>;
  /** Notes that an audit saw these: what none sees for half a year is deleted. */
  grantsSeen(pairs: readonly Pair[], at: Instant): Promise<void>;
}

/** Who let whom in, which stays when the grant is gone: an act that GitHub told of, and no state. */
export interface TenantReferrals {
  /** Of one act that was told twice, or done again, the later one counts. */
  recordReferral(referral: Referral): Promise<void>;
  /** Whom an account let in, by number, each with the last time that it did. */
  letInBy(by: AccountId): Promise<readonly { readonly accountId: AccountId; readonly at: Instant }[]>;
}
