import type { LiveSource } from "../access/live/live.ts";
import type { Instant } from "../clock.ts";
import type { RepositoryId } from "../ids.ts";

/**
 * What GitHub said of access since the newest audit. `rolesOf` and `rolesOn` lay it over that audit's rows, which stay
 * as they were collected; the next stored audit ends what was said before it was taken.
 */
export interface TenantLive {
  /** Puts a source in the place of what was said of the same one before; one that was asked about later stays. */
  saveLive(source: LiveSource): Promise<void>;
  /** Notes that rules or keys of a repository, or of the organisation (null), were changed. */
  noteRuleChange(repository: RepositoryId | null, at: Instant): Promise<void>;
  /** Places whose rules or keys were changed since the newest audit, and when the last one was; null for none. */
  ruleChanges(): Promise<{ readonly places: number; readonly lastAt: Instant } | null>;
}
