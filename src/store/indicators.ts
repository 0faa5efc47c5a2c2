import type { Instant } from "../clock.ts";
import type { AccountId } from "../ids.ts";
import type { ListedEntry, Tlp } from "../intel/entry.ts";

/** Whom an indicator is kept under. An address is a hash by a key of this installation's own: it is never stored. */
export type IndicatorSubject =
  | { readonly account: AccountId; readonly emailHash: null }
  | { readonly account: AccountId | null; readonly emailHash: string };

/** What a list says of somebody, as it was taken in. */
export interface Indicator extends Pick<ListedEntry, "confidence" | "origin" | "reference" | "reason"> {
  /** Label only; null where the list has none. */
  readonly login: string | null;
  /** Name of the list, as whoever took it in called it. */
  readonly source: string;
  /** Its authors state what they saw themselves, and nobody else can write to it. */
  readonly isPrimary: boolean;
  readonly tlp: Tlp;
  readonly at: Instant;
  readonly until: Instant;
}

export type KeptIndicator = Indicator &
  IndicatorSubject & {
    readonly id: number;
    readonly importedAt: Instant;
    /** Who of the organisation looked and says that it is right; null for nobody. */
    readonly checked: {
      readonly byAccountId: AccountId;
      readonly byLogin: string;
      readonly reason: string;
      readonly at: Instant;
    } | null;
    /** The second of the organisation, who agreed: from then on it counts in full. */
    readonly confirmedBy: AccountId | null;
  };

/** Lists of others that were taken in. Every entry ends by itself. */
export interface TenantIndicators {
  /**
   * Keeps entries. One of the same list about the same account or address is renewed, with who checked it; one that was
   * taken back stays so until its day.
   */
  keepIndicators(
    entries: readonly (Indicator & IndicatorSubject)[],
    at: Instant,
  ): Promise<{ readonly added: number; readonly renewed: number; readonly revoked: number }>;
  /** Those that are not over and not taken back, by list and then as they came. */
  indicators(now: Instant): Promise<readonly KeptIndicator[]>;
  /** The same of one account, those by an address that was found to be its own among them. */
  indicatorsOn(account: AccountId, now: Instant): Promise<readonly KeptIndicator[]>;
  /** Whether an entry by address that stands was taken in after that moment. */
  addressesCameSince(since: Instant, now: Instant): Promise<boolean>;
  /** Takes entries back, one or all of a list; those that were there. */
  revokeIndicators(
    which: { readonly id: number } | { readonly source: string },
    by: { readonly reason: string; readonly at: Instant },
  ): Promise<readonly KeptIndicator[]>;
  /** Somebody here looked and says that it is right; false when it is gone or somebody has said so. */
  checkIndicator(id: number, by: NonNullable<KeptIndicator["checked"]>): Promise<boolean>;
  /** A second one agrees; false when nobody has said it before, or the same one did. */
  confirmIndicator(id: number, by: AccountId, now: Instant): Promise<boolean>;
  /** Ties entries by address to the account whose addresses these are; how many are new to it. */
  tieAddresses(account: AccountId, hashes: readonly string[], now: Instant): Promise<number>;
}
