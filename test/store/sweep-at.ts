import type { Instant } from "../../src/clock.ts";
import { sweepRetentionFlow } from "../../src/flows/jobs/sweep-retention.ts";
import type { Store } from "../../src/store/store.ts";
import { fixedClock } from "../support/fixed-clock.ts";

/** The daily deletion as it would run at a moment, with the days that the stored policies say. */
export async function sweepAt(store: Store, now: Instant): Promise<void> {
  await sweepRetentionFlow({ store, clock: fixedClock(now) });
}
