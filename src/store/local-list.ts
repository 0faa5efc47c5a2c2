import type { Instant } from "../clock.ts";
import type { LocalList } from "../dossier/facts.ts";
import type { AccountId, RepositoryId } from "../ids.ts";

/** What somebody of the organisation wrote about an account. */
export interface ListEntry {
  readonly disposition: LocalList["entries"][number]["disposition"];
  readonly reason: string;
  readonly by: { readonly accountId: AccountId; readonly login: string };
  /** The repository where it counts; null for all of the organisation. */
  readonly repository: RepositoryId | null;
  readonly at: Instant;
  readonly until: Instant;
}

export interface KeptEntry extends ListEntry {
  readonly id: number;
  readonly account: AccountId;
  /** The second person behind a warning, without whom it counts for nothing; null for a vouch. */
  readonly confirmedBy: AccountId | null;
}

/** The organisation's own list: who is known, who is warned of. Every entry ends by itself. */
export interface TenantLocalList {
  /** What counts for an account where `repository` is asked about: confirmed, not taken back, not over. */
  localList(
    account: AccountId,
    about: { readonly repository: RepositoryId | null; readonly now: Instant },
  ): Promise<LocalList>;
  /** Everything about an account that was not taken back and is not over, newest first. */
  listEntries(account: AccountId, now: Instant): Promise<readonly KeptEntry[]>;
  /** What counted until its day, which is over, of all accounts; `deleteExpired` takes it away. */
  endedEntries(now: Instant): Promise<readonly KeptEntry[]>;
  addToLocalList(account: AccountId, entry: ListEntry): Promise<void>;
  /** Makes a warning count; false when it is none, was confirmed, or `by` wrote it. */
  confirmEntry(id: number, by: AccountId, now: Instant): Promise<boolean>;
  /** Takes an entry back; null when it is gone. */
  withdrawEntry(id: number, at: Instant): Promise<KeptEntry | null>;
}
