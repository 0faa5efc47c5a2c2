import { PERIOD_MINUTES, type Recurrence } from "../../job/schedule.ts";
import { WEEKDAYS } from "../../policy/keys.ts";
import type { Policy } from "../../policy/policy.ts";

const MINUTES_OF_SPREAD = 180;
/** GitHub is busiest on the full hour. */
const FIRST_MINUTE = 7;

/**
 * When an installation's weekly audit runs: the policy's day and hour, moved by up to three hours that depend on the
 * installation alone, so that a thousand organisations do not start in the same minute and a restart moves nothing.
 */
export function weeklySchedule(installationId: number, weekly: Policy["access"]["weekly"]): Recurrence {
  const offset = FIRST_MINUTE + (spread(installationId) % MINUTES_OF_SPREAD);
  const fromMonday = (WEEKDAYS.indexOf(weekly.day) * 24 + weekly.hour) * 60 + offset;
  return { period: "week", minute: fromMonday % PERIOD_MINUTES.week, timezone: weekly.timezone };
}

export const auditKey = (installationId: number): string => `audit-${installationId}`;

/** Knuth's multiplicative hash: neighbouring ids land far apart. */
const spread = (id: number): number => Math.imul(id, 2_654_435_761) >>> 0;
