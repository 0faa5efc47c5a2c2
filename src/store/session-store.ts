import type { Instant } from "../clock.ts";
import type { AccountId } from "../ids.ts";

/** Web sessions; ids are stored hashed. */
export interface SessionStore {
  read(id: string, now: Instant): Promise<string | null>;
  write(
    id: string,
    data: string,
    options: { readonly accountId: AccountId | null; readonly expiresAt: Instant },
  ): Promise<void>;
  /** Changes a session that is still there; false for one that has ended meanwhile. */
  renew(id: string, data: string, expiresAt: Instant): Promise<boolean>;
  remove(id: string): Promise<void>;
  removeOfAccount(account: AccountId): Promise<void>;
}
