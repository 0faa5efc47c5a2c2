import type { Instant } from "../clock.ts";
import type { PushOutcome, UnreviewedPush } from "../decision/unreviewed-push.ts";
import type { AccountId, RepositoryId } from "../ids.ts";
import type { OpenPushes } from "../job/notice.ts";

/** Pushes that no merged pull request brought, and what people decided about those that owners were asked to look at. */
export interface TenantPushes {
  /** Whether this head of the branch was looked at. */
  hasPush(repository: RepositoryId, head: { readonly branch: string; readonly headSha: string }): Promise<boolean>;
  /**
   * Keeps a push that was looked at. One that asks for a look joins the open alert of a burst that shares a mark with it,
   * else it begins one under its own id. True when it began one; false too for a head that was kept before.
   */
  savePush(
    push: Omit<UnreviewedPush, "installationId" | "alertId" | "state">,
    about: {
      readonly asksForLook: boolean;
      readonly marks: readonly string[];
      /** A push of before this belongs to no burst any more. */
      readonly burstSince: Instant;
    },
  ): Promise<boolean>;
  /** Those of all alerts, newest first; at most 2,000. */
  alertedPushes(): Promise<readonly UnreviewedPush[]>;
  /** How many alerts wait for a decision, and in how many repositories. */
  openAlerts(): Promise<OpenPushes>;
  /** The newest of those of which nobody could say how grave they are, at most 100. */
  unseenPushes(): Promise<readonly UnreviewedPush[]>;
  /** Decides all open pushes of an alert; false when there is none. */
  decidePushes(
    alertId: string,
    decision: {
      readonly outcome: PushOutcome;
      readonly accountId: AccountId;
      readonly login: string;
      readonly reason: string;
      readonly at: Instant;
    },
  ): Promise<boolean>;
}
