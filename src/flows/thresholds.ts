import type { Policy } from "../decision/policy.ts";
import type { Thresholds } from "../signals/thresholds.ts";

/** The numbers in signals that an organisation's policy sets. */
export const thresholdsOf = ({ access }: Policy): Thresholds => ({
  thinGrant: access.thin_grant,
  dormantAfterDays: access.dormant_after_days,
});
