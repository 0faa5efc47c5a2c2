import type { ExposureDecision } from "../access/exposure-decision.ts";
import type { Instant } from "../clock.ts";

/** What owners decided about lines of standing exposure. Every decision ends by itself. */
export interface TenantExposures {
  /** Of several about one line the newest counts. */
  decideExposure(decision: ExposureDecision): Promise<void>;
  /** Those that are not over, newest first. */
  exposureDecisions(now: Instant): Promise<readonly ExposureDecision[]>;
}
